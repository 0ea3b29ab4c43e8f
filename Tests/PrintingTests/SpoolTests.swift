import Foundation
import Testing
import Venue
import Views

@testable import Printing

@Suite("Spool")
struct SpoolTests {
  private let path = FileManager.default.temporaryDirectory.path + "/spool-\(UUID()).sqlite"

  private func job(_ key: String, _ printer: PrinterID = "P1") -> PrintJob {
    PrintJob(key: key, printer: printer, slip: Samples.slip("ar"), copyMark: Samples.copyMark)
  }

  private func removeFiles() {
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
  }

  private let noon = Instant(milliseconds: 1_000_000_000)

  @Test("jobs survive the process, in their order, with their slips")
  func survives() throws {
    defer { removeFiles() }
    do {
      let spool = try Spool(path: path)
      _ = try spool.add([job("a"), job("b"), job("c", "P2")], at: noon)
    }
    let spool = try Spool(path: path)
    #expect(try spool.next(for: "P1")?.job == job("a"))
    #expect(try spool.next(for: "P2")?.job == job("c", "P2"))
    #expect(try spool.waitingCount(for: "P1") == 2)
  }

  @Test("the same key is the same job")
  func keyIsUnique() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    _ = try spool.add([job("a"), job("a")], at: noon)
    _ = try spool.add([job("a")], at: noon)
    #expect(try spool.waitingCount(for: "P1") == 1)
  }

  @Test("a job that was being printed when the process ended is unknown, and not printed again")
  func crashLeavesUnknown() throws {
    defer { removeFiles() }
    do {
      let spool = try Spool(path: path)
      _ = try spool.add([job("a"), job("b")], at: noon)
      let first = try #require(try spool.next(for: "P1"))
      _ = try spool.beginAttempt(of: first.id, at: noon)
    }
    let spool = try Spool(path: path)
    #expect(try spool.markUnknown(at: noon).map(\.job.key) == ["a"])
    #expect(try spool.state(ofKey: "a") == .unknown)
    #expect(try spool.next(for: "P1")?.job.key == "b")
    #expect(try spool.evidence(ofKey: "a") == ["the daemon ended while this was being sent"])
    #expect(try spool.markUnknown(at: noon).isEmpty)
  }

  @Test(
    "a slip that another printer takes over loses its arrow, which held for its own kiosk alone")
  func takeOverDropsArrow() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    var pointing = job("a")
    pointing.slip.arrow = .upLeft
    _ = try spool.add([pointing], at: noon)
    #expect(try spool.next(for: "P1")?.job == pointing)
    #expect(try spool.takeOver(from: "P1", to: "P2", at: noon) == 1)
    var moved = pointing
    (moved.printer, moved.slip.arrow) = ("P2", nil)
    #expect(try spool.next(for: "P2")?.job == moved)
  }

  @Test("attempts are numbered for ever, also when their jobs are gone")
  func attemptNumbersNeverReturn() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    _ = try spool.add([job("a")], at: noon)
    let first = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: first.id, at: noon)
    try spool.endAttempt(
      attempt, of: first.id, as: .printed, bytesSent: 10, evidence: "seen", at: noon)
    try spool.prune(at: noon.adding(milliseconds: Spool.keptMilliseconds + 1))
    #expect(try spool.state(ofKey: "a") == nil)
    _ = try spool.add([job("b")], at: noon)
    let second = try #require(try spool.next(for: "P1"))
    #expect(try spool.beginAttempt(of: second.id, at: noon) > attempt)
  }

  @Test("jobs that waited too long are discarded")
  func oldJobsAreDiscarded() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    _ = try spool.add([job("old")], at: noon)
    _ = try spool.add([job("new")], at: noon.adding(milliseconds: 1_000))
    let later = noon.adding(milliseconds: 500)
    #expect(try spool.discardWaiting(before: later, at: later).map(\.key) == ["old"])
    #expect(try spool.next(for: "P1")?.job.key == "new")
  }

  @Test("jobs beyond the bound are refused by name")
  func bound() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    let jobs = (0...Spool.waitingLimit).map { job("\($0)") }
    #expect(try spool.add(jobs, at: noon).map(\.key) == ["\(Spool.waitingLimit)"])
    #expect(try spool.waitingCount(for: "P1") == Spool.waitingLimit)
  }

  @Test("a file of something else is refused and left alone")
  func foreignFile() throws {
    defer { removeFiles() }
    try Data("no database, but forty bytes of plain text".utf8)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) { _ = try Spool(path: path) }
  }
}
