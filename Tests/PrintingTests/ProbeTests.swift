import Foundation
import Sockets
import Testing
import VirtualPrinters

@testable import Printing

/// What a probe finds out on real sockets; nothing is ever printed.
@Suite("Printer probe", .timeLimit(.minutes(5)))
struct ProbeTests {
  private func probe(
    _ model: VirtualModel, _ faults: [VirtualFault] = [], act: VirtualAct? = nil
  ) async throws -> Result<PrinterProfile, any Error> {
    let printer = try VirtualPrinter(port: 0, model: model, faults: faults) { _ in
      Issue.record("a probe printed something")
    }
    defer { printer.stop() }
    if let act { printer.perform(act) }
    let port = printer.port
    return try await onThread { Result { try PrinterProbe.run(host: "127.0.0.1", port: port) } }
  }

  @Test("a printer with everything")
  func whole() async throws {
    let found = try await probe(.fast()).get()
    #expect(found.dialect == .escPosRaster && found.fence == .processID)
    #expect(found.automaticStatus && found.clearsBuffer && found.chunk == nil)
    #expect(found.name == "ROSSIO Virtual")
    #expect(found.knowledge[.fence] == .probed && found.knowledge[.widthDots] == .unverified)
    #expect(found.contradictions.isEmpty)
  }

  @Test("a clone without Epson's fence is fed in small pieces")
  func clone() async throws {
    var model = VirtualModel.fast()
    model.knowsProcessID = false
    let found = try await probe(model).get()
    #expect(found.fence == .status && found.chunk == .weakBuffer && found.bandByBand)
  }

  @Test("Star's printers, with and without the fence of the present command set")
  func star() async throws {
    let new = try await probe(.fast(.star)).get()
    #expect(new.dialect == .starPRNT && new.fence == .document && new.contradictions.isEmpty)
    var model = VirtualModel.fast(.star)
    model.knowsDocumentFence = false
    let old = try await probe(model).get()
    #expect(old.dialect == .starLine && old.fence == .etb && old.contradictions.isEmpty)
  }

  @Test(
    "a host that is no printer is named as such",
    arguments: [
      ("ssh-banner", "SSH-2.0-Rossio_1.0"), ("http-server=1", web), ("http-server=2", web),
      ("http-server=3", web), ("http-server=4", web), ("silent", ""),
    ])
  func noPrinter(fault: String, said: String) async throws {
    let result = try await probe(.fast(), [VirtualFault(fault + ",never")])
    guard case .failure(PrinterProbe.Failure.noPrinter(let words)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(words == said)
  }

  private static let web = "HTTP/1.1 400 Bad Request"

  @Test("answers without end do not keep it for ever")
  func endless() async throws {
    let result = try await probe(.fast(), [VirtualFault("endless-answers=1000000,never")])
    #expect(throws: PrinterProbe.Failure.self) { try result.get() }
  }

  @Test("without paper it says so")
  func paperOut() async throws {
    let result = try await probe(.fast(), act: .takePaper)
    guard case .failure(PrinterProbe.Failure.needsHelp(let faults)) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(faults.contains(.paperOut))
  }

  @Test("nobody listens: the address is in the words")
  func refused() async throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    let port = listener.port
    _ = consume listener
    #expect(throws: PrinterProbe.Failure.self) {
      try PrinterProbe.run(host: "127.0.0.1", port: port)
    }
  }
}
