/// The 10 % and 90 % points of estimates' errors, followed online for one class of clients.
///
/// An error is waited less expected, in units of the spread at that expectation. Each point steps so
/// that it rests where a tenth of the errors lie beyond it (stochastic approximation of a quantile,
/// Robbins and Monro 1951): away by 0.9 of the step when an error lies beyond, back by 0.1 when not.
/// The step is 2 / (20 + errors seen) and never less than `smallestStep`, so that it adapts for good.
struct RangeOffsets: Equatable, Sendable {
  /// Within -`farthest` and 0.
  private(set) var low: Double
  /// Within 0 and `farthest`.
  private(set) var high: Double
  /// How many errors were seen.
  private(set) var count: Int

  private static var smallestStep: Double { 0.02 }
  private static var farthest: Double { 50 }

  /// What is stated before anything is known: 1.5 spreads below, 2 above, as waits are skew.
  init() {
    low = -1.5
    high = 2
    count = 0
  }

  /// Nil when the points are not what this type can reach.
  init?(low: Double, high: Double, count: Int) {
    guard (-Self.farthest...0).contains(low), (0...Self.farthest).contains(high), count >= 0
    else { return nil }
    self.low = low
    self.high = high
    self.count = count
  }

  /// Minutes by which an estimate of `expected` minutes is typically wrong.
  ///
  /// As many calls as make up the expectation come at gaps of `gap` minutes: were those gaps
  /// exponential, their sum would have the variance expected x gap. One more gap is for what is left
  /// of the services under way.
  static func spread(expected: Double, gap: Double) -> Double {
    ((expected + gap) * gap).squareRoot()
  }

  mutating func learn(error: Double) {
    let step = max(Self.smallestStep, 2 / (20 + Double(count)))
    count += 1
    low = min(0, max(-Self.farthest, low + (error < low ? -0.9 : 0.1) * step))
    high = max(0, min(Self.farthest, high + (error > high ? 0.9 : -0.1) * step))
  }
}
