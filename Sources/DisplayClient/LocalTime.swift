import Glibc

/// A point of this machine's monotonic clock, in nanoseconds since some moment before the start.
///
/// Never compared with the daemon's time: `DaemonClock` translates.
struct LocalTime: Comparable, Sendable {
  var nanoseconds: Int64

  func adding(milliseconds: Int64) -> LocalTime {
    LocalTime(nanoseconds: nanoseconds + milliseconds * 1_000_000)
  }

  /// Whole milliseconds from `earlier` to this point; negative if `earlier` is later.
  func milliseconds(since earlier: LocalTime) -> Int64 {
    (nanoseconds - earlier.nanoseconds) / 1_000_000
  }

  static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

  /// Reads the clock that an adjustment of the date never moves.
  static func now() -> LocalTime {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return LocalTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}

/// Collects the moments at which a scene will look different without any news from the daemon.
///
/// Whoever compares a time with a threshold names the threshold here, so that the display sleeps
/// until the earliest of them instead of looking again and again.
struct Wake {
  let now: LocalTime
  private(set) var earliest: LocalTime?

  init(now: LocalTime) { self.now = now }

  /// Times that are not in the future are ignored: their threshold is behind us.
  mutating func consider(_ time: LocalTime) {
    guard time > now else { return }
    earliest = earliest.map { min($0, time) } ?? time
  }
}
