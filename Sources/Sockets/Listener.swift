internal import Glibc

/// A TCP socket that waits for connections.
public struct Listener: ~Copyable {
  private let socket: Socket
  /// The port it listens on, also when the kernel picked it.
  public let port: UInt16

  public var descriptor: Int32 { socket.descriptor }

  public init(host: String, port: UInt16) throws(SocketError) {
    let what = "listening on \(host):\(port)"
    socket = try unsafe Socket.withAddress(host, port, what: what) {
      address throws(SocketError) in
      let socket = try unsafe Socket.open(for: address, what: what)
      var one: Int32 = 1
      unsafe setsockopt(
        socket.descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
      let bound = unsafe bind(
        socket.descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen)
      guard bound == 0, listen(socket.descriptor, 4) == 0 else {
        throw SocketError(what: what, reason: Socket.lastError)
      }
      socket.prepare()
      return socket
    }
    self.port = Self.port(of: socket.descriptor)
  }

  /// A connection that waits; nil when there is none.
  public func accept() -> Socket? {
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
