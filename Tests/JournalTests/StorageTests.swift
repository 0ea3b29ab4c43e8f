import Foundation
import Glibc
import SQLite
import Testing
import Venue

@testable import Journal

@Suite("A journal whose disk fails it") struct StorageTests {
  @Test("A directory that cannot be made is named", arguments: ["", "/proc/rossio", "/proc/a/b"])
  func impossibleDirectory(path: String) throws {
    let error = #expect(throws: JournalError.self) { _ = try Journal.open(directory: path) }
    guard case .cannotOpen = error else {
      Testing.Issue.record("not cannotOpen: \(String(describing: error))")
      return
    }
  }

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
  private func withSmallDisk(_ body: (_ path: String) throws -> Void) throws {
    let directory = try ScratchDirectory()
    guard unsafe mount("tmpfs", directory.path, "tmpfs", 0, "size=1m") == 0 else {
      print("skipped: this machine lets nobody mount a tmpfs")
      return
    }
    defer { unsafe umount2(directory.path, Int32(MNT_DETACH)) }
    try body(directory.path)
  }

  /// Writes zeros until nothing fits any more, or `limit` bytes.
  private func fill(_ path: String, limit: Int = .max) throws {
    let descriptor = unsafe Glibc.open(path + "/ballast", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    defer { Glibc.close(descriptor) }
    let zeros = [UInt8](repeating: 0, count: 4_096)
    var written = 0
    while written < limit, unsafe Glibc.write(descriptor, zeros, zeros.count) == zeros.count {
      written += zeros.count
    }
  }

  private func free(_ path: String) { unsafe unlink(path + "/ballast") }

  @Test(
    "On a disk that fills and is freed, again and again, nothing acknowledged is lost",
    .enabled(if: geteuid() == 0, "needs root to mount a tmpfs"))
  func fullDisk() throws {
    try withSmallDisk { path in
      var scenario = Scenario(seed: 62)
      let journal = try Journal.open(directory: path)
      for round in 0..<20 {
        try journal.append(scenario.records(30))
        let acknowledged = journal.lastSequence
        try fill(path)
        // What is left of the last page of the log may still take something.
        var refused: [Record] = []
        while refused.isEmpty {
          let batch = scenario.records(1 + round)
          do throws(JournalError) {
            try journal.append(batch)
          } catch {
            guard case .full = error else { throw error }
            refused = batch
          }
        }
        #expect(journal.lastSequence >= acknowledged)
        #expect(throws: JournalError.self) { try journal.append(refused) }
        free(path)
        try journal.append(refused)
        try journal.checkpoint()
      }
      let report = try Journal.verify(directory: path)
      #expect(report.faults == [])
      #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
    }
  }

  @Test(
    "A start on a full disk says that the disk is full, and works once there is room",
    .enabled(if: geteuid() == 0, "needs root to mount a tmpfs"))
  func fullDiskAtStart() throws {
    try withSmallDisk { path in
      var scenario = Scenario(seed: 64)
      for isNew in [true, false] {
        try fill(path)
        let error = #expect(throws: JournalError.self) { try Journal.open(directory: path) }
        #expect(error.map { "\($0)".contains("full") || "\($0)".contains("No space") } == true)
        free(path)
        let journal = try Journal.open(directory: path)
        try journal.append(scenario.records(20))
        try journal.close()
        if isNew { unsafe unlink(path + "/journal.sqlite-shm") }
      }
      #expect(try Journal.loadState(directory: path).snapshot == scenario.state.snapshot)
    }
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
