internal import Glibc

/// Waits in `poll`, and is woken from other threads.
public final class WakeUp: Sendable {
  private let reading: Int32
  private let writing: Int32

  public init() throws(SocketError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw SocketError(what: "making a pipe", reason: Socket.lastError)
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
  public func wake() {
    var byte: UInt8 = 0
    unsafe write(writing, &byte, 1)
  }

  /// A socket, and what is waited for.
  public struct Interest {
    public var descriptor: Int32
    public var forReading: Bool
    public var forWriting: Bool

    public init(descriptor: Int32, forReading: Bool = true, forWriting: Bool = false) {
      self.descriptor = descriptor
      self.forReading = forReading
      self.forWriting = forWriting
    }
  }

  public struct Ready {
    public var canRead = false
    public var canWrite = false
  }

  /// Waits until `wake`, or `descriptor` (if any) can be read or, if wanted, written, or
  /// `milliseconds` have passed (nil: for ever).
  public func wait(
    descriptor: Int32?, forReading: Bool = true, forWriting: Bool = false, milliseconds: Int64?
  ) -> Ready {
    let interests = descriptor.map {
      [Interest(descriptor: $0, forReading: forReading, forWriting: forWriting)]
    }
    return wait(interests ?? [], milliseconds: milliseconds).first ?? Ready()
  }

  /// The same for several sockets; the answers are in the order of `interests`.
  public func wait(_ interests: [Interest], milliseconds: Int64?) -> [Ready] {
    var polled = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
    for interest in interests {
      let events = (interest.forReading ? POLLIN : 0) | (interest.forWriting ? POLLOUT : 0)
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
      return Ready(
        canRead: happened & POLLIN != 0 || isBroken, canWrite: happened & POLLOUT != 0 || isBroken)
    }
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(reading, &bytes, bytes.count) > 0 {}
  }
}
