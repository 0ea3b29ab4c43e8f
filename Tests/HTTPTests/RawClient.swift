import Glibc

/// A client of bare sockets: it sends exactly the bytes it is given, and reads with a bound.
final class RawClient {
  private let descriptor: Int32
  private var unread: [UInt8] = []

  enum Failure: Error, Equatable {
    case connect(Int32)
    case timedOut(after: String)
    case closed(after: String)
  }

  /// - Parameter receiveBuffer: bytes the kernel holds for a client that does not read; 0 for its own
  ///   choice.
  init(port: UInt16, receiveBuffer: Int32 = 0) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    if receiveBuffer > 0 {
      var size = receiveBuffer
      unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
    }
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
  }

  init(path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let code = unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard code == 0 else { throw Failure.connect(errno) }
  }

  deinit {
    close(descriptor)
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Bytes that the server no longer takes are lost, as they would be on a wire.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends no more, and goes on reading.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads once; nil at the end of the connection.
  func receive(milliseconds: Int32 = 10_000) throws -> [UInt8]? {
    if !unread.isEmpty {
      defer { unread = [] }
      return unread
    }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else { throw Failure.timedOut(after: "") }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// Whether the server closes the connection within the time; what it still sends is dropped.
  func isClosed(milliseconds: Int32 = 10_000) throws -> Bool {
    while try receive(milliseconds: milliseconds) != nil {}
    return true
  }

  /// Reads until the text has come, and returns everything up to its end.
  func read(until mark: String, milliseconds: Int32 = 10_000) throws -> String {
    var collected: [UInt8] = []
    let wanted = Array(mark.utf8)
    while true {
      let piece: [UInt8]?
      do {
        piece = try receive(milliseconds: milliseconds)
      } catch {
        throw Failure.timedOut(after: String(decoding: collected, as: UTF8.self))
      }
      guard let piece else {
        throw Failure.closed(after: String(decoding: collected, as: UTF8.self))
      }
      let searchStart = max(0, collected.count - wanted.count)
      collected += piece
      if let end = collected[searchStart...].firstEnd(of: wanted) {
        unread = Array(collected[end...])
        return String(decoding: collected[..<end], as: UTF8.self)
      }
    }
  }

  /// Reads one answer whose length is given.
  func answer(toHead: Bool = false) throws -> RawAnswer {
    let head = try read(until: "\r\n\r\n")
    var answer = RawAnswer(head: head)
    let length = toHead ? 0 : answer.header("content-length").flatMap { Int($0) } ?? 0
    while answer.body.count < length {
      guard let piece = try receive() else { throw Failure.closed(after: head) }
      answer.body += piece
    }
    unread = Array(answer.body[length...])
    answer.body = Array(answer.body[..<length])
    return answer
  }

  /// Reads chunks until the end of the connection and returns what they hold.
  func unchunkedRest() throws -> String {
    var raw: [UInt8] = []
    while let piece = try receive() { raw += piece }
    var content: [UInt8] = []
    var rest = raw[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\r")),
      let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size > 0
    {
      content += rest[(end + 2)...].prefix(size)
      rest = rest[(end + 2)...].dropFirst(size + 2)
    }
    return String(decoding: content, as: UTF8.self)
  }

  func get(_ path: String, _ headers: String = "") throws -> RawAnswer {
    send("GET \(path) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n")
    return try answer()
  }

  func post(_ path: String, _ body: String, _ headers: String = "") throws -> RawAnswer {
    send(
      "POST \(path) HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.utf8.count)\r\n"
        + "\(headers)\r\n\(body)")
    return try answer()
  }
}

struct RawAnswer {
  let head: String
  var body: [UInt8] = []

  var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }
  var text: String { String(decoding: body, as: UTF8.self) }

  func header(_ name: String) -> String? {
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() {
        return String(parts[1].drop { $0 == " " })
      }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// The index after the first occurrence of the bytes, which are not empty.
  func firstEnd(of wanted: [UInt8]) -> Int? {
    guard count >= wanted.count else { return nil }
    let last = wanted[wanted.count - 1]
    for end in (startIndex + wanted.count)...endIndex
    where self[end - 1] == last && self[end - wanted.count..<end].elementsEqual(wanted) {
      return end
    }
    return nil
  }
}
