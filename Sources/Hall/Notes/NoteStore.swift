import SQLite
import Venue
import Wire

/// Referral notes: `notes.sqlite` in the data directory, outside of the journal, each sealed with the
/// key of its part of a visit, which `NoteKeys` holds.
///
/// Has a thread of its own: neither a disk sync nor a reader in the way delays the hall.
actor NoteStore {
  private nonisolated let executor = HallExecutor(label: "notes")
  private let notes: Database
  private let keys: NoteKeys
  /// True once a failed sweep was told, until one succeeds.
  private var isFailing = false

  /// Of one part so many are kept for answering repeated requests; only the newest is read.
  private static let notesPerPart = 16

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// Opens or creates both files in `directory`, and throws away notes whose key is gone.
  init(directory: String) throws {
    keys = try NoteKeys(path: directory + "/notekeys.sqlite")
    let path = directory + "/notes.sqlite"
    PrivateFile.make(at: path)
    notes = try Database(
      path: path, mode: .readWrite,
      pragmas: ["secure_delete = ON", "journal_mode = WAL", "synchronous = FULL"])
    try notes.execute(Self.schema)
    try Self.removeOrphans(from: notes, known: Set(keys.ids.values))
    _ = try? notes.checkpoint(.truncate)
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS note (
      id INTEGER PRIMARY KEY, part BLOB NOT NULL, request BLOB UNIQUE, sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS note_of_part ON note (part);
    """

  private static func removeOrphans(from notes: Database, known: Set<[UInt8]>) throws {
    var orphans: [[UInt8]] = []
    let rows = try notes.prepare("SELECT DISTINCT part FROM note")
    while try rows.step() {
      if !known.contains(rows.bytes(0)) { orphans.append(rows.bytes(0)) }
    }
    try remove(orphans, from: notes)
  }

  private static func remove(_ parts: [[UInt8]], from notes: Database) throws {
    for part in parts {
      let delete = try notes.cached("DELETE FROM note WHERE part = ?1")
      delete.bind(part, at: 1)
      try delete.run()
    }
  }
}

// MARK: - Writing and reading

extension NoteStore {
  /// A note with the part that it belongs to.
  struct Kept: Equatable, Sendable {
    var part: Note.Part
    var note: Note
  }

  /// What a request with the same key has written before; nil when there was none, or when the note
  /// is gone.
  func known(_ stamp: Note.Stamp) throws -> Kept? {
    let row = try notes.cached("SELECT part, sealed FROM note WHERE request = ?1")
    row.bind(stamp.request, at: 1)
    defer { row.reset() }
    guard try row.step(), let part = keys.part(of: row.bytes(0)),
      let note = try open(row.bytes(1), of: row.bytes(0))
    else { return nil }
    return Kept(part: part, note: note)
  }

  /// Seals and stores `note` in place of the one that `part` had, durable on return; or answers what
  /// the same request has written before.
  func write(_ note: Note, to part: Note.Part, stamp: Note.Stamp?) throws -> Kept {
    if let stamp, let known = try known(stamp) { return known }
    let (id, key) = try keys.key(for: part)
    var note = note
    note.requestHash = stamp?.requestHash
    try notes.transaction { () throws(SQLiteError) in
      let insert = try notes.cached(
        "INSERT OR REPLACE INTO note (part, request, sealed) VALUES (?1, ?2, ?3)")
      insert.bind(id, at: 1)
      insert.bind(stamp?.request, at: 2)
      insert.bind(Secrets.seal(note.plain, with: key), at: 3)
      try insert.run()
      let prune = try notes.cached(
        """
        DELETE FROM note WHERE part = ?1 AND id NOT IN
          (SELECT id FROM note WHERE part = ?1 ORDER BY id DESC LIMIT ?2)
        """)
      prune.bind(id, at: 1)
      prune.bind(Int64(Self.notesPerPart), at: 2)
      try prune.run()
    }
    try notes.keepLogShort()
    return Kept(part: part, note: note)
  }

  /// The note of `part`; nil when there is none, when it was taken back, and once its key is gone.
  func note(of part: Note.Part) throws -> Note? {
    guard let id = keys.ids[part] else { return nil }
    let row = try notes.cached("SELECT sealed FROM note WHERE part = ?1 ORDER BY id DESC LIMIT 1")
    row.bind(id, at: 1)
    defer { row.reset() }
    guard try row.step(), let note = try open(row.bytes(0), of: id), !note.codes.isEmpty else {
      return nil
    }
    return note
  }

  private func open(_ sealed: [UInt8], of id: [UInt8]) throws -> Note? {
    guard let key = try keys.key(of: id), let plain = Secrets.open(sealed, with: key) else {
      return nil
    }
    return try JSON.decode(Note.self, from: plain)
  }
}

// MARK: - The end of a note

extension NoteStore {
  /// Destroys the keys of the parts that `over` picks from those that have one.
  ///
  /// Called every second. A part of a visit is over when its agreement's hours are, so it asks the
  /// hall, whose state says when a stop ended. A failure is told once and tried again.
  func sweep(_ log: Log, over: @Sendable ([Note.Part]) async -> [Note.Part]) async {
    guard !keys.ids.isEmpty || keys.isUntidy else { return }
    let ended = await over(Array(keys.ids.keys))
    do {
      try destroy(ended)
      isFailing = false
    } catch {
      if !isFailing {
        log.error("Notes whose time is over were not destroyed; that is tried again. \(error)")
      }
      isFailing = true
    }
  }

  private func destroy(_ parts: [Note.Part]) throws {
    let known = parts.filter { keys.ids[$0] != nil }
    let ids = known.compactMap { keys.ids[$0] }
    if !known.isEmpty { try keys.destroy(known) }
    if keys.isUntidy { try keys.tidy() }
    guard !ids.isEmpty else { return }
    try Self.remove(ids, from: notes)
    try notes.checkpoint(.truncate)
  }
}

extension Database {
  /// Four megabytes of log; checkpoints are asked for, never made by SQLite itself.
  private static let logFrames = 1_000

  /// Lets the log begin anew once it is long.
  func keepLogShort() throws(SQLiteError) {
    if walFrames > Self.logFrames { try checkpoint(.passive) }
  }
}
