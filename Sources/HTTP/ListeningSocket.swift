internal import Glibc

/// A socket that listens; closed, and its file removed, when it is let go.
struct ListeningSocket: ~Copyable {
  let descriptor: Int32
  /// The path to remove at the end; nil for TCP.
  private let path: String?

  init(_ address: ServerConfiguration.Address) throws(ServerError) {
    switch address {
    case .tcp(let host, let port):
      descriptor = try listen(host: host, port: port)
      path = nil
    case .unix(let path):
      descriptor = try listen(path: path)
      self.path = path
    }
  }

  deinit {
    if let path { _ = unsafe unlink(path) }
    close(descriptor)
  }

  /// The port that the kernel gave; nil for a Unix socket.
  var port: UInt16? {
    var address = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &length)
      }
    }
    guard code == 0 else { return nil }
    let family = Int32(address.ss_family)
    guard family == AF_INET || family == AF_INET6 else { return nil }
    // The port stands at the same place in sockaddr_in and sockaddr_in6.
    return unsafe withUnsafeBytes(of: address) { bytes in
      unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
    }
  }
}

/// How many connections the kernel holds until they are accepted.
private let backlog: Int32 = 1_024

private func listen(host: String, port: UInt16) throws(ServerError) -> Int32 {
  var hints = unsafe addrinfo()
  unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
  // No name server is asked: a server starts without a network, and at once.
  unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV | AI_NUMERICHOST
  var found: UnsafeMutablePointer<addrinfo>?
  let numeric = host == "localhost" ? "127.0.0.1" : host
  let code = unsafe getaddrinfo(numeric, String(port), &hints, &found)
  guard code == 0, let entry = unsafe found else { throw .unknownHost(host) }
  defer { unsafe freeaddrinfo(entry) }

  let name = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  let descriptor = try openSocket(unsafe entry.pointee.ai_family)
  var on: Int32 = 1
  unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
  try finish(descriptor, named: name) {
    unsafe bind(descriptor, entry.pointee.ai_addr, entry.pointee.ai_addrlen)
  }
  return descriptor
}

private func listen(path: String) throws(ServerError) -> Int32 {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let room = unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
    let bytes = Array(path.utf8)
    guard bytes.count < room.count, !bytes.isEmpty, !bytes.contains(0) else { return false }
    unsafe room.copyBytes(from: bytes)
    return true
  }
  guard room else { throw .pathTooLong(path) }
  try removeStaleSocket(path, address)
  let descriptor = try openSocket(AF_UNIX)
  // Linux gives the file the mode of the socket at `bind`: there is no moment with a wider one.
  fchmod(descriptor, 0o600)
  try finish(descriptor, named: path) {
    unsafe withAddress(address) { unsafe bind(descriptor, $0, $1) }
  }
  return descriptor
}

private func openSocket(_ family: Int32) throws(ServerError) -> Int32 {
  let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
  let descriptor = socket(family, type, 0)
  guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
  return descriptor
}

/// Binds and listens, or closes the descriptor and says why not.
private func finish(
  _ descriptor: Int32, named name: String, bind: () -> Int32
) throws(ServerError) {
  guard bind() == 0, Glibc.listen(descriptor, backlog) == 0 else {
    let code = errno
    close(descriptor)
    switch code {
    case EADDRINUSE: throw .addressInUse(name)
    case EADDRNOTAVAIL: throw .addressNotHere(name)
    case EACCES, EPERM: throw .notPermitted(name)
    default: throw .system(call: "listening on \(name)", code: code)
    }
  }
}

/// Removes the socket that a killed server left behind; one that is served stays.
private func removeStaleSocket(_ path: String, _ address: sockaddr_un) throws(ServerError) {
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else { return }
  guard status.st_mode & S_IFMT == S_IFSOCK else { throw .pathTaken(path) }
  let probe = try openSocket(AF_UNIX)
  defer { close(probe) }
  let isServed =
    unsafe withAddress(address) { unsafe connect(probe, $0, $1) } == 0 || errno == EAGAIN
  guard !isServed else { throw .addressInUse(path) }
  _ = unsafe unlink(path)
}

private func withAddress(
  _ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) -> Int32 {
  unsafe withUnsafePointer(to: address) { pointer in
    unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}
