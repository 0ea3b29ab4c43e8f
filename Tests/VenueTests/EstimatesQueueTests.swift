import Foundation
import Testing

@testable import Venue

@Suite("Estimates of waits in simulated queues")
struct EstimatesQueueTests {
  @Test("The regression beats each classic rule, and four ranges in five hold", arguments: 1...3)
  func beatsClassics(seed: Int) {
    var queue = SimulatedQueue(seed: UInt64(seed), hall: .real)
    let score = queue.run(days: 80, warmUp: 10)
    print("estimates, seed \(seed): \(score)")
    #expect(score.regression.root < score.lastServed.root, "seed \(seed)")
    #expect(score.regression.root < score.head.root, "seed \(seed)")
    #expect(score.regression.root < score.plain.root, "seed \(seed)")
    #expect((0.75...0.85).contains(score.coverage), "seed \(seed)")
    for share in score.coverageByClass {
      #expect((0.7...0.9).contains(share), "seed \(seed)")
    }
  }

  @Test("Where the plain rule is exact but for the pace, the regression costs next to nothing")
  func isNearThePlainRule() {
    var queue = SimulatedQueue(seed: 4, hall: .ideal)
    let score = queue.run(days: 80, warmUp: 10)
    print("estimates, ideal hall, seed 4: \(score)")
    #expect(score.regression.root < 1.02 * score.plain.root)
    #expect(score.regression.root < score.lastServed.root)
    #expect(score.regression.root < score.head.root)
    #expect((0.75...0.85).contains(score.coverage))
  }
}

/// How a simulated hall differs from the textbook's; times in minutes.
struct SimulatedHall {
  var priorityShare: Double
  var noShowShare: Double
  /// Between a service's end and the next call.
  var turnover: Double
  /// Open counters by hour of the day, the last one for all later hours.
  var counters: [Int]
  var arrivalsPerMinute: Double

  static let real = Self(
    priorityShare: 0.13, noShowShare: 0.12, turnover: 1.5,
    counters: [3, 4, 5, 5, 4, 3, 4, 5, 5, 4],
    arrivalsPerMinute: 0.42)
  static let ideal = Self(
    priorityShare: 0, noShowShare: 0, turnover: 0, counters: [4], arrivalsPerMinute: 0.39)
}

struct SquaredError {
  private var sum = 0.0
  private var count = 0.0
  var root: Double { (sum / count).squareRoot() }

  mutating func add(_ error: Double) {
    sum += error * error
    count += 1
  }
}

/// Root mean square errors in minutes, and the share of ranges that held.
struct EstimateScore: CustomStringConvertible {
  var regression = SquaredError()
  var lastServed = SquaredError()
  var head = SquaredError()
  var plain = SquaredError()
  /// Of ordinary, then of priority clients.
  var classes = [RangeCoverage(), RangeCoverage()]

  var coverageByClass: [Double] { classes.compactMap(\.share) }
  var coverage: Double {
    Double(classes[0].held + classes[1].held) / Double(classes[0].total + classes[1].total)
  }

  var description: String {
    let roots = [regression, lastServed, head, plain].map { ($0.root * 100).rounded() / 100 }
    let shares = ([coverage] + coverageByClass).map { ($0 * 1_000).rounded() / 10 }
    return "RMSE regression, last served, head, plain \(roots) min; held \(shares) %"
  }
}

/// An M/M/c queue of two classes, written for these tests alone: days of ten hours, whose loads vary
/// by a fifth; a mean service of ten minutes.
struct SimulatedQueue {
  struct Client {
    let arrival: Double
    let features: WaitFeatures
    let range: WaitRange
  }

  let hall: SimulatedHall
  var random: SeededRandom
  var estimator = WaitEstimator()
  var pace = WaitPace(plannedMinutes: 8)
  var score = EstimateScore()
  var isScored = false
  /// Ordinary, then priority clients.
  var lines: [[Client]] = [[], []]
  /// When each busy counter is free again.
  var busyUntil: [Double] = []
  var callTimes: [Double] = []
  var lastWait = 0.0

  init(seed: UInt64, hall: SimulatedHall) {
    random = SeededRandom(seed: seed)
    self.hall = hall
  }

  mutating func run(days: Int, warmUp: Int) -> EstimateScore {
    for day in 0..<days {
      isScored = day >= warmUp
      runDay(load: 0.8 + 0.4 * uniform())
      estimator.resetDay()
    }
    return score
  }

  private mutating func runDay(load: Double) {
    lastWait = 0
    callTimes = []
    busyUntil = []
    let rate = hall.arrivalsPerMinute * load
    var arrival = exponential(mean: 1 / rate)
    while arrival < 600 || !busyUntil.isEmpty {
      let free = busyUntil.min() ?? .infinity
      if arrival < 600, arrival <= free {
        arrive(at: arrival)
        arrival += exponential(mean: 1 / rate)
      } else {
        busyUntil.removeAll { $0 == free }
        call(at: free)
      }
    }
  }

  /// Counters that open by the hour make their first call at the next event.
  private func openCounters(at time: Double) -> Int {
    hall.counters[min(max(0, Int(time / 60)), hall.counters.count - 1)]
  }

  private mutating func arrive(at time: Double) {
    let isPriority = uniform() < hall.priorityShare
    let first = lines.flatMap { $0.prefix(1) }.map(\.arrival).min()
    let features = WaitFeatures(
      lastServedWait: Int64(lastWait * 60_000), headWait: Int64((time - (first ?? time)) * 60_000),
      peopleBefore: lines[1].count + (isPriority ? 0 : lines[0].count),
      recentExits: callTimes.count { $0 > time - 15 }, isPriority: isPriority,
      openCounters: Double(openCounters(at: time)), pace: pace.milliseconds)
    lines[isPriority ? 1 : 0].append(
      Client(arrival: time, features: features, range: estimator.estimate(features)))
    call(at: time)
  }

  private mutating func call(at time: Double) {
    while busyUntil.count < openCounters(at: time) {
      let line = lines[1].isEmpty ? 0 : 1
      guard !lines[line].isEmpty else { return }
      let client = lines[line].removeFirst()
      record(client, waited: time - client.arrival)
      callTimes.append(time)
      let isNoShow = uniform() < hall.noShowShare
      let service = isNoShow ? 1 : exponential(mean: 10)
      if !isNoShow { pace.learn(milliseconds: Int64(service * 60_000)) }
      busyUntil.append(time + service + hall.turnover)
    }
  }

  private mutating func record(_ client: Client, waited: Double) {
    let features = client.features
    let milliseconds = Int64(waited * 60_000)
    estimator.learn(features, range: client.range, waited: milliseconds)
    lastWait = waited
    guard isScored else { return }
    let gap = Double(features.pace) / features.openCounters / 60_000
    score.regression.add(waited - Double(client.range.expected) / 60_000)
    score.lastServed.add(waited - Double(features.lastServedWait) / 60_000)
    score.head.add(waited - Double(features.headWait) / 60_000)
    score.plain.add(waited - Double(features.peopleBefore + 1) * gap)
    score.classes[features.isPriority ? 1 : 0].count(client.range.holds(milliseconds))
  }

  private mutating func uniform() -> Double { Double.random(in: 0..<1, using: &random) }

  private mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }
}
