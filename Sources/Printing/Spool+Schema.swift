internal import SQLite

extension Spool {
  static let version: Int64 = 3

  static func prepare(_ database: Database) throws {
    let id = try database.integer("PRAGMA application_id") ?? 0
    var version = try database.integer("PRAGMA user_version") ?? 0
    if id == 0, version == 0, try database.integer("SELECT count(*) FROM sqlite_schema") == 0 {
      try database.execute(
        "BEGIN IMMEDIATE; PRAGMA application_id = \(applicationID);" + jobTable + otherTables
          + "PRAGMA user_version = \(Self.version); COMMIT;")
      return
    }
    guard id == applicationID else {
      throw PrintingError.notASpool(path: database.path, reason: "another program made it")
    }
    if version == 1 {
      try database.execute(upgradeFromFirst)
      version = 2
    }
    if version == 2 { return try database.execute(upgradeFromSecond) }
    guard version == Self.version else {
      throw PrintingError.notASpool(path: database.path, reason: "its version is \(version)")
    }
  }

  /// `reason` is a `SlipReason`, or one that a newer version knows; evidence says the same in English.
  /// `was_sent` is 1 once a byte of the slip may have gone out: what follows is a copy. `abandoned` is 1
  /// once a person has settled a slip that is still in a printer: nothing follows any more.
  private static let jobTable = """
    CREATE TABLE job (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      printer TEXT NOT NULL,
      slip TEXT NOT NULL,
      copy_mark TEXT NOT NULL,
      created INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      was_sent INTEGER NOT NULL DEFAULT 0,
      abandoned INTEGER NOT NULL DEFAULT 0,
      state TEXT NOT NULL
        CHECK (state IN ('waiting', 'printing', 'printed', 'unknown', 'discarded')),
      reason TEXT
    ) STRICT;
    CREATE INDEX job_by_state ON job (state, printer, id);
    """

  /// `is_copy` is 1 where that attempt's paper carries the mark; null before the third version.
  private static let otherTables = """
    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      started INTEGER NOT NULL,
      is_copy INTEGER
    ) STRICT;
    CREATE INDEX attempt_by_job ON attempt (job);
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY,
      attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
      at INTEGER NOT NULL,
      bytes_sent INTEGER,
      what TEXT NOT NULL
    ) STRICT;
    CREATE INDEX evidence_by_attempt ON evidence (attempt);
    \(rollTable)
    """

  /// What is known of the paper in each printer, as JSON.
  private static let rollTable = """
    CREATE TABLE roll (printer TEXT PRIMARY KEY, paper TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// The first version knew neither copies nor rolls. Its jobs keep their state; one that is printed
  /// again says "copy" in English, since its own word was not kept.
  private static let upgradeFromFirst = """
    PRAGMA foreign_keys = OFF;
    BEGIN IMMEDIATE;
    ALTER TABLE job ADD COLUMN copy_mark TEXT NOT NULL
      DEFAULT '{"language":"en","direction":"ltr","text":"Copy"}';
    ALTER TABLE job ADD COLUMN was_sent INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE job ADD COLUMN abandoned INTEGER NOT NULL DEFAULT 0;
    UPDATE job SET was_sent = 1 WHERE state IN ('printing', 'printed', 'unknown');
    \(rollTable)
    PRAGMA user_version = 2;
    COMMIT;
    PRAGMA foreign_keys = ON;
    """

  /// The second version had English evidence alone, from which nothing is read: its jobs have no reason.
  /// Nor did it say which attempts were marked.
  private static let upgradeFromSecond = """
    BEGIN IMMEDIATE;
    ALTER TABLE job ADD COLUMN reason TEXT;
    ALTER TABLE attempt ADD COLUMN is_copy INTEGER;
    PRAGMA user_version = 3;
    COMMIT;
    """
}
