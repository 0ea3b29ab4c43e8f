import Foundation

/// Programmes of this package that a subcommand starts.
enum ChildProcess {
  /// Starts a programme and waits for its first line on standard output. Its standard error is ours
  /// unless `errors` is given.
  static func start(
    _ programme: URL, _ arguments: [String], errors: FileHandle? = nil
  ) throws -> (process: Process, line: String) {
    let process = Process()
    process.executableURL = programme
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    if let errors { process.standardError = errors }
    try process.run()
    guard let line = firstLine(of: output.fileHandleForReading) else {
      process.waitUntilExit()
      throw CommandError(
        "\(programme.lastPathComponent) ended at once with code \(process.terminationStatus).")
    }
    return (process, line)
  }

  private static func firstLine(of handle: FileHandle) -> String? {
    var bytes: [UInt8] = []
    while let byte = try? handle.read(upToCount: 1)?.first {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }
}

/// Where the parts of this installation are.
enum Installation {
  /// This programme: it can be any of the others by subcommand, so it needs none beside it.
  static var thisProgramme: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  }

  private static var folder: URL { thisProgramme.deletingLastPathComponent() }

  /// A programme beside this one.
  static func programme(_ name: String) throws -> URL {
    let url = folder.appendingPathComponent(name)
    guard FileManager.default.isExecutableFile(atPath: url.path) else {
      throw CommandError(
        "\(name) is not beside rossio in \(folder.path). Build everything: swift build -c release")
    }
    return url
  }

  /// `Config` or `Displays`: in the working directory, in the package that holds this programme's
  /// build, or where a Debian package puts it.
  static func directory(_ name: String) throws -> String {
    var candidates = [name]
    var parent = folder
    for _ in 0..<5 {
      candidates.append(parent.appendingPathComponent(name).path)
      parent.deleteLastPathComponent()
    }
    candidates.append("/usr/share/rossio/" + name)
    guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw CommandError("The directory \(name) was not found. Run this in the project's folder.")
    }
    return found
  }
}
