import SQLite

/// The rows of the table `event`.
struct EventTable {
  let database: Database

  /// Rows read in one read transaction. A reader that stopped in the middle of one would keep the
  /// writer's log from ever being cut.
  static let batch: Int64 = 1_000

  func insert(_ row: EventRow) throws(SQLiteError) {
    let insert = try database.cached(
      "INSERT INTO event(sequence, time, schema, payload, chain) VALUES (?1, ?2, ?3, ?4, ?5)")
    insert.bind(row.sequence, at: 1)
    insert.bind(row.time, at: 2)
    insert.bind(row.schema, at: 3)
    insert.bind(row.payload, at: 4)
    insert.bind(row.chain, at: 5)
    try insert.run()
  }

  /// The rows after `sequence` in order, at most `batch`; empty at the end.
  func rows(after sequence: Int64) throws(SQLiteError) -> [EventRow] {
    let select = try database.cached(
      """
      SELECT sequence, time, schema, payload, chain FROM event
      WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
      """)
    select.bind(sequence, at: 1)
    select.bind(Self.batch, at: 2)
    var rows: [EventRow] = []
    while try select.step() { rows.append(row(of: select)) }
    select.reset()
    return rows
  }

  func row(at sequence: Int64) throws(SQLiteError) -> EventRow? {
    let select = try database.cached(
      "SELECT sequence, time, schema, payload, chain FROM event WHERE sequence = ?1")
    select.bind(sequence, at: 1)
    defer { select.reset() }
    return try select.step() ? row(of: select) : nil
  }

  func last() throws(SQLiteError) -> EventRow? {
    let select = try database.cached(
      """
      SELECT sequence, time, schema, payload, chain FROM event
      ORDER BY sequence DESC LIMIT 1
      """)
    defer { select.reset() }
    return try select.step() ? row(of: select) : nil
  }

  private func row(of statement: Statement) -> EventRow {
    EventRow(
      sequence: statement.integer(0), time: statement.integer(1), schema: statement.integer(2),
      payload: statement.bytes(3), chain: statement.bytes(4))
  }
}
