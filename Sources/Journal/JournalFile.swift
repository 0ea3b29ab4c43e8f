import SQLite

/// The file `journal.sqlite` of a data directory: what it holds and how it is told from others.
enum JournalFile {
  static let name = "journal.sqlite"
  /// `ROSS` in ASCII, in the header of the file.
  static let applicationID: Int64 = 0x524F_5353
  /// The version of the tables, in `user_version`.
  static let version: Int64 = 1

  static func path(in directory: String) -> String { directory + "/" + name }

  /// Opens the journal for its one writer, and makes what is missing. The caller holds the lock.
  static func openForWriting(in directory: String) throws(JournalError) -> Database {
    let path = path(in: directory)
    if !DataDirectory.exists(path) { try DataDirectory.createFile(path) }
    let database = try connect(path, .readWrite)
    switch try identify(database) {
    case .empty: try sqlite { () throws(SQLiteError) in try createTables(in: database) }
    case .journal: break
    }
    try sqlite { () throws(SQLiteError) in try startWAL(of: database) }
    return database
  }

  /// Opens the journal beside a daemon that may be writing.
  static func openForReading(in directory: String) throws(JournalError) -> Database {
    let path = path(in: directory)
    guard DataDirectory.exists(path) else { throw .missing(path: path) }
    let database = try connect(path, .readOnly)
    guard case .journal = try identify(database) else { throw .missing(path: path) }
    return database
  }

  private static func connect(
    _ path: String, _ mode: Database.Mode
  ) throws(JournalError) -> Database {
    try sqlite { () throws(SQLiteError) in try Database(path: path, mode: mode) }
  }

  private enum Identity { case empty, journal }

  /// Reads only; a file that is something else keeps every byte.
  private static func identify(_ database: Database) throws(JournalError) -> Identity {
    let (application, version, tables) = try sqlite { () throws(SQLiteError) in
      (
        try database.integer("PRAGMA application_id") ?? 0,
        try database.integer("PRAGMA user_version") ?? 0,
        try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0
      )
    }
    if application == 0, version == 0, tables == 0 { return .empty }
    guard application == applicationID else { throw .foreign(path: database.path) }
    guard version <= Self.version else { throw .newer(path: database.path, version: version) }
    return .journal
  }

  /// Done before the file turns to WAL, so that its header names its owner from the first commit.
  private static func createTables(in database: Database) throws(SQLiteError) {
    try database.transaction { () throws(SQLiteError) in
      try database.execute(
        """
        CREATE TABLE event(
          sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, schema INTEGER NOT NULL,
          payload BLOB NOT NULL, chain BLOB NOT NULL) STRICT;
        CREATE TABLE snapshot(
          sequence INTEGER PRIMARY KEY, schema INTEGER NOT NULL, chain BLOB NOT NULL,
          hash BLOB NOT NULL, payload BLOB NOT NULL) STRICT;
        CREATE TABLE answer(
          scope TEXT NOT NULL, key TEXT NOT NULL, request_hash BLOB NOT NULL,
          status INTEGER NOT NULL, body BLOB NOT NULL, sequence INTEGER NOT NULL,
          PRIMARY KEY(scope, key)) STRICT, WITHOUT ROWID;
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """)
    }
  }

  /// FULL syncs the log in each commit: what is acknowledged survives a power cut.
  private static func startWAL(of database: Database) throws(SQLiteError) {
    try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    let mode = try database.text("PRAGMA journal_mode")
    let synchronous = try database.integer("PRAGMA synchronous")
    guard mode == "wal", synchronous == 2 else {
      throw SQLiteError(
        extendedCode: 1, message: "no write-ahead log on this file system", path: database.path)
    }
  }

  /// Turns SQLite's errors into the journal's, for all that is not an append.
  static func sqlite<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(JournalError) -> Result {
    do throws(SQLiteError) {
      return try body()
    } catch {
      throw JournalError(opening: error)
    }
  }
}
