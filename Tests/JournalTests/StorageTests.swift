import Foundation
import Glibc
import SQLite
import Testing
import Venue

@testable import Journal

@Suite("A journal whose disk fails it") struct StorageTests {
  /// `max_page_count` makes SQLite say "full" by itself, for any user, on any file system.
  @Test("At its bound the journal is full, keeps nothing of the append, and goes on with room")
  func bounded() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 61)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(50))
    let acknowledged = journal.lastSequence
    try journal.limit(pages: 12)
    let batch = scenario.records(2_000)
    let body = StoredAnswer(
      scope: "s", key: "k", requestHash: [], status: 200, body: [], sequence: 1)
    for _ in 0..<3 {
      let error = #expect(throws: JournalError.self) {
        try journal.append(batch, answers: [body])
      }
      guard case .full = error else {
        Testing.Issue.record("not full: \(String(describing: error))")
        return
      }
      #expect(journal.lastSequence == acknowledged)
      #expect(try journal.answer(scope: "s", key: "k") == nil)
    }
    try journal.limit(pages: 1_000_000)
    try journal.append(batch, answers: [body])
    #expect(journal.lastSequence == scenario.state.sequence)
    let report = try Journal.verify(directory: directory.path)
    #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
  }

  /// A real full disk: a tmpfs of 1 MiB, which only root can mount.
  @Test(
    "On a disk that fills and is freed, again and again, nothing acknowledged is lost",
    .enabled(if: geteuid() == 0, "needs root to mount a tmpfs"))
  func tmpfs() throws {
    let directory = try ScratchDirectory()
    guard unsafe mount("tmpfs", directory.path, "tmpfs", 0, "size=1m") == 0 else {
      print("skipped: this machine lets nobody mount a tmpfs")
      return
    }
    defer { unsafe umount2(directory.path, Int32(MNT_DETACH)) }
    var scenario = Scenario(seed: 62)
    let journal = try Journal.open(directory: directory.path)
    var pending: [Record] = []
    var full = 0
    for round in 0..<20 {
      let ballast = directory.path + "/ballast"
      _ = FileManager.default.createFile(
        atPath: ballast, contents: Data(count: 600_000 - round * 20_000))
      var isFull = false
      while !isFull {
        if pending.isEmpty { pending = scenario.records(20) }
        do throws(JournalError) {
          try journal.append(pending)
          pending = []
        } catch {
          guard case .full = error else { throw error }
          isFull = true
          full += 1
        }
        if journal.lastSequence > 4_000 { break }
      }
      try FileManager.default.removeItem(atPath: ballast)
      try journal.append(pending)
      pending = []
      try journal.checkpoint()
      if journal.lastSequence > 4_000 { break }
    }
    #expect(full >= 3)
    let report = try Journal.verify(directory: directory.path)
    #expect(report.faults == [])
    #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
  }

  @Test("After any other error nothing more is taken until the journal is opened again")
  func failStop() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 63)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(10))
    let acknowledged = journal.lastSequence
    let other = try Database(path: journal.path, mode: .readWrite)
    try other.execute("ALTER TABLE event RENAME TO gone")
    let batch = scenario.records(5)
    for _ in 0..<2 {
      let error = #expect(throws: JournalError.self) { try journal.append(batch) }
      guard case .storage = error else {
        Testing.Issue.record("not fail-stop: \(String(describing: error))")
        return
      }
      try other.execute("DROP TABLE IF EXISTS x")
    }
    try other.execute("ALTER TABLE gone RENAME TO event")
    #expect(throws: JournalError.self) { try journal.append(batch) }
    try journal.close()
    let again = try Journal.open(directory: directory.path)
    #expect(again.lastSequence == acknowledged)
    try again.append(batch)
    #expect(try again.loadState().snapshot == scenario.state.snapshot)
  }

  @Test("An answer for a key that is there already stops the journal instead of replacing it")
  func duplicateKey() throws {
    let directory = try ScratchDirectory()
    let journal = try Journal.open(directory: directory.path)
    let answer = StoredAnswer(
      scope: "s", key: "k", requestHash: [], status: 200, body: [1], sequence: 0)
    try journal.append([], answers: [answer])
    #expect(throws: JournalError.self) { try journal.append([], answers: [answer]) }
  }
}
