import SQLite
public import Venue

/// What walking a whole journal found.
public struct VerifyReport: Equatable, Sendable {
  public internal(set) var events = 0
  public internal(set) var days = 0
  public internal(set) var visits = 0
  /// Snapshots that equal the replay of the events before them.
  public internal(set) var snapshots = 0
  public internal(set) var lastSequence: UInt64 = 0
  public internal(set) var lastTime: Instant?
  /// Hash of the state after the last event; nil when something is wrong.
  public internal(set) var stateHash: [UInt8]?
  /// What is wrong, in the order of the journal; at most `faultLimit`.
  public internal(set) var faults: [JournalFault] = []

  /// The bound of `faults`: after so many, the rest tells nothing new.
  public static let faultLimit = 100

  public var isSound: Bool { faults.isEmpty }
}

extension Journal {
  /// Walks the whole journal in `directory`: chain, gaps, times, readability, the promises of the
  /// hall by an independent model, and every snapshot against the replay. Works beside a daemon.
  ///
  /// Throws only when there is nothing to walk; all else stands in the report.
  public static func verify(directory: String) throws(JournalError) -> VerifyReport {
    var verification = Verification(database: try JournalFile.openForReading(in: directory))
    return verification.run()
  }
}

private struct Verification {
  let database: Database
  private var report = VerifyReport()
  private var chain = Chain.genesis
  private var audit = Audit()
  private var state = VenueState()
  /// False after an event that is missing or cannot be read: what follows would seem wrong too.
  private var canAudit = true
  private var snapshots: [SnapshotRow] = []

  init(database: Database) { self.database = database }

  mutating func run() -> VerifyReport {
    do throws(SQLiteError) {
      // Before the walk: events that are written meanwhile do not make them seem too new.
      snapshots = try SnapshotTable(database: database).rows()
      let answered = try database.integer("SELECT max(sequence) FROM answer") ?? 0
      try walk()
      checkEnd(answered)
      try checkPages()
    } catch {
      note(nil, "the file cannot be read after event \(chain.sequence): \(error)")
    }
    report.lastSequence = chain.sequence
    report.lastTime = report.events == 0 ? nil : chain.time
    report.days = audit.days
    report.visits = audit.visits
    if report.isSound { report.stateHash = stateHash(of: state.snapshot) }
    return report
  }

  private mutating func walk() throws(SQLiteError) {
    let events = EventTable(database: database)
    var position = Int64.min
    while report.faults.count < VerifyReport.faultLimit {
      let rows = try events.rows(after: position)
      guard let last = rows.last else { return }
      position = last.sequence
      for row in rows { check(row) }
    }
  }

  private mutating func check(_ row: EventRow) {
    let follows = row.sequence == Int64(chain.sequence) &+ 1
    let (record, faults) = chain.read(row)
    report.events += 1
    for fault in faults { note(fault) }
    guard let record, follows, canAudit else {
      canAudit = false
      return
    }
    if let fault = audit.check(record) { note(fault) }
    // Once something is wrong the state would be wrong too, or trap.
    guard report.isSound else { return }
    state.apply(record)
    for snapshot in snapshots where snapshot.sequence == row.sequence {
      check(snapshot, chain: row.chain)
    }
  }

  private mutating func check(_ row: SnapshotRow, chain: [UInt8]) {
    do throws(CodecError) {
      _ = try row.read()
      guard row.chain == chain else {
        return note(row.sequence, "has a snapshot of another journal")
      }
      guard row.hash == stateHash(of: state.snapshot) else {
        return note(row.sequence, "has a snapshot that differs from the replay")
      }
      report.snapshots += 1
    } catch {
      note(row.sequence, "has a snapshot that cannot be read: \(error)")
    }
  }

  /// The chain cannot miss rows that were cut off at the end, but what refers to them does.
  private mutating func checkEnd(_ answered: Int64) {
    let known = max(answered, snapshots.first?.sequence ?? 0)
    guard known > Int64(chain.sequence) else { return }
    note(known, "is missing: the end of the journal was cut off")
  }

  /// The tables' own structure, with indexes and free pages.
  private mutating func checkPages() throws(SQLiteError) {
    let verdict = try database.text("PRAGMA quick_check(1)") ?? ""
    if verdict != "ok" { note(nil, "the file's pages are damaged: \(verdict)") }
  }

  private mutating func note(_ sequence: Int64?, _ words: String) {
    note(JournalFault(sequence: sequence, words: words))
  }

  private mutating func note(_ fault: JournalFault) {
    guard report.faults.count < VerifyReport.faultLimit else { return }
    report.faults.append(fault)
  }
}
