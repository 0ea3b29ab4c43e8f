import HTTP
import Testing

@Suite(.timeLimit(.minutes(5)))
struct AnswerTests {
  @Test func `a route answers, and the connection serves the next request`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    for _ in 0..<3 {
      let answer = try client.get("/hello")
      #expect(answer.status == 200)
      #expect(answer.text == "hello")
    }
    #expect(server.connectionCount == 1)
  }

  @Test func `requests that are sent together are answered in their order`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send((1...20).map { "GET /things/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
    for number in 1...20 { #expect(try client.answer().text == "\(number)") }
    server.stop()
  }

  @Test func `a body comes back as it was sent, in one piece or in chunks`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    #expect(try client.post("/echo", "ação").text == "ação")
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
    #expect(try client.answer().text == "abcdefg")
    #expect(try client.post("/echo", "").text == "")
    server.stop()
  }

  @Test func `HEAD has the header of GET and no body`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n")
    let answer = try client.answer(toHead: true)
    #expect(answer.status == 200)
    #expect(answer.header("content-length") == "5")
    #expect(try client.get("/hello").text == "hello")
    server.stop()
  }

  @Test func `an unknown path is 404, an unknown method 405 with what is allowed`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    #expect(try client.get("/nothing").status == 404)
    #expect(try client.get("/things/1/more").status == 404)
    #expect(try client.get("/things/").status == 404)
    let answer = try client.post("/hello", "x")
    #expect(answer.status == 405)
    #expect(answer.header("allow") == "GET, HEAD")
    server.stop()
  }

  @Test func `parameters, query words, header fields and cookies arrive decoded`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    #expect(try client.get("/things/a%2Fb%20c").text == "a/b c")
    #expect(try client.get("/files/fonts/a.woff2").text == "fonts/a.woff2")
    #expect(try client.get("/words?a=1&b=%C3%A7+d&c&a=2").text == "a=1|b=ç d|c=|a=2")
    let headers = "X-A: one\r\nCookie: other=1; session=\"s3\"\r\n"
    #expect(try client.get("/who", headers).text == "one s3 127.0.0.1")
    #expect(try client.get("/who").text == "- - 127.0.0.1")
    server.stop()
  }

  @Test(arguments: [
    "/files/../secret", "/files/%2e%2e/secret", "/things/%00", "/things/%ff", "/things/%4",
    "/things/%zz", "/things/..", "/files/a/..%2Fb",
  ])
  func `a path that climbs or cannot be decoded is refused`(path: String) throws {
    let (server, port) = try makeServer()
    #expect(try RawClient(port: port).get(path).status == 400)
    server.stop()
  }

  @Test func `an answer may come from another thread`() throws {
    var router = sampleRouter()
    router.add(.post, "/later") { request in
      .later { responder in
        onThread { responder.respond(Response(contentType: "text/plain", body: request.body)) }
      }
    }
    router.add(.get, "/soon") { _ in .later { $0.respond(text("soon")) } }
    let (server, port) = try makeServer(router)
    let clients = try (0..<16).map { _ in try RawClient(port: port) }
    for round in 0..<20 {
      for (index, client) in clients.enumerated() {
        let body = "\(round) \(index)"
        client.send(
          "POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
      }
      for (index, client) in clients.enumerated() {
        #expect(try client.answer().text == "\(round) \(index)")
      }
    }
    #expect(try clients[0].get("/soon").text == "soon")
    server.stop()
  }

  @Test func `a responder that is dropped answers 500`() throws {
    var router = Router()
    router.add(.get, "/forgotten") { _ in .later { _ in } }
    let (server, port) = try makeServer(router)
    let client = try RawClient(port: port)
    #expect(try client.get("/forgotten").status == 500)
    #expect(try client.get("/forgotten").status == 500)
    server.stop()
  }

  @Test func `a prepared answer is sent to many`() throws {
    var router = Router()
    let page = try #require(PreparedResponse(text(String(repeating: "x", count: 200_000))))
    router.add(.get, "/page") { _ in .prepared(page) }
    router.add(.get, "/later") { _ in
      .later { responder in onThread { responder.respond(page) } }
    }
    let (server, port) = try makeServer(router)
    for client in try (0..<8).map({ _ in try RawClient(port: port) }) {
      #expect(try client.get("/page").body.count == 200_000)
      #expect(try client.get("/later").body.count == 200_000)
    }
    server.stop()
  }

  @Test func `a header with a line break is not sent`() throws {
    var router = Router()
    router.add(.get, "/split") { _ in
      .now(Response(status: 200, headers: [("X-A", "a\r\nSet-Cookie: b")]))
    }
    let (server, port) = try makeServer(router)
    let answer = try RawClient(port: port).get("/split")
    #expect(answer.status == 500)
    #expect(answer.header("set-cookie") == nil)
    server.stop()
  }
}
