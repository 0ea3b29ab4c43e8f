import FoundationEssentials

/// A file that nobody but the daemon's own user may read.
enum PrivateFile {
  /// Makes an empty file at `path` unless it is there. Nobody else may read it from its first
  /// moment; SQLite gives its side files the same mode.
  static func make(at path: String) {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    _ = FileManager.default.createFile(
      atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
  }
}
