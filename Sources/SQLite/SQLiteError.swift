import CSQLite

/// What SQLite could not do, why, and with which file.
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a caller can tell apart.
  public enum Kind: Equatable, Sendable {
    /// No room on the disk, or the file has reached its bound. Nothing of the transaction is kept
    /// once it is rolled back; the same may succeed when there is room.
    case full
    /// Reading, writing or syncing failed. After a failed commit the rows may or may not be there.
    case io
    /// The file is damaged.
    case corrupt
    /// The file is something else than a database.
    case notADatabase
    /// Another connection held the lock for longer than the busy time.
    case busy
    case readOnly
    case cannotOpen
    /// A rule of the table: a key that is there already, a null, a wrong type.
    case constraint
    case other
  }

  /// SQLite's result code with its details, for example 1034 for a failed sync.
  public let extendedCode: Int32
  /// SQLite's own words.
  public let message: String
  /// The file of the connection.
  public let path: String

  /// SQLite's primary result code, for example 10 for any failure of input or output.
  public var code: Int32 { extendedCode & 0xff }

  public init(extendedCode: Int32, message: String, path: String) {
    self.extendedCode = extendedCode
    self.message = message
    self.path = path
  }

  /// The shared index of the write-ahead log found no room: a full disk, told as a failed one.
  ///
  /// While opening it is just that. Inside a commit the rows may be in the log already. The code is
  /// SQLITE_IOERR_SHMSIZE, whose macro does not import.
  public var isIndexWithoutRoom: Bool { extendedCode == SQLITE_IOERR | 19 << 8 }

  public var kind: Kind {
    switch code {
    case SQLITE_FULL: .full
    case SQLITE_IOERR: .io
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_NOTADB: .notADatabase
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_READONLY: .readOnly
    case SQLITE_CANTOPEN: .cannotOpen
    case SQLITE_CONSTRAINT: .constraint
    default: .other
    }
  }

  public var description: String {
    "\(path): \(words) (SQLite \(extendedCode): \(message))"
  }

  private var words: String {
    switch kind {
    case .full: "the disk is full"
    case .io: "the disk failed to read, write or sync"
    case .corrupt: "the database is damaged"
    case .notADatabase: "this is not a database"
    case .busy: "another program holds the database"
    case .readOnly: "the database may only be read"
    case .cannotOpen: "the database cannot be opened"
    case .constraint: "the row breaks a rule of its table"
    case .other: "the database refused"
    }
  }
}
