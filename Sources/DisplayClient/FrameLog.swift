import Glibc

/// A file with one line of JSON for each frame that was really presented.
///
/// `{"sequence":1234,"presentedAtMonotonicNs":5678,"pixels":90}`: which state of the journal the
/// frame shows (0 before the first view), when the system had taken it, by `CLOCK_MONOTONIC` in
/// nanoseconds, and how many pixels were new.
final class FrameLog {
  private let file: Int32

  /// Opens `path` for appending, and makes it if need be.
  init(path: String) throws(Errno) {
    file = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Errno(number: errno) }
  }

  deinit { close(file) }

  func append(sequence: UInt64, presentedAt time: LocalTime, pixels: Int) {
    let line = """
      {"sequence":\(sequence),"presentedAtMonotonicNs":\(time.nanoseconds),"pixels":\(pixels)}

      """
    let bytes = Array(line.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
  }
}
