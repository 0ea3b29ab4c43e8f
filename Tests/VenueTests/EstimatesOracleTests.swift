import Testing

@testable import Venue

@Suite("Estimates against a regression over the raw data")
struct EstimatesOracleTests {
  @Test("Online equals batch, solved by elimination", arguments: [1.0, 0.998, 0.95], 1...4)
  func onlineEqualsBatch(forgetting: Double, seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var estimator = WaitEstimator(forgetting: forgetting)
    var observations: [Observation] = []
    for count in 1...400 {
      let observation = Observation.drawn(&random)
      observations.append(observation)
      let range = estimator.estimate(observation.features)
      estimator.learn(observation.features, range: range, waited: observation.waited)
      guard [30, 31, 60, 150, 400].contains(count) else { continue }
      let coefficients = try #require(batch(observations, forgetting: forgetting))
      for _ in 0..<20 {
        let features = Observation.drawn(&random).features
        let wait = zip(coefficients, raw(features)).map { $0 * $1 }.reduce(0, +)
        let expected = estimator.expectedMinutes(features)
        #expect(
          abs(expected - min(max(0, wait), 720)) < 1e-6,
          "seed \(seed), forgetting \(forgetting), after \(count)")
      }
    }
  }

  @Test("Without calls the plain rule stands; the correction comes in over thirty calls")
  func blendsIn() {
    let features = WaitFeatures(
      lastServedWait: 0, headWait: 0, peopleBefore: 5, recentExits: 0, isPriority: false,
      openCounters: 2, pace: 600_000)
    var estimator = WaitEstimator()
    // (5 + 1) / (2 counters / 10 minutes) = 30 minutes; an offset is of sqrt((30 + 5) x 5) minutes.
    #expect(
      estimator.estimate(features)
        == WaitRange(low: 609_412, expected: 1_800_000, high: 3_387_451, hasHistory: false))
    var last = 30.0
    for call in 1...60 {
      let range = estimator.estimate(features)
      #expect(range.hasHistory == (call > 30))
      estimator.learn(features, range: range, waited: 3_600_000)
      let expected = estimator.expectedMinutes(features)
      #expect(expected > last && expected - last < 1.5 && expected < 60, "after call \(call)")
      last = expected
    }
    #expect(last > 59)
  }
}

/// One client's line and wait, from a rule unlike any of the regressors.
private struct Observation {
  let features: WaitFeatures
  let waited: Int64

  static func drawn(_ random: inout SeededRandom) -> Self {
    let people = Int.random(in: 0...40, using: &random)
    let features = WaitFeatures(
      lastServedWait: Int64.random(in: 0...5_000_000, using: &random),
      headWait: Int64.random(in: 0...5_000_000, using: &random), peopleBefore: people,
      recentExits: Int.random(in: 0...12, using: &random),
      isPriority: Int.random(in: 0..<8, using: &random) == 0,
      openCounters: Double(Int.random(in: 1...6, using: &random)),
      pace: Int64.random(in: 300_000...900_000, using: &random))
    let noise = Int64.random(in: 0...600_000, using: &random)
    return Self(
      features: features, waited: Int64(people) * 120_000 + features.headWait / 4 + noise)
  }
}

/// The regressors as the rules state them, in minutes.
private func raw(_ features: WaitFeatures) -> [Double] {
  let people = Double(features.peopleBefore)
  let rate = features.openCounters / (Double(features.pace) / 60_000)
  return [
    1, Double(features.lastServedWait) / 60_000, Double(features.headWait) / 60_000, people,
    min(720, people * 15 / Double(max(1, features.recentExits))), min(720, (people + 1) / rate),
    features.isPriority ? 1 : 0,
  ]
}

/// The weighted ridge regression of the wait that pulls towards the plain rule alone.
private func batch(_ observations: [Observation], forgetting: Double) -> [Double]? {
  var rows = (0..<7).map { row in (0..<8).map { $0 == row ? 1.0 : 0 } }
  rows[5][7] = 1
  var weight = 1.0
  for observation in observations.reversed() {
    let values = raw(observation.features) + [Double(observation.waited) / 60_000]
    for row in 0..<7 {
      for column in 0..<8 { rows[row][column] += weight * values[row] * values[column] }
    }
    weight *= forgetting
  }
  return solved(rows)
}

/// Gauss and Jordan's elimination with row pivots; the last column is the right side.
private func solved(_ system: [[Double]]) -> [Double]? {
  var rows = system
  for column in rows.indices {
    let candidates = rows.indices.dropFirst(column)
    guard let pivot = candidates.max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
      rows[pivot][column] != 0
    else { return nil }
    rows.swapAt(column, pivot)
    let scale = rows[column][column]
    rows[column] = rows[column].map { $0 / scale }
    for row in rows.indices where row != column {
      let factor = rows[row][column]
      rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
    }
  }
  return rows.compactMap(\.last)
}
