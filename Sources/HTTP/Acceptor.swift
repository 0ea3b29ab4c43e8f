internal import Glibc
internal import Threads

/// Accepts connections and deals them out to the daemons in turn.
///
/// libmicrohttpd could accept by itself, but version 0.9.75 cannot stop doing so: in a pool of
/// threads `MHD_quiesce_daemon` races with the workers, and both removing the listening socket from
/// their epoll set aborts the process.
final class Acceptor: Sendable {
  private let socket: ListeningSocket
  private let thread: OwnThread

  /// - Parameter take: owns the descriptor from then on.
  init(
    _ socket: consuming ListeningSocket, log: @escaping @Sendable (String) -> Void,
    take: @escaping @Sendable (Accepted) -> Void
  ) throws(ServerError) {
    let descriptor = socket.descriptor
    self.socket = socket
    thread = try startThread { acceptAll(on: descriptor, log, take) }
  }

  /// Returns when nothing is accepted any more; what waits in the kernel is refused.
  func stop() {
    // `poll` reports POLLHUP on a listening socket that is shut down.
    shutdown(socket.descriptor, Int32(SHUT_RDWR))
    thread.join()
  }
}

struct Accepted: Sendable {
  let descriptor: Int32
  var address = sockaddr_storage()
  var addressLength = socklen_t(MemoryLayout<sockaddr_storage>.size)
}

/// How long to wait when the process may open no more files, before trying again.
private let shortageMilliseconds: Int32 = 100

private func acceptAll(
  on descriptor: Int32, _ log: (String) -> Void, _ take: (Accepted) -> Void
) {
  var isShort = false
  while true {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    unsafe poll(&entry, 1, -1)
    guard Int32(entry.revents) & POLLHUP == 0 else { return }
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let accepted = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe accept(descriptor, $0, &length)
      }
    }
    if accepted >= 0 {
      isShort = false
      take(Accepted(descriptor: accepted, address: address, addressLength: length))
      continue
    }
    switch errno {
    case EMFILE, ENFILE, ENOBUFS, ENOMEM:
      if !isShort {
        log("no connection can be accepted: \(unsafe String(cString: strerror(errno)))")
      }
      isShort = true
      poll(nil, 0, shortageMilliseconds)
    case EINVAL, EBADF: return
    default: break  // the client has gone again, or a signal came
    }
  }
}
