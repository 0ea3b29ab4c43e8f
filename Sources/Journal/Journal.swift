import SQLite
public import Venue

/// The append-only log of everything that has happened in the venue; the truth from which all state
/// is made.
///
/// One journal has one writer: this object holds the directory's lock and the only connection that
/// writes or checkpoints. Not Sendable: it lives within the actor that decides. What only reads
/// (`read`, `verify`, `backup`) has a connection of its own and works beside the daemon.
public final class Journal {
  public let directory: String
  private var lock: DirectoryLock?
  private var database: Database?
  private var chain: Chain
  /// Why nothing can be appended any more.
  private var failure: String?
  /// Frames in the log at which it is next copied into the file.
  private var checkpointAt = Journal.checkpointFrames

  /// Frames of 4 KiB that the log grows before it is copied: 8 MiB.
  ///
  /// Half of what SQLite's shared index holds in its first segment (4,062 frames), so that the index
  /// does not have to grow inside a commit, where a failure would leave the outcome unknown.
  static let checkpointFrames = 2_000

  /// Opens the journal in `directory` and makes what is missing: directory 0700, files 0600.
  public static func open(directory: String) throws(JournalError) -> Journal {
    try DataDirectory.create(directory)
    let lock = try DirectoryLock(directory: directory)
    return try Journal(directory: directory, lock: lock)
  }

  private init(directory: String, lock: DirectoryLock) throws(JournalError) {
    let database = try JournalFile.openForWriting(in: directory)
    let row = try JournalFile.sqlite { () throws(SQLiteError) in
      try EventTable(database: database).last()
    }
    self.directory = directory
    self.lock = lock
    self.database = database
    chain = row.map(Chain.init(after:)) ?? .genesis
  }

  /// Sequence of the last event; 0 when there is none.
  public var lastSequence: UInt64 { chain.sequence }
  /// Time of the last event; nil when there is none. The next one must not be earlier.
  public var lastTime: Instant? { chain.sequence == 0 ? nil : chain.time }

  public var path: String { JournalFile.path(in: directory) }

  /// Makes all of `records` and `answers` durable in one transaction, or none.
  ///
  /// The records go on without a gap from `lastSequence`, with times that never decrease: anything
  /// else is a bug and traps. A `dayOpened` among them drops the answers of the day before; those of
  /// this batch are kept. Throws `.full` when nothing was kept and the journal can go on, `.storage`
  /// when the outcome is unknown and it cannot.
  public func append(
    _ records: [Record], answers: [StoredAnswer] = []
  ) throws(JournalError) {
    guard !(records.isEmpty && answers.isEmpty) else { return }
    let database = try writable()
    var next = chain
    try write { () throws(SQLiteError) in
      try database.transaction { () throws(SQLiteError) in
        try insert(records, after: &next, into: database)
        let table = AnswerTable(database: database)
        for answer in answers { try table.insert(answer) }
      }
    }
    chain = next
    tidyLog(of: database)
  }

  private func insert(
    _ records: [Record], after chain: inout Chain, into database: Database
  ) throws(SQLiteError) {
    let table = EventTable(database: database)
    for record in records {
      try table.insert(chain.append(record))
      guard case .dayOpened = record.event else { continue }
      try AnswerTable(database: database).removeAll()
    }
  }

  /// Stores the state after an event, so that the next start replays only what came later.
  ///
  /// `snapshot` must be of this journal's last event. The two newest snapshots are kept.
  public func writeSnapshot(_ snapshot: VenueSnapshot) throws(JournalError) {
    precondition(snapshot.sequence == chain.sequence, "a snapshot is of the last event")
    let database = try writable()
    let row = SnapshotRow(snapshot, chain: chain.hash)
    try write { () throws(SQLiteError) in
      try database.transaction { () throws(SQLiteError) in
        try SnapshotTable(database: database).insert(row)
      }
    }
    tidyLog(of: database)
  }

  /// Copies the log into the file and cuts it, for the close of a day; false when a reader was in
  /// the way, which does no harm.
  @discardableResult
  public func checkpoint() throws(JournalError) -> Bool {
    let database = try writable()
    var isWhole = false
    try write { () throws(SQLiteError) in isWhole = try database.checkpoint(.truncate) }
    return isWhole
  }

  /// Ends the use of the journal: cuts the log unless the disk has failed, lets file and lock go.
  ///
  /// Everything acknowledged is durable already, so an error here loses nothing.
  public func close() throws(JournalError) {
    defer {
      database = nil
      lock = nil
    }
    if database != nil, failure == nil { try checkpoint() }
  }
}

// MARK: - Reading what this journal holds

extension Journal {
  /// What was answered to `key`, also by a daemon before this one; nil when the key is new today.
  public func answer(scope: String, key: String) throws(JournalError) -> StoredAnswer? {
    let database = try writable()
    return try JournalFile.sqlite { () throws(SQLiteError) in
      try AnswerTable(database: database).answer(scope: scope, key: key)
    }
  }

  /// The same, told apart by whether it was the same request.
  public func match(
    scope: String, key: String, requestHash: [UInt8]
  ) throws(JournalError) -> AnswerMatch {
    guard let answer = try answer(scope: scope, key: key) else { return .none }
    return answer.requestHash == requestHash ? .same(answer) : .otherRequest
  }

  /// The state after the last event: the newest sound snapshot and all events after it.
  ///
  /// Checks the chain of what it reads and throws `.corrupt` at the first event that is wrong.
  public func loadState() throws(JournalError) -> VenueState {
    try Replay(database: try writable()).state()
  }

  /// Hands every event after `sequence` to `body`, in order, checking the chain.
  public func replay(
    after sequence: UInt64 = 0, _ body: (Record) -> Void
  ) throws(JournalError) {
    let replay = Replay(database: try writable())
    guard var chain = try replay.chain(at: sequence) else { return }
    while true {
      let records = try replay.next(after: &chain)
      if records.isEmpty { return }
      for record in records { body(record) }
    }
  }
}

// MARK: - Failures

extension Journal {
  private func writable() throws(JournalError) -> Database {
    if let failure { throw .storage(failure) }
    guard let database else { preconditionFailure("the journal was closed") }
    return database
  }

  /// Runs a write; any error but a full disk ends the use of this journal.
  private func write(_ body: () throws(SQLiteError) -> Void) throws(JournalError) {
    do throws(SQLiteError) {
      try body()
    } catch {
      if error.kind == .full, database?.isInTransaction == false { throw .full("\(error)") }
      failure = "\(error)"
      throw .storage("\(error)")
    }
  }

  /// Copies the log into the file when it is long enough.
  ///
  /// The append before is durable whatever happens here. But after a failed sync the kernel may call
  /// the next one good and have lost the pages, so the journal stops; opened again, it copies the
  /// whole log anew.
  private func tidyLog(of database: Database) {
    guard database.walFrames >= checkpointAt else { return }
    do throws(SQLiteError) {
      let isWhole = try database.checkpoint(.passive)
      checkpointAt = Self.checkpointFrames + (isWhole ? 0 : database.walFrames)
    } catch {
      checkpointAt = Self.checkpointFrames + database.walFrames
      if error.kind != .full { failure = "\(error)" }
    }
  }
}

// MARK: - For tests

extension Journal {
  /// Bounds the file, in pages of 4 KiB: a full disk for anybody on any machine.
  func limit(pages: Int) throws(JournalError) {
    let database = try writable()
    try write { () throws(SQLiteError) in
      try database.execute("PRAGMA max_page_count = \(pages)")
    }
  }
}
