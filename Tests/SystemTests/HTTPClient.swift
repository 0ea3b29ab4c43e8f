import Foundation

/// A blocking client of one keep-alive connection, over a bare socket: it can also send what no
/// library would. Every wait has a bound. Used by one thread at a time.
final class HTTPClient: @unchecked Sendable {
  enum Failure: Error, Equatable {
    case connect(Int32)
    /// Nothing came within the time.
    case timedOut(after: String)
    /// The daemon closed the connection.
    case closed(after: String)
  }

  let port: UInt16
  var token: String?
  private let descriptor: Int32
  private var unread: [UInt8] = []

  init(port: UInt16, token: String? = nil) throws {
    self.port = port
    self.token = token
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.connect(errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Failure.connect(errno) }
    var on: Int32 = 1
    unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
  }

  deinit { close(descriptor) }

  // MARK: Requests

  func get(_ path: String, _ headers: [String: String] = [:]) throws -> HTTPAnswer {
    try ask("GET", path, nil, headers)
  }

  /// - Parameter key: the `Idempotency-Key`.
  func post(
    _ path: String, _ body: String? = nil, key: String? = nil, _ headers: [String: String] = [:]
  ) throws -> HTTPAnswer {
    var headers = headers
    if let key { headers["Idempotency-Key"] = key }
    return try ask("POST", path, body, headers)
  }

  func ask(
    _ method: String, _ path: String, _ body: String?, _ headers: [String: String] = [:]
  ) throws -> HTTPAnswer {
    send(request(method, path, body, headers))
    return try answer()
  }

  func request(
    _ method: String, _ path: String, _ body: String?, _ headers: [String: String] = [:]
  ) -> String {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    if method != "GET" { head += "Content-Length: \(body?.utf8.count ?? 0)\r\n" }
    return head + "\r\n" + (body ?? "")
  }

  // MARK: Bytes

  /// What the daemon no longer takes is lost, as it would be on a wire.
  func send(_ text: String) { send(bytes: Array(text.utf8)) }

  func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Reads one answer whose length is given, or that has none.
  func answer(milliseconds: Int32 = 30_000) throws -> HTTPAnswer {
    let head = try read(until: "\r\n\r\n", milliseconds: milliseconds)
    var answer = HTTPAnswer(head: head)
    let length = answer.header("content-length").flatMap { Int($0) } ?? 0
    answer.body = try read(bytes: length, milliseconds: milliseconds)
    return answer
  }

  /// Reads until `mark` has come, and returns everything up to its end.
  func read(until mark: String, milliseconds: Int32 = 30_000) throws -> String {
    let wanted = Array(mark.utf8)
    var searched = 0
    while true {
      if let end = unread[searched...].endOfFirst(wanted) {
        defer { unread.removeFirst(end) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      searched = max(0, unread.count - wanted.count + 1)
      guard try fill(milliseconds) else {
        throw Failure.closed(after: String(decoding: unread, as: UTF8.self))
      }
    }
  }

  /// Reads exactly so many bytes.
  func read(bytes count: Int, milliseconds: Int32 = 30_000) throws -> [UInt8] {
    while unread.count < count {
      guard try fill(milliseconds) else { throw Failure.closed(after: "") }
    }
    defer { unread.removeFirst(count) }
    return Array(unread[..<count])
  }

  /// Whether the daemon closes the connection within the time; what it still sends is dropped.
  func isClosed(milliseconds: Int32 = 30_000) throws -> Bool {
    while try fill(milliseconds) { unread = [] }
    return true
  }

  /// False at the end of the connection, however it ended.
  private func fill(_ milliseconds: Int32) throws -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else {
      throw Failure.timedOut(after: String(decoding: unread, as: UTF8.self))
    }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return false }
    unread += buffer[..<count]
    return true
  }
}

/// An answer, read without the help of the code under test.
struct HTTPAnswer {
  let head: String
  var body: [UInt8] = []

  init(head: String) { self.head = head }

  var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as a JSON object; empty when it is none.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
  }

  subscript(_ field: String) -> String? { json[field] as? String }

  func header(_ name: String) -> String? { headers(name).first }

  func headers(_ name: String) -> [String] {
    head.split(separator: "\r\n").dropFirst().compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
      return parts[1].trimmingCharacters(in: .whitespaces)
    }
  }
}

extension ArraySlice<UInt8> {
  /// The index after the first occurrence.
  func endOfFirst(_ wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    for start in startIndex...(endIndex - wanted.count)
    where self[start..<start + wanted.count].elementsEqual(wanted) {
      return start + wanted.count
    }
    return nil
  }
}
