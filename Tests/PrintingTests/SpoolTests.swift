import Foundation
import SQLite
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
    let doubtful = try spool.markUnknown(at: noon)
    #expect(doubtful.map(\.job.key) == ["a"] && doubtful.map(\.job.isCopy) == [false])
    #expect(try spool.state(ofKey: "a") == .unknown)
    // What is on paper is not marked, and what will be is.
    #expect(try spool.entries(in: [.unknown]).map(\.isCopy) == [false])
    try spool.retry(key: "a", on: "P2", at: noon)
    #expect(try spool.entries().first { $0.key == "a" }?.isCopy == true)
    let again = try #require(try spool.next(for: "P2"))
    _ = try spool.beginAttempt(of: again.id, at: noon)
    #expect(try spool.markUnknown(at: noon).map(\.job.isCopy) == [true])
    #expect(try spool.entries(in: [.unknown]).map(\.isCopy) == [true])
    #expect(try spool.next(for: "P1")?.job.key == "b")
    let words = "the daemon ended while this was being sent"
    #expect(try spool.evidence(ofKey: "a") == [words, words])
    #expect(try spool.entries().map(\.reason) == [nil, .restarted])
    #expect(try spool.markUnknown(at: noon).isEmpty)
  }

  /// A spool with one slip for P1 that has an arrow.
  private func spoolOfPointing() throws -> (Spool, PrintJob) {
    let spool = try Spool(path: path)
    var pointing = job("a")
    pointing.slip.arrow = .upLeft
    _ = try spool.add([pointing], at: noon)
    return (spool, pointing)
  }

  @Test(
    "a slip that another printer takes over loses its arrow, which held for its own kiosk alone")
  func takeOverDropsArrow() throws {
    defer { removeFiles() }
    let (spool, pointing) = try spoolOfPointing()
    #expect(try spool.next(for: "P1")?.job == pointing)
    #expect(try spool.takeOver(from: "P1", to: "P2", at: noon) == 1)
    var moved = pointing
    (moved.printer, moved.slip.arrow) = ("P2", nil)
    #expect(try spool.next(for: "P2")?.job == moved)
  }

  @Test("a slip that a person sends elsewhere loses its arrow, and keeps it where it was")
  func retryDropsArrow() throws {
    defer { removeFiles() }
    let (spool, first) = try spoolOfPointing()
    var pointing = first
    try spool.retry(key: "a", on: nil, at: noon)
    try spool.retry(key: "a", on: "P1", at: noon)
    #expect(try spool.next(for: "P1")?.job == pointing)
    try spool.retry(key: "a", on: "P2", at: noon)
    (pointing.printer, pointing.slip.arrow) = ("P2", nil)
    #expect(try spool.next(for: "P2")?.job == pointing)
  }

  @Test("attempts are numbered for ever, also when their jobs are gone")
  func attemptNumbersNeverReturn() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    _ = try spool.add([job("a")], at: noon)
    let first = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: first.id, at: noon)
    try spool.endAttempt(
      attempt, of: first.id, as: .printed, bytesSent: 10, reason: nil, evidence: "seen",
      at: noon)
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
    #expect(try spool.entries().map(\.reason) == [nil, .tooLate])
  }

  @Test("a reason survives the process, until the slip is tried again, printed or settled")
  func reasonSurvives() throws {
    defer { removeFiles() }
    func reasons() throws -> [SlipReason?] {
      try Spool(path: path).entries().reversed().map(\.reason)
    }
    do {
      let spool = try Spool(path: path)
      _ = try spool.add(["a", "b", "c"].map { job($0) }, at: noon)
      for reason in [SlipReason.noProof, .linkLost] {
        let next = try #require(try spool.next(for: "P1"))
        let attempt = try spool.beginAttempt(of: next.id, at: noon)
        try spool.endAttempt(
          attempt, of: next.id, as: .unknown, bytesSent: 9, reason: reason, evidence: "seen",
          at: noon)
      }
      let last = try #require(try spool.next(for: "P1"))
      try spool.discard(last.id, because: .notDrawn, at: noon)
    }
    #expect(try reasons() == [.noProof, .linkLost, .notDrawn])
    let spool = try Spool(path: path)
    _ = try spool.discard(key: "b", at: noon)
    try spool.retry(key: "a", on: nil, at: noon)
    #expect(try reasons() == [.noProof, nil, .notDrawn], "it is not decided yet")
    let again = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: again.id, at: noon)
    #expect(try reasons() == [nil, nil, .notDrawn])
    try spool.endAttempt(
      attempt, of: again.id, as: .printed, bytesSent: 9, reason: nil, evidence: "seen", at: noon)
    #expect(try reasons() == [nil, nil, .notDrawn])
  }

  @Test("jobs beyond the bound are refused by name")
  func bound() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    let jobs = (0...Spool.waitingLimit).map { job("\($0)") }
    #expect(try spool.add(jobs, at: noon).map(\.key) == ["\(Spool.waitingLimit)"])
    #expect(try spool.waitingCount(for: "P1") == Spool.waitingLimit)
    #expect(try spool.entries(in: [.discarded]).map(\.reason) == [.tooMany])
  }

  @Test("a file of something else is refused and left alone")
  func foreignFile() throws {
    defer { removeFiles() }
    try Data("no database, but forty bytes of plain text".utf8)
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) { _ = try Spool(path: path) }
  }

  @Test("a spool of the first version is upgraded; what was being printed then is a copy now")
  func upgrade() throws {
    defer { removeFiles() }
    let slip = String(decoding: try JSONEncoder().encode(Samples.slip("ar")), as: UTF8.self)
      .replacingOccurrences(of: "'", with: "''")
    do {
      let old = try Database(path: path, mode: .create)
      try old.execute(
        """
        BEGIN; PRAGMA application_id = \(Spool.applicationID); PRAGMA user_version = 1;
        CREATE TABLE job (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, printer TEXT NOT NULL,
          slip TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
          state TEXT NOT NULL CHECK
            (state IN ('waiting', 'printing', 'printed', 'unknown', 'discarded'))) STRICT;
        CREATE INDEX job_by_state ON job (state, printer, id);
        CREATE TABLE attempt (id INTEGER PRIMARY KEY AUTOINCREMENT,
          job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, started INTEGER NOT NULL) STRICT;
        CREATE INDEX attempt_by_job ON attempt (job);
        CREATE TABLE evidence (id INTEGER PRIMARY KEY,
          attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE, at INTEGER NOT NULL,
          bytes_sent INTEGER, what TEXT NOT NULL) STRICT;
        CREATE INDEX evidence_by_attempt ON evidence (attempt);
        INSERT INTO job VALUES (1, 'a', 'P1', '\(slip)', 5, 5, 'printing');
        INSERT INTO job VALUES (2, 'b', 'P1', '\(slip)', 6, 6, 'waiting');
        INSERT INTO attempt VALUES (1, 1, 5);
        COMMIT;
        """)
    }
    let spool = try Spool(path: path)
    #expect(try spool.next(for: "P1")?.job.slip == Samples.slip("ar"))
    #expect(try spool.recover(for: [], at: noon).map(\.key) == ["a"])
    try spool.retry(key: "a", on: nil, at: noon)
    #expect(try spool.next(for: "P1")?.job.slip.copy?.text == "Copy")
    #expect(try Spool(path: path).waitingCount(for: "P1") == 2)
    let reasons = try spool.entries().map(\.reason)
    #expect(reasons == [nil, .restarted], "its daemon ended amid it")
  }

  @Test("a spool of the second version is upgraded: its rows stay, and have no reason")
  func upgradeFromSecond() throws {
    defer { removeFiles() }
    let slip = String(decoding: try JSONEncoder().encode(Samples.slip("ar")), as: UTF8.self)
      .replacingOccurrences(of: "'", with: "''")
    let mark = String(decoding: try JSONEncoder().encode(Samples.copyMark), as: UTF8.self)
    do {
      let old = try Database(path: path, mode: .create)
      try old.execute(
        """
        BEGIN; PRAGMA application_id = \(Spool.applicationID); PRAGMA user_version = 2;
        CREATE TABLE job (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, printer TEXT NOT NULL,
          slip TEXT NOT NULL, copy_mark TEXT NOT NULL, created INTEGER NOT NULL,
          changed INTEGER NOT NULL, was_sent INTEGER NOT NULL DEFAULT 0,
          abandoned INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL CHECK
            (state IN ('waiting', 'printing', 'printed', 'unknown', 'discarded'))) STRICT;
        CREATE INDEX job_by_state ON job (state, printer, id);
        CREATE TABLE attempt (id INTEGER PRIMARY KEY AUTOINCREMENT,
          job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, started INTEGER NOT NULL) STRICT;
        CREATE INDEX attempt_by_job ON attempt (job);
        CREATE TABLE evidence (id INTEGER PRIMARY KEY,
          attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE, at INTEGER NOT NULL,
          bytes_sent INTEGER, what TEXT NOT NULL) STRICT;
        CREATE INDEX evidence_by_attempt ON evidence (attempt);
        CREATE TABLE roll (printer TEXT PRIMARY KEY, paper TEXT NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO job VALUES (1, 'a', 'P1', '\(slip)', '\(mark)', 5, 6, 1, 0, 'unknown');
        INSERT INTO job VALUES (2, 'b', 'P1', '\(slip)', '\(mark)', 7, 7, 0, 0, 'waiting');
        INSERT INTO attempt VALUES (1, 1, 5);
        INSERT INTO evidence VALUES (1, 1, 6, 9, 'reset');
        INSERT INTO roll VALUES ('P1', '{"isOut":false,"endsClean":true,"usedMillimetres":70}');
        COMMIT;
        """)
    }
    for _ in 0..<2 {
      let entries = try Spool(path: path).entries()
      #expect(entries.map(\.key) == ["b", "a"] && entries.map(\.state) == [.waiting, .unknown])
      #expect(entries.map(\.evidence) == [nil, "reset"] && entries.map(\.reason) == [nil, nil])
    }
    let spool = try Spool(path: path)
    let paper = try spool.paper(in: "P1")
    #expect(paper.usedMillimetres == 70 && paper.endsClean && !paper.isUnproven)
    #expect(try spool.next(for: "P1")?.job == job("b"))
    try spool.retry(key: "a", on: "P2", at: noon)
    #expect(try spool.next(for: "P2")?.job.isCopy == false, "the mark was set when it was sent")
  }

  @Test("a spool of a newer version is refused, and keeps its version")
  func newerVersion() throws {
    defer { removeFiles() }
    do { _ = try Spool(path: path) }
    try Database(path: path, mode: .create).execute("PRAGMA user_version = \(Spool.version + 1)")
    #expect(throws: PrintingError.self) { _ = try Spool(path: path) }
    let version = try Database(path: path, mode: .readOnly).integer("PRAGMA user_version")
    #expect(version == Spool.version + 1)
  }

  @Test("what operators may do with a slip, and what not")
  func operators() throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    _ = try spool.add([job("a"), job("b")], at: noon)
    #expect(throws: SpoolRefusal.unknownJob(key: "c")) {
      try spool.retry(key: "c", on: nil, at: noon)
    }
    let first = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: first.id, at: noon)
    #expect(throws: SpoolRefusal.notNow(key: "a", state: .printing)) {
      try spool.retry(key: "a", on: nil, at: noon)
    }
    try spool.endAttempt(
      attempt, of: first.id, as: .printed, bytesSent: 9, reason: nil, evidence: "seen",
      at: noon)
    #expect(try spool.entries(in: [.printed]).first?.isCopy == false)
    #expect(throws: SpoolRefusal.notNow(key: "a", state: .printed)) {
      try spool.discard(key: "a", at: noon)
    }
    // Whoever asks for a printed slip once more gets a copy; one that was never sent is itself.
    try spool.retry(key: "a", on: "P2", at: noon)
    #expect(try spool.next(for: "P2")?.job.isCopy == true)
    try spool.retry(key: "b", on: "P2", at: noon)
    #expect(try spool.entries(in: [.waiting]).first { $0.key == "b" }?.isCopy == false)
    #expect(try spool.discard(key: "b", at: noon).key == "b")
    #expect(try spool.state(ofKey: "b") == .discarded)
  }

  @Test("many threads write at once: each gets its own answer, and what fails is undone alone")
  func manyWriters() async throws {
    defer { removeFiles() }
    let spool = try Spool(path: path)
    let failures = await withTaskGroup(of: Int.self) { group in
      for writer in 0..<24 {
        group.addTask {
          let failed = try? await onThread { try Self.write(40, by: writer, to: spool) }
          return failed ?? -1
        }
      }
      return await group.reduce(0, +)
    }
    // Every eighth of 40 attempts of each writer was of a job that is not there.
    #expect(failures == 24 * 5)
    let entries = try spool.entries(limit: 2_000)
    #expect(entries.count == 24 * 35)
    #expect(entries.allSatisfy { $0.attempts == 1 && $0.state == .printing })
  }

  /// How many of `count` writes failed, as those must that break a rule of the schema.
  private static func write(_ count: Int, by writer: Int, to spool: Spool) throws -> Int {
    var failed = 0
    for index in 0..<count {
      let now = Instant(milliseconds: 5)
      guard index % 8 != 7 else {
        do { _ = try spool.beginAttempt(of: -1, at: now) } catch { failed += 1 }
        continue
      }
      let printer = PrinterID("P\(writer)")
      let job = PrintJob(
        key: "\(writer)/\(index)", printer: printer, slip: Samples.slip(),
        copyMark: Samples.copyMark)
      _ = try spool.add([job], at: now)
      guard let next = try spool.next(for: printer), next.job.key == job.key else { return -1 }
      _ = try spool.beginAttempt(of: next.id, at: now)
    }
    return failed
  }
}
