import Foundation
import Journal
import Testing
import Venue
import Views
import Wire

@testable import Hall
@testable import Printing

/// What people do with slips, over a spool whose printers cannot be reached.
@Suite(.timeLimit(.minutes(5)))
struct OperatorDeskTests {
  private let directory: ScratchDirectory
  private let test: TestHall
  private let slips = SlipDesk()
  private let desk: OperatorDesk
  private let visit: VisitID
  private let number: String
  private var spoolPath: String { directory.path + "/spool.sqlite" }

  /// A hall with one visit, and a spool with its slip, which an earlier process left in the middle.
  init() async throws {
    directory = try ScratchDirectory()
    test = try await TestHall.open(in: directory, clock: TestClock(morning, step: 1), slips: slips)
    var venue = try crowdedVenue()
    venue.printers = ["P1", "P2"].map {
      Printer(id: PrinterID($0), host: "127.0.0.1", port: 1, profile: "p")
    }
    _ = await test.hall.perform(.configure(venue))
    let issued = await test.ask(issue())
    visit = try #require(issued["visit"].flatMap { VisitID($0) })
    number = try #require(issued["number"])
    desk = OperatorDesk(hall: test.hall, slips: slips)
  }

  private func job(_ key: String, of visit: VisitID? = nil) async -> PrintJob? {
    let fold = await test.hall.fold()
    guard let owner = fold.state.visit(visit ?? self.visit) else { return nil }
    let slip = fold.slip(of: owner, localTime: "", isCopy: false)
    return PrintJob(key: key, printer: "P1", slip: slip, copyMark: fold.copyMark(in: "pt"))
  }

  /// Nothing listens on port 1: what waits goes on waiting.
  private func start() throws {
    let printers = ["P1", "P2"].map {
      PrinterConfiguration(
        id: PrinterID($0), host: "127.0.0.1", port: 1, profile: PrinterProfile())
    }
    try slips.start(
      spool: spoolPath, printers: printers, template: .standard, hall: test.hall, log: test.book.log
    )
  }

  private func end() async {
    slips.stop()
    await test.stop()
  }

  /// The slip's first attempt began, and the process ended.
  private func leaveHalfASlip() async throws {
    let spool = try Spool(path: spoolPath)
    let now = test.clock.now()
    #expect(try spool.add([try #require(await job("\(visit)"))], at: now).isEmpty)
    let waiting = try #require(try spool.next(for: "P1"))
    _ = try spool.beginAttempt(of: waiting.id, at: now)
  }

  private func ask(
    _ wish: OperatorDesk.Wish, _ name: String, on printer: PrinterID? = nil, key: String? = nil
  ) async -> HallReply {
    let stamp = key.map {
      OperatorDesk.Stamp(asker: "staff:a", key: $0, request: "\(wish) \(name) \(printer ?? "")")
    }
    return await desk.handle(wish, name, on: printer, by: .staff(stamp))
  }

  private func open() async -> [SlipReport] { Array(await test.hall.state.slips.values) }

  private func outcomes() throws -> [SlipReport.Outcome] {
    try records(in: directory).compactMap { record in
      if case .slipReported(let report) = record.event { report.outcome } else { nil }
    }
  }

  @Test func `a slip in doubt is printed again as a copy where a person says`() async throws {
    try await leaveHalfASlip()
    try start()
    let reply = await ask(.retry, number, on: "P2")
    #expect(reply.status == 202 && reply["number"] == number && reply["printer"] == "P2")
    let job = try #require(try slips.entries(of: visit).first)
    #expect(job.state == .waiting && job.printer == "P2" && job.isCopy)
    let line = try #require(await desk.printers().slips.first)
    #expect(line.state == "retrying" && line.printer == "P2")
    #expect(line.reason == "restarted", "why it was in doubt")
    #expect(line.evidence == "the daemon ended while this was being sent")
    // In the printer it is being printed, for the command line too: nothing more can be asked of it.
    let spool = try Spool(path: spoolPath)
    let waiting = try #require(try spool.next(for: "P2"))
    _ = try spool.beginAttempt(of: waiting.id, at: test.clock.now())
    #expect(try await desk.slips(all: false).map(\.state) == ["printing"])
    await end()
    #expect(try outcomes() == [.unknown])
  }

