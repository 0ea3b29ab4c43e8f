import Simulation
import Testing
import Venue

@Suite("Distributions and days")
struct PopulationTests {
  @Test(
    "Counts have the mean and the overdispersion asked for",
    arguments: [(200.0, 6.0), (200, 12), (16_000, 9), (750, 1), (3, 1), (0, 9)])
  func counts(mean asked: Double, ratio: Double) {
    let days = DayCounts(mean: asked, ratio: ratio, seed: 11)
    let counts = (0..<2_000).map { Double(days.count(day: $0)) }
    let mean = counts.reduce(0, +) / 2_000
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1_999
    #expect(abs(mean - asked) <= 0.002 * asked + 0.02)
    #expect(abs(variance - ratio * asked) <= 0.1 * ratio * asked)
  }

  @Test("Forty days have nearly the mean asked for, whatever the seed")
  func evenCounts() {
    for seed in UInt64(0)..<50 {
      let days = DayCounts(mean: 750, ratio: 9, seed: seed)
      let total = (0..<40).reduce(0) { $0 + days.count(day: $1) }
      #expect(abs(Double(total) / 40 - 750) < 10, "seed \(seed)")
    }
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
