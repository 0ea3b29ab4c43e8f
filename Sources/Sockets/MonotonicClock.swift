internal import Glibc

/// Milliseconds of a clock that never goes back and counts sleep too.
public func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_BOOTTIME, &time)
  return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}
