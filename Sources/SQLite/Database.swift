import CSQLite

/// One connection to one SQLite file.
///
/// Not Sendable, and opened without SQLite's own mutexes: it belongs to one actor or one thread, with
/// all its statements. The connection closes when it and its statements are gone.
public final class Database {
  public enum Mode: Sendable {
    case readOnly
    /// The file must exist.
    case readWrite
    /// Makes the file when it is missing.
    case create
  }

  /// How long a statement waits for the lock of another connection before it gives up as busy.
  public static let busyMilliseconds: Int32 = 5_000

  public let path: String
  let connection: Connection
  private var statements: [String: Statement] = [:]
  /// The bound of `statements`: SQL is written in code, so more kinds than these are a mistake.
  private static let statementLimit = 256

  /// Opens `path` and runs each of `pragmas`, for example `journal_mode = WAL`.
  ///
  /// Closing never checkpoints: a reader must not, and a writer says when (`checkpoint`).
  public init(path: String, mode: Mode, pragmas: [String] = []) throws(SQLiteError) {
    self.path = path
    connection = try Connection(path: path, mode: mode)
    connection.harden()
    for pragma in pragmas { try execute("PRAGMA \(pragma)") }
  }

  /// Runs one statement or several, separated by semicolons; rows are thrown away.
  public func execute(_ sql: String) throws(SQLiteError) {
    let code = unsafe sqlite3_exec(connection.handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw connection.error(code) }
  }

  /// Compiles `sql`, which is one statement.
  public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    try Statement(sql, on: connection, isKept: false)
  }

  /// The statement of `sql`, compiled once a connection.
  ///
  /// One user at a time: it comes reset, and whoever steps it resets it again.
  public func cached(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = statements[sql] {
      statement.reset()
      return statement
    }
    precondition(statements.count < Self.statementLimit, "values are bound, not written into SQL")
    let statement = try Statement(sql, on: connection, isKept: true)
    statements[sql] = statement
    return statement
  }

  /// The first column of the first row of `sql`; nil without a row, or for a null.
  public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.integer(0)
  }

  /// The first column of the first row of `sql`; nil without a row, or for a null.
  public func text(_ sql: String) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    guard try statement.step(), !statement.isNull(0) else { return nil }
    return statement.text(0)
  }

  /// Rows changed by the statement that ran last.
  public var changes: Int { unsafe Int(sqlite3_changes64(connection.handle)) }

  public var lastInsertRowID: Int64 { unsafe sqlite3_last_insert_rowid(connection.handle) }

  public var isInTransaction: Bool { unsafe sqlite3_get_autocommit(connection.handle) == 0 }
}

// MARK: - Transactions

extension Database {
  /// Runs `body` as one transaction that writes: all of it is committed, or nothing.
  ///
  /// An error of `.io` kind may come from the commit itself. Then the outcome is unknown until the
  /// file is opened anew.
  public func transaction<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result {
    precondition(!isInTransaction, "transactions do not nest")
    try cached("BEGIN IMMEDIATE").run()
    do throws(SQLiteError) {
      let result = try body()
      try cached("COMMIT").run()
      return result
    } catch {
      try rollBack()
      throw error
    }
  }

  /// SQLite rolls back by itself after some errors; `ROLLBACK` would then be one more.
  private func rollBack() throws(SQLiteError) {
    for statement in statements.values { statement.reset() }
    guard isInTransaction else { return }
    try cached("ROLLBACK").run()
  }
}

// MARK: - Write-ahead log and copies

extension Database {
  public enum Checkpoint: Sendable {
    /// Copies what readers allow, and waits for nobody.
    case passive
    /// Copies all and cuts the log to nothing; waits for readers up to the busy time.
    case truncate
  }

  /// Frames in the write-ahead log after the last commit of this connection.
  ///
  /// SQLite's own automatic checkpoint is off: it swallows errors of the disk.
  public var walFrames: Int { connection.walFrames.count }

  /// Moves the write-ahead log into the database; false when readers kept a part of it from moving.
  @discardableResult
  public func checkpoint(_ kind: Checkpoint) throws(SQLiteError) -> Bool {
    let mode =
      switch kind {
      case .passive: SQLITE_CHECKPOINT_PASSIVE
      case .truncate: SQLITE_CHECKPOINT_TRUNCATE
      }
    var frames: Int32 = 0
    var moved: Int32 = 0
    let code = unsafe sqlite3_wal_checkpoint_v2(
      connection.handle, nil, mode, &frames, &moved)
    guard code & 0xff != SQLITE_BUSY else { return false }
    guard code == SQLITE_OK else { throw connection.error(code) }
    if frames == moved { connection.walFrames.count = 0 }
    return frames == moved
  }

  /// Writes a compact copy of the whole database to `target`, which must not exist or be empty.
  ///
  /// The copy is one consistent state, synced like the database itself; writers go on meanwhile.
  public func backup(to target: String) throws(SQLiteError) {
    let statement = try prepare("VACUUM INTO ?1")
    statement.bind(target, at: 1)
    try statement.run()
  }
}
