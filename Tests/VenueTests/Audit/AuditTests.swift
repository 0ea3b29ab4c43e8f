import Foundation
import Testing
import Venue

/// Every decision of the engine on random days, against a model that shares no code with it.
///
/// 100 days; `ROSSIO_DAYS=2000` is the long form. `ROSSIO_SEED=7` runs day 7 alone.
@Suite("Every decision against an auditor that shares no code with the engine")
struct AuditTests {
  private static func variable(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private static let days = variable("ROSSIO_DAYS") ?? 100
  private static let seed = variable("ROSSIO_SEED")
  private static var isLong: Bool { days >= 1_000 && seed == nil }

  @Test("Random days: events, refusals and states are those of the rules")
  func randomDays() async {
    let seeds = Self.seed.map { $0...$0 } ?? 1...Self.days
    var counts = AuditCounts()
    var failed: [Int] = []
    await withTaskGroup(of: (Int, AuditCounts, Bool).self) { group in
      let workers = 4
      for worker in 0..<workers {
        let mine = seeds.filter { $0 % workers == worker }
        group.addTask { await Self.onThread { Self.run(mine) } }
      }
      for await (seed, some, hasFailed) in group {
        counts.add(some)
        if hasFailed { failed.append(seed) }
      }
    }
    print("audit of seeds \(seeds.lowerBound) to \(seeds.upperBound): \(counts.table)")
    guard failed.isEmpty else {
      let first = failed.min() ?? 0
      guard let failure = AuditDay.run(seed: UInt64(first)).failure else { return }
      let short = AuditDay.shrink(failure)
      Issue.record("ROSSIO_SEED=\(first) fails:\n\(short.description)")
      return
    }
    #expect(Set(counts.refusals.keys).isSubset(of: Self.refusals))
    guard Self.isLong else { return }
    for name in Self.refusals {
      #expect(counts.refusals[name] != nil, "no day was refused \(name)")
    }
  }

  /// Beside the pool of tasks, on whose two threads tests with sockets wait.
  private static func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: work()) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Runs until the first failure; gives its seed.
  private static func run(_ seeds: [Int]) -> (Int, AuditCounts, Bool) {
    var counts = AuditCounts()
    for seed in seeds {
      let (some, failure) = AuditDay.run(seed: UInt64(seed))
      counts.add(some)
      if failure != nil { return (seed, counts, true) }
    }
    return (0, counts, false)
  }

  /// All of them.
  private static let refusals: Set = [
    "day-not-open", "day-already-open", "day-is-past", "service-unknown", "language-unknown",
    "counter-unknown", "kiosk-unknown", "visit-unknown", "visit-already-exists",
    "nobody-waiting", "counter-is-free", "counter-is-busy", "visit-is-elsewhere",
    "visit-is-closed", "visit-is-waiting", "visit-is-being-served", "service-has-no-counter",
    "counter-does-not-serve", "already-at-service", "nothing-to-undo", "numbers-exhausted",
    "service-in-use", "counter-in-use", "plan-is-cyclic", "stop-planned-twice",
    "after-unplanned", "plan-is-empty", "too-many-stops", "stop-not-planned", "last-stop",
    "people-out-of-range", "need-unknown", "forward-outside-mandate", "appointment-is-past",
    "appointment-outside-hours",
    "service-not-open-yet", "service-closed", "cannot-finish-before-closing",
    "service-is-full", "voucher-unknown", "voucher-is-for-another-day", "outcome-unknown",
    "agency-unknown", "mediator-unknown", "mediator-is-elsewhere", "mediator-not-on-duty",
    "mediator-outside-mandate", "mediator-at-load-cap", "mediator-lacks-language",
    "nobody-callable",
  ]
}
