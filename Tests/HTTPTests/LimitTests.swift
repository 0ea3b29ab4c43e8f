import HTTP
import Testing

/// Sizes, numbers of connections, and time.
@Suite(.timeLimit(.minutes(5)))
struct LimitTests {
  @Test func `a body at the limit is taken, a larger one is 413 and the connection goes on`() throws
  {
    let (server, port) = try makeServer { $0.bodyLimitBytes = 1_000 }
    let client = try RawClient(port: port)
    let largest = String(repeating: "x", count: 1_000)
    #expect(try client.post("/echo", largest).text == largest)
    #expect(try client.post("/echo", largest + "x").status == 413)
    #expect(try client.get("/hello").status == 200)
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send("3e8\r\n\(largest)\r\n1\r\nx\r\n0\r\n\r\n")
    #expect(try client.answer().status == 413)
    #expect(try client.get("/hello").status == 200)
    server.stop()
  }

  @Test func `a body far beyond the limit is refused before it is read`() throws {
    let (server, port) = try makeServer { $0.bodyLimitBytes = 1_000 }
    let client = try RawClient(port: port)
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
    #expect(try client.answer().status == 413)
    #expect(try client.isClosed())
    server.stop()
  }

  @Test func `chunks without end are cut off`() throws {
    let (server, port) = try makeServer { $0.bodyLimitBytes = 1_000 }
    let client = try RawClient(port: port)
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    let chunk = "400\r\n" + String(repeating: "x", count: 1_024) + "\r\n"
    for _ in 0..<40 { client.send(chunk) }
    #expect(try client.isClosed())
    server.stop()
  }

  @Test(arguments: [(100, 200), (9_000, 431), (12_000, 431), (200_000, 431)])
  func `a header beyond the limit is 431`(length: Int, status: Int) throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    let answer = try client.get("/hello", "X-Long: \(String(repeating: "x", count: length))\r\n")
    #expect(answer.status == status)
    server.stop()
  }

  @Test(arguments: [(3_000, 414), (100_000, 414)])
  func `a path beyond the limit is 414`(length: Int, status: Int) throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    #expect(try client.get("/" + String(repeating: "x", count: length)).status == status)
    server.stop()
  }

  @Test(arguments: [(4, 100), (100, 4)])
  func `connections beyond the limit are told 503`(all: Int, perAddress: Int) throws {
    let (server, port) = try makeServer {
      $0.connectionLimit = all
      $0.connectionLimitPerAddress = perAddress
    }
    var clients = try (0..<4).map { _ in try RawClient(port: port) }
    for client in clients { #expect(try client.get("/hello").status == 200) }
    let fifth = try RawClient(port: port)
    #expect(try fifth.get("/hello").status == 503)
    #expect(try fifth.isClosed())
    clients.removeAll()
    try eventually { server.connectionCount == 0 }
    #expect(try RawClient(port: port).get("/hello").status == 200)
    server.stop()
  }

  @Test func `thousands of idle connections are bounded, and go at their deadline`() throws {
    let (server, port) = try makeServer {
      $0.connectionLimit = 100
      $0.connectionLimitPerAddress = 100
      $0.headerDeadline = .milliseconds(500)
    }
    let clients = try (0..<2_000).map { _ in try RawClient(port: port) }
    for client in clients { #expect(try client.isClosed()) }
    // On a busy machine the deadline may be over before the request has come.
    try eventually { (try? RawClient(port: port).get("/hello").status) == 200 }
    server.stop()
  }

  @Test func `a sender of one byte at a time is cut at the header's deadline`() throws {
    let (server, port) = try makeServer { $0.headerDeadline = .milliseconds(300) }
    let client = try RawClient(port: port)
    let answer = try client.trickle(
      "GET /hello HTTP/1.1\r\nX: " + String(repeating: "x", count: 5_000))
    #expect(answer.hasPrefix("HTTP/1.1 408"))
    try eventually { server.connectionCount == 0 }
    server.stop()
  }

  @Test func `a slow body is cut at its deadline`() throws {
    let (server, port) = try makeServer { $0.bodyDeadline = .milliseconds(300) }
    let client = try RawClient(port: port)
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n")
    _ = try client.trickle(String(repeating: "x", count: 5_000))
    try eventually { server.connectionCount == 0 }
    server.stop()
  }

  @Test func `an idle connection is closed without a word`() throws {
    let (server, port) = try makeServer { $0.keepAliveDeadline = .milliseconds(200) }
    let client = try RawClient(port: port)
    #expect(try client.get("/hello").status == 200)
    #expect(try client.receive() == nil)
    server.stop()
  }

  @Test func `a client that leaves in the middle takes nothing with it`() throws {
    let (server, port) = try makeServer {
      $0.headerDeadline = .milliseconds(200)
      $0.bodyDeadline = .milliseconds(200)
    }
    for start in ["GET /hel", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc"] {
      let client = try RawClient(port: port)
      client.send(start)
      client.finishSending()
      #expect(try client.isClosed())
    }
    try eventually { server.connectionCount == 0 }
    #expect(try RawClient(port: port).get("/hello").status == 200)
    server.stop()
  }
}
