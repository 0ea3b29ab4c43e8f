import SQLite
import Venue

/// One row of the table `snapshot`: the state after `sequence`.
struct SnapshotRow {
  let sequence: Int64
  let schema: Int64
  /// The chain's hash at `sequence`: a snapshot belongs to one journal and one place in it.
  let chain: [UInt8]
  /// The hash of `payload`.
  let hash: [UInt8]
  let payload: [UInt8]

  init(_ snapshot: VenueSnapshot, chain: [UInt8]) {
    sequence = Int64(snapshot.sequence)
    schema = SnapshotCodec.schema
    self.chain = chain
    payload = SnapshotCodec.encode(snapshot)
    hash = Digest.hash(payload)
  }

  fileprivate init(_ statement: Statement) {
    sequence = statement.integer(0)
    schema = statement.integer(1)
    chain = statement.bytes(2)
    hash = statement.bytes(3)
    payload = statement.bytes(4)
  }

  /// The snapshot, or why it is of no use.
  func read() throws(CodecError) -> VenueSnapshot {
    guard Digest.hash(payload) == hash else {
      throw CodecError(offset: 0, reason: "the payload does not fit its hash")
    }
    let snapshot = try SnapshotCodec.decode(payload, schema: schema)
    guard Int64(clamping: snapshot.sequence) == sequence else {
      throw CodecError(offset: 0, reason: "the snapshot is of event \(snapshot.sequence)")
    }
    return snapshot
  }
}

struct SnapshotTable {
  let database: Database

  /// Snapshots kept: the newest, and one more in case the newest is damaged.
  static let kept: Int64 = 2

  /// Stores a snapshot and drops the oldest.
  func insert(_ row: SnapshotRow) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT OR REPLACE INTO snapshot(sequence, schema, chain, hash, payload)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """)
    insert.bind(row.sequence, at: 1)
    insert.bind(row.schema, at: 2)
    insert.bind(row.chain, at: 3)
    insert.bind(row.hash, at: 4)
    insert.bind(row.payload, at: 5)
    try insert.run()
    let prune = try database.cached(
      """
      DELETE FROM snapshot WHERE sequence NOT IN (
        SELECT sequence FROM snapshot ORDER BY sequence DESC LIMIT ?1)
      """)
    prune.bind(Self.kept, at: 1)
    try prune.run()
  }

  /// The newest first.
  func rows() throws(SQLiteError) -> [SnapshotRow] {
    let select = try database.cached(
      """
      SELECT sequence, schema, chain, hash, payload FROM snapshot
      ORDER BY sequence DESC LIMIT ?1
      """)
    select.bind(Self.kept, at: 1)
    var rows: [SnapshotRow] = []
    while try select.step() { rows.append(SnapshotRow(select)) }
    select.reset()
    return rows
  }
}
