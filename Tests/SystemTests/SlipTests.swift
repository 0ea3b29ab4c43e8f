import Foundation
import Hall
import Printing
import Synchronization
import Testing
import Venue
import VirtualPrinters

/// The daemon with a printer on a real socket.
@Suite(.timeLimit(.minutes(2)))
struct SlipTests {
  /// Slips as they fall from the virtual printer.
  private final class Tray: Sendable {
    private let slips = Mutex(0)
    let stream: AsyncStream<Int>
    private let continuation: AsyncStream<Int>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func put() {
      continuation.yield(
        slips.withLock { slips in
          slips += 1
          return slips
        })
    }

    var count: Int { slips.withLock { $0 } }

    func wait(for count: Int) async {
      for await now in stream where now >= count { return }
    }
  }

  @Test func `a slip is printed once, a copy once a key, and the journal knows`() async throws {
    let tray = Tray()
    let printer = try VirtualPrinter(port: 0) { _ in tray.put() }
    defer { printer.stop() }
    let hall = try HallDirectory()
    let kiosk = ["Authorization": "Bearer " + (try hall.token(.kiosk, "K1"))]
    let desk = ["Authorization": "Bearer " + (try hall.token(.reception, "desk"))]
    let daemon = try hall.start("--printer", "P1=127.0.0.1:\(printer.port)")
    let client = try daemon.client()
    let visit = try #require(try client.post("/v1/visits", forReception, kiosk)["visit"])
    await tray.wait(for: 1)
    let path = "/v1/visits/\(visit)/reprint?printer=P1"
    for key in ["a", "a", "b", "a"] {
      let headers = desk.merging(["Idempotency-Key": key]) { first, _ in first }
      #expect(try client.post(path, nil, headers).status == 202)
    }
    await tray.wait(for: 3)
    let unknown = try client.post("/v1/visits/\(visit)/reprint?printer=P9", nil, desk)
    #expect(unknown.status == 404 && unknown.problem == "printer-unknown")
    #expect(try daemon.terminate() == .exit(0))
    #expect(tray.count == 3)
    let reports = try hall.records().compactMap { record in
      if case .slipReported(let report) = record.event { report } else { nil }
    }
    #expect(reports.map(\.outcome) == [.printed, .printed, .printed])
    #expect(reports.map(\.isCopy) == [false, true, true])
  }

  @Test func `a printer that is off delays no number, and what waits is printed when it comes`()
    async throws
  {
    let tray = Tray()
    let first = try VirtualPrinter(port: 0) { _ in tray.put() }
    let port = first.port
    first.stop()
    let hall = try HallDirectory()
    let kiosk = ["Authorization": "Bearer " + (try hall.token(.kiosk, "K1"))]
    var daemon = try hall.start("--printer", "P1=127.0.0.1:\(port)")
    for _ in 0..<5 {
      let issued = try daemon.client().post("/v1/visits", forReception, kiosk)
      #expect(issued.status == 201 && issued.json["printing"] as? Bool == false)
    }
    // Jobs outlive the daemon, too.
    daemon.kill9()
    daemon = try hall.start("--printer", "P1=127.0.0.1:\(port)")
    let printer = try VirtualPrinter(port: port) { _ in tray.put() }
    await tray.wait(for: 5)
    #expect(try daemon.terminate() == .exit(0))
    printer.stop()
    #expect(tray.count == 5)
  }
}
