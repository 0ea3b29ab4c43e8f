import Glibc

/// The log: one line a happening on standard error, with journald's priorities in front.
///
/// `sd-daemon(3)`: "<3>" starts an error, "<4>" a warning, "<6>" information.
enum Log {
  static func error(_ text: String) { write("<3>" + text) }
  static func warning(_ text: String) { write("<4>" + text) }
  static func info(_ text: String) { write("<6>" + text) }

  private static func write(_ text: String) {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ") + "\n"
    let bytes = Array(line.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
