import Foundation
import SQLite
import Testing
import Venue

@testable import Journal

@Suite("A journal") struct JournalTests {
  @Test("What was appended is there after reopening, and replay equals the live state by hash")
  func reopen() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 21)
    let journal = try Journal.open(directory: directory.path)
    #expect(journal.lastSequence == 0)
    #expect(journal.lastTime == nil)
    var records: [Record] = []
    for count in [1, 1, 5, 200, 3_000] {
      let batch = scenario.records(count)
      try journal.append(batch)
      records += batch
    }
    try journal.close()

    let again = try Journal.open(directory: directory.path)
    #expect(again.lastSequence == scenario.state.sequence)
    #expect(again.lastTime == scenario.state.time)
    #expect(
      stateHash(of: try again.loadState().snapshot) == stateHash(of: scenario.state.snapshot))
    var read: [Record] = []
    try again.replay { read.append($0) }
    #expect(read == records)
    try again.append(scenario.records(1))
  }

  @Test("A missing directory is made for its owner only, with all its files")
  func modes() throws {
    let directory = try ScratchDirectory()
    let journal = try Journal.open(directory: directory.path + "/a/b")
    var scenario = Scenario(seed: 22)
    try journal.append(scenario.records(3))
    #expect(try directory.mode(of: "a/b") == 0o700)
    for name in ["lock", "journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"] {
      #expect(try directory.mode(of: "a/b/\(name)") == 0o600)
    }
  }

  @Test("A second daemon on the same directory is refused with the number of the first")
  func secondOpener() throws {
    let directory = try ScratchDirectory()
    let first = try Journal.open(directory: directory.path)
    let pid = ProcessInfo.processInfo.processIdentifier
    let error = #expect(throws: JournalError.self) {
      _ = try Journal.open(directory: directory.path)
    }
    #expect(error == .inUse(directory: directory.path, pid: pid))
    #expect(error.map { "\($0)".contains("process \(pid)") } == true)
    try first.close()
    try Journal.open(directory: directory.path).close()
  }

  @Test("Files that are something else are refused and keep every byte")
  func foreign() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/journal.sqlite"
    let letter = Array(repeating: "Not a database. ", count: 300).joined()
    try directory.write(Array(letter.utf8), to: "journal.sqlite")
    #expect(throws: JournalError.foreign(path: path)) {
      _ = try Journal.open(directory: directory.path)
    }
    #expect(try directory.bytes(of: "journal.sqlite") == Array(letter.utf8))

    try FileManager.default.removeItem(atPath: path)
    try Database(path: path, mode: .create, pragmas: ["journal_mode = WAL"])
      .execute("CREATE TABLE recipes(name TEXT)")
    let before = try directory.bytes(of: "journal.sqlite")
    #expect(throws: JournalError.foreign(path: path)) {
      _ = try Journal.open(directory: directory.path)
    }
    #expect(try directory.bytes(of: "journal.sqlite") == before)
  }

  @Test("A journal of a newer Rossio is refused; a directory without one is named")
  func newerAndMissing() throws {
    let directory = try ScratchDirectory()
    let path = directory.path + "/journal.sqlite"
    #expect(throws: JournalError.missing(path: path)) {
      _ = try Journal.verify(directory: directory.path)
    }
    try Journal.open(directory: directory.path).close()
    try Database(path: path, mode: .readWrite).execute("PRAGMA user_version = 2")
    #expect(throws: JournalError.newer(path: path, version: 2)) {
      _ = try Journal.open(directory: directory.path)
    }
    #expect(throws: JournalError.newer(path: path, version: 2)) {
      try Journal.read(directory: directory.path) { _ in }
    }
  }

  @Test("A start that was cut off before its first commit is begun anew")
  func emptyFile() throws {
    let directory = try ScratchDirectory()
    try directory.write([], to: "journal.sqlite")
    var scenario = Scenario(seed: 23)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(2))
    #expect(journal.lastSequence == 2)
  }

  @Test("Reading beside the daemon sees what is committed and changes no byte of its files")
  func readBeside() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 24)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(2_500))
    let files = ["journal.sqlite", "journal.sqlite-wal"]
    let before = try files.map { try directory.bytes(of: $0) }
    var sequences: [UInt64] = []
    try Journal.read(directory: directory.path, after: 100) { sequences.append($0.sequence) }
    #expect(sequences == Array(101...journal.lastSequence))
    try Journal.read(directory: directory.path, after: 1_000_000) { _ in
      Testing.Issue.record("there is nothing after the end")
    }
    #expect(try Journal.verify(directory: directory.path).isSound)
    #expect(try files.map { try directory.bytes(of: $0) } == before)
    #expect(
      try Journal.loadState(directory: directory.path).snapshot == scenario.state.snapshot)
    try journal.append(scenario.records(1))
  }

  @Test("What a killed daemon leaves is read and verified without a change to its files")
  func readAfterKill() throws {
    let directory = try ScratchDirectory()
    let left = try ScratchDirectory()
    var scenario = Scenario(seed: 27)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(500))
    let files = ["journal.sqlite", "journal.sqlite-wal"]
    for file in files { try left.write(try directory.bytes(of: file), to: file) }
    let report = try Journal.verify(directory: left.path)
    #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
    for file in files { #expect(try left.bytes(of: file) == directory.bytes(of: file)) }
  }

  @Test("The log is copied into the file as it grows, and waits for a reader in the middle of it")
  func logIsBounded() throws {
    let directory = try ScratchDirectory(isLarge: true)
    var scenario = Scenario(seed: 28)
    let journal = try Journal.open(directory: directory.path)
    let frameBytes = 4_096 + 24
    let bound = (Journal.checkpointFrames + 200) * frameBytes
    var key = 0
    /// About 3,000 frames.
    func grow() throws {
      for _ in 0..<60 {
        key += 1
        let answer = StoredAnswer(
          scope: "s", key: "\(key)", requestHash: [], status: 200,
          body: [UInt8](repeating: 1, count: 200_000), sequence: 0)
        try journal.append(scenario.records(1), answers: [answer])
      }
    }
    try grow()
    #expect(try directory.bytes(of: "journal.sqlite-wal").count < bound)
    let reader = try Database(path: journal.path, mode: .readOnly)
    let rows = try reader.prepare("SELECT sequence FROM event")
    #expect(try rows.step())
    try grow()
    #expect(try directory.bytes(of: "journal.sqlite-wal").count > bound)
    rows.reset()
    try grow()
    #expect(try journal.checkpoint())
    #expect(try directory.bytes(of: "journal.sqlite-wal").isEmpty)
    #expect(try journal.loadState().snapshot == scenario.state.snapshot)
  }

  @Test("A reader may append to the daemon's work while it is handed records")
  func appendWhileReading() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 25)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(1_500))
    var count: UInt64 = 0
    try Journal.read(directory: directory.path) { _ in
      count += 1
      if count == 10 {
        try journal.append(scenario.records(1_500))
        // No read transaction is open here, so the log can be cut.
        #expect(try journal.checkpoint())
      }
    }
    #expect(count == journal.lastSequence)
  }

  @Test("A backup is a journal of its own, for its owner only")
  func backup() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 26)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(400))
    try FileManager.default.createDirectory(
      atPath: directory.path + "/copy", withIntermediateDirectories: false)
    let target = directory.path + "/copy/journal.sqlite"
    try Journal.backup(directory: directory.path, to: target)
    #expect(try directory.mode(of: "copy/journal.sqlite") == 0o600)
    let report = try Journal.verify(directory: directory.path + "/copy")
    #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
    #expect(throws: JournalError.self) {
      try Journal.backup(directory: directory.path, to: target)
    }
  }
}

