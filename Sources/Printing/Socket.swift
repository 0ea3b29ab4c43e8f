internal import Glibc

/// A TCP socket that never blocks; closed when it goes.
struct Socket: ~Copyable {
  enum Transfer: Equatable {
    case bytes(Int)
    /// Nothing can be moved now; `poll` tells when.
    case wouldBlock
    case closed(String)
  }

  let descriptor: Int32

  fileprivate init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { Glibc.close(descriptor) }

  /// The last error of the operating system in its words.
  static var lastError: String { unsafe String(cString: strerror(errno)) }

  /// Sends what the kernel takes of `bytes` from `offset` on.
  func send(_ bytes: [UInt8], from offset: Int, limit: Int) -> Transfer {
    let count = min(bytes.count - offset, limit)
    let sent = unsafe bytes.withUnsafeBytes { buffer in
      // MSG_NOSIGNAL: a printer that went away is an answer, not a signal that ends the daemon.
      unsafe Glibc.send(
        descriptor, buffer.baseAddress?.advanced(by: offset), count, Int32(MSG_NOSIGNAL))
    }
    return Self.transfer(sent)
  }

  /// Appends what has arrived to `bytes`, 64 KB at most.
  func receive(into bytes: inout [UInt8]) -> Transfer {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    guard count != 0 else { return .closed("the other side closed the connection") }
    if count > 0 { bytes += buffer[..<count] }
    return Self.transfer(count)
  }

  private static func transfer(_ result: Int) -> Transfer {
    if result >= 0 { return .bytes(result) }
    return errno == EAGAIN || errno == EINTR ? .wouldBlock : .closed(lastError)
  }

  fileprivate func prepare() {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &one, size)
  }
}

// MARK: - Connecting

extension Socket {
  /// Starts to connect; the socket becomes writable when that is decided, see `connectError`.
  ///
  /// Blocks while a name is looked up; printers should be given by address.
  static func connecting(to host: String, port: UInt16) throws(PrintingError) -> Socket {
    let what = "connecting to \(host):\(port)"
    return try unsafe withAddress(host, port, what: what) { address throws(PrintingError) in
      let socket = try unsafe open(for: address, what: what)
      socket.prepare()
      let result = unsafe Glibc.connect(
        socket.descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
      guard result == 0 || errno == EINPROGRESS else {
        throw .system(what: what, reason: lastError)
      }
      return socket
    }
  }

  /// Why connecting failed; nil when it did not.
  var connectError: String? {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return code == 0 ? nil : unsafe String(cString: strerror(code))
  }

  fileprivate static func open(
    for address: UnsafeMutablePointer<addrinfo>, what: String
  ) throws(PrintingError) -> Socket {
    let descriptor = unsafe Glibc.socket(
      address.pointee.ai_family, address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .system(what: what, reason: lastError) }
    return Socket(owning: descriptor)
  }

  fileprivate static func withAddress<Result: ~Copyable>(
    _ host: String, _ port: UInt16, what: String,
    _ body: (UnsafeMutablePointer<addrinfo>) throws(PrintingError) -> Result
  ) throws(PrintingError) -> Result {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, let address = unsafe found else {
      throw .system(what: what, reason: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(address) }
    return try unsafe body(address)
  }
}

// MARK: - Listening

/// A TCP socket that waits for connections.
struct Listener: ~Copyable {
  private let socket: Socket
  /// The port it listens on, also when the kernel picked it.
  let port: UInt16

  var descriptor: Int32 { socket.descriptor }

  init(host: String, port: UInt16) throws(PrintingError) {
    let what = "listening on \(host):\(port)"
    socket = try unsafe Socket.withAddress(host, port, what: what) {
      address throws(PrintingError) in
      let socket = try unsafe Socket.open(for: address, what: what)
      var one: Int32 = 1
      unsafe setsockopt(
        socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
      let bound = unsafe bind(
        socket.descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
      guard bound == 0, listen(socket.descriptor, 4) == 0 else {
        throw .system(what: what, reason: Socket.lastError)
      }
      socket.prepare()
      return socket
    }
    self.port = Self.port(of: socket.descriptor)
  }

  /// A connection that waits; nil when there is none.
  func accept() -> Socket? {
    let descriptor = Glibc.accept(socket.descriptor, nil, nil)
    guard descriptor >= 0 else { return nil }
    let accepted = Socket(owning: descriptor)
    accepted.prepare()
    return accepted
  }

  private static func port(of descriptor: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      _ = unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe getsockname(descriptor, address, &size)
      }
      // The port lies in the same place for both families, in network order.
      return unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
        unsafe UInt16(bigEndian: address.pointee.sin_port)
      }
    }
  }
}

// MARK: - Waiting

/// Wakes a thread that waits in `poll`.
final class WakeUp: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() throws(PrintingError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw .system(what: "making a pipe", reason: Socket.lastError)
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

  struct Ready {
    var canRead = false
    var canWrite = false
  }

  /// Waits until `wake`, or `descriptor` (if any) can be read or, if wanted, written, or
  /// `milliseconds` have passed (nil: for ever).
  func wait(
    descriptor: Int32?, forReading: Bool = true, forWriting: Bool = false, milliseconds: Int64?
  ) -> Ready {
    let events = (forReading ? POLLIN : 0) | (forWriting ? POLLOUT : 0)
    var polled = [
      pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor ?? -1, events: Int16(events), revents: 0),
    ]
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    unsafe poll(&polled, 2, timeout)
    if polled[0].revents != 0 { drain() }
    let happened = Int32(polled[1].revents)
    let isBroken = happened & (POLLERR | POLLHUP) != 0
    return Ready(
      canRead: happened & POLLIN != 0 || isBroken, canWrite: happened & POLLOUT != 0 || isBroken)
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(reading, &bytes, bytes.count) > 0 {}
  }
}

/// Milliseconds of a clock that never goes back and counts sleep too.
func monotonicMilliseconds() -> Int64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_BOOTTIME, &time)
  return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}
