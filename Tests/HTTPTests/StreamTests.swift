import Glibc
import HTTP
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StreamTests {
  /// A server whose `/stream` follows the channel.
  private func serve(
    _ channel: Channel, _ change: (inout ServerConfiguration) -> Void = { _ in }
  ) throws -> (server: Server, port: UInt16) {
    var router = sampleRouter()
    router.add(.get, "/stream") { _ in .stream(EventStream(channel), headers: [("X-View", "v")]) }
    return try makeServer(router, change)
  }

  private func follow(_ port: UInt16, receiveBuffer: Int32 = 0) throws -> RawClient {
    let client = try RawClient(port: port, receiveBuffer: receiveBuffer)
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    let head = try client.read(until: "\r\n\r\n")
    #expect(head.hasPrefix("HTTP/1.1 200"))
    #expect(head.contains("text/event-stream"))
    return client
  }

  @Test func `a subscriber gets the newest event at once, and then each that follows`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel)
    channel.publish(Event(id: 1, data: Array("old".utf8)))
    channel.publish(Event(id: 2, name: "board", data: Array("one\ntwo".utf8)))
    let client = try RawClient(port: port)
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(try client.read(until: "\r\n\r\n").contains("X-View: v"))
    let first = try client.read(until: "two\n\n")
    #expect(first.contains("retry: 1000\n\n"))
    #expect(first.contains("id: 2\nevent: board\ndata: one\ndata: two\n\n"))
    #expect(!first.contains("old"))
    for id in 3...50 as ClosedRange<UInt64> {
      channel.publish(Event(id: id, data: Array("event \(id).".utf8)))
      #expect(try client.read(until: "event \(id).\n\n").contains("id: \(id)\n"))
    }
    channel.publish(Event(id: 7, data: Array("late".utf8)))
    channel.publish(Event(id: 51, data: Array("end".utf8)))
    #expect(try !client.read(until: "end\n\n").contains("late"))
    server.stop()
  }

  @Test func `500 streams all get the newest`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel) { $0.connectionLimitPerAddress = 1_000 }
    let clients = try (0..<500).map { _ in try follow(port) }
    #expect(channel.subscriberCount == 500)
    for round in 1...20 as ClosedRange<UInt64> {
      channel.publish(Event(id: round, data: Array("view \(round)".utf8)))
    }
    for client in clients { _ = try client.read(until: "view 20\n\n") }
    server.stop()
    for client in clients { #expect(try client.isClosed()) }
    #expect(channel.subscriberCount == 0)
  }

  @Test func `a server that stops says bye and ends the stream`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel)
    let client = try follow(port)
    onThread { server.stop() }
    _ = try client.read(until: "retry: 1000\nevent: bye\ndata: {}\n\n")
    _ = try client.read(until: "0\r\n\r\n")
    #expect(try client.isClosed())
    server.stop()
  }

  @Test func `heartbeats reach every stream, with the data of the moment`() throws {
    let channel = Channel()
    let beats = Atomic(0)
    let (server, port) = try serve(channel) {
      $0.heartbeatInterval = .milliseconds(40)
      $0.heartbeat = {
        Array("{\"now\":\(beats.wrappingAdd(1, ordering: .relaxed).newValue)}".utf8)
      }
    }
    let clients = try (0..<5).map { _ in try follow(port) }
    for client in clients {
      let first = try client.read(until: "}\n\n")
      #expect(first.contains("event: heartbeat\ndata: {\"now\":"))
      #expect(!first.contains("id:"))
      _ = try client.read(until: "}\n\n")
    }
    server.stop()
  }

  @Test func `a subscriber that does not read gets whole events and then only the newest`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel)
    let client = try follow(port, receiveBuffer: 4_096)
    let before = try residentBytes()
    let padding = [UInt8](repeating: UInt8(ascii: "x"), count: 200_000)
    let count: UInt64 = 400
    for id in 1...count {
      channel.publish(Event(id: id, data: padding + Array("#\(id).".utf8)))
    }
    // 80 MB went through; the slot holds one, the kernel's buffers a few megabytes, and other tests
    // of this process take their share.
    #expect(try residentBytes() - before < 50_000_000)
    onThread { server.stop() }
    let all = try client.unchunkedRest()
    let lines = all.utf8.split(separator: UInt8(ascii: "\n"))
    let ids = lines.filter { $0.starts(with: "id: ".utf8) }.compactMap {
      String($0.dropFirst(4)).flatMap { UInt64($0) }
    }
    #expect(ids.count < count / 2)
    #expect(ids.last == count)
    #expect(ids == ids.sorted())
    let ends = lines.filter { $0.starts(with: "data: x".utf8) }.map { $0.suffix(8) }
    #expect(ends.count == ids.count)
    for (id, end) in zip(ids, ends) {
      #expect(String(end)?.hasSuffix("x#\(id).") == true, "event \(id) was cut short")
    }
    server.stop()
  }

  @Test func `a subscriber that never reads is cut, one that has gone is noticed`() throws {
    let channel = Channel()
    let closed = Atomic(0)
    var router = Router()
    router.add(.get, "/stream") { _ in
      .stream(
        EventStream(channel) { closed.wrappingAdd(1, ordering: .relaxed) }, headers: [])
    }
    let (server, port) = try makeServer(router) {
      $0.heartbeatInterval = .milliseconds(20)
      $0.streamTimeout = .milliseconds(300)
    }
    let stalled = try follow(port, receiveBuffer: 4_096)
    _ = try follow(port)
    let padding = [UInt8](repeating: UInt8(ascii: "x"), count: 8_000_000)
    channel.publish(Event(id: 1, data: padding))
    try eventually { closed.load(ordering: .relaxed) == 2 }
    #expect(channel.subscriberCount == 0)
    #expect(server.streamCount == 0)
    withExtendedLifetime(stalled) {}
    server.stop()
  }

  @Test func `a channel that closes says bye, and takes new subscribers`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel)
    let client = try follow(port)
    channel.closeAll()
    _ = try client.read(until: "event: bye\ndata: {}\n\n")
    _ = try client.read(until: "0\r\n\r\n")
    #expect(try client.get("/hello").status == 200)
    channel.publish(Event(id: 1, data: Array("again".utf8)))
    _ = try follow(port).read(until: "again\n\n")
    server.stop()
  }
}

/// Memory of this process that is in use, in bytes.
private func residentBytes() throws -> Int {
  let file = unsafe open("/proc/self/statm", O_RDONLY)
  defer { close(file) }
  var buffer = [UInt8](repeating: 0, count: 200)
  let count = unsafe read(file, &buffer, buffer.count)
  let words = String(decoding: buffer[..<max(count, 0)], as: UTF8.self).split(separator: " ")
  return try #require(words.dropFirst().first.flatMap { Int($0) }) * 4_096
}