@Suite("Snapshots in a journal") struct SnapshotTests {
  @Test("A snapshot and the events after it give the state of a full replay; two are kept")
  func snapshotAndTail() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 31)
    let journal = try Journal.open(directory: directory.path)
    for _ in 0..<5 {
      try journal.append(scenario.records(300))
      try journal.writeSnapshot(scenario.state.snapshot)
    }
    try journal.append(scenario.records(300))
    let state = try journal.loadState()
    #expect(state.snapshot == scenario.state.snapshot)
    var replayed = VenueState()
    try journal.replay { replayed.apply($0) }
    #expect(stateHash(of: replayed.snapshot) == stateHash(of: state.snapshot))
    let report = try Journal.verify(directory: directory.path)
    #expect(report.isSound)
    #expect(report.snapshots == 2)
  }

  @Test(
    "Snapshots that are damaged, of another schema or of another journal are passed over",
    arguments: [
      "payload = zeroblob(9)", "schema = 99", "chain = zeroblob(32)", "sequence = 900000",
      "hash = zeroblob(32)",
    ])
  func passedOver(damage: String) throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 32)
    let journal = try Journal.open(directory: directory.path)
    for _ in 0..<2 {
      try journal.append(scenario.records(300))
      try journal.writeSnapshot(scenario.state.snapshot)
    }
    try journal.close()
    try Database(path: journal.path, mode: .readWrite).execute(
      "UPDATE snapshot SET \(damage) WHERE sequence = (SELECT max(sequence) FROM snapshot)")
    let again = try Journal.open(directory: directory.path)
    #expect(try again.loadState().snapshot == scenario.state.snapshot)
    #expect(try !Journal.verify(directory: directory.path).isSound)
  }
}

