import Foundation
import Glibc

/// Keep-alive HTTP clients on one thread: each sends its next request as soon as its answer is there.
///
/// Written for benches: one `poll` over all sockets, requests encoded beforehand, answers read only
/// as far as their length. It takes little of the machine that it shares with the daemon.
struct LoadGenerator {
  /// One client: gives the next request, gets each answer.
  struct Client {
    /// The bytes of the next request; nil when this client has done.
    var next: () -> [UInt8]?
    /// Status and body of an answer, and how long it took.
    var receive: (_ status: Int, _ body: ArraySlice<UInt8>, _ nanoseconds: UInt64) -> Void
  }

  private struct Connection {
    var socket: Int32
    var client: Client
    var outgoing: [UInt8] = []
    var sent = 0
    var incoming: [UInt8] = []
    var began: UInt64 = 0
    var isDone = false
  }

  private var connections: [Connection] = []

  init(port: UInt16, clients: [Client]) throws {
    for client in clients {
      connections.append(Connection(socket: try Self.connect(port), client: client))
    }
  }

  /// Runs until every client has done or `deadline` has passed, then closes all connections.
  mutating func run(until deadline: ContinuousClock.Instant) throws {
    defer { for connection in connections { close(connection.socket) } }
    for index in connections.indices { try begin(index) }
    var left = connections.count { !$0.isDone }
    while left > 0, ContinuousClock.now < deadline {
      try turn()
      left = connections.count { !$0.isDone }
    }
  }

  private mutating func turn() throws {
    var polled = connections.map { connection in
      let wants = connection.sent < connection.outgoing.count ? POLLIN | POLLOUT : POLLIN
      return pollfd(
        fd: connection.isDone ? -1 : connection.socket, events: Int16(wants), revents: 0)
    }
    guard unsafe poll(&polled, nfds_t(polled.count), 1_000) >= 0 else { return }
    for index in connections.indices where polled[index].revents != 0 {
      try send(index)
      try receive(index)
    }
  }

  private mutating func begin(_ index: Int) throws {
    guard let request = connections[index].client.next() else {
      connections[index].isDone = true
      return
    }
    connections[index].outgoing = request
    connections[index].sent = 0
    connections[index].began = DispatchTime.now().uptimeNanoseconds
    try send(index)
  }

  private mutating func send(_ index: Int) throws {
    let socket = connections[index].socket
    while connections[index].sent < connections[index].outgoing.count {
      let rest = connections[index].outgoing[connections[index].sent...]
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else { throw CommandError("The daemon closed a connection.") }
      connections[index].sent += count
    }
  }

  private mutating func receive(_ index: Int) throws {
    let socket = connections[index].socket
    let room = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, count in
      count = unsafe max(0, recv(socket, buffer.baseAddress, buffer.count, 0))
    }
    if room.isEmpty {
      if errno == EAGAIN { return }
      throw CommandError("The daemon closed a connection.")
    }
    connections[index].incoming += room
    guard let answer = HTTPAnswer(connections[index].incoming) else { return }
    let took = DispatchTime.now().uptimeNanoseconds - connections[index].began
    connections[index].client.receive(answer.status, answer.body, took)
    connections[index].incoming.removeAll(keepingCapacity: true)
    try begin(index)
  }

  private static func connect(_ port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe Glibc.connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard descriptor >= 0, code == 0 else {
      throw CommandError("Cannot connect to 127.0.0.1:\(port).")
    }
    var noDelay: Int32 = 1
    unsafe setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    return descriptor
  }
}

/// A complete HTTP answer with a known length.
struct HTTPAnswer {
  let status: Int
  let body: ArraySlice<UInt8>

  /// Nil while it is not complete.
  init?(_ bytes: [UInt8]) {
    guard let end = Self.endOfHeader(bytes) else { return nil }
    let header = String(decoding: bytes[..<end], as: UTF8.self)
    let lines = header.split(separator: "\r\n")
    guard
      let status = lines.first.flatMap({ Int($0.split(separator: " ").dropFirst().first ?? "") })
    else { return nil }
    let length = lines.lazy.compactMap { line -> Int? in
      guard line.lowercased().hasPrefix("content-length:") else { return nil }
      return Int(line.dropFirst(15).filter { $0 != " " })
    }.first
    guard bytes.count >= end + 4 + (length ?? 0) else { return nil }
    self.status = status
    body = bytes[(end + 4)..<(end + 4 + (length ?? 0))]
  }

  private static func endOfHeader(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index
    }
    return nil
  }
}
