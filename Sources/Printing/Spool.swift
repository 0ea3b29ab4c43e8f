internal import SQLite
internal import Synchronization
internal import Venue

/// The jobs of all printers, on disk.
///
/// A job is taken from `waiting` to `printing` in the commit that records its attempt, before the
/// attempt's first byte; so after a crash every job that may be on paper is known. Attempts and their
/// evidence are only ever added to.
public final class Spool: Sendable {
  public enum State: String, CaseIterable, Sendable {
    case waiting, printing, printed, unknown, discarded
  }

  /// A job that is ready to be printed.
  struct Waiting: Equatable, Sendable {
    var id: Int64
    var job: PrintJob
    var created: Instant
  }

  /// The most jobs that may wait for one printer: three hours of a busy kiosk. Later ones are
  /// discarded at once.
  public static let waitingLimit = 500
  /// Jobs that are done are kept for so long, for questions at reception.
  static let keptMilliseconds: Int64 = 7 * 24 * 3_600_000
  /// The bytes "RoSp": SQLite's `application_id` of a spool.
  static let applicationID: Int64 = 0x526F_5370
  /// The write-ahead log is moved into the database when it has so many frames of 4 KB.
  private static let checkpointFrames = 256

  private let database: Mutex<Database>

  /// Opens the spool at `path`, or makes an empty one; `:memory:` is one that goes with the process.
  /// One process at a time.
  public init(path: String) throws {
    let database = try Database(
      path: path, mode: .create,
      pragmas: ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"])
    try Self.prepare(database)
    self.database = Mutex(database)
  }

  /// One transaction on the connection, then a checkpoint when the log has grown.
  func write<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
    try database.withLock { database in
      try database.cached("BEGIN IMMEDIATE").run()
      let result: Result
      do {
        result = try body(database)
        try database.cached("COMMIT").run()
      } catch {
        if database.isInTransaction { try database.cached("ROLLBACK").run() }
        throw error
      }
      if database.walFrames > Self.checkpointFrames { try database.checkpoint(.passive) }
      return result
    }
  }

  func read<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
    try database.withLock { try body($0) }
  }
}
