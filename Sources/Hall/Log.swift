import Glibc

/// Lines to standard error, one a happening, with the priority prefix that journald reads
/// (`<3>` error, `<4>` warning, `<6>` information). No personal data ever reaches it: visits are not
/// named in it.
public struct Log: Sendable {
  private let write: @Sendable (String) -> Void

  public init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  public static let standardError = Log(write: writeLine)

  @Sendable static func writeLine(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // One call a line: lines of several threads never mix. A full pipe loses the line, not the hall.
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  public func error(_ text: String) { write("<3>" + Self.oneLine(text)) }
  public func warning(_ text: String) { write("<4>" + Self.oneLine(text)) }
  public func info(_ text: String) { write("<6>" + Self.oneLine(text)) }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
