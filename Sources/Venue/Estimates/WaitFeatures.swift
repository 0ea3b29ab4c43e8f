/// What is known about a service's line when a wait is estimated.
///
/// Kept with the waiting visit from its estimate to its call, so that the estimator learns from what
/// it knew then, not from what it knows now. Values out of bounds are taken as the nearest bound.
public struct WaitFeatures: Hashable, Codable, Sendable {
  /// How long the client called last for the service had waited, in ms.
  public let lastServedWait: Int64
  /// How long the client at the head of the line has waited by now, in ms; 0 when nobody waits.
  public let headWait: Int64
  /// How many clients are to be called before this one.
  public let peopleBefore: Int
  /// Clients who left the line in the last 15 minutes: called, gone, or cancelled.
  public let recentExits: Int
  public let isPriority: Bool
  /// Open counters that serve the service; one that serves several may count in part. Finite, >= 0.
  public let openCounters: Double
  /// The mean time of one service at one counter, in ms; see `WaitPace`.
  public let pace: Int64

  public init(
    lastServedWait: Int64, headWait: Int64, peopleBefore: Int, recentExits: Int, isPriority: Bool,
    openCounters: Double, pace: Int64
  ) {
    self.lastServedWait = max(0, lastServedWait)
    self.headWait = max(0, headWait)
    self.peopleBefore = max(0, peopleBefore)
    self.recentExits = max(0, recentExits)
    self.isPriority = isPriority
    self.openCounters = openCounters.isFinite ? max(0, openCounters) : 0
    self.pace = max(0, pace)
  }
}

extension WaitFeatures {
  /// A day has no longer wait: durations above 12 hours count as 12 hours, in minutes.
  static var longestMinutes: Double { 720 }
  /// Larger lines count as this long; it keeps the regression's sums far from losing digits.
  private static var mostPeople: Double { 10_000 }
  /// The bounds of open counters. With fewer, no rate can be stated; no hall has more.
  private static var counters: ClosedRange<Double> { 0.25...1_000 }
  /// The bounds of the time of one service, in minutes.
  private static var paceMinutes: ClosedRange<Double> { 0.25...240 }

  /// `milliseconds` in minutes, within 0 and `longestMinutes`.
  static func minutes(_ milliseconds: Int64) -> Double {
    min(Double(max(0, milliseconds)) / 60_000, longestMinutes)
  }

  private var people: Double { min(Double(max(0, peopleBefore)), Self.mostPeople) }

  /// Minutes between two calls if all open counters are busy: 1 / (s mu).
  var gapMinutes: Double {
    Self.bounded(Double(pace) / 60_000, by: Self.paceMinutes)
      / Self.bounded(openCounters, by: Self.counters)
  }

  private static func bounded(_ value: Double, by bounds: ClosedRange<Double>) -> Double {
    min(max(value, bounds.lowerBound), bounds.upperBound)
  }

  /// The wait by the plain rule, in minutes: (n + 1) / (s mu), for n people before.
  var plainMinutes: Double { min((people + 1) * gapMinutes, Self.longestMinutes) }

  /// The regressors in their fixed order, which `WaitEstimator.stored` depends on: 1, last served
  /// wait, head's wait, people, people by the last quarter hour's exits, plain rule, class.
  /// Durations are minutes. No exit counts as one.
  var regressors: [Double] {
    let byExits = min(people * 15 / Double(max(1, recentExits)), Self.longestMinutes)
    return [
      1, Self.minutes(lastServedWait), Self.minutes(headWait), people, byExits, plainMinutes,
      isPriority ? 1 : 0,
    ]
  }
}
