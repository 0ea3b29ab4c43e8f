import Testing

@testable import Venue

@Suite("Estimates of extreme input, their stored form, and the running pace")
struct EstimatesBoundsTests {
  @Test("Whatever comes, ranges are in order and the state is finite", arguments: 1...6)
  func extremes(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var estimator = WaitEstimator(forgetting: seed % 2 == 0 ? 1 : 0.998)
    for call in 0..<4_000 {
      let features = extreme(&random)
      let range = estimator.estimate(features)
      #expect(
        0 <= range.low && range.low <= range.expected && range.expected <= range.high,
        "seed \(seed), call \(call)")
      #expect(range.expected <= 43_200_000, "seed \(seed), call \(call)")
      let told = Bool.random(using: &random) ? range : extremeRange(&random)
      estimator.learn(features, range: told, waited: extremeDuration(&random))
      #expect(estimator.stored.allSatisfy { $0.isFinite }, "seed \(seed), call \(call)")
    }
    #expect(WaitEstimator(stored: estimator.stored) == estimator, "seed \(seed)")
  }

  @Test("Coverage counts what was told, by the day and over all")
  func coverage() {
    let features = WaitFeatures(
      lastServedWait: 0, headWait: 0, peopleBefore: 1, recentExits: 1, isPriority: true,
      openCounters: 1, pace: 60_000)
    let told = WaitRange(low: 10, expected: 20, high: 30, hasHistory: true)
    var estimator = WaitEstimator()
    for waited in [9, 10, 30, 31] as [Int64] {
      estimator.learn(features, range: told, waited: waited)
    }
    #expect(estimator.today == RangeCoverage(held: 2, total: 4))
    estimator.resetDay()
    #expect(estimator.today == RangeCoverage() && estimator.today.share == nil)
    #expect(estimator.overall.share == 0.5 && estimator.calls == 4)
  }

  @Test("It comes back bit for bit and goes on alike; what no estimator stores is refused")
  func roundTrip() throws {
    var queue = SimulatedQueue(seed: 7, hall: .real)
    _ = queue.run(days: 3, warmUp: 1)
    var estimator = queue.estimator
    let stored = estimator.stored
    #expect(stored.count == WaitEstimator.storedCount && stored.count == 46)
    var restored = try #require(WaitEstimator(stored: stored))
    var random = SeededRandom(seed: 7)
    for _ in 0..<200 {
      let features = extreme(&random)
      let range = restored.estimate(features)
      #expect(range == estimator.estimate(features))
      estimator.learn(features, range: range, waited: 600_000)
      restored.learn(features, range: range, waited: 600_000)
    }
    #expect(restored.stored.map(\.bitPattern) == estimator.stored.map(\.bitPattern))
    #expect(WaitEstimator(stored: []) == nil)
    let wrongs: [(Int, Double)] = [
      (0, 0), (0, 1.5), (1, 1), (2, -1), (3, -1), (3, 0.5), (4, .infinity), (6, 1e9), (7, 1e9),
      (9, 1e9), (10, 1e9), (20, .nan), (45, 1e300),
    ]
    for (index, value) in wrongs {
      var wrong = stored
      wrong[index] = value
      #expect(WaitEstimator(stored: wrong) == nil, "\(value) at \(index)")
    }
  }

  @Test("Sums that no calls give still give ranges")
  func impossibleSums() throws {
    var random = SeededRandom(seed: 9)
    for _ in 0..<500 {
      var stored = WaitEstimator().stored
      stored[3] = 100
      stored[10] = 100
      for index in 11..<46 { stored[index] = Double.random(in: -1e16...1e16, using: &random) }
      let estimator = try #require(WaitEstimator(stored: stored))
      let range = estimator.estimate(extreme(&random))
      #expect(0 <= range.low && range.expected <= 43_200_000)
    }
  }

  @Test("The pace is a running mean that can be recomputed by hand")
  func pace() {
    var pace = WaitPace(plannedMinutes: 5)
    #expect(pace.milliseconds == 300_000)
    pace.learn(milliseconds: 460_015)
    #expect(pace.milliseconds == 310_000, "160,015 / 16 = 10,000 rest 15")
    pace.learn(milliseconds: 149_985)
    #expect(pace.milliseconds == 300_000, "-160,015 / 16 = -10,000 rest -15")
    pace.learn(milliseconds: .max)
    #expect(pace.milliseconds == 356_250, "a service counts as 20 minutes at most")
    pace.learn(milliseconds: .min)
    #expect(pace.milliseconds == 334_922, "and as 15 seconds at least")
    #expect(WaitPace(plannedMinutes: 5, milliseconds: 334_922) == pace)
    #expect(WaitPace(plannedMinutes: 1, milliseconds: 334_922).milliseconds == 240_000)
    #expect(WaitPace(plannedMinutes: .min).milliseconds == 60_000)
    #expect(WaitPace(plannedMinutes: .max).milliseconds == 86_400_000)
  }
}

private func extreme(_ random: inout SeededRandom) -> WaitFeatures {
  let counters: [Double] = [
    0, -1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.5, 3,
  ]
  let counts = [Int.min, -1, 0, 1, 7, 16_000, .max]
  return WaitFeatures(
    lastServedWait: extremeDuration(&random), headWait: extremeDuration(&random),
    peopleBefore: counts.randomElement(using: &random) ?? 0,
    recentExits: counts.randomElement(using: &random) ?? 0, isPriority: .random(using: &random),
    openCounters: counters.randomElement(using: &random) ?? 0, pace: extremeDuration(&random))
}

private func extremeDuration(_ random: inout SeededRandom) -> Int64 {
  let durations: [Int64] = [.min, -1, 0, 1, 60_000, 3_600_000, 90_000_000, .max]
  return durations.randomElement(using: &random) ?? 0
}

private func extremeRange(_ random: inout SeededRandom) -> WaitRange {
  WaitRange(
    low: extremeDuration(&random), expected: extremeDuration(&random),
    high: extremeDuration(&random), hasHistory: .random(using: &random))
}
