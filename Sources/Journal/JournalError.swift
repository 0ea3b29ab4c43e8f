import SQLite

/// Why a journal cannot be opened, read or appended to, and what to do.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The disk is full. Nothing of the append is kept, nothing may be acknowledged; the same journal
  /// goes on when there is room.
  case full(String)
  /// The outcome is unknown. The journal takes nothing more: close it, throw the working state away,
  /// open it again and replay.
  case storage(String)
  /// Another daemon holds the directory.
  case inUse(directory: String, pid: Int32?)
  /// The file is no journal of Rossio.
  case foreign(path: String)
  /// The file was made by a newer Rossio.
  case newer(path: String, version: Int64)
  /// The file is damaged; `sequence` is the first event that is wrong, if that is known.
  case corrupt(path: String, sequence: Int64?, reason: String)
  case missing(path: String)
  /// The directory or a file in it cannot be made, opened or locked.
  case cannotOpen(path: String, reason: String)

  public var description: String {
    switch self {
    case .full(let reason):
      "the disk is full: nothing was kept; make room, then it goes on by itself (\(reason))"
    case .storage(let reason):
      "the journal's disk failed: what was pending may or may not be kept (\(reason))"
    case .inUse(let directory, let pid):
      "\(directory) is in use by another rossiod (\(pid.map { "process \($0)" } ?? "unknown process"))"
        + ": stop that one, or give this one a directory of its own"
    case .foreign(let path):
      "\(path) is not a journal of Rossio: move it away, or name another data directory"
    case .newer(let path, let version):
      "\(path) has version \(version), made by a newer Rossio: install that one"
        + " (this one reads up to \(JournalFile.version))"
    case .corrupt(let path, let sequence, let reason):
      "\(path) is damaged"
        + (sequence.map { ": event \($0) \(reason)" } ?? " (\(reason))")
        + ". Nothing was changed. `rossio verify` lists all that is wrong;"
        + " restore the newest backup that it finds sound"
    case .missing(let path):
      "\(path) does not exist: is this the data directory of a rossiod?"
    case .cannotOpen(let path, let reason):
      "\(path) cannot be opened: \(reason)"
    }
  }
}

extension JournalError {
  /// What an error means while opening or reading.
  init(opening error: SQLiteError) {
    switch error.kind {
    case .full: self = .full("\(error)")
    case .corrupt: self = .corrupt(path: error.path, sequence: nil, reason: error.message)
    case .notADatabase: self = .foreign(path: error.path)
    case .io: self = error.isIndexWithoutRoom ? .full("\(error)") : .storage("\(error)")
    case .busy, .readOnly, .cannotOpen, .constraint, .other:
      self = .cannotOpen(path: error.path, reason: "\(error)")
    }
  }

  init(path: String, fault: JournalFault) {
    self = .corrupt(path: path, sequence: fault.sequence, reason: fault.words)
  }
}
