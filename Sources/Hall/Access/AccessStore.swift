import FoundationEssentials
import SQLite
import Synchronization
import Venue

/// Who is enrolled and who has logged in: `access.sqlite` in the data directory.
///
/// Tokens, codes and sessions are stored hashed, PINs and passwords by argon2id. Lookups go to
/// memory. Not in the journal, so that a person can be removed without a trace.
public final class AccessStore: Sendable {
  struct Session: Sendable {
    var principal: Principal
    /// Seconds since 1970, by the machine's clock.
    var lastSeen: Int64
    /// What the file says of `lastSeen`: at most `seenSeconds` older.
    var storedSeen: Int64
    var ends: Int64
  }

  struct Tables {
    let database: Database
    /// By hash of the token.
    var devices: [[UInt8]: Principal] = [:]
    /// By hash of the cookie.
    var sessions: [[UInt8]: Session] = [:]
  }

  /// Enrolment codes are good once, for ten minutes.
  static let codeSeconds: Int64 = 600
  /// A session ends after four hours without a request, and after fourteen hours anyway.
  static let idleSeconds: Int64 = 4 * 3600
  static let sessionSeconds: Int64 = 14 * 3600
  /// How often the last request of a session is written down, so that a restart renews nothing.
  static let seenSeconds: Int64 = 300
  /// Sessions beyond this push out the ones not seen for longest.
  static let sessionLimit = 2_000

  let tables: Mutex<Tables>
  private let wall: @Sendable () -> Int64

  /// Opens or creates the store in `directory`, which must exist.
  public convenience init(directory: String) throws {
    try self.init(directory: directory) { Int64(Date().timeIntervalSince1970) }
  }

  /// `wall` gives seconds since 1970.
  init(directory: String, wall: @escaping @Sendable () -> Int64) throws {
    self.wall = wall
    let path = directory + "/access.sqlite"
    PrivateFile.make(at: path)
    let database = try Database(
      path: path, mode: .readWrite, pragmas: ["journal_mode = WAL", "synchronous = FULL"])
    try database.execute(Self.schema)
    try Self.addMediators(to: database)
    // SQLite's own checkpoints are off. On a full disk the log stays as long as it is.
    _ = try? database.checkpoint(.truncate)
    var tables = Tables(database: database)
    try tables.load(now: wall())
    self.tables = Mutex(tables)
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS device (
      hash BLOB PRIMARY KEY, role TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS code (
      hash BLOB PRIMARY KEY, role TEXT NOT NULL, id TEXT NOT NULL, ends INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS staff (
      login TEXT PRIMARY KEY, secret TEXT NOT NULL, role TEXT NOT NULL, agency TEXT, mediator TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS session (
      hash BLOB PRIMARY KEY, login TEXT NOT NULL REFERENCES staff(login) ON DELETE CASCADE,
      seen INTEGER NOT NULL, ends INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    PRAGMA foreign_keys = ON;
    """

  /// Stores made before mediators could log in have no column for them.
  private static func addMediators(to database: Database) throws {
    let columns = try database.prepare(
      "SELECT 1 FROM pragma_table_info('staff') WHERE name = 'mediator'")
    if try !columns.step() { try database.execute("ALTER TABLE staff ADD COLUMN mediator TEXT") }
  }

  func now() -> Int64 { wall() }
}

extension AccessStore.Tables {
  fileprivate mutating func load(now: Int64) throws {
    let statement = try database.prepare("SELECT hash, role, id FROM device")
    while try statement.step() {
      guard let role = Role(rawValue: statement.text(1)) else { continue }
      devices[statement.bytes(0)] = Principal(role: role, id: statement.text(2))
    }
    try? purgeSessions(now: now)
    let open = try database.prepare(
      """
      SELECT hash, login, role, agency, mediator, seen, ends FROM session JOIN staff USING (login)
      WHERE ends > ?1 AND seen > ?2
      """)
    open.bind(now, at: 1)
    open.bind(now - AccessStore.idleSeconds, at: 2)
    while try open.step() {
      guard let role = Role(rawValue: open.text(2)) else { continue }
      let principal = Principal(
        role: role, id: open.text(1), agency: open.isNull(3) ? nil : AgencyID(open.text(3)),
        mediator: open.isNull(4) ? nil : MediatorID(open.text(4)))
      sessions[open.bytes(0)] = AccessStore.Session(
        principal: principal, lastSeen: open.integer(5), storedSeen: open.integer(5),
        ends: open.integer(6))
    }
  }

  private func purgeSessions(now: Int64) throws {
    let delete = try database.prepare("DELETE FROM session WHERE ends <= ?1 OR seen <= ?2")
    delete.bind(now, at: 1)
    delete.bind(now - AccessStore.idleSeconds, at: 2)
    try delete.run()
  }
}
