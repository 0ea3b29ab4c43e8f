import SQLite

/// The answer that one command was given, kept so that the same key gets the same answer.
public struct StoredAnswer: Equatable, Sendable {
  /// Who asked: keys of different devices and sessions do not meet.
  public var scope: String
  /// The idempotency key, as the client drew it.
  public var key: String
  /// Hash of what was asked; the same key with another request is a mistake of the client's.
  public var requestHash: [UInt8]
  /// The HTTP status.
  public var status: Int
  public var body: [UInt8]
  /// The journal's sequence after the command.
  public var sequence: UInt64

  public init(
    scope: String, key: String, requestHash: [UInt8], status: Int, body: [UInt8],
    sequence: UInt64
  ) {
    self.scope = scope
    self.key = key
    self.requestHash = requestHash
    self.status = status
    self.body = body
    self.sequence = sequence
  }
}

/// What the journal knows of an idempotency key.
public enum AnswerMatch: Equatable, Sendable {
  /// The key is new.
  case none
  case same(StoredAnswer)
  /// The key was used for another request.
  case otherRequest
}

struct AnswerTable {
  let database: Database

  /// A key that is there already breaks the table's rule: the caller has not looked it up.
  func insert(_ answer: StoredAnswer) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT INTO answer(scope, key, request_hash, status, body, sequence)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """)
    insert.bind(answer.scope, at: 1)
    insert.bind(answer.key, at: 2)
    insert.bind(answer.requestHash, at: 3)
    insert.bind(Int64(answer.status), at: 4)
    insert.bind(answer.body, at: 5)
    insert.bind(Int64(answer.sequence), at: 6)
    try insert.run()
  }

  func answer(scope: String, key: String) throws(SQLiteError) -> StoredAnswer? {
    let select = try database.cached(
      """
      SELECT request_hash, status, body, sequence FROM answer WHERE scope = ?1 AND key = ?2
      """)
    select.bind(scope, at: 1)
    select.bind(key, at: 2)
    defer { select.reset() }
    guard try select.step() else { return nil }
    return StoredAnswer(
      scope: scope, key: key, requestHash: select.bytes(0), status: Int(select.integer(1)),
      body: select.bytes(2), sequence: UInt64(clamping: select.integer(3)))
  }

  /// A new service day: the keys of the day before are done with.
  func removeAll() throws(SQLiteError) {
    try database.cached("DELETE FROM answer").run()
  }
}
