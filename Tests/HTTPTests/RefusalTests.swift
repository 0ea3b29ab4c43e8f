import HTTP
import Testing

/// What two readers could understand differently, and what is no HTTP at all.
@Suite(.timeLimit(.minutes(5)))
struct RefusalTests {
  static let smuggled = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

  @Test(arguments: [
    "Content-Length: 5\r\nContent-Length: 5\r\n",
    "Content-Length: 5\r\ncontent-length: 41\r\n",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked, gzip\r\n",
    "Transfer-Encoding: \u{0b}chunked\r\n",
    "Content-Length: +5\r\n", "Content-Length: 5,5\r\n", "Content-Length: 0x5\r\n",
    "Content-Length: -1\r\n", "Content-Length:\r\n",
    "Content-Length : 5\r\n", "Host: b\r\n", "X A: b\r\n",
  ])
  func `ambiguous framing is refused with 400 and the connection closed`(field: String) throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\n\(field)\r\n0\r\n\r\n\(Self.smuggled)")
    #expect(try client.answer().status == 400)
    // The library answers some of these itself, and sends its header twice; nothing else may come.
    var rest: [UInt8] = []
    while let piece = try client.receive() { rest += piece }
    let text = String(decoding: rest, as: UTF8.self)
    #expect(!text.contains("HTTP/1.1 2"), "a hidden request was answered")
    server.stop()
  }

  @Test func `chunks need HTTP 1.1`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    #expect(try client.answer().status == 400)
    #expect(try client.isClosed())
    server.stop()
  }

  @Test(arguments: [
    ("GET /hello HTTP/1.1\r\n\r\n", 400), ("GET /hello HTTP/3.0\r\nHost: a\r\n\r\n", 505),
    ("GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /hello HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
    ("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 1\r\n\r\na", 417),
  ])
  func `a malformed request is refused and the connection closed`(
    request: String, status: Int
  ) throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send(request)
    #expect(try client.answer().status == status)
    #expect(try client.isClosed())
    #expect(try RawClient(port: port).get("/hello").status == 200)
    server.stop()
  }

  @Test(arguments: ["GET\r\n\r\n", "\u{1}\u{2}\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}\u{1}\r\n"])
  func `what is no request line is closed without an answer`(bytes: String) throws {
    let (server, port) = try makeServer { $0.headerDeadline = .milliseconds(200) }
    let client = try RawClient(port: port)
    client.send(bytes)
    #expect(try client.isClosed())
    #expect(try RawClient(port: port).get("/hello").status == 200)
    server.stop()
  }

  @Test func `a client that expects 100-continue is told to go on`() throws {
    let (server, port) = try makeServer()
    let client = try RawClient(port: port)
    client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    #expect(try client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
    client.send("ok")
    #expect(try client.answer().text == "ok")
    server.stop()
  }

  @Test func `the pages of the server's own errors are the caller's`() throws {
    let (server, port) = try makeServer {
      $0.errorPage = { status, reason in
        Response(
          status: status, contentType: "application/problem+json",
          body: Array("{\"status\":\(status),\"detail\":\"\(reason)\"}".utf8))
      }
    }
    let client = try RawClient(port: port)
    let answer = try client.get("/nothing")
    #expect(answer.header("content-type") == "application/problem+json")
    #expect(answer.text == "{\"status\":404,\"detail\":\"there is nothing at this address\"}")
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n")
    #expect(try client.answer().text.contains("Content-Length may be given once"))
    server.stop()
  }

  @Test func `random and damaged bytes never stop the server`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the damaged requests: \(seed)")
    var random = SplitMix(state: seed)
    // An incomplete request is noticed at its deadline.
    let (server, port) = try makeServer {
      $0.headerDeadline = .milliseconds(100)
      $0.bodyDeadline = .milliseconds(100)
      $0.keepAliveDeadline = .milliseconds(100)
    }
    let whole = Array(
      ("POST /echo?a=%41 HTTP/1.1\r\nHost: a\r\nCookie: session=1\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n0\r\n\r\nGET /things/%C3%A7 HTTP/1.1\r\nHost: a\r\n\r\n").utf8)
    for _ in 0..<15 {
      let clients = try (0..<100).map { _ in try RawClient(port: port) }
      for client in clients { client.send(random.damage(whole)) }
      for client in clients { #expect(try client.isClosed()) }
    }
    #expect(try RawClient(port: port).get("/hello").text == "hello")
    server.stop()
  }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Random bytes one time in ten; otherwise the whole with some bytes changed, cut out or doubled.
  mutating func damage(_ whole: [UInt8]) -> [UInt8] {
    guard Int.random(in: 0..<10, using: &self) > 0 else {
      return (0..<Int.random(in: 1...400, using: &self)).map { _ in
        UInt8.random(in: 0...255, using: &self)
      }
    }
    var bytes = whole
    for _ in 0..<Int.random(in: 1...4, using: &self) where bytes.count > 2 {
      let start = Int.random(in: 0..<bytes.count, using: &self)
      let end = min(bytes.count, start + Int.random(in: 1...12, using: &self))
      switch Int.random(in: 0..<3, using: &self) {
      case 0: bytes[start] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes.removeSubrange(start..<end)
      default: bytes.insert(contentsOf: bytes[start..<end], at: start)
      }
    }
    return bytes
  }
}
