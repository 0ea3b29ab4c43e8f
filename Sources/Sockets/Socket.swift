internal import Glibc

/// A TCP socket that never blocks; closed when it goes.
public struct Socket: ~Copyable {
  public enum Transfer: Equatable {
    case bytes(Int)
    /// Nothing can be moved now; `poll` tells when.
    case wouldBlock
    case closed(String)
  }

  public let descriptor: Int32

  init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { Glibc.close(descriptor) }

  /// The last error of the operating system in its words.
  static var lastError: String { unsafe String(cString: strerror(errno)) }

  /// Sends what the kernel takes of `bytes`.
  public func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
    let sent = unsafe bytes.withUnsafeBytes { buffer in
      // MSG_NOSIGNAL: a printer that went away is an answer, not a signal that ends the daemon.
      unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
    }
    return Self.transfer(sent)
  }

  /// Appends what has arrived to `bytes`, 64 KB at most.
  public func receive(into bytes: inout [UInt8]) -> Transfer {
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

  func prepare() {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &one, size)
  }
}

extension Socket {
  /// Starts to connect; the socket becomes writable when that is decided, see `connectError`.
  ///
  /// Blocks while a name is looked up; printers should be given by address.
  public static func connecting(to host: String, port: UInt16) throws(SocketError) -> Socket {
    let what = "connecting to \(host):\(port)"
    return try unsafe withAddress(host, port, what: what) { address throws(SocketError) in
      let socket = try unsafe open(for: address, what: what)
      socket.prepare()
      let result = unsafe Glibc.connect(
        socket.descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
      guard result == 0 || errno == EINPROGRESS else {
        throw SocketError(what: what, reason: lastError)
      }
      return socket
    }
  }

  /// Why connecting failed; nil when it did not.
  public var connectError: String? {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return code == 0 ? nil : unsafe String(cString: strerror(code))
  }

  static func open(
    for address: UnsafeMutablePointer<addrinfo>, what: String
  ) throws(SocketError) -> Socket {
    let descriptor = unsafe Glibc.socket(
      address.pointee.ai_family, address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SocketError(what: what, reason: lastError) }
    return Socket(owning: descriptor)
  }

  static func withAddress<Result: ~Copyable>(
    _ host: String, _ port: UInt16, what: String,
    _ body: (UnsafeMutablePointer<addrinfo>) throws(SocketError) -> Result
  ) throws(SocketError) -> Result {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, let address = unsafe found else {
      throw SocketError(what: what, reason: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(address) }
    return try unsafe body(address)
  }
}
