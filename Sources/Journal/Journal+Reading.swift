import SQLite
public import Venue

/// What works beside a running daemon: connections of their own that only read, and only briefly.
extension Journal {
  /// Hands every event after `sequence` to `body`, in order, checking the chain.
  ///
  /// Throws a `JournalError`, or whatever `body` throws. `body` may take its time.
  public static func read(
    directory: String, after sequence: UInt64 = 0, _ body: (Record) throws -> Void
  ) throws {
    let replay = Replay(database: try JournalFile.openForReading(in: directory))
    guard var chain = try replay.chain(at: sequence) else { return }
    while true {
      let records = try replay.next(after: &chain)
      if records.isEmpty { return }
      for record in records { try body(record) }
    }
  }

  /// The state after the last event, by the newest sound snapshot and the events after it.
  public static func loadState(directory: String) throws(JournalError) -> VenueState {
    try Replay(database: try JournalFile.openForReading(in: directory)).state()
  }

  /// Writes a copy of the whole journal, as it is at one moment, to the new file `target`, mode 0600.
  public static func backup(directory: String, to target: String) throws(JournalError) {
    let database = try JournalFile.openForReading(in: directory)
    guard !DataDirectory.exists(target) else {
      throw .cannotOpen(path: target, reason: "a backup does not replace a file that is there")
    }
    try DataDirectory.createFile(target)
    try JournalFile.sqlite { () throws(SQLiteError) in try database.backup(to: target) }
  }
}
