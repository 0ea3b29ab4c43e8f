import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
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
    #expect(head.contains("X-View: v"))
    return client
  }

  @Test func `a subscriber gets the newest event at once, and then each that follows`() throws {
    let channel = Channel()
    let (server, port) = try serve(channel)
    channel.publish(Event(id: 1, data: Array("old".utf8)))
    channel.publish(Event(id: 2, name: "board", data: Array("one\ntwo".utf8)))
    let client = try follow(port)
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
}