  @Test(arguments: [true, false])
  func `discarding settles the slip for everybody, named by visit or by number`(
    byNumber: Bool
  ) async throws {
    try await leaveHalfASlip()
    try start()
    let name = byNumber ? number : visit.description
    let reply = await ask(.discard, name)
    #expect(reply.status == 200 && reply["state"] == "discarded")
    #expect(try slips.entries(of: visit).map(\.state) == [.discarded])
    let again = await ask(.discard, name)
    // The report may still be on its way to the hall; then settling it once more is no harm.
    #expect(again.status == 409 || again.status == 200)
    await end()
    #expect(await open().isEmpty)
    let became = try outcomes()
    #expect(became.first == .unknown && Set(became.dropFirst()) == [.discarded])
  }

  @Test func `a slip that the spool has given up is settled, too`() async throws {
    try start()
    let report = SlipReport(visit: visit, printer: "P1", outcome: .failed, isCopy: false)
    _ = await test.hall.perform(.reportSlip(report))
    let retried = await ask(.retry, number)
    #expect(retried.status == 404 && retried["name"] == "slip-unknown", "no job is known")
    #expect(await ask(.discard, number).status == 200)
    #expect(await open().isEmpty)
    await end()
    #expect(try outcomes() == [.failed, .discarded])
  }

