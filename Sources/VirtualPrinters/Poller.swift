internal import Glibc

/// Waits for several sockets, and is woken from other threads.
final class Poller: Sendable {
  /// The system gave no pipe.
  struct Failure: Error, CustomStringConvertible {
    /// The `errno` of `pipe`.
    let code: Int32
    var description: String { unsafe "making a pipe: " + String(cString: strerror(code)) }
  }

  struct Interest {
    var descriptor: Int32
    var reads = true
    var writes = false
  }

  private let reading: Int32
  private let writing: Int32

  init() throws(Failure) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw Failure(code: errno)
    }
    reading = ends[0]
    writing = ends[1]
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(reading)
    close(writing)
  }

  /// From any thread. A full pipe already wakes.
  func wake() {
    var byte: UInt8 = 0
    unsafe write(writing, &byte, 1)
  }

  /// For each of `interests`, in their order: may it be read, may it be written? Returns after
  /// `milliseconds` (nil: never) at the latest, or when it is woken.
  func wait(_ interests: [Interest], milliseconds: Int64?) -> [(reads: Bool, writes: Bool)] {
    var polled = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
    for interest in interests {
      let events = (interest.reads ? POLLIN : 0) | (interest.writes ? POLLOUT : 0)
      // A negative descriptor is left out, so that a dead link does not wake us all the time.
      let descriptor = events == 0 ? -1 : interest.descriptor
      polled.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
    }
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    unsafe poll(&polled, nfds_t(polled.count), timeout)
    if polled[0].revents != 0 { drain() }
    return polled.dropFirst().map { polled in
      let happened = Int32(polled.revents)
      let isBroken = happened & (POLLERR | POLLHUP) != 0
      return (happened & POLLIN != 0 || isBroken, happened & POLLOUT != 0 || isBroken)
    }
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(reading, &bytes, bytes.count) > 0 {}
  }
}
