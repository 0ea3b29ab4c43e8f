import CSQLite

/// The handle of a connection, shared by the database and its statements; closes when all are gone.
@safe final class Connection {
  let handle: OpaquePointer
  let path: String
  let walFrames = FrameCount()

  init(path: String, mode: Database.Mode) throws(SQLiteError) {
    let access =
      switch mode {
      case .readOnly: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(
      path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    // "Whether or not an error occurs when it is opened, resources associated with the database
    // connection handle should be released by passing it to sqlite3_close()" (sqlite3_open).
    guard code == SQLITE_OK, let opened = unsafe opened else {
      let message = unsafe String(cString: sqlite3_errstr(code))
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(extendedCode: code, message: message, path: path)
    }
    unsafe handle = opened
    self.path = path
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Waits for locks, trusts no schema it has not made, never checkpoints unasked.
  func harden() {
    unsafe sqlite3_busy_timeout(handle, Database.busyMilliseconds)
    unsafe csqlite_switch(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    unsafe csqlite_switch(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    unsafe csqlite_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    unsafe sqlite3_exec(handle, "PRAGMA mmap_size = 0", nil, nil, nil)
    // The count lives as long as this object, which closes the connection: nothing to retain.
    unsafe sqlite3_wal_hook(
      handle, noteWALFrames, Unmanaged.passUnretained(walFrames).toOpaque())
  }

  func error(_ code: Int32) -> SQLiteError {
    let message = unsafe String(cString: sqlite3_errmsg(handle))
    return SQLiteError(extendedCode: code, message: message, path: path)
  }
}

/// Frames in the write-ahead log, as told after each commit.
final class FrameCount {
  var count = 0
}

/// Called by SQLite inside each commit, on the thread that commits.
private func noteWALFrames(
  context: UnsafeMutableRawPointer?, handle: OpaquePointer?,
  database: UnsafePointer<CChar>?, frames: Int32
) -> Int32 {
  guard let context = unsafe context else { return SQLITE_OK }
  unsafe Unmanaged<FrameCount>.fromOpaque(context).takeUnretainedValue().count = Int(frames)
  return SQLITE_OK
}
