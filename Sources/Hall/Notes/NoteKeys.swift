import SQLite
import Venue

/// The keys of referral notes: `notekeys.sqlite`, one random key for each part of a visit.
///
/// A note is gone when its key is. **A backup must leave this file out**, with `notekeys.sqlite-wal`
/// beside it: then no copy of `notes.sqlite`, however old, can be read once the term is over.
/// Belongs to the actor of `NoteStore`.
final class NoteKeys {
  private let database: Database
  /// The ids under which the parts' notes are filed; random, so that `notes.sqlite` names no visit.
  private(set) var ids: [Note.Part: [UInt8]] = [:]
  /// True while the file may still hold bytes of a key that was destroyed.
  private(set) var isUntidy = true

  init(path: String) throws {
    PrivateFile.make(at: path)
    database = try Database(
      path: path, mode: .readWrite,
      // `VACUUM` copies the keys that live through a temporary file unless that is in memory.
      pragmas: [
        "secure_delete = ON", "temp_store = MEMORY", "journal_mode = WAL", "synchronous = FULL",
      ])
    try database.execute(Self.schema)
    try load()
    // What a killed daemon had begun to destroy.
    _ = try? tidy()
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS part (
      id BLOB PRIMARY KEY, visit TEXT NOT NULL, agency TEXT NOT NULL, key BLOB NOT NULL,
      UNIQUE (visit, agency)
    ) STRICT, WITHOUT ROWID;
    """

  private func load() throws {
    let rows = try database.prepare("SELECT id, visit, agency FROM part")
    while try rows.step() {
      guard let visit = VisitID(rows.text(1)) else { continue }
      ids[Note.Part(visit: visit, agency: AgencyID(rows.text(2)))] = rows.bytes(0)
    }
  }

  /// The id and key of `part`, made and durable when there were none.
  func key(for part: Note.Part) throws -> (id: [UInt8], key: [UInt8]) {
    if let id = ids[part], let key = try key(of: id) { return (id, key) }
    let made = (id: Secrets.random(bytes: 16), key: Secrets.sealingKey())
    let insert = try database.cached(
      "INSERT INTO part (id, visit, agency, key) VALUES (?1, ?2, ?3, ?4)")
    insert.bind(made.id, at: 1)
    insert.bind(part.visit.description, at: 2)
    insert.bind(part.agency.text, at: 3)
    insert.bind(made.key, at: 4)
    try insert.run()
    ids[part] = made.id
    try database.keepLogShort()
    return made
  }

  /// Nil once it is destroyed.
  func key(of id: [UInt8]) throws -> [UInt8]? {
    let row = try database.cached("SELECT key FROM part WHERE id = ?1")
    row.bind(id, at: 1)
    defer { row.reset() }
    return try row.step() ? row.bytes(0) : nil
  }

  func part(of id: [UInt8]) -> Note.Part? { ids.first { $0.value == id }?.key }

  /// After this nobody can read the notes of `parts` any more. `tidy` has to follow.
  func destroy(_ parts: [Note.Part]) throws {
    isUntidy = true
    try database.transaction { () throws(SQLiteError) in
      for part in parts {
        let delete = try database.cached("DELETE FROM part WHERE id = ?1")
        delete.bind(ids[part], at: 1)
        try delete.run()
      }
    }
    for part in parts { ids[part] = nil }
  }

  /// Leaves no byte of a destroyed key in the file or in its log; false when a reader was in the way.
  ///
  /// "The secure_delete pragma causes SQLite to overwrite deleted content with zeros" (PRAGMA
  /// secure_delete) holds for the row that is deleted, not for where it stood before its page was
  /// rearranged: about one row in 1,000 leaves a piece. So the file is built anew. The log, which
  /// still has the old pages, is cut to nothing.
  @discardableResult
  func tidy() throws -> Bool {
    try database.execute("VACUUM")
    isUntidy = try !database.checkpoint(.truncate)
    return !isUntidy
  }
}
