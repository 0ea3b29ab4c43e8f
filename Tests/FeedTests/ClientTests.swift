import Feed
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ClientTests {
  @Test func `one connection carries many requests, with token and key`() throws {
    let requests = Collected<String>()
    let connections = Collected<Int>()
    let server = FakeServer { connection, number in
      connections.append(number)
      while true {
        let request = connection.request()
        guard !request.isEmpty else { return }
        requests.append(request)
        connection.answer(201, "done")
      }
    }
    let client = Client(Endpoint(baseURL: server.endpoint, token: "secret"))
    for index in 0..<5 {
      let reply = try client.send(
        "POST", "/v1/visits", body: Array("{\"n\":\(index)}".utf8),
        headers: [("Content-Type", "application/json")], idempotencyKey: "key-\(index)")
      #expect(reply.status == 201)
      #expect(reply.body == Array("done".utf8))
      #expect(reply.header("x-kind") == "test")
    }
    #expect(connections.all == [0])
    let last = try #require(requests.all.last)
    #expect(last.hasPrefix("POST /v1/visits HTTP/1.1\r\n"))
    #expect(last.contains("\r\nAuthorization: Bearer secret\r\n"))
    #expect(last.contains("\r\nIdempotency-Key: key-4\r\n"))
    #expect(last.contains("\r\nContent-Type: application/json\r\n"))
    #expect(last.hasSuffix("\r\n\r\n{\"n\":4}"))
  }

  @Test func `a command with a key is repeated when its connection breaks, one without is not`()
    throws
  {
    let keys = Collected<String>()
    let server = FakeServer { connection, number in
      let request = connection.request()
      keys.append(
        request.split(separator: "\r\n").first { $0.hasPrefix("Idem") }.map(String.init) ?? "-")
      if number >= 3 { connection.answer(200, "at last") }
    }
    var retry = Client.Retry()
    retry.firstDelay = .milliseconds(1)
    retry.jitter = { 0 }
    let client = Client(Endpoint(baseURL: server.endpoint), retry: retry)
    #expect(throws: FeedError.brokeOff(server.endpoint)) {
      try client.send("POST", "/x", body: [65])
    }
    #expect(keys.all == ["-"])
    let reply = try client.send("POST", "/x", body: [65], idempotencyKey: "k")
    #expect(reply.body == Array("at last".utf8))
    #expect(keys.all == ["-"] + Array(repeating: "Idempotency-Key: k", count: 3))
  }

  @Test func `a command is not repeated for ever`() throws {
    let attempts = Collected<Int>()
    let server = FakeServer { connection, number in
      _ = connection.request()
      attempts.append(number)
    }
    var retry = Client.Retry()
    retry.attempts = 3
    retry.firstDelay = .milliseconds(1)
    let client = Client(Endpoint(baseURL: server.endpoint), retry: retry)
    #expect(throws: FeedError.brokeOff(server.endpoint)) {
      try client.send("POST", "/x", idempotencyKey: "k")
    }
    #expect(attempts.all.count == 3)
  }

  @Test func `what is wrong with an address is said in plain words`() throws {
    let port = FakeServer { _, _ in }.port  // gone at once
    let refused = Client(Endpoint(baseURL: "http://127.0.0.1:\(port)"))
    let error = #expect(throws: FeedError.self) { try refused.send("GET", "/") }
    #expect(error?.description.contains("nothing answers at http://127.0.0.1:\(port)") == true)
    let other = Client(Endpoint(baseURL: "gopher://127.0.0.1"))
    #expect(throws: FeedError.badAddress("gopher://127.0.0.1")) { try other.send("GET", "/") }
    let socket = Client(Endpoint(baseURL: "http://rossio", unixSocket: "/tmp/no-such.sock"))
    #expect(throws: FeedError.unreachable("/tmp/no-such.sock")) { try socket.send("GET", "/") }
  }

  @Test func `a daemon that does not answer is not waited for`() throws {
    let server = FakeServer { connection, _ in
      _ = connection.request()
      connection.waitForEnd()
    }
    let client = Client(Endpoint(baseURL: server.endpoint), timeout: .milliseconds(200))
    #expect(throws: FeedError.timedOut(server.endpoint)) { try client.send("GET", "/") }
  }
}
