import Glibc

/// The directory that holds the journal, for its owner only.
enum DataDirectory {
  /// Makes the directory, mode 0700, with those above it that are missing.
  static func create(_ path: String) throws(JournalError) {
    if unsafe mkdir(path, 0o700) == 0 {
      try sync(parent(of: path))
      return
    }
    switch errno {
    case EEXIST: return
    case ENOENT where parent(of: path) != path:
      try create(parent(of: path))
      // Once more and not again: some file systems say ENOENT whatever is there (/proc).
      guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
      try sync(parent(of: path))
    default: throw failure(path)
    }
  }

  /// Makes an empty file, mode 0600, unless it is there; SQLite gives its other files the same mode.
  static func createFile(_ path: String) throws(JournalError) {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    close(descriptor)
    try sync(parent(of: path))
  }

  /// A new name in a directory survives a power cut once the directory itself is synced.
  static func sync(_ directory: String) throws(JournalError) {
    let descriptor = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(directory) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(directory) }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// `errno` in words.
  static func failure(_ path: String) -> JournalError {
    let reason = unsafe String(cString: strerror(errno))
    return .cannotOpen(path: path, reason: reason)
  }

  private static func parent(of path: String) -> String {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}

/// Keeps every other daemon away from a data directory, as long as this object or its process lives.
final class DirectoryLock {
  private let descriptor: Int32

  /// Locks `DIRECTORY/lock` and writes the process number into it.
  init(directory: String) throws(JournalError) {
    let path = directory + "/lock"
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DataDirectory.failure(path) }
    // The kernel drops the lock with the process, however it ends: no stale lock can remain.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error =
        errno == EWOULDBLOCK
        ? JournalError.inUse(directory: directory, pid: Self.holder(descriptor))
        : DataDirectory.failure(path)
      close(descriptor)
      throw error
    }
    writeHolder()
  }

  deinit { close(descriptor) }

  /// Only for people who ask who holds it: failing to write it, on a full disk, does no harm.
  private func writeHolder() {
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = unsafe pwrite(descriptor, text, text.count, 0)
  }

  private static func holder(_ descriptor: Int32) -> Int32? {
    var text = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(descriptor, &text, text.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: text[..<count].prefix { $0 != 10 }, as: UTF8.self))
  }
}
