import SQLite
import Venue

/// Reads the events of a journal in order and checks their chain, over any connection.
struct Replay {
  let database: Database

  private var events: EventTable { EventTable(database: database) }

  /// Where the events after `sequence` go on; nil when the journal ends before.
  func chain(at sequence: UInt64) throws(JournalError) -> Chain? {
    if sequence == 0 { return .genesis }
    let wanted = Int64(clamping: sequence)
    let (row, last) = try JournalFile.sqlite { () throws(SQLiteError) in
      (try events.row(at: wanted), try events.last())
    }
    if let row { return Chain(after: row) }
    guard let last, last.sequence > wanted else { return nil }
    throw JournalError(
      path: database.path, fault: JournalFault(sequence: wanted, words: "is missing"))
  }

  /// The next records, at most `EventTable.batch`; empty at the end. Throws at the first fault.
  ///
  /// No read transaction is open afterwards: what is done with them may take its time.
  func next(after chain: inout Chain) throws(JournalError) -> [Record] {
    let start = Int64(chain.sequence)
    let rows = try JournalFile.sqlite { () throws(SQLiteError) in
      try events.rows(after: start)
    }
    var records: [Record] = []
    records.reserveCapacity(rows.count)
    for row in rows {
      let (record, faults) = chain.read(row)
      if let fault = faults.first { throw JournalError(path: database.path, fault: fault) }
      if let record { records.append(record) }
    }
    return records
  }

  /// The newest sound snapshot and all events after it.
  func state() throws(JournalError) -> VenueState {
    var (state, chain) = try start()
    while true {
      let records = try next(after: &chain)
      if records.isEmpty { return state }
      for record in records { state.apply(record) }
    }
  }

  /// A snapshot that is damaged, of another schema or of another journal is passed over.
  private func start() throws(JournalError) -> (VenueState, Chain) {
    let snapshots = try JournalFile.sqlite { () throws(SQLiteError) in
      try SnapshotTable(database: database).rows()
    }
    for row in snapshots {
      guard let sequence = UInt64(exactly: row.sequence),
        let chain = try chain(at: sequence), chain.hash == row.chain,
        let snapshot = try? row.read()
      else { continue }
      return (VenueState(snapshot: snapshot), chain)
    }
    return (VenueState(), .genesis)
  }
}
