import Foundation
import Hall
import Journal
import Testing
import Venue

/// The contract that scripts rely on, sentence by sentence.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ContractTests {
  @Test func `ready is one line on standard output, and nothing else comes there`() throws {
    let hall = try HallDirectory()
    let daemon = try hall.start()
    #expect(daemon.address == "http://127.0.0.1:\(daemon.port)" && daemon.port != 0)
    #expect(try daemon.client().get("/healthz").status == 200)
    let ready = try daemon.client().get("/readyz")
    #expect(ready.status == 200 && ready["status"] == "ready")
    daemon.process.send(signal: SIGTERM)
    let (ending, rest) = try daemon.process.waitForEnd()
    #expect(ending == .exit(0) && rest.isEmpty)
  }

  @Test func `the log has journald's prefixes, one line a happening, and names no visit`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    let visit = try #require(try client.post("/v1/visits", forReception)["visit"])
    _ = try client.post("/v1/counters/1/call-next")
    _ = try client.post("/v1/day/close")
    #expect(try daemon.terminate() == .exit(0))
    let lines = daemon.log.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.wholeMatch(of: /<[346]>[A-Z].*/) != nil, "\(line)") }
    #expect(!daemon.log.contains(visit) && !daemon.log.contains(token))
  }

  @Test func `--clock and --speed start a clock of its own, and log and stream say so`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "60")
    let stream = try StreamClient(port: daemon.port, "/v1/board/hall-1", token: token)
    let heartbeat = try #require(try stream.next("heartbeat")).json
    let now = try #require(heartbeat["now"] as? Int)
    let start = 1_795_424_400_000
    #expect((start..<start + 3_600_000).contains(now), "within an hour of 09:00 in Lisbon")
    #expect(heartbeat["speed"] as? Double == 60 && heartbeat["simulated"] as? Bool == true)
    #expect(heartbeat["utcOffsetMinutes"] as? Int == 0)
    let later = try #require(try stream.next("heartbeat")?.json["now"] as? Int)
    #expect((60_000..<600_000).contains(later - now), "two seconds are two minutes")
    #expect(daemon.log.contains("Simulated clock") && daemon.log.contains("2026-11-23 09:00"))
    #expect(daemon.log.contains("2026-11-23 has begun"))
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test(arguments: ["kiosk", "display", "counter", "reception", "manager"])
  func `rossio token prints a bearer token and nothing else, daemon or not`(role: String) throws {
    let hall = try HallDirectory()
    func token() throws -> String {
      let (ending, output, errors) = try hall.rossio(
        "token", "--role", role, "--id", "X1", "--data", hall.data)
      #expect(ending == .exit(0) && errors.isEmpty)
      #expect(output.wholeMatch(of: /[0-9a-f]{64}\n/) != nil)
      return output.trimmingCharacters(in: .newlines)
    }
    let early = try token()
    let daemon = try hall.start()
    let late = try token()
    for token in [early, late] {
      let answer = try daemon.client(token: token).get("/v1/session")
      #expect(answer.status == 200 && answer["role"] == role && answer["id"] == "X1")
    }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `issue, call and every other command answer as written`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    let first = try client.post("/v1/visits", forReception)
    #expect(first.status == 201 && first["number"] == "R001" && first.json["position"] as? Int == 1)
    let visit = try #require(first["visit"])
    let urgent = try client.post(
      "/v1/visits", #"{"service":"reception","language":"ar","priority":true}"#)
    #expect(urgent.status == 201 && urgent.json["position"] as? Int == 1)
    func counter(_ command: String, _ body: String? = nil) throws -> HTTPAnswer {
      try client.post("/v1/counters/1/\(command)", body)
    }
    let called = try counter("call-next")
    #expect(called.status == 200 && called["visit"] == urgent["visit"])
    #expect(called["number"] == "R002" && called["service"] == "reception")
    let steps: [(String, String?, String)] = [
      ("recall", nil, "called"), ("start", nil, "serving"), ("finish", nil, "done"),
      ("call", #"{"visit":"\#(visit)"}"#, "called"), ("park", nil, "parked"),
      ("call", #"{"visit":"\#(visit)"}"#, "called"), ("no-show", nil, "left"),
      ("call", #"{"visit":"\#(visit)"}"#, "called"),
      ("forward", #"{"service":"tax-number"}"#, "waiting"),
    ]
    for (command, body, status) in steps {
      let answer = try counter(command, body)
      #expect(answer.status == 200 && answer["visitStatus"] == status, "\(command)")
      let expected = status == "serving" || status == "done" || command == "recall"
      #expect(answer["visit"] == (expected ? urgent["visit"] : visit), "\(command)")
    }
    #expect(try counter("call-next").status == 204, "nobody waits")
    #expect(try counter("pause")["status"] == "paused")
    #expect(try counter("open")["status"] == "open")
    #expect(try counter("close")["status"] == "closed")
    let next = try client.post("/v1/counters/17/call-next")
    #expect(next["visit"] == visit && next["number"] == "R001", "a visit keeps its number")
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `rossio journal prints lines with seq, time and type; verify exits 0`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    let client = try daemon.client(token: token)
    let numbers = try (0..<5).map { _ in
      try #require(try client.post("/v1/visits", forReception)["number"])
    }
    for isRunning in [true, false] {
      if !isRunning { #expect(try daemon.terminate() == .exit(0)) }
      let all = try lines(hall, "0")
      #expect(all.map { $0["seq"] as? Int } == Array(1...all.count))
      #expect(all.allSatisfy { ($0["time"] as? String)?.hasPrefix("2026-11-23T09:0") == true })
      let types = all.compactMap { $0["type"] as? String }
      #expect(types.count == all.count && types.starts(with: ["configured", "day-opened"]))
      let issued = all.filter { $0["type"] as? String == "issued" }
      #expect(issued.compactMap { $0["number"] as? String } == numbers)
      #expect(issued.allSatisfy { $0["service"] as? String == "reception" })
      #expect(issued.allSatisfy { $0["kiosk"] as? String == "K1" })
      #expect(try lines(hall, "\(all.count - 2)").count == 2)
      #expect(try hall.rossio("verify", "--data", hall.data).ending == .exit(0))
    }
  }

  private func lines(_ hall: HallDirectory, _ after: String) throws -> [[String: Any]] {
    let (ending, output, _) = try hall.rossio("journal", "--data", hall.data, "--after", after)
    #expect(ending == .exit(0))
    return try output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(object as? [String: Any])
    }
  }

  @Test func `the sample venue has reception at counters 1 to 7, kiosk K1 and display hall-1`()
    throws
  {
    let hall = try HallDirectory()
    let manager = try hall.token(.manager, "script")
    let kiosk = try hall.token(.kiosk, "K1")
    let display = try hall.token(.display, "hall-1")
    let daemon = try hall.start()
    let offers = try daemon.client(token: kiosk).get("/v1/kiosk/K1")
    #expect(
      offers.status == 200 && offers["kiosk"] == "K1" && offers["personService"] == "reception")
    #expect(try daemon.client(token: display).get("/v1/board/hall-1")["screen"] == "hall-1")
    let client = try daemon.client(token: manager)
    for counter in 1...8 {
      let view = try client.get("/v1/console/\(counter)")
      let lines = view.json["waiting"] as? [[String: Any]] ?? []
      let serves = lines.contains { $0["service"] as? String == "reception" }
      #expect(serves == (counter <= 7), "counter \(counter)")
    }
    #expect(try client.get("/v1/dashboard/main").status == 200)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `limits on rates are configuration`() throws {
    let venue = try VenueCopy()
    try venue.replace("issuesPerKioskPerMinute: 1000000", with: "issuesPerKioskPerMinute: 5")
    let hall = try HallDirectory(venue: venue.path)
    let tokens = [try hall.token(.kiosk, "K1"), try hall.token(.kiosk, "K2")]
    let daemon = try hall.start()
    for token in tokens {
      let client = try daemon.client(token: token)
      for _ in 0..<5 { #expect(try client.post("/v1/visits", forReception).status == 201) }
      let refused = try client.post("/v1/visits", forReception)
      #expect(refused.status == 429 && refused.problem == "too-many-numbers")
      #expect(refused.header("retry-after") != nil)
    }
    #expect(try daemon.terminate() == .exit(0))
  }

  /// Minutes of load: `ROSSIO_LONG=1 swift test --filter ContractTests`.
  @Test(.enabled(if: isLong, "set ROSSIO_LONG=1 to run the benchmark"))
  func `rossio bench issue prints one JSON object with the keys that are promised`() throws {
    let hall = try HallDirectory()
    let (ending, output, _) = try hall.rossio("bench", "issue", "--seconds", "1")
    #expect(ending == .exit(0))
    let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let keys = try #require(object)
    for key in [
      "issue_per_s", "p50_ms", "p99_ms", "duplicates", "double_calls", "constant_per_s",
      "commit_single_per_s", "commit_batched_per_s", "cpu_ms_per_ticket", "rss_mb",
    ] { #expect(keys[key] is NSNumber, "\(key)") }
    #expect(keys["duplicates"] as? Int == 0 && keys["double_calls"] as? Int == 0)
  }
}
