import Foundation
import Hall
import Synchronization
import Testing
import Venue

/// Views as streams, and a stop that loses nothing.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct LiveViewTests {
  @Test func `a subscriber gets the heartbeat and the view at once, then each change`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    let board = try StreamClient(port: daemon.port, "/v1/board/hall-1", token: token)
    #expect(board.head.status == 200)
    #expect(board.head.header("content-type")?.hasPrefix("text/event-stream") == true)
    #expect(try board.next()?.name == "heartbeat", "the clock comes before the first view")
    let first = try #require(try board.next("view"))
    #expect((first.json["calls"] as? [Any])?.isEmpty == true)
    let second = try StreamClient(port: daemon.port, "/v1/board/hall-1", token: token)
    #expect(try second.next()?.name == "heartbeat" && second.next()?.name == "view")
    for turn in 1...20 {
      _ = try client.post("/v1/visits", forReception)
      let number = try #require(try client.post("/v1/counters/1/call-next")["number"])
      let view = try #require(try board.next("view"), "turn \(turn)")
      let calls = view.json["calls"] as? [[String: Any]] ?? []
      #expect(calls.first?["number"] as? String == number)
      let plain = try client.get("/v1/board/hall-1")
      #expect(NSDictionary(dictionary: plain.json) == NSDictionary(dictionary: view.json))
      let sequence = try client.get("/readyz").json["sequence"] as? Int
      #expect(view.id.map(Int.init) == sequence, "the event's id is the journal's sequence")
    }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test(arguments: [
    "/v1/console/1", "/v1/kiosk/K1", "/v1/dashboard/main", "/v1/phone/VISIT",
  ])
  func `every kind of view follows a change`(path: String) throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    _ = try client.post("/v1/visits", forReception)
    let visit = try #require(try client.post("/v1/visits", forReception)["visit"])
    let address = path.replacing("VISIT", with: visit)
    let stream = try StreamClient(port: daemon.port, address, token: token)
    let before = try #require(try stream.next("view"))
    _ = try client.post("/v1/counters/1/call-next")
    let counted = ["waiting", "waitingNow", "peopleBefore", "current", "offers"]
    var after = try #require(try stream.next("view"))
    while counted.allSatisfy({ "\(after.json[$0] ?? "")" == "\(before.json[$0] ?? "")" }) {
      after = try #require(try stream.next("view"))
    }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `people on a phone see the line move when a forward is taken back`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    _ = try client.post("/v1/visits", forReception)
    _ = try client.post("/v1/counters/1/call-next")
    let waiting = try #require(
      try client.post("/v1/visits", #"{"service":"tax-number","language":"pt"}"#)["visit"])
    let phone = try StreamClient(port: daemon.port, "/v1/phone/\(waiting)")
    func people() throws -> Int? {
      try phone.next("view")?.json["peopleBefore"] as? Int
    }
    #expect(try people() == 0)
    _ = try client.post("/v1/counters/1/forward", #"{"service":"tax-number"}"#)
    #expect(try people() == 1)
    #expect(try client.post("/v1/counters/1/undo").status == 200)
    #expect(try people() == 0)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a stop says bye, and the next daemon gives the newest view`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    _ = try daemon.client(token: token).post("/v1/visits", forReception)
    _ = try daemon.client(token: token).post("/v1/counters/1/call-next")
    let streams = try ["/v1/board/hall-1", "/v1/console/1", "/v1/dashboard/main"].map {
      try StreamClient(port: daemon.port, $0, token: token)
    }
    for stream in streams { _ = try stream.next("view") }
    daemon.process.send(signal: SIGTERM)
    for stream in streams {
      #expect(try stream.next("bye") != nil)
      #expect(try stream.next() == nil, "the stream ends in order")
    }
    #expect(try daemon.process.waitForEnd().ending == .exit(0))
    let next = try hall.start()
    let board = try StreamClient(port: next.port, "/v1/board/hall-1", token: token)
    let calls = try #require(try board.next("view")?.json["calls"] as? [[String: Any]])
    #expect(calls.map { $0["number"] as? String } == ["R001"])
    #expect(try next.terminate() == .exit(0))
  }

  @Test func `event streams have a bound, and one that ends makes room`() throws {
    let venue = try VenueCopy()
    try venue.replace("eventStreams: 1024", with: "eventStreams: 3")
    let hall = try HallDirectory(venue: venue.path)
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    var streams = try ["/v1/board/hall-1", "/v1/board/hall-1", "/v1/console/1"].map {
      try StreamClient(port: daemon.port, $0, token: token)
    }
    for stream in streams { #expect(stream.head.status == 200) }
    let refused = try StreamClient(port: daemon.port, "/v1/board/hall-1", token: token)
    #expect(refused.head.status == 503)
    #expect(try daemon.client(token: token).get("/v1/board/hall-1").status == 200)
    streams.removeLast()
    // The daemon notices with the next heartbeat at the latest.
    var again = try StreamClient(port: daemon.port, "/v1/kiosk/K1", token: token)
    let deadline = ContinuousClock.now + .seconds(20)
    while again.head.status == 503, ContinuousClock.now < deadline {
      _ = try streams[0].next("heartbeat")
      again = try StreamClient(port: daemon.port, "/v1/kiosk/K1", token: token)
    }
    #expect(again.head.status == 200)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `SIGTERM under load loses no accepted command, and keys settle the rest`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    let accepted = Mutex<[String]>([])
    let unsettled = Mutex<[String]>([])
    inParallel(8) { index in
      guard let client = try? daemon.client(token: token) else { return }
      for turn in 0... {
        let key = "\(index)-\(turn)"
        let answer = try? client.post("/v1/visits", forReception, key: key)
        guard let answer, answer.status == 201, let visit = answer["visit"] else {
          #expect(answer.map { $0.status == 503 } ?? true, "\(answer?.head ?? "")")
          unsettled.withLock { $0.append(key) }
          return
        }
        accepted.withLock { $0.append(visit) }
        if index == 0, turn == 60 { daemon.process.send(signal: SIGTERM) }
      }
    }
    #expect(try daemon.process.waitForEnd().ending == .exit(0))
    var visits = accepted.withLock { $0 }
    #expect(visits.count > 60 && Set(visits).count == visits.count)
    #expect(try Set(hall.issued().keys.map(\.description)).isSuperset(of: visits))
    let next = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    for key in unsettled.withLock({ $0 }) {
      let answer = try next.client(token: token).post("/v1/visits", forReception, key: key)
      visits.append(try #require(answer["visit"]))
    }
    #expect(try next.terminate() == .exit(0))
    #expect(try hall.issued().count == visits.count, "each key has one effect")
    #expect(try hall.rossio("verify", "--data", hall.data).ending == .exit(0))
  }
}
