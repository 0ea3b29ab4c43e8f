/// Expected arrivals in a quarter hour: 0 <= `low` <= `expected` <= `high`, 10 % and 90 % points.
public struct ArrivalRange: Hashable, Sendable {
  public let low: Double
  public let expected: Double
  public let high: Double

  /// The 90 % point of the standard normal distribution.
  static var tenthDeviations: Double { 1.2816 }
}

/// What the days of one weekday have in common.
struct UsualDay: Equatable, Sendable {
  /// The median of each quarter.
  let counts: [Double]
  let total: Double
  /// Variance / mean of a quarter's counts about the median, at least 1 (Poisson), at most 12.
  let dispersion: Double

  /// `history` holds the 96 counts of each of `days` days, at least one.
  init(_ history: ArraySlice<UInt16>, days: Int) {
    let first = history.startIndex
    let quarters = history.count / days
    var medians: [Double] = []
    var squares = 0.0
    for quarter in 0..<quarters {
      let values = (0..<days).map { history[first + $0 * quarters + quarter] }.sorted()
      let median = (Double(values[(days - 1) / 2]) + Double(values[days / 2])) / 2
      for value in values { squares += (Double(value) - median) * (Double(value) - median) }
      medians.append(median)
    }
    counts = medians
    total = medians.reduce(0, +)
    dispersion = Self.dispersion(squares: squares, total: total, days: days)
  }

  /// Pearson's statistic over its degrees of freedom; a single day shows none, and 2 is taken.
  private static func dispersion(squares: Double, total: Double, days: Int) -> Double {
    guard days > 1, total > 0 else { return 2 }
    return min(max(1, squares / (total * Double(days - 1))), 12)
  }
}
