import Simulation
import Testing
import Venue

@Suite("Distributions and days")
struct PopulationTests {
  @Test("Counts have the mean and the overdispersion asked for", arguments: [6.0, 9, 12])
  func counts(ratio: Double) {
    var random = RandomSource(seed: 11)
    let counts = (0..<2_000).map { _ in Double(random.count(mean: 200, ratio: ratio)) }
    let mean = counts.reduce(0, +) / 2_000
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1_999
    #expect(abs(mean - 200) < 4 * (200 * ratio / 2_000).squareRoot())
    #expect(abs(variance / mean - ratio) < 0.2 * ratio)
  }

  @Test("Gamma has its mean and variance, also for shapes below one", arguments: [0.4, 1, 7.5])
  func gamma(shape: Double) {
    var random = RandomSource(seed: 12)
    let values = (0..<20_000).map { _ in random.gamma(shape: shape, scale: 2) }
    let mean = values.reduce(0, +) / 20_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19_999
    #expect(abs(mean - 2 * shape) < 4 * (4 * shape / 20_000).squareRoot())
    #expect(abs(variance / (4 * shape) - 1) < 0.15)
  }

  @Test("Streams of different purposes, days and people do not repeat each other")
  func streams() {
    var firsts: Set<UInt64> = []
    for day in 0..<20 {
      for index in 0..<20 {
        for purpose in [RandomSource.Purpose.count, .person, .desks] {
          var random = RandomSource.stream(seed: 1, day: day, purpose: purpose, index: index)
          firsts.insert(random.next())
        }
      }
    }
    #expect(firsts.count == 20 * 20 * 3)
  }

  @Test("An outcome depends on the seed and on nothing else; every visit has one end")
  func repeats() throws {
    let venue = try OneServiceVenue(counters: 3, policy: .arrival).configuration
    let population = Population(venue: venue, meanVisits: 120, seed: 4)
    let first = DayRunner.run(venue: venue, plan: population.plan(day: 2))
    let second = DayRunner.run(venue: venue, plan: population.plan(day: 2))
    #expect(first.journeys.map(\.waitMinutes) == second.journeys.map(\.waitMinutes))
    #expect(first.calls.map(\.counter) == second.calls.map(\.counter))
    let served = first.journeys.count { $0.end == .served }
    #expect(served > 0)
    #expect(first.journeys.allSatisfy { $0.waitMinutes >= 0 })
    #expect(first.calls.count >= served)
  }

  @Test("Scaling keeps agencies and gives copies their own names")
  func scaling() throws {
    let venue = try OneServiceVenue(counters: 3, policy: .arrival).configuration
    for (factor, count) in [(2.0, 6), (0.34, 1), (0.01, 1), (1, 3)] {
      let scaled = venue.withCounters(scaledBy: factor)
      #expect(scaled.counters.count == count)
      #expect(Set(scaled.counters.map(\.id)).count == count)
    }
  }
}
