import Foundation
import Hall
import Printing
import Synchronization
import Testing
import Venue
import VirtualPrinters

/// Printers that are dead, trickle, or have no paper: every number is issued, and no slip is lost.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadPrintersTests {
  private static let issuers = 4
  private static let numbersEach = 12

  @Test(arguments: ["never-reads,never", "trickling-reader,never", "silent,never"])
  func `no number waits for a printer, and every slip comes out once they work`(_ fault: String)
    throws
  {
    let hall = try HallDirectory()
    let kiosks = try ["K1", "K2"].map { try hall.token(.kiosk, $0) }
    let staff = try hall.token(.counter, "17")
    let tray = PaperTray()
    let bad = try VirtualPrinter(port: 0, faults: [VirtualFault(fault)]) { tray.put($0) }
    let empty = try VirtualPrinter(port: 0) { tray.put($0) }
    empty.perform(.takePaper)
    let daemon = try start(hall, [bad, empty])
    let statuses = Mutex<[Int]>([])
    inParallel(Self.issuers) { index in
      for _ in 0..<Self.numbersEach {
        let answer = try? daemon.client(token: kiosks[index % 2]).post("/v1/visits", forReception)
        statuses.withLock { $0.append(answer?.status ?? 0) }
      }
    }
    let wanted = Self.issuers * Self.numbersEach
    #expect(statuses.withLock { $0 } == Array(repeating: 201, count: wanted))
    // As they come from the disk: the jobs of numbers that were just issued may not be there yet.
    daemon.kill9()
    bad.stop()
    let good = try VirtualPrinter(port: 0) { tray.put($0) }
    empty.perform(.loadPaper)
    try printAll(hall, [good, empty], staff)
    for printer in [good, empty] {
      printer.perform(.tearOff)
      printer.stop()
    }
    let venue = try VenueFiles.load(directory: hall.venue)
    let slips = try SpooledSlip.all(
      in: hall.data + "/spool.sqlite", press: SlipPress(venue.slip), widthDots: 576)
    let issued = try hall.issued()
    #expect(Set(slips.map(\.key)) == Set(issued.keys.map(\.description)))
    #expect(slips.count == wanted && slips.allSatisfy { $0.state == "printed" })
    #expect(PaperJudge(slips, on: tray.all).problems.isEmpty)
  }

  private func start(
    _ hall: HallDirectory, _ printers: [VirtualPrinter]
  ) throws -> DaemonProcess {
    try hall.start(
      "--printer", "P1=127.0.0.1:\(printers[0].port)", "--printer",
      "P2=127.0.0.1:\(printers[1].port)")
  }

  /// Starts a daemon and waits until all is on paper; what is in doubt is asked for again.
  private func printAll(
    _ hall: HallDirectory, _ printers: [VirtualPrinter], _ staff: String
  ) throws {
    let daemon = try start(hall, printers)
    try SlipOperator(hall: hall, staff: staff).printAll(daemon)
    #expect(try daemon.terminate() == .exit(0))
  }
}
