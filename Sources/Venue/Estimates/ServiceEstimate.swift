/// What is known of the waits for one service: learned from its calls, and kept over the days.
public struct ServiceEstimate: Equatable, Sendable {
  public internal(set) var estimator: WaitEstimator
  public internal(set) var pace: WaitPace
  /// How long the client called last had waited, in ms; 0 on a day without a call yet.
  public internal(set) var lastServedWait: Int64
  /// When visits left the line, in ms since 1970; the oldest first, none older than the newest by
  /// more than `exitMemory`.
  public internal(set) var exits: [Int64]

  static var exitMemory: Int64 { 15 * 60_000 }
  /// The bound of `exits`: faster lines count as this fast.
  private static var exitLimit: Int { 1_024 }

  public init(
    estimator: WaitEstimator = WaitEstimator(), pace: WaitPace, lastServedWait: Int64 = 0,
    exits: [Int64] = []
  ) {
    self.estimator = estimator
    self.pace = pace
    self.lastServedWait = lastServedWait
    self.exits = exits
  }

  mutating func noteExit(at now: Instant) {
    let old = exits.prefix { now.milliseconds - $0 > Self.exitMemory }.count
    if old > 0 { exits.removeFirst(old) }
    if exits.count == Self.exitLimit { exits.removeFirst() }
    exits.append(now.milliseconds)
  }

  /// Exits in the last 15 minutes.
  func recentExits(at now: Instant) -> Int {
    var low = 0
    var high = exits.count
    while low < high {
      let middle = (low + high) / 2
      if now.milliseconds - exits[middle] > Self.exitMemory {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return exits.count - low
  }

  mutating func beginDay() {
    estimator.resetDay()
    lastServedWait = 0
    exits = []
  }
}

/// What a waiting visit was told, and what was known then: when it is called, the estimator learns.
public struct ToldWait: Equatable, Sendable {
  public let features: WaitFeatures
  public let range: WaitRange

  public init(features: WaitFeatures, range: WaitRange) {
    self.features = features
    self.range = range
  }
}
