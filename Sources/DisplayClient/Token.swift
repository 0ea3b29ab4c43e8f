import Glibc

/// The secret that this display shows to the daemon: one line of a file that only its user may read.
enum Token {
  static let maximumBytes = 4096

  struct Problem: Error, Equatable, CustomStringConvertible {
    var description: String
  }

  /// Reads the token. The errors say what to do.
  static func read(from path: String) throws(Problem) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Problem(
        description: """
          The token file \(path) cannot be read: \(unsafe String(cString: strerror(errno))). \
          \(howToMakeOne)
          """)
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
    }
    guard count >= 0 else {
      throw Problem(
        description: """
          The token file \(path) cannot be read: \(unsafe String(cString: strerror(errno))).
          """)
    }
    return try token(in: bytes.prefix(count), path: path)
  }

  private static func token(in bytes: ArraySlice<UInt8>, path: String) throws(Problem) -> String {
    let spaces: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let token = bytes.drop { spaces.contains($0) }.reversed().drop { spaces.contains($0) }
      .reversed()
    let isPrintable = token.allSatisfy { (0x21...0x7E).contains($0) }
    guard !token.isEmpty, isPrintable, token.count <= maximumBytes else {
      throw Problem(
        description: "The token file \(path) does not hold one line with a token. \(howToMakeOne)")
    }
    return String(decoding: token, as: UTF8.self)
  }

  private static let howToMakeOne =
    "Make one on the daemon's machine: rossio token --role display --id SCREEN --data DIR > FILE"
}
