import Feed
import Glibc
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FollowerTests {
  private func follow(
    _ server: FakeServer, into reports: Collected<Follower.Report>,
    _ change: (inout Follower.Configuration) -> Void = { _ in }
  ) throws -> Follower {
    var configuration = Follower.Configuration()
    configuration.firstDelay = .milliseconds(5)
    change(&configuration)
    return try Follower(
      Endpoint(baseURL: server.endpoint, token: "secret"), "/v1/board/hall-1",
      configuration: configuration
    ) { reports.append($0) }
  }

  @Test func `events and heartbeats are reported, and the last id comes back with the client`()
    throws
  {
    let requests = Collected<String>()
    let server = FakeServer { connection, number in
      requests.append(connection.request())
      connection.startStream()
      connection.send("retry: 1\n\nid: \(number + 41)\nevent: board\ndata: {\(number)}\n\n")
      connection.send("event: heartbeat\ndata: {\"now\":1}\n\n")
      if number > 0 { connection.waitForEnd() }
    }
    let reports = Collected<Follower.Report>()
    let follower = try follow(server, into: reports)
    _ = try reports.first { $0 == .event(id: "42", name: "board", data: Array("{1}".utf8)) }
    follower.stop()
    #expect(
      reports.all.prefix(5) == [
        .connected, .event(id: "41", name: "board", data: Array("{0}".utf8)),
        .heartbeat(data: Array("{\"now\":1}".utf8)),
        .disconnected(reason: "\(server.endpoint) ended the stream"), .connected,
      ])
    #expect(requests.all[0].hasPrefix("GET /v1/board/hall-1 HTTP/1.1\r\n"))
    #expect(requests.all[0].contains("\r\nAccept: text/event-stream\r\n"))
    #expect(requests.all[0].contains("\r\nAuthorization: Bearer secret\r\n"))
    #expect(!requests.all[0].contains("Last-Event-ID"))
    #expect(requests.all[1].contains("\r\nLast-Event-ID: 41\r\n"))
  }

  @Test func `a silent stream is lost`() throws {
    let server = FakeServer { connection, _ in
      _ = connection.request()
      connection.startStream()
      connection.waitForEnd()
    }
    let reports = Collected<Follower.Report>()
    let follower = try follow(server, into: reports) { $0.silenceLimit = .seconds(1) }
    let lost = Follower.Report.disconnected(
      reason: "no word from \(server.endpoint) for 1 s")
    _ = try reports.first { $0 == lost }
    follower.stop()
  }

  @Test func `a refused device is told so, and does not hammer the daemon`() throws {
    let attempts = Collected<Int>()
    let server = FakeServer { connection, number in
      _ = connection.request()
      attempts.append(number)
      connection.answer(401, "{}")
    }
    let reports = Collected<Follower.Report>()
    let follower = try follow(server, into: reports) { $0.refusedDelay = .milliseconds(400) }
    let start = ContinuousClock.now
    _ = try reports.first {
      if case .disconnected(let reason) = $0 { reason.contains("(401)") } else { false }
    }
    _ = try attempts.first { $0 == 1 }
    #expect(start.duration(to: .now) > .milliseconds(350))
    follower.stop()
    #expect(!reports.all.contains(.connected))
  }

  @Test func `a daemon that is not there is tried again with growing pauses, and found`() throws {
    let reports = Collected<Follower.Report>()
    let port = FakeServer { _, _ in }.port
    var configuration = Follower.Configuration()
    configuration.firstDelay = .milliseconds(20)
    configuration.jitter = { 0 }
    let start = ContinuousClock.now
    let follower = try Follower(
      Endpoint(baseURL: "http://127.0.0.1:\(port)"), "/", configuration: configuration
    ) { reports.append($0) }
    for count in 1...4 { _ = try reports.first { _ in reports.all.count >= count } }
    // 20 + 40 + 80 ms lie before the fourth.
    #expect(start.duration(to: .now) > .milliseconds(135))
    follower.stop()
    let unreachable = Follower.Report.disconnected(
      reason: FeedError.unreachable("http://127.0.0.1:\(port)").description)
    #expect(reports.all.allSatisfy { $0 == unreachable })
  }

  @Test func `an event beyond the limit ends the connection, not the process`() throws {
    let server = FakeServer { connection, _ in
      _ = connection.request()
      connection.startStream()
      connection.send("data: " + String(repeating: "x", count: 5_000))
      connection.waitForEnd()
    }
    let reports = Collected<Follower.Report>()
    let follower = try follow(server, into: reports) { $0.eventLimitBytes = 2_048 }
    _ = try reports.first {
      $0 == .disconnected(reason: "\(server.endpoint) sent an event larger than 2 KiB")
    }
    follower.stop()
  }

  @Test func `stop returns at once, from outside and from within a report`() throws {
    let server = FakeServer { connection, _ in
      _ = connection.request()
      connection.startStream()
      connection.send("data: a\n\n")
      connection.waitForEnd()
    }
    let reports = Collected<Follower.Report>()
    let inside = Mutex<Follower?>(nil)
    let stopped = Collected<Bool>()
    let own = try Follower(Endpoint(baseURL: server.endpoint), "/") { report in
      guard case .event = report else { return }
      while inside.withLock({ $0 == nil }) { sched_yield() }
      inside.withLock { $0 }?.stop()
      stopped.append(true)
    }
    inside.withLock { $0 = own }
    _ = try stopped.first { $0 }
    inside.withLock { $0 = nil }

    // A stop that waited for silence would wait an hour.
    let follower = try follow(server, into: reports) { $0.silenceLimit = .seconds(3_600) }
    _ = try reports.first { $0 == .event(id: nil, name: "message", data: [97]) }
    follower.stop()
    let count = reports.all.count
    follower.stop()
    #expect(reports.all.count == count)
  }

  @Test func `what is not an event stream is said to be none`() throws {
    let server = FakeServer { connection, _ in
      _ = connection.request()
      connection.answer(200, "<html>")
    }
    let reports = Collected<Follower.Report>()
    let follower = try follow(server, into: reports)
    _ = try reports.first {
      $0
        == .disconnected(
          reason: "\(server.endpoint) has no event stream at /v1/board/hall-1")
    }
    follower.stop()
  }
}
