import Foundation
import Hall
import Journal
import Synchronization
import Testing
import Venue

/// kill -9 at random moments under load. The seed is printed; the long form of a thousand kills:
/// `ROSSIO_LONG=1 swift test --filter KillTests`.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct KillTests {
  private static let rounds = isLong ? 1_000 : 20
  private static let issuers = 6

  /// A disk that takes 20 ms to sync: who answers before the commit is caught. Every other round,
  /// where there is `strace`; `-D` leaves the daemon the process that was started.
  private static let slowDisk: [String] = {
    let strace = "/usr/bin/strace"
    guard FileManager.default.isExecutableFile(atPath: strace) else {
      print("kill -9: no strace here, so no slow disk")
      return []
    }
    return [
      strace, "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
      "-e", "inject=fdatasync,fsync:delay_enter=20000",
    ]
  }()

  /// What clients know: the answer to each key, and the keys that had none.
  private final class Ledger: Sendable {
    struct Contents {
      /// By key: the body of the answer, byte by byte.
      var issued: [String: [UInt8]] = [:]
      var called: [String: [UInt8]] = [:]
      var unanswered: [(key: String, isCall: Bool)] = []
      /// Answers since the daemon was started.
      var answers = 0
    }
    let contents = Mutex(Contents())

    /// Sends one command; false when the daemon is gone.
    func send(_ client: HTTPClient, key: String, isCall: Bool) -> Bool {
      let path = isCall ? "/v1/counters/1/call-next" : "/v1/visits"
      guard let answer = try? client.post(path, isCall ? nil : forReception, key: key) else {
        contents.withLock { $0.unanswered.append((key, isCall)) }
        return false
      }
      #expect(answer.status == (isCall && answer.body.isEmpty ? 204 : isCall ? 200 : 201))
      contents.withLock { contents in
        contents.answers += 1
        if isCall { contents.called[key] = answer.body } else { contents.issued[key] = answer.body }
      }
      return true
    }
  }

  @Test func `every acknowledged number is there once, however often the daemon is killed`() throws
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("kill -9: seed \(seed)")
    var random = SeededRandom(seed: seed)
    let hall = try HallDirectory()
    let tokens = [try hall.token(.kiosk, "K1"), try hall.token(.counter, "1")]
    let ledger = Ledger()
    var slowest = Duration.zero
    for round in 0..<Self.rounds {
      let start = ContinuousClock.now
      // The day must not turn in the middle: keys are good for one service day.
      let daemon = try hall.start(
        "--clock", "2026-11-23T09:00", "--speed", "1",
        wrapper: round.isMultiple(of: 2) ? [] : Self.slowDisk)
      if round.isMultiple(of: 2) { slowest = max(slowest, start.duration(to: .now)) }
      try settle(ledger, daemon, tokens, "seed \(seed), round \(round)")
      load(ledger, daemon, tokens, round, killAfter: Int.random(in: 1...150, using: &random))
    }
    print(
      "kill -9: \(ledger.contents.withLock { $0.issued.count }) numbers, slowest start \(slowest)")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    try settle(ledger, daemon, tokens, "seed \(seed), the end")
    #expect(try daemon.terminate() == .exit(0))
    try check(ledger, hall, "seed \(seed)")
  }

  /// Sends again what had no answer, and some of what had one: the same key, the same answer.
  private func settle(
    _ ledger: Ledger, _ daemon: DaemonProcess, _ tokens: [String], _ place: Comment
  ) throws {
    let (unanswered, known) = ledger.contents.withLock { contents in
      defer { contents.unanswered = [] }
      return (contents.unanswered, contents.issued.prefix(5))
    }
    let clients = try tokens.map { try daemon.client(token: $0) }
    for (key, isCall) in unanswered {
      #expect(ledger.send(clients[isCall ? 1 : 0], key: key, isCall: isCall), place)
    }
    for (key, body) in known {
      let again = try clients[0].post("/v1/visits", forReception, key: key)
      #expect(again.status == 201 && again.body == body, place)
    }
  }

  /// Issues and calls from many connections until so many answers have come, then kills.
  private func load(
    _ ledger: Ledger, _ daemon: DaemonProcess, _ tokens: [String], _ round: Int, killAfter: Int
  ) {
    ledger.contents.withLock { $0.answers = 0 }
    inParallel(Self.issuers + 1) { index in
      let isCall = index == Self.issuers
      guard let client = try? daemon.client(token: tokens[isCall ? 1 : 0]) else { return }
      for turn in 0... {
        guard ledger.send(client, key: "\(round)-\(index)-\(turn)", isCall: isCall) else { return }
        if ledger.contents.withLock({ $0.answers }) >= killAfter { daemon.kill9() }
      }
    }
    daemon.kill9()
  }

  /// The journal alone against what clients were told.
  private func check(_ ledger: Ledger, _ hall: HallDirectory, _ place: Comment) throws {
    let report = try Journal.verify(directory: hall.data)
    #expect(report.isSound, "\(place): \(report.faults)")
    let (issued, called) = ledger.contents.withLock { ($0.issued, $0.called) }
    let kept = try hall.issued()
    #expect(kept.count == issued.count, "\(place): each key has one effect")
    #expect(Set(kept.values).count == kept.count, "\(place): no number twice")
    for body in issued.values {
      let (visit, number) = try names(body)
      #expect(kept[visit]?.description == number, "\(place): \(number)")
    }
    var calls: [VisitID] = []
    for record in try hall.records() {
      if case .called(let visit, _, _, _) = record.event { calls.append(visit) }
    }
    #expect(Set(calls).count == calls.count, "\(place): nobody is called twice")
    let told = try called.values.filter { !$0.isEmpty }.map { try names($0).visit }
    #expect(told.count == calls.count && Set(told) == Set(calls), place)
  }

  private func names(_ body: [UInt8]) throws -> (visit: VisitID, number: String) {
    let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
    let visit = try #require((object?["visit"] as? String).flatMap { VisitID($0) })
    return (visit, try #require(object?["number"] as? String))
  }
}
