import SQLite
import Testing
import Venue

@testable import Journal

@Suite("Verifying a journal") struct VerifyTests {
  /// A sound journal of 600 events or more, closed.
  private func journal(seed: UInt64 = 51) throws -> (ScratchDirectory, Scenario) {
    let directory = try ScratchDirectory()
    var scenario = Scenario(seed: seed)
    let journal = try Journal.open(directory: directory.path)
    try journal.append(scenario.records(300))
    try journal.writeSnapshot(scenario.state.snapshot)
    try journal.append(scenario.records(300))
    try journal.close()
    return (directory, scenario)
  }

  private func damage(_ directory: ScratchDirectory, _ sql: String) throws {
    try Database(path: directory.path + "/journal.sqlite", mode: .readWrite).execute(sql)
  }

  @Test(
    "A sound journal is sound, with its sums and its hash",
    arguments: 51...58 as ClosedRange<UInt64>)
  func sound(seed: UInt64) throws {
    let (directory, scenario) = try journal(seed: seed)
    let report = try Journal.verify(directory: directory.path)
    #expect(report.faults == [])
    #expect(report.events == Int(scenario.state.sequence))
    #expect(report.lastSequence == scenario.state.sequence)
    #expect(report.lastTime == scenario.state.time)
    #expect(report.days >= 1)
    #expect(report.snapshots == 1)
    #expect(report.stateHash == stateHash(of: scenario.state.snapshot))
  }

  @Test("A changed payload is found at its event, by verify and by a start, which changes nothing")
  func changedPayload() throws {
    let (directory, _) = try journal()
    // The last byte: a letter of a name, so that the row still reads.
    try damage(
      directory,
      """
      UPDATE event SET payload = CAST(substr(payload, 1, length(payload) - 1) || x'39' AS BLOB)
      WHERE sequence = 400
      """)
    let report = try Journal.verify(directory: directory.path)
    #expect(report.faults.first?.sequence == 400)
    #expect(report.faults.first?.words.contains("does not fit its hash") == true)
    let before = try directory.bytes(of: "journal.sqlite")
    let error = #expect(throws: JournalError.self) {
      try Journal.open(directory: directory.path).loadState()
    }
    #expect(error.map { "\($0)".contains("event 400 ") } == true)
    #expect(error.map { "\($0)".contains("journal.sqlite") } == true)
    #expect(error.map { "\($0)".contains("rossio verify") } == true)
    #expect(try directory.bytes(of: "journal.sqlite") == before)
  }

  @Test(
    "A column changed by hand is found at its event",
    arguments: [
      ("time = time + 1", "hash"), ("schema = 3", "schema 3"), ("time = 0", "earlier"),
      ("chain = zeroblob(32)", "hash"), ("payload = x'ff'", "tag"),
      ("sequence = -5", "event 200 is missing"),
    ])
  func changedColumn(change: String, words: String) throws {
    let (directory, _) = try journal()
    try damage(directory, "UPDATE event SET \(change) WHERE sequence = 200")
    let report = try Journal.verify(directory: directory.path)
    #expect(report.faults.contains { "\($0)".contains("event 200") })
    #expect(report.faults.contains { "\($0)".contains(words) })
  }

  @Test("Deleted rows are missing by number, at the beginning, in the middle and at the end")
  func deleted() throws {
    for (rows, fault) in [
      ("sequence = 1", "event 1 is missing"),
      ("sequence = 250", "event 250 is missing"),
      ("sequence BETWEEN 250 AND 259", "event 250 is missing, and all before event 260"),
    ] {
      let (directory, _) = try journal()
      try damage(directory, "DELETE FROM event WHERE \(rows)")
      let report = try Journal.verify(directory: directory.path)
      #expect(report.faults.map { "\($0)" } == [fault])
    }
    let (directory, scenario) = try journal()
    let again = try Journal.open(directory: directory.path)
    let answered = StoredAnswer(
      scope: "s", key: "k", requestHash: [], status: 200, body: [],
      sequence: scenario.state.sequence)
    try again.append([], answers: [answered])
    try again.close()
    try damage(directory, "DELETE FROM event WHERE sequence = \(scenario.state.sequence)")
    let report = try Journal.verify(directory: directory.path)
    #expect(report.faults.first?.sequence == Int64(scenario.state.sequence))
    #expect(report.faults.first?.words.contains("cut off") == true)
  }

  @Test("Rows that changed places are both named")
  func swapped() throws {
    let (directory, _) = try journal()
    try damage(
      directory,
      """
      UPDATE event SET sequence = -1 WHERE sequence = 100;
      UPDATE event SET sequence = 100 WHERE sequence = 101;
      UPDATE event SET sequence = 101 WHERE sequence = -1;
      """)
    let report = try Journal.verify(directory: directory.path)
    let changed = report.faults.filter { $0.words.contains("hash") }.compactMap(\.sequence)
    #expect(changed.starts(with: [100, 101]))
  }

  @Test("A page of rubbish in the file is reported, not a crash")
  func rubbish() throws {
    let (directory, _) = try journal()
    var random = SeededRandom(seed: 52)
    let sound = try directory.bytes(of: "journal.sqlite")
    for page in 0..<sound.count / 4_096 {
      var bytes = sound
      bytes.replaceSubrange(
        page * 4_096..<page * 4_096 + 4_096, with: random.bytes(4_096))
      try directory.write(bytes, to: "journal.sqlite")
      let report = try? Journal.verify(directory: directory.path)
      #expect(report?.isSound != true, "page \(page)")
      #expect(throws: JournalError.self) {
        let journal = try Journal.open(directory: directory.path)
        try journal.replay { _ in }
        // Pages that hold no event are found by verify alone.
        if report != nil { throw JournalError.missing(path: "") }
      }
    }
  }
}

