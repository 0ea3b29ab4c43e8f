import Foundation
import Hall
import Printing
import SQLite
import Testing
import Venue
import VirtualPrinters

/// Printers and slips in doubt, over the interface and the command line.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct PrintersTests {
  private let venue: VenueCopy
  private let hall: HallDirectory
  private let first: VirtualPrinter
  private let second: VirtualPrinter

  init() throws {
    venue = try PrinterTrouble.venueThatTakesNothingBack()
    hall = try HallDirectory(venue: venue.path)
    first = try PrinterTrouble.losingItsFirstSlip {}
    second = try PrinterTrouble.none()
  }

  private func start() throws -> DaemonProcess {
    try hall.start(
      "--printer", "P1=127.0.0.1:\(first.port)", "--printer", "P2=127.0.0.1:\(second.port)")
  }

  private func end(_ daemon: DaemonProcess) throws {
    #expect(try daemon.terminate() == .exit(0))
    first.stop()
    second.stop()
  }

  /// Issues one number at K1, whose slip is lost in the middle, and waits until the stream of all
  /// printers says so, and why.
  private func lose(
    _ daemon: DaemonProcess, _ kiosk: String, _ stream: StreamClient
  ) throws -> String {
    let number = try #require(
      try daemon.client(token: kiosk).post("/v1/visits", forReception)["number"])
    let seen = try wait(stream) {
      $0.slips.contains { $0["number"] as? String == number && $0["reason"] is String }
    }
    let reasons = seen.slips.compactMap { $0["reason"] as? String }
    #expect(["linkLost", "noAnswer"].contains(reasons.first), "\(reasons)")
    #expect((seen.slips.first?["evidence"] as? String)?.isEmpty == false)
    return number
  }

  private struct Seen {
    var printers: [[String: Any]]
    var slips: [[String: Any]]
    func state(of printer: String) -> String? {
      printers.first { $0["printer"] as? String == printer }?["state"] as? String
    }
  }

  @discardableResult
  private func wait(_ stream: StreamClient, until isRight: (Seen) -> Bool) throws -> Seen {
    while let event = try stream.next("view") {
      let seen = Seen(
        printers: event.json["printers"] as? [[String: Any]] ?? [],
        slips: event.json["slips"] as? [[String: Any]] ?? [])
      if isRight(seen) { return seen }
    }
    throw TestFailure("the stream ended")
  }

  private func outcomes() throws -> [String] {
    try hall.records().compactMap { record in
      guard case .slipReported(let report) = record.event else { return nil }
      return report.outcome.rawValue + (report.isCopy ? " copy" : "")
    }
  }

  @Test func `a slip in doubt is printed again as a copy, once a key, and leaves the list`() throws
  {
    let kiosk = try hall.token(.kiosk, "K1")
    let staff = try hall.token(.counter, "17")
    let daemon = try start()
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: staff)
    let number = try lose(daemon, kiosk, stream)
    let client = try daemon.client(token: staff)
    let key = ["Idempotency-Key": "again"]
    for _ in 0..<2 {
      let reply = try client.post("/v1/slips/\(number)/retry?printer=P2", nil, key)
      #expect(reply.status == 202 && reply["printer"] == "P2" && reply["number"] == number)
    }
    try wait(stream) { $0.slips.isEmpty }
    let printed = try client.post("/v1/slips/\(number)/retry")
    #expect(printed.status == 409 && printed.problem == "slip-is-printed", "\(printed.text)")
    try end(daemon)
    #expect(try outcomes() == ["unknown", "printed copy"])
    #expect(second.counters.received > 0)
  }

  @Test func `kiosks and displays may neither see printers nor act on slips`() throws {
    let tokens = [try hall.token(.kiosk, "K1"), try hall.token(.display, "hall-1")]
    let daemon = try start()
    for token in tokens {
      let client = try daemon.client(token: token)
      #expect(try client.get("/v1/printers").problem == "not-allowed")
      for wish in ["retry", "discard"] {
        #expect(try client.post("/v1/slips/R001/\(wish)").problem == "not-allowed")
      }
    }
    try end(daemon)
  }

  @Test func `printers in trouble are told with their state, and the paper that is left`() throws {
    let manager = try hall.token(.manager, "m")
    let daemon = try start()
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: manager)
    try wait(stream) { $0.state(of: "P1") == "ready" && $0.state(of: "P2") == "ready" }
    PrinterTrouble.paperOut.happen(to: first)
    PrinterTrouble.nearEnd.happen(to: second)
    let seen = try wait(stream) {
      $0.state(of: "P1") == "paperOut" && $0.state(of: "P2") == "paperNearEnd"
    }
    try #require(seen.printers.compactMap { $0["printer"] as? String } == ["P1", "P2", "P3"])
    #expect(seen.printers.compactMap { $0["level"] as? String } == ["beyond", "near", "beyond"])
    let left = try #require(seen.printers[1]["slipsLeft"] as? Int)
    #expect((10...200).contains(left), "some metres of paper: \(left) slips")
    #expect((seen.printers[0]["model"] as? String)?.isEmpty == false)
    #expect(seen.printers[0]["address"] as? String == "127.0.0.1:\(first.port)")
    PrinterTrouble.paperLoaded.happen(to: first)
    try wait(stream) { $0.state(of: "P1") == "ready" }
    try end(daemon)
  }

  // MARK: Command line

  private func printers(_ words: String...) throws -> (status: Int32?, out: String, err: String) {
    let process = try ChildProcess(
      Built.product("rossio"), ["printers"] + words + ["--data", hall.data],
      errorFile: hall.scratch.path + "/\(UUID().uuidString).log")
    let (ending, output) = try process.waitForEnd(milliseconds: 60_000)
    if case .exit(let status) = ending { return (status, output, process.errors) }
    return (nil, output, process.errors)
  }

  private func column(_ text: String, _ line: Int) -> [String] {
    let lines = text.split(separator: "\n")
    return lines.indices.contains(line)
      ? lines[line].split(separator: " ").map(String.init) : []
  }

  @Test func `the command line lists, retries, settles and reprints`() throws {
    let kiosk = try hall.token(.kiosk, "K1")
    let manager = try hall.token(.manager, "m")
    let daemon = try start()
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: manager)
    let number = try lose(daemon, kiosk, stream)
    try wait(stream) { $0.state(of: "P1") == "ready" && $0.state(of: "P2") == "ready" }
    let list = try printers("list")
    #expect(list.status == 0 && list.err.isEmpty)
    #expect(list.out.split(separator: "\n").count == 4, "a head and three printers: \(list.out)")
    #expect(column(list.out, 1).prefix(2) == ["P1", "ready"])
    let slips = try printers("slips")
    #expect(
      column(slips.out, 1).prefix(5) == [number, "P1", "unknown", "-", "1"], "\(slips.out)")
    let key = try #require(column(slips.out, 1).first { $0.count >= 26 })
    #expect(slips.out.contains("  link lost  ") || slips.out.contains("  no answer  "))
    // The venue's time, and a number as somebody types it.
    #expect(column(slips.out, 1)[5].wholeMatch(of: /[0-2][0-9]:[0-5][0-9]/) != nil, "\(slips.out)")
    #expect(try printers("retry", number.lowercased(), "--on", "P2").status == 0)
    try wait(stream) { $0.slips.isEmpty }
    #expect(try printers("slips").out == "No slip waits or is in doubt.\n")
    let copy = try printers("reprint", number, "--on", "P2")
    #expect(copy.status == 0 && copy.out == "The slip of \(number) waits for P2.\n")
    let refused = try printers("discard", "X999")
    #expect(refused.status == 1 && refused.err.contains("X999"), "\(refused)")
    let nowhere = try printers("retry", key, "--on", "P9")
    #expect(nowhere.status == 1 && nowhere.err.contains("P9"), "\(nowhere)")
    #expect(try printers("slips", "--all").out.contains(key))
    try end(daemon)
    #expect(try outcomes().prefix(2) == ["unknown", "printed copy"])
  }

  @Test func `what does not answer, is no printer or proves nothing is told in a word`() throws {
    let manager = try hall.token(.manager, "m")
    // The last two slips of P3 ended without proof, before this daemon started.
    let spool = hall.data + "/spool.sqlite"
    do { _ = try Spool(path: spool) }
    try Database(path: spool, mode: .create).execute(
      """
      INSERT INTO roll VALUES
        ('P3', '{"isOut":false,"endsClean":true,"slipsWithoutProof":2}')
      """)
    let silent = try VirtualPrinter(port: 0, faults: [VirtualFault("silent,never")]) { _ in }
    let web = try VirtualPrinter(port: 0, faults: [VirtualFault("http-server,never")]) { _ in }
    let daemon = try hall.start(
      "--printer", "P1=127.0.0.1:\(silent.port)", "--printer", "P2=127.0.0.1:\(web.port)",
      "--printer", "P3=127.0.0.1:\(second.port)")
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: manager)
    let seen = try wait(stream) { seen in
      ["P1", "P2", "P3"].map { seen.state(of: $0) } == ["silent", "notAPrinter", "unproven"]
    }
    #expect(seen.printers.map { $0["level"] as? String } == ["beyond", "beyond", "near"])
    #expect(seen.printers.map { $0["canPrint"] as? Bool } == [false, false, true])
    let list = try printers("list").out
    #expect(
      (1...3).map { column(list, $0)[1] } == ["silent", "not", "unproven"], "\(list)")
    try end(daemon)
    silent.stop()
    web.stop()
  }

  @Test func `settling a slip from the command line takes it off every list`() throws {
    let kiosk = try hall.token(.kiosk, "K1")
    let manager = try hall.token(.manager, "m")
    let daemon = try start()
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: manager)
    let number = try lose(daemon, kiosk, stream)
    #expect(try printers("discard", number).status == 0)
    try wait(stream) { $0.slips.isEmpty }
    #expect(try printers("slips").out == "No slip waits or is in doubt.\n")
    try end(daemon)
    let became = try outcomes()
    #expect(became == ["unknown", "discarded copy"])
  }

  @Test func `without a daemon, and with wrong words, it says what to do`() throws {
    let none = try printers("list")
    #expect(none.status == 1 && none.err.contains("No daemon runs on"), "\(none)")
    let wrong = try printers("mend")
    #expect(
      wrong.status == 64 && wrong.err.contains("list, slips, retry, discard, reprint, probe, test"))
    let bare = try printers("retry")
    #expect(bare.status == 64 && bare.err.contains("key or number is missing"), "\(bare)")
    let option = try printers("discard", "R001", "--on", "P2")
    #expect(option.status != 0)
    first.stop()
    second.stop()
  }
}
