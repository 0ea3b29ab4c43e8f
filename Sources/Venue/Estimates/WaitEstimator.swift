/// Estimates the waits of one service, and learns from each call how long they were.
///
/// The expected wait is the plain rule (n + 1) / (s mu), corrected by a ridge regression on all
/// `WaitFeatures` that is learned online; the range about it is what nine in ten waits exceeded and
/// nine in ten kept below, followed online for each class. Correcting the plain rule is the same as a
/// regression of the wait itself whose ridge pulls towards that rule. The correction comes in
/// evenly over the first `enoughCalls` calls; without any, the plain rule stands, with
/// `RangeOffsets`' stated range.
///
/// Deterministic: doubles in a fixed order of operations. For finite input never NaN or infinite.
public struct WaitEstimator: Equatable, Sendable {
  /// With so many calls learned, the correction counts in full and a range has history.
  public static var enoughCalls: Int { 30 }
  /// An observation's weight falls to half after 346 further ones.
  public static var usualForgetting: Double { 0.998 }

  private var regression: RidgeRegression
  private var ordinary = RangeOffsets()
  private var priority = RangeOffsets()
  /// How often ranges held since `resetDay`.
  public private(set) var today = RangeCoverage()
  /// How often ranges held since the beginning.
  public private(set) var overall = RangeCoverage()
  /// Calls learned from.
  public var calls: Int { overall.total }

  public init() { self.init(forgetting: Self.usualForgetting) }

  /// `forgetting` in (0, 1]: an observation's weight after one more.
  init(forgetting: Double) {
    precondition(forgetting > 0 && forgetting <= 1, "forgetting is a share in (0, 1]")
    regression = RidgeRegression(forgetting: forgetting)
  }

  public func estimate(_ features: WaitFeatures) -> WaitRange {
    let expected = expectedMinutes(features)
    let spread = RangeOffsets.spread(expected: expected, gap: features.gapMinutes)
    let offsets = features.isPriority ? priority : ordinary
    return WaitRange(
      low: Self.milliseconds(expected + offsets.low * spread),
      expected: Self.milliseconds(expected),
      high: Self.milliseconds(expected + offsets.high * spread),
      hasHistory: calls >= Self.enoughCalls)
  }

  /// Learns that a client of whom `features` were known, and who was told `range`, was called after
  /// `waited` ms. Each call is to be learned once; one who left uncalled is not.
  public mutating func learn(_ features: WaitFeatures, range: WaitRange, waited: Int64) {
    let isHeld = range.holds(waited)
    today.count(isHeld)
    overall.count(isHeld)

    let waitedMinutes = WaitFeatures.minutes(waited)
    let told = WaitFeatures.minutes(range.expected)
    let error =
      (waitedMinutes - told) / RangeOffsets.spread(expected: told, gap: features.gapMinutes)
    if features.isPriority { priority.learn(error: error) } else { ordinary.learn(error: error) }

    regression.learn(features.regressors, target: waitedMinutes - features.plainMinutes)
  }

  /// Begins a new day's count of ranges that held. What was learned stays.
  public mutating func resetDay() { today = RangeCoverage() }

  /// Minutes within 0 and `WaitFeatures.longestMinutes`.
  func expectedMinutes(_ features: WaitFeatures) -> Double {
    let plain = features.plainMinutes
    guard calls > 0 else { return plain }
    let trust = min(1, Double(calls) / Double(Self.enoughCalls))
    let corrected = plain + trust * regression.value(features.regressors)
    guard corrected.isFinite else { return plain }
    return min(max(0, corrected), WaitFeatures.longestMinutes)
  }

  private static func milliseconds(_ minutes: Double) -> Int64 {
    Int64((max(0, minutes) * 60_000).rounded())
  }
}

extension WaitEstimator {
  /// The length of `stored`.
  public static var storedCount: Int {
    sumsStart + RidgeRegression.triangleSize + RidgeRegression.size
  }
  private static var sumsStart: Int { 11 }

  /// The whole state, exactly: 46 numbers.
  ///
  /// Forgetting; of ordinary then priority clients: low, high, count; held and total of the
  /// day, then of all; 28 sums of products (lower triangle by rows); 7 sums with the target.
  public var stored: [Double] {
    let offsets = [ordinary, priority].flatMap { [$0.low, $0.high, Double($0.count)] }
    let counts = [today.held, today.total, overall.held, overall.total].map(Double.init)
    return [regression.forgetting] + offsets + counts + regression.products
      + regression.targets
  }

  /// The state that gave `stored`; nil when no state gives it.
  public init?(stored: [Double]) {
    guard stored.count == Self.storedCount, stored.allSatisfy({ abs($0) <= Self.largestSum }),
      stored[0] > 0, stored[0] <= 1,
      let counts = Self.wholeNumbers([3, 6, 7, 8, 9, 10].map { stored[$0] }),
      counts[2] <= counts[3], counts[4] <= counts[5], counts[2] <= counts[4],
      counts[3] <= counts[5], counts[0] + counts[1] == counts[5],
      let ordinary = RangeOffsets(low: stored[1], high: stored[2], count: counts[0]),
      let priority = RangeOffsets(low: stored[4], high: stored[5], count: counts[1]),
      let regression = RidgeRegression(
        forgetting: stored[0],
        products: Array(stored[Self.sumsStart...].prefix(RidgeRegression.triangleSize)),
        targets: Array(stored.suffix(RidgeRegression.size)))
    else { return nil }
    self.regression = regression
    self.ordinary = ordinary
    self.priority = priority
    today = RangeCoverage(held: counts[2], total: counts[3])
    overall = RangeCoverage(held: counts[4], total: counts[5])
  }

  /// Ten million calls of the longest lines do not reach it.
  private static var largestSum: Double { 1e16 }

  /// Nil unless all are whole, and not negative.
  private static func wholeNumbers(_ values: [Double]) -> [Int]? {
    let whole = values.compactMap { Int(exactly: $0) }.filter { $0 >= 0 }
    return whole.count == values.count ? whole : nil
  }
}
