import HTTP
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StopTests {
  /// Keeps the responders of all requests.
  final class Waiting: Sendable {
    let responders = Mutex<[Responder]>([])
    var count: Int { responders.withLock { $0.count } }

    func router() -> Router {
      var router = sampleRouter()
      router.add(.get, "/wait") { _ in
        .later { responder in self.responders.withLock { $0.append(responder) } }
      }
      return router
    }

    func ask(_ port: UInt16) throws -> RawClient {
      let client = try RawClient(port: port)
      client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
      return client
    }
  }

  @Test func `who waits when the server stops is told 503, and a late answer is ignored`() throws {
    let waiting = Waiting()
    let (server, port) = try makeServer(waiting.router())
    let clients = try (0..<50).map { _ in try waiting.ask(port) }
    try eventually { waiting.count == 50 }
    server.stop(grace: .milliseconds(50))
    for client in clients { #expect(try client.answer().status == 503) }
    waiting.responders.withLock { $0 }.forEach { $0.respond(text("late")) }
    #expect(throws: RawClient.Failure.self) { try RawClient(port: port) }
  }

  @Test func `an answer within the time of grace still arrives`() throws {
    let waiting = Waiting()
    let (server, port) = try makeServer(waiting.router())
    let client = try waiting.ask(port)
    try eventually { waiting.count == 1 }
    onThread { server.stop(grace: .seconds(30)) }
    try eventually { (try? RawClient(port: port)) == nil }
    waiting.responders.withLock { $0 }.forEach { $0.respond(text("in time")) }
    #expect(try client.answer().text == "in time")
    #expect(try client.isClosed())
  }

  @Test func `a client that has gone does not disturb its answer`() throws {
    let waiting = Waiting()
    let (server, port) = try makeServer(waiting.router())
    for _ in 0..<20 { _ = try waiting.ask(port) }
    try eventually { waiting.count == 20 }
    waiting.responders.withLock { $0 }.forEach { $0.respond(text("nobody")) }
    try eventually { server.connectionCount == 0 }
    server.stop()
  }

  @Test func `thirty stops in the middle of requests, answers and streams`() throws {
    for _ in 0..<30 {
      let waiting = Waiting()
      let channel = Channel()
      var router = waiting.router()
      router.add(.get, "/stream") { _ in .stream(EventStream(channel), headers: []) }
      let (server, port) = try makeServer(router)
      var clients: [RawClient] = []
      for path in ["/stream", "/wait", "/hello"] {
        for _ in 0..<6 {
          let client = try RawClient(port: port)
          client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
          clients.append(client)
        }
      }
      onThread {
        for id in 1...200 as ClosedRange<UInt64> { channel.publish(Event(id: id, data: [65])) }
      }
      server.stop(grace: .zero)
      #expect(server.connectionCount == 0)
      #expect(server.streamCount == 0)
    }
  }
}
