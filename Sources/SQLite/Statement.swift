import CSQLite

/// A compiled statement: bind, step, read columns, reset, again.
///
/// Parameters count from 1 and columns from 0, as in SQLite. A wrong index is a bug and traps.
@safe public final class Statement {
  private let handle: OpaquePointer
  private let connection: Connection

  init(_ sql: String, on connection: Connection, isKept: Bool) throws(SQLiteError) {
    var compiled: OpaquePointer?
    let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    let code = unsafe sqlite3_prepare_v3(connection.handle, sql, -1, flags, &compiled, nil)
    guard code == SQLITE_OK else { throw connection.error(code) }
    guard let compiled = unsafe compiled else { preconditionFailure("no statement in: \(sql)") }
    unsafe handle = compiled
    self.connection = connection
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// True when there is a row to read, false at the end.
  public func step() throws(SQLiteError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      // The error is taken before the reset: a reset could change it.
      let error = connection.error(code)
      reset()
      throw error
    }
  }

  /// Steps to the end and resets; for statements whose rows, if any, do not matter.
  public func run() throws(SQLiteError) {
    while try step() {}
    reset()
  }

  /// Ready to be bound and stepped again. Ends the read transaction that a step began.
  public func reset() {
    unsafe sqlite3_reset(handle)
  }
}

// MARK: - Parameters

extension Statement {
  public func bind(_ value: Int64?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    check(unsafe sqlite3_bind_int64(handle, Int32(index), value), index)
  }

  /// SQLite takes a copy: the text may go away before the step.
  public func bind(_ value: String?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    let code = unsafe sqlite3_bind_text(
      handle, Int32(index), value, Int32(value.utf8.count), csqlite_transient())
    check(code, index)
  }

  /// SQLite takes a copy: the bytes may go away before the step.
  public func bind(_ value: [UInt8]?, at index: Int) {
    guard let value else { return bindNull(at: index) }
    let code =
      if value.isEmpty {
        unsafe sqlite3_bind_zeroblob(handle, Int32(index), 0)
      } else {
        unsafe value.withUnsafeBytes { bytes in
          unsafe sqlite3_bind_blob64(
            handle, Int32(index), bytes.baseAddress, UInt64(bytes.count), csqlite_transient())
        }
      }
    check(code, index)
  }

  public func bindNull(at index: Int) {
    check(unsafe sqlite3_bind_null(handle, Int32(index)), index)
  }

  private func check(_ code: Int32, _ index: Int) {
    precondition(code == SQLITE_OK, "parameter \(index) cannot be bound (SQLite \(code))")
  }
}

// MARK: - Columns of the present row

extension Statement {
  public func isNull(_ column: Int) -> Bool {
    unsafe sqlite3_column_type(handle, checked(column)) == SQLITE_NULL
  }

  public func integer(_ column: Int) -> Int64 {
    unsafe sqlite3_column_int64(handle, checked(column))
  }

  /// Invalid UTF-8 is repaired with replacement characters.
  public func text(_ column: Int) -> String {
    let column = checked(column)
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Empty for a null.
  public func bytes(_ column: Int) -> [UInt8] {
    let column = checked(column)
    guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  private func checked(_ column: Int) -> Int32 {
    let columns = unsafe Int(sqlite3_data_count(handle))
    precondition(
      column >= 0 && column < columns, "column \(column) of a row that is not there")
    return Int32(column)
  }
}