@Suite("The promises of the hall, checked by events alone") struct AuditTests {
  private static let day = ServiceDay(year: 2026, month: 11, day: 23)
  private static let v1 = VisitID(high: 0, low: 1)
  private static let v2 = VisitID(high: 0, low: 2)

  private static func issued(_ visit: VisitID, _ value: Int32, _ service: ServiceID = "work")
    -> Event
  {
    guard let prefix = Prefix("B") else { fatalError() }
    return .issued(
      Venue.Issue(
        visit: visit, number: TicketNumber(prefix: prefix, value: value), service: service,
        language: "pt", isPriority: false, kiosk: nil))
  }

  private static let opening: [Event] = [
    .configured(.sample), .dayOpened(day), issued(v1, 1), issued(v2, 2),
    .called(v1, at: "2"),
  ]

  /// What breaks a promise when it follows `opening`, and a part of the words that say so.
  static let breaches: [([Event], String)] = [
    ([issued(VisitID(high: 0, low: 3), 2)], "second time"),
    ([issued(v1, 3)], "second time"),
    ([issued(VisitID(high: 0, low: 3), 3, "nowhere")], "unknown service"),
    ([.called(v2, at: "2")], "counter 2, where visit"),
    ([.called(v1, at: "3")], "but it is at 2"),
    ([.called(v2, at: "77")], "unknown counter"),
    ([.called(VisitID(high: 9, low: 9), at: "3")], "not issued on this day"),
    ([.finished(v2, at: "2")], "where it is not"),
    ([.recalled(v1, at: "3")], "where it is not"),
    ([.forwarded(v1, at: "2", to: "nowhere")], "unknown service"),
    ([.resumed(v1)], "which is at counter 2"),
    ([.left(v1)], "which is at counter 2"),
    ([.counterClosed("2")], "where visit"),
    ([.undone(v2, at: "2")], "not the last"),
    ([.undone(v1, at: "3")], "not the last"),
    ([.parked(v1, at: "2"), .resumed(v1), .undone(v1, at: "2")], "left behind"),
    ([.finished(v1, at: "2"), .called(v2, at: "2"), .undone(v1, at: "2")], "not the last"),
    ([.dayOpened(day)], "while 2026-11-23 is open"),
    ([.dayClosed(day)], "is at counter 2"),
    ([.dayClosed(ServiceDay(year: 2026, month: 11, day: 24))], "not open"),
    ([.expired(v1), .dayClosed(day), .dayOpened(day)], "after day 2026-11-23"),
    ([.expired(v1), .dayClosed(day), issued(VisitID(high: 0, low: 3), 3)], "no day is open"),
    (
      [
        .slipReported(
          SlipReport(
            visit: VisitID(high: 9, low: 9), printer: "P1", outcome: .failed, isCopy: false))
      ], "not issued on this day"
    ),
  ]

  private func verify(_ events: [Event]) throws -> VerifyReport {
    let directory = try ScratchDirectory()
    let journal = try Journal.open(directory: directory.path)
    try journal.append(
      events.enumerated().map { index, event in
        Record(sequence: UInt64(index) + 1, time: Instant(milliseconds: 7), event: event)
      })
    return try Journal.verify(directory: directory.path)
  }

  @Test("Every breach is found at its event", arguments: breaches)
  func breach(events: [Event], words: String) throws {
    let report = try verify(Self.opening + events)
    let last = Int64(Self.opening.count + events.count)
    #expect(report.faults.map(\.sequence) == [last])
    #expect(report.faults.first?.words.contains(words) == true, "\(report.faults)")
    #expect(report.stateHash == nil)
  }

  @Test("What looks like a breach but is none is let through")
  func allowed() throws {
    let next = ServiceDay(year: 2026, month: 11, day: 24)
    let sound: [[Event]] = [
      [],
      [.finished(Self.v1, at: "2"), .undone(Self.v1, at: "2"), .undone(Self.v1, at: "2")],
      [
        .finished(Self.v1, at: "2"), .called(Self.v2, at: "2"), .undone(Self.v2, at: "2"),
        .undone(Self.v1, at: "2"), .finished(Self.v1, at: "2"),
      ],
      [.expired(Self.v1), .dayClosed(Self.day), .dayOpened(next), Self.issued(Self.v1, 1)],
    ]
    for events in sound { #expect(try verify(Self.opening + events).faults == []) }
  }
}
