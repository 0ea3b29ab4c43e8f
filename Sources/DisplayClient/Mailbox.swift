import Glibc
import Synchronization
import Views
import Wire

/// Carries news from the follower's thread to the display's.
///
/// Bounded: a newer view, heartbeat or trouble takes the place of the one before, whether or not the
/// display has seen that one; a heartbeat also ends the trouble.
final class Mailbox: Sendable {
  struct News: Sendable {
    /// With the journal's sequence that it shows.
    var view: (sequence: UInt64, board: BoardView)?
    /// With the time at which it came.
    var heartbeat: (Heartbeat, at: LocalTime)?
    /// Why nothing comes, in English.
    var trouble: String?

    var isEmpty: Bool { view == nil && heartbeat == nil && trouble == nil }
  }

  private let news = Mutex(News())
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Throws the error number when the process has no file descriptors left.
  init() throws(Errno) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw Errno(number: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  // MARK: From any thread

  func put(_ view: BoardView, sequence: UInt64) { put { $0.view = (sequence, view) } }

  func put(_ heartbeat: Heartbeat, at time: LocalTime) {
    put { news in
      news.heartbeat = (heartbeat, time)
      news.trouble = nil
    }
  }

  func put(trouble: String) { put { $0.trouble = trouble } }

  private func put(_ change: (inout News) -> Void) {
    news.withLock { change(&$0) }
    var byte: UInt8 = 1
    // A full pipe has woken the display already.
    _ = unsafe write(writeEnd, &byte, 1)
  }

  // MARK: From the display's thread

  /// Takes what came since the last time.
  func take() -> News {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(readEnd, &bytes, bytes.count) > 0 {}
    return news.withLock { news in
      defer { news = News() }
      return news
    }
  }

  /// Sleeps until there is news, or for so many milliseconds.
  ///
  /// `poll` counts by the monotonic clock, so that setting the date never makes a display oversleep
  /// its own greying; SDL's own wait polls a thousand times a second on bare KMS.
  func wait(milliseconds: Int64) {
    var watched = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    _ = unsafe poll(&watched, 1, Int32(clamping: max(0, milliseconds)))
  }
}

/// An error number of the system.
struct Errno: Error, Equatable, CustomStringConvertible {
  var number: Int32
  var description: String { unsafe String(cString: strerror(number)) }
}
