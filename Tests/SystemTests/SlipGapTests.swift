import Foundation
import Hall
import SQLite
import Testing
import Venue
import VirtualPrinters

/// The daemon dies between two commits: that of the journal, and that of the spool.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SlipGapTests {
  private let hall: HallDirectory
  private let kiosk: String
  private let staff: String

  init() throws {
    hall = try HallDirectory()
    kiosk = try hall.token(.kiosk, "K1")
    staff = try hall.token(.counter, "17")
  }

  /// What people are told of slips, as soon as it is right.
  private func wait(
    _ daemon: DaemonProcess, seconds: Int = 20,
    until isRight: ([String], [[String: Any]]) -> Bool
  ) throws {
    let watchdog = Watchdog(daemon, seconds: seconds)
    defer { watchdog.stop() }
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: staff)
    while let event = try? stream.next("view") {
      let slips = event.json["slips"] as? [[String: Any]] ?? []
      let printers = event.json["printers"] as? [[String: Any]] ?? []
      if isRight(slips.compactMap { $0["state"] as? String }, printers) { return }
    }
    throw TestFailure("it is not told within 20 s")
  }

  /// As the spool would be had the daemon died before it told the journal.
  private func change(_ state: String) throws {
    try Database(path: hall.data + "/spool.sqlite", mode: .readWrite).execute(
      "UPDATE job SET state = '\(state)', changed = changed + 1")
  }

  private func start(_ printer: VirtualPrinter) throws -> DaemonProcess {
    try hall.start("--printer", "P1=127.0.0.1:\(printer.port)")
  }

  @Test func `a slip that is on paper is not in doubt after a restart, whatever was not told`()
    throws
  {
    let printer = try PrinterTrouble.losingItsFirstSlip {}
    defer { printer.stop() }
    var daemon = try start(printer)
    #expect(try daemon.client(token: kiosk).post("/v1/visits", forReception).status == 201)
    try wait(daemon) { slips, _ in slips == ["unknown"] }
    daemon.kill9()
    try change("printed")
    daemon = try start(printer)
    try wait(daemon) { slips, _ in slips.isEmpty }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a slip in doubt is told after a restart, whatever was not told before`() throws {
    let printer = try PrinterTrouble.losingItsFirstSlip {}
    defer { printer.stop() }
    var daemon = try start(printer)
    #expect(try daemon.client(token: kiosk).post("/v1/visits", forReception).status == 201)
    try wait(daemon) { slips, _ in slips == ["unknown"] }
    let client = try daemon.client(token: staff)
    #expect(try client.post("/v1/slips/R001/discard").status == 200)
    try wait(daemon) { slips, _ in slips.isEmpty }
    daemon.kill9()
    try change("unknown")
    daemon = try start(printer)
    try wait(daemon) { slips, _ in slips == ["unknown"] }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `slips that are given to the spool again after a restart keep no other out`() throws {
    // One that is off: its state does not change, so nothing sets a wrong count right.
    let printer = try PrinterTrouble.none()
    printer.stop()
    var daemon = try start(printer)
    var client = try daemon.client(token: kiosk)
    let before = 210
    for _ in 0..<before { #expect(try client.post("/v1/visits", forReception).status == 201) }
    try wait(daemon) { _, printers in printers[0]["waiting"] as? Int == before }
    daemon.kill9()
    daemon = try start(printer)
    client = try daemon.client(token: kiosk)
    #expect(try client.post("/v1/visits", forReception).status == 201)
    try wait(daemon) { _, printers in printers[0]["waiting"] as? Int == before + 1 }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a slip that is stuck in a printer is printed elsewhere, and not there once more`()
    throws
  {
    let pieces = AsyncStream<VirtualPrinter.Slip>.makeStream()
    let empty = try VirtualPrinter(
      port: 0, faults: [VirtualFault(.paperOut, 200, healing: .never)]
    ) { _ in }
    let well = try VirtualPrinter(port: 0) { pieces.continuation.yield($0) }
    defer {
      empty.stop()
      well.stop()
    }
    let daemon = try hall.start(
      "--printer", "P1=127.0.0.1:\(empty.port)", "--printer", "P2=127.0.0.1:\(well.port)")
    #expect(try daemon.client(token: kiosk).post("/v1/visits", forReception).status == 201)
    // Its paper ran out amid it: a quarter of a minute later people are told.
    try wait(daemon, seconds: 60) { slips, _ in slips == ["unknown"] }
    // The command line says the same, though the spool has it as being printed.
    let told = try hall.rossio("printers", "slips", "--data", hall.data).output
    #expect(told.contains("unknown") && told.contains("stuck in the printer: paper out"), "\(told)")
    let misspelt = try daemon.client(token: staff).post("/v1/slips/R001/retry?printr=P2")
    #expect(misspelt.problem == "bad-query" && misspelt.text.contains("printr"))
    let answer = try daemon.client(token: staff).post("/v1/slips/R001/retry?printer=P2")
    #expect(answer.status == 202)
    try wait(daemon) { slips, _ in slips.isEmpty }
    let after = try hall.rossio("printers", "slips", "--data", hall.data).output
    #expect(after == "No slip waits or is in doubt.\n")
    // The stuck one and its copy; with paper the stuck one is over and done with.
    empty.perform(.loadPaper)
    try wait(daemon) { _, printers in printers[0]["state"] as? String == "ready" }
    #expect(try daemon.terminate() == .exit(0))
    let states = try Database(path: hall.data + "/spool.sqlite", mode: .readOnly)
      .text(
        "SELECT group_concat(printer || ' ' || state, ', ') FROM (SELECT * FROM job ORDER BY id)")
    #expect(states == "P1 discarded, P2 printed")
  }
}
