import Canvas
import Foundation
import Hall
import Printing
import Synchronization
import Testing
import Venue
import VirtualPrinters

/// The daemon with a printer on a real socket.
@Suite(.timeLimit(.minutes(5)))
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

  @Test func `a slip is what the venue's template says, with the arrow of its kiosk`() async throws
  {
    let papers = AsyncStream.makeStream(of: Monochrome.self)
    let printer = try VirtualPrinter(port: 0) { papers.continuation.yield($0.picture) }
    defer { printer.stop() }
    let venue = try VenueCopy()
    try venue.replace("\"wave\",", with: "", in: "slip.json5")
    try venue.replace("\"number\",", with: "{ block: \"number\", size: 90 },", in: "slip.json5")
    let hall = try HallDirectory(venue: venue.path)
    let kiosk = ["Authorization": "Bearer " + (try hall.token(.kiosk, "K1"))]
    let daemon = try hall.start("--printer", "P1=127.0.0.1:\(printer.port)")
    #expect(try daemon.client().post("/v1/visits", forReception, kiosk).status == 201)
    var paper = papers.stream.makeAsyncIterator()
    let printed = try #require(await paper.next())
    #expect(try daemon.terminate() == .exit(0))
    // The same number, drawn here by the changed template; time and code differ from the daemon's.
    let loaded = try VenueFiles.load(directory: venue.path)
    var drawn: [Int] = []
    for kiosk: KioskID? in ["K1", nil] {
      let slip = try SampleSlip(["reception"], language: "pt", kiosk: kiosk).view(in: loaded)
      drawn.append(try SlipPress(loaded.slip).picture(of: slip, widthDots: 576).height)
    }
    let standard = try SlipPress().picture(
      of: SampleSlip(["reception"], language: "pt").view(in: loaded), widthDots: 576)
    #expect(printed.height <= drawn[0] && printed.height > drawn[0] - 120, "\(printed.height)")
    #expect(standard.height > drawn[0] + 60 && drawn[0] > drawn[1], "the arrow takes room")
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