extension SnapshotTests {
  @Test("A sound snapshot of another journal, at the same event, is passed over")
  func transplanted() throws {
    let directories = [try ScratchDirectory(), try ScratchDirectory()]
    var states: [VenueState] = []
    for (directory, seed) in zip(directories, [33, 34] as [UInt64]) {
      var scenario = Scenario(seed: seed)
      var state = VenueState()
      let records = Array(scenario.records(100).prefix(100))
      for record in records { state.apply(record) }
      let journal = try Journal.open(directory: directory.path)
      try journal.append(records)
      try journal.writeSnapshot(state.snapshot)
      try journal.close()
      states.append(state)
    }
    let target = directories[0].path
    try Database(path: target + "/journal.sqlite", mode: .readWrite).execute(
      """
      ATTACH '\(directories[1].path)/journal.sqlite' AS other;
      DELETE FROM main.snapshot;
      INSERT INTO main.snapshot SELECT * FROM other.snapshot;
      """)
    #expect(states[0].snapshot != states[1].snapshot)
    #expect(try Journal.open(directory: target).loadState().snapshot == states[0].snapshot)
    let report = try Journal.verify(directory: target)
    #expect(report.faults.map { "\($0)" } == ["event 100 has a snapshot of another journal"])
  }
}

@Suite("Answers in a journal") struct AnswerTests {
  private func answer(_ key: String, body: String = "{}", scope: String = "K1") -> StoredAnswer {
    StoredAnswer(
      scope: scope, key: key, requestHash: Digest.hash(Array(key.utf8)), status: 201,
      body: Array(body.utf8), sequence: 1)
  }

  @Test("The same key gets the same answer after a restart; with another request it is refused")
  func afterRestart() throws {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: 41)
    let first = answer("k", body: "{\"number\":\"A042\"}")
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(1), answers: [first, answer("empty", body: "")])
    try journal.append([], answers: [answer("k", scope: "K2")])
    try journal.close()
    let again = try Journal.open(directory: directory.path)
    #expect(try again.answer(scope: "K1", key: "k") == first)
    #expect(try again.answer(scope: "K1", key: "empty")?.body == [])
    #expect(try again.answer(scope: "K2", key: "k")?.scope == "K2")
    #expect(try again.answer(scope: "K3", key: "k") == nil)
    let same = Digest.hash(Array("k".utf8))
    #expect(try again.match(scope: "K1", key: "k", requestHash: same) == .same(first))
    #expect(try again.match(scope: "K1", key: "k", requestHash: [1]) == .otherRequest)
    #expect(try again.match(scope: "K1", key: "new", requestHash: same) == AnswerMatch.none)
  }

  @Test("Answers go when the next day opens, but for those of that moment")
  func nextDay() throws {
    let directory = try ScratchDirectory()
    let journal = try Journal.open(directory: directory.path)
    let time = Instant(milliseconds: 5)
    let day = ServiceDay(year: 2026, month: 11, day: 23)
    let next = ServiceDay(year: 2026, month: 11, day: 24)
    try journal.append(
      [
        Record(sequence: 1, time: time, event: .configured(.sample)),
        Record(sequence: 2, time: time, event: .dayOpened(day)),
      ], answers: [answer("a")])
    try journal.append(
      [Record(sequence: 3, time: time, event: .dayClosed(day))], answers: [answer("b")])
    #expect(try journal.answer(scope: "K1", key: "a") != nil)
    #expect(try journal.answer(scope: "K1", key: "b") != nil)
    try journal.append(
      [Record(sequence: 4, time: time, event: .dayOpened(next))], answers: [answer("c")])
    #expect(try journal.answer(scope: "K1", key: "a") == nil)
    #expect(try journal.answer(scope: "K1", key: "b") == nil)
    #expect(try journal.answer(scope: "K1", key: "c") != nil)
  }
}
