import Foundation
import Hall
import Testing
import Venue
import Wire

/// A client that loses its connection sends the same key again.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RetryTests {
  @Test func `each command sent three times over broken connections has one effect`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    let commands: [(path: String, body: String?, status: Int, event: String)] = [
      ("/v1/visits", forReception, 201, "issued"),
      ("/v1/counters/1/call-next", nil, 200, "called"),
      ("/v1/counters/1/recall", nil, 200, "recalled"),
      ("/v1/counters/1/start", nil, 200, "started"),
      ("/v1/counters/1/forward", #"{"service":"tax-number"}"#, 200, "forwarded"),
      ("/v1/counters/17/call-next", nil, 200, "called"),
      ("/v1/counters/17/park", nil, 200, "parked"),
      ("/v1/counters/17/undo", nil, 200, "undone"),
      ("/v1/counters/17/no-show", nil, 200, "missed"),
      ("/v1/counters/17/close", nil, 200, "counter-closed"),
      ("/v1/day/close", nil, 200, "day-closed"),
    ]
    for (number, command) in commands.enumerated() {
      for isLast in [false, false, true] {
        let client = try daemon.client(token: token)
        let headers = ["Idempotency-Key": "retry-\(number)"]
        client.send(client.request("POST", command.path, command.body, headers))
        // Those before leave without waiting for the answer.
        if isLast { #expect(try client.answer().status == command.status, "\(command.path)") }
      }
    }
    #expect(try daemon.terminate() == .exit(0))
    let happened = try hall.records().map(\.event.typeName)
    let wanted =
      ["configured", "day-opened", "hours-set"]
      + commands.flatMap {
        $0.path.hasSuffix("call-next") ? ["counter-opened", $0.event] : [$0.event]
      }
    let others = ["counter-closed"]
    #expect(happened.filter { !others.contains($0) } == wanted.filter { !others.contains($0) })
    #expect(try hall.rossio("verify", "--data", hall.data).ending == .exit(0))
  }
}
