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
  /// At most one for each thread that writes: a printer's, the service's, an operator's.
  private let waiting = Mutex<[any Settling]>([])

  /// Opens the spool at `path`, or makes an empty one; `:memory:` is one that goes with the process.
  /// One process at a time.
  public init(path: String) throws {
    let database = try Database(
      path: path, mode: .create,
      pragmas: ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"])
    try Self.prepare(database)
    self.database = Mutex(database)
  }

  /// Runs `body` in a transaction; durable when this returns.
  ///
  /// Bodies that wait for the disk at the same time share one commit: whoever comes to the connection
  /// first does the work of all. One that throws is undone alone.
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) throws -> Result {
    let write = PendingWrite(body)
    waiting.withLock { $0.append(write) }
    database.withLock { database in
      guard !write.isSettled else { return }
      let batch = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      Self.commit(batch, on: database)
    }
    return try write.result()
  }

  private static func commit(_ batch: [any Settling], on database: Database) {
    do {
      try database.cached("BEGIN IMMEDIATE").run()
      for write in batch {
        try database.cached("SAVEPOINT one").run()
        if !write.run(on: database) { try database.cached("ROLLBACK TO one").run() }
        try database.cached("RELEASE one").run()
      }
      try database.cached("COMMIT").run()
      for write in batch { write.settle(nil) }
      if database.walFrames > checkpointFrames { try database.checkpoint(.passive) }
    } catch {
      if database.isInTransaction { try? database.cached("ROLLBACK").run() }
      for write in batch { write.settle(error) }
    }
  }

  func read<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
    try database.withLock { try body($0) }
  }
}

/// Something that is to be written with others in one commit.
private protocol Settling: AnyObject, Sendable {
  /// False when it failed and has to be undone.
  func run(on database: Database) -> Bool
  /// The commit was made, or failed for all; the first call counts.
  func settle(_ error: (any Error)?)
}

private final class PendingWrite<Value: Sendable>: Settling {
  private struct State {
    var value: Result<Value, any Error>?
    var isSettled = false
  }

  private let body: @Sendable (Database) throws -> Value
  private let state = Mutex(State())

  init(_ body: @escaping @Sendable (Database) throws -> Value) { self.body = body }

  var isSettled: Bool { state.withLock { $0.isSettled } }

  func run(on database: Database) -> Bool {
    let value = Result { try body(database) }
    state.withLock { $0.value = value }
    if case .failure = value { return false }
    return true
  }

  func settle(_ error: (any Error)?) {
    state.withLock { state in
      guard !state.isSettled else { return }
      state.isSettled = true
      if let error { state.value = .failure(error) }
    }
  }

  func result() throws -> Value {
    guard let value = state.withLock({ $0.value }) else {
      preconditionFailure("whoever has had the connection has settled every write that waited")
    }
    return try value.get()
  }
}