  @Test func `why a slip failed is known after a restart, too`() async throws {
    let report = SlipReport(visit: visit, printer: "P1", outcome: .failed, isCopy: false)
    _ = await test.hall.perform(.reportSlip(report))
    let spool = try Spool(path: spoolPath)
    let now = test.clock.now()
    _ = try spool.add([try #require(await job("\(visit)"))], at: now)
    let waiting = try #require(try spool.next(for: "P1"))
    try spool.discard(waiting.id, because: .notDrawn, at: now)
    try start()
    var reason: String?
    while reason == nil {
      try Task.checkCancellation()
      reason = await desk.printers().slips.first?.reason
      await Task.yield()
    }
    #expect(reason == "notDrawn")
    #expect(await desk.printers().slips.map(\.state) == ["failed"])
    await end()
  }

  @Test func `what cannot be is refused by name, and nothing changes`() async throws {
    let spool = try Spool(path: spoolPath)
    let now = test.clock.now()
    _ = try spool.add([try #require(await job("\(visit)"))], at: now)
    let first = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: first.id, at: now)
    try spool.endAttempt(
      attempt, of: first.id, as: .printed, bytesSent: 9, reason: nil, evidence: "fence",
      at: now)
    try start()
    for wish in [OperatorDesk.Wish.retry, .discard] {
      let printed = await ask(wish, number)
      #expect(printed.status == 409 && printed["name"] == "slip-is-printed", "\(wish)")
      for stranger in ["X999", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "", "x y"] {
        let unknown = await ask(wish, stranger)
        #expect(unknown.status == 404 && unknown["name"] == "slip-unknown", "\(wish) \(stranger)")
      }
      #expect(await ask(wish, "\(visit):a").status == 404, "staff name no keys")
    }
    #expect(try slips.entries(of: visit).map(\.state) == [.printed])
    await end()
    #expect(try outcomes().isEmpty)
  }

  @Test func `an unknown printer is refused`() async throws {
    try await leaveHalfASlip()
    try start()
    let reply = await ask(.retry, number, on: "P9")
    #expect(reply.status == 404 && reply["name"] == "printer-unknown")
    #expect(try slips.entries(of: visit).map(\.state) == [.unknown])
    await end()
  }

  @Test func `the same key gives the same answer and does nothing twice`() async throws {
    try await leaveHalfASlip()
    try start()
    let first = await ask(.retry, number, on: "P2", key: "k")
    #expect(await ask(.discard, number).status == 200)
    let again = await ask(.retry, number, on: "P2", key: "k")
    #expect(first == again && first.status == 202)
    #expect(try slips.entries(of: visit).map(\.state) == [.discarded], "not printed after all")
    #expect(await ask(.retry, number, on: "P1", key: "k").status == 422)
    #expect(await ask(.retry, number, on: "P2", key: "other").status == 202)
    await end()
  }

  @Test func `many at once are granted one after the other, and the same key once`() async throws {
    try start()
    let report = SlipReport(visit: visit, printer: "P1", outcome: .failed, isCopy: false)
    _ = await test.hall.perform(.reportSlip(report))
    let replies = await withTaskGroup(of: HallReply.self) { group in
      for _ in 0..<20 { group.addTask { await ask(.discard, number, key: "same") } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(replies.count == 20 && Set(replies.map(\.status)) == [200])
    await end()
    #expect(try outcomes() == [.failed, .discarded])
  }

  @Test func `administrators see keys and what is open, and may name a job by its key`()
    async throws
  {
    try await leaveHalfASlip()
    try start()
    let lines = try await desk.slips(all: false)
    #expect(lines.map(\.key) == ["\(visit)"] && lines.map(\.state) == ["unknown"])
    #expect(lines.first?.reason == "restarted")
    #expect(lines.first?.evidence == "the daemon ended while this was being sent")
    let copy = await desk.handle(.reprint, number, on: "P2", by: .administrator)
    #expect(copy.status == 202 && copy["printer"] == "P2")
    let jobs = try await waitForJobs(2)
    let key = try #require(jobs.first { $0.printer == "P2" }?.key)
    #expect(await desk.handle(.discard, key, by: .administrator).status == 200)
    #expect(try await desk.slips(all: false).map(\.key) == ["\(visit)"], "the other one is left")
    #expect(try await desk.slips(all: true).count == 2)
    await end()
  }

  @Test func `a slip that can never be printed is told as failed, with its reason`() async throws {
    let spool = try Spool(path: spoolPath)
    let now = test.clock.now()
    _ = try spool.add([try #require(await job("\(visit)"))], at: now)
    let waiting = try #require(try spool.next(for: "P1"))
    try spool.discard(waiting.id, because: .notDrawn, at: now)
    try start()
    #expect(try await desk.slips(all: false).isEmpty, "nobody was told of it")
    let report = SlipReport(visit: visit, printer: "P1", outcome: .failed, isCopy: false)
    _ = await test.hall.perform(.reportSlip(report))
    for all in [false, true] {
      let lines = try await desk.slips(all: all)
      #expect(lines.map(\.state) == ["failed"] && lines.map(\.reason) == ["notDrawn"])
    }
    #expect(await ask(.discard, number.lowercased()).status == 200)
    #expect(try await desk.slips(all: false).isEmpty)
    await end()
  }

  @Test func `what was asked for again and is being printed is not printed once more`() async throws
  {
    try await leaveHalfASlip()
    try start()
    #expect(await ask(.retry, number, on: "P2").status == 202)
    let spool = try Spool(path: spoolPath)
    let waiting = try #require(try spool.next(for: "P2"))
    _ = try spool.beginAttempt(of: waiting.id, at: test.clock.now())
    let again = await ask(.retry, number)
    #expect(again.status == 409 && again["name"] == "slip-is-printing")
    #expect(try slips.entries(of: visit).count == 1)
    await end()
  }

  /// Jobs are on disk soon after they were taken.
  private func waitForJobs(_ count: Int) async throws -> [SpoolEntry] {
    while true {
      let jobs = try slips.entries(of: visit)
      if jobs.count == count { return jobs }
      await Task.yield()
    }
  }

  @Test func `a stopped daemon says so`() async throws {
    let reply = await ask(.retry, number)
    #expect(reply.status == 503 && reply["name"] == "stopping")
    await test.stop()
  }
}
