import Simulation
import Testing
import Venue

@Suite("The engine under the simulator waits as queueing theory says")
struct OracleTests {
  private let seed: UInt64 = 20_261_123

  @Test("Erlang C: several counters, first come first called", arguments: [(1, 0.7), (5, 0.85)])
  func erlangC(counters: Int, load: Double) async throws {
    let serviceRate = 0.2
    let rate = load * Double(counters) * serviceRate
    let venue = try OneServiceVenue(counters: counters, policy: .arrival)
    let outcome = await venue.run(people: 60_000, rate: rate, seed: seed) { random in
      .init(minutes: random.exponential(mean: 1 / serviceRate))
    }
    let wait = BatchMean(outcome.journeys.map(\.waitMinutes))
    let exact = Oracle.erlangCWait(servers: counters, rate: rate, serviceRate: serviceRate)
    #expect(wait.contains(exact), "\(wait), exact \(exact), seed \(seed)")
    #expect(wait.halfWidth < exact * 0.5, "an interval this wide proves nothing")
  }

  @Test("Erlang A: more come than can be served, and some lose patience")
  func erlangA() async throws {
    let venue = try OneServiceVenue(counters: 4, policy: .arrival)
    let outcome = await venue.run(people: 60_000, rate: 1, seed: seed) { random in
      .init(minutes: random.exponential(mean: 5), patience: random.exponential(mean: 20))
    }
    let exact = Oracle.erlangA(servers: 4, rate: 1, serviceRate: 0.2, leaveRate: 0.05)
    let wait = BatchMean(outcome.journeys.map(\.waitMinutes))
    let leaving = BatchMean(outcome.journeys.map { $0.end == .left ? 1 : 0 })
    #expect(wait.contains(exact.wait), "\(wait), exact \(exact.wait), seed \(seed)")
    #expect(leaving.contains(exact.leaving), "\(leaving), exact \(exact.leaving), seed \(seed)")
    #expect(wait.halfWidth < exact.wait * 0.2, "an interval this wide proves nothing")
  }

  @Test("Statutory priority in M/G/1 waits as the limit of Kleinrock's formula, and conserves")
  func statutory() async throws {
    let mean = 5.0
    let sigma = 0.7
    let rate = 0.15
    let share = 0.3
    let venue = try OneServiceVenue(counters: 1, policy: .statutory)
    let outcome = await venue.run(people: 40_000, rate: rate, seed: seed) { random in
      .init(
        minutes: random.lognormal(mean: mean, sigma: sigma), isPriority: random.chance(share))
    }
    // E[S^2] of a lognormal is mean^2 exp(sigma^2); exp(0.49) = 1.632316...
    let square = mean * mean * 1.632_316_219_955_379
    let classes = [
      Oracle.PriorityClass(
        rate: rate * share, meanMinutes: mean, meanSquare: square, slope: 1e9),
      Oracle.PriorityClass(
        rate: rate * (1 - share), meanMinutes: mean, meanSquare: square, slope: 1),
    ]
    let exact = Oracle.kleinrockWaits(classes)
    for (place, isPriority) in [true, false].enumerated() {
      let waits = outcome.journeys.filter { $0.isPriority == isPriority }.map(\.waitMinutes)
      let wait = BatchMean(waits)
      #expect(wait.contains(exact[place]), "\(wait), exact \(exact[place]), seed \(seed)")
    }
    // Equal means of service: the mean over all classes is that of first come, first served.
    let all = BatchMean(outcome.journeys.map(\.waitMinutes))
    let conserved = rate * square / 2 / (1 - rate * mean)
    #expect(all.contains(conserved), "\(all), exact \(conserved), seed \(seed)")
  }

  @Test("Kleinrock's waits keep the conservation law: the oracle itself is sound")
  func conservation() {
    let classes = [
      Oracle.PriorityClass(rate: 0.05, meanMinutes: 6, meanSquare: 60, slope: 4),
      Oracle.PriorityClass(rate: 0.03, meanMinutes: 8, meanSquare: 90, slope: 2),
      Oracle.PriorityClass(rate: 0.04, meanMinutes: 5, meanSquare: 50, slope: 1),
    ]
    let sum = zip(classes, Oracle.kleinrockWaits(classes)).reduce(0) { $0 + $1.0.load * $1.1 }
    #expect(abs(sum - Oracle.conservedSum(classes)) < 1e-9)
  }
}
