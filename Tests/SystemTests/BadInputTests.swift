import Foundation
import Hall
import Testing

/// Whatever comes over the network: a clear error each, nothing lost, never a crash.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadInputTests {
  /// Runs `body` against a daemon, then expects that nothing has happened in the hall, that it still
  /// serves, and that it stops cleanly without an error in its log.
  private func unharmed(
    venue: String? = nil, _ body: (DaemonProcess, _ token: String) throws -> Void
  ) throws {
    let hall = try HallDirectory(venue: venue)
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let before = try hall.records().count
    try body(daemon, token)
    #expect(try hall.records().count == before, "nothing has happened")
    let answer = try daemon.client(token: token).post("/v1/visits", forReception)
    #expect(answer.status == 201 && answer["number"] == "R001")
    #expect(try daemon.terminate() == .exit(0))
    #expect(!daemon.log.contains("<3>"), "\(daemon.log)")
  }

  @Test func `malformed JSON, wrong types and unknown names are told what is wrong`() throws {
    let cases: [(body: String, status: Int, name: String, words: String)] = [
      ("", 400, "bad-body", "is not JSON"), ("{", 400, "bad-body", "is not JSON"),
      ("[1]", 400, "bad-body", "must be an object"), ("null", 400, "bad-body", "The body is null"),
      (#"{"language":"pt"}"#, 400, "bad-body", "'service' is missing"),
      (#"{"service":7,"language":"pt"}"#, 400, "bad-body", "'service' must be a string"),
      (
        #"{"service":"reception","language":"pt","priority":"no"}"#, 400, "bad-body",
        "'priority' must be true or false"
      ),
      (#"{"service":"barber","language":"pt"}"#, 404, "service-unknown", "no service 'barber'"),
      (#"{"service":"reception","language":"tlh"}"#, 404, "language-unknown", "'tlh'"),
      (
        #"{"service":"reception","language":"pt","kiosk":"K77"}"#, 404, "kiosk-unknown", "'K77'"
      ),
      (
        #"{"service":"\#(String(repeating: "a", count: 65))","language":"pt"}"#, 400, "bad-body",
        "longer than 64 bytes"
      ),
      (String(repeating: "[", count: 60_000), 400, "bad-body", "is not JSON"),
    ]
    try unharmed { daemon, token in
      let client = try daemon.client(token: token)
      for (body, status, name, words) in cases {
        let answer = try client.post("/v1/visits", body)
        #expect(answer.status == status && answer.problem == name, "\(body.prefix(80))")
        #expect(answer["detail"]?.contains(words) == true, "\(answer.text)")
      }
      let commands: [(path: String, body: String?, status: Int, name: String)] = [
        ("/v1/counters/99/call-next", nil, 404, "counter-unknown"),
        ("/v1/counters/1/finish", nil, 409, "counter-is-free"),
        ("/v1/counters/1/call", #"{"visit":"nobody"}"#, 400, "bad-body"),
        ("/v1/counters/1/call", #"{"visit":"00000000000000000000000001"}"#, 404, "visit-unknown"),
        ("/v1/visits/nobody/leave", nil, 404, "visit-unknown"),
        ("/v1/visits/00000000000000000000000001/resume", nil, 404, "visit-unknown"),
        ("/v1/counters/1/dance", nil, 405, "request-refused"),
        ("/v1/day/open", nil, 409, "day-already-open"),
      ]
      for (path, body, status, name) in commands {
        let answer = try client.post(path, body)
        #expect(answer.status == status && answer.problem == name, "\(path): \(answer.text)")
      }
      for path in ["/v1/board/none", "/v1/console/none", "/v1/kiosk/none"] {
        #expect(try client.get(path).problem == "view-unknown", "\(path)")
      }
      #expect(try client.get("/v1/languages/tlh").problem == "language-unknown")
      #expect(try client.get("/v1/phone/00000000000000000000000001").problem == "view-unknown")
    }
  }

  @Test(arguments: ["", " ", "with space", "é", String(repeating: "k", count: 129)])
  func `an idempotency key that cannot be one is refused`(key: String) throws {
    try unharmed { daemon, token in
      let answer = try daemon.client(token: token).post("/v1/visits", forReception, key: key)
      #expect(answer.status == 400 && answer.problem == "bad-idempotency-key")
    }
  }

  @Test func `oversized bodies, headers and addresses are refused with a problem document`() throws
  {
    try unharmed { daemon, token in
      let large =
        #"{"service":"reception","language":"pt","x":""#
        + String(repeating: "x", count: 100_000) + #""}"#
      let client = try daemon.client(token: token)
      let body = try client.post("/v1/visits", large)
      #expect(body.status == 413 && body.problem != nil)
      #expect(body["detail"]?.contains("larger than 65536 bytes") == true)
      let header = try daemon.client(token: token)
        .get("/healthz", ["X-Large": String(repeating: "x", count: 10_000)])
      #expect(header.status == 431 && header.problem != nil)
      let path = try daemon.client().get("/" + String(repeating: "x", count: 3_000))
      #expect(path.status == 414 && path.problem != nil)
    }
  }

  @Test func `random and damaged requests never harm it`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("damaged requests: seed \(seed)")
    var random = SeededRandom(seed: seed)
    try unharmed { daemon, token in
      let whole = try daemon.client(token: token)
        .request("POST", "/v1/counters/1/finish", nil, ["Idempotency-Key": "k"])
      for round in 0..<300 {
        var bytes = Array(whole.utf8)
        for _ in 0...Int.random(in: 0...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] =
            UInt8.random(in: 0...255, using: &random)
        }
        let cut = Int.random(in: 0...bytes.count, using: &random)
        let client = try daemon.client()
        client.send(bytes: round.isMultiple(of: 3) ? Array(bytes[..<cut]) : bytes)
      }
      #expect(try daemon.client().get("/healthz").status == 200, "seed \(seed)")
    }
  }

  @Test func `a thousand idle connections and a hundred slow senders leave others served`() throws {
    try unharmed { daemon, token in
      let idle = try (0..<1_000).map { _ in try daemon.client() }
      let slow = try (0..<100).map { _ in try daemon.client(token: token) }
      for (index, client) in slow.enumerated() {
        client.send(
          index.isMultiple(of: 2)
            ? "POST /v1/visits HTTP/1.1\r\nHost: a\r\nX-Slow: "
            : "POST /v1/visits HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\n\r\n{\"serv")
      }
      let client = try daemon.client(token: token)
      for _ in 0..<50 {
        #expect(try client.get("/readyz").status == 200)
        #expect(try client.post("/v1/counters/1/finish").status == 409)
      }
      #expect(idle.count == 1_000)
    }
  }

  @Test func `connections beyond the configured bound are told to try again`() throws {
    let venue = try VenueCopy()
    try venue.replace("connections: 4096", with: "connections: 20")
    try unharmed(venue: venue.path) { daemon, token in
      let kept = try (0..<20).map { _ in
        let client = try daemon.client()
        #expect(try client.get("/healthz").status == 200)
        return client
      }
      let surplus = try daemon.client().get("/healthz")
      #expect(surplus.status == 503 && surplus.problem != nil)
      #expect(try kept[7].get("/healthz").status == 200, "those who are in stay in")
    }
  }

  @Test func `with few files allowed, idle connections cannot starve the journal`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    // As a shell on Debian starts it: 1,024 files, unless the daemon asks for more.
    let daemon = try hall.start(
      wrapper: ["/bin/sh", "-c", "ulimit -Sn 1024 && exec \"$@\"", "sh"])
    let served = try daemon.client(token: token)
    #expect(try served.post("/v1/visits", forReception).status == 201)
    let idle = try (0..<1_500).map { _ in try daemon.client() }
    for _ in 0..<20 { #expect(try served.post("/v1/visits", forReception).status == 201) }
    #expect(try daemon.client().get("/healthz").status == 200)
    #expect(idle.count == 1_500)
    #expect(try daemon.terminate() == .exit(0))
    #expect(try hall.issued().count == 21)
  }
}
