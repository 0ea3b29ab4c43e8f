/// How many visits come on each day of an experiment.
///
/// Counts vary more than Poisson's: negative binomial, which is a Poisson count whose mean is gamma.
/// Days take the points of a golden-ratio sequence in the distribution (a Kronecker sequence: any
/// number of first days is spread evenly), from a start that the seed draws. So the mean of forty days
/// is close to the one asked for, where forty independent draws of the reference demand would be off
/// by 2 %, and waits by three times that.
public struct DayCounts: Sendable {
  public let mean: Double
  /// Variance / mean; 1 or less gives Poisson counts.
  public let ratio: Double
  private let start: Double

  public init(mean: Double, ratio: Double, seed: UInt64) {
    self.mean = mean
    self.ratio = ratio
    var random = RandomSource.stream(seed: seed, day: 0, purpose: .count)
    start = random.uniform()
  }

  public func count(day: Int) -> Int {
    let goldenRatio = 0.618_033_988_749_894_9
    let point = start + Double(day) * goldenRatio
    return count(at: point - point.rounded(.down))
  }

  /// The smallest count that at least the share `quantile` of days do not exceed.
  ///
  /// By summing the probabilities from 0, each from the one before: with r = mean / (ratio - 1),
  /// P(k + 1) / P(k) = (k + r) / (k + 1) (ratio - 1) / ratio, and mean / (k + 1) for Poisson. In
  /// logarithms, as P(0) of a large hall is smaller than any double.
  func count(at quantile: Double) -> Int {
    guard mean > 0 else { return 0 }
    let isPoisson = ratio <= 1
    let shape = isPoisson ? 0 : mean / (ratio - 1)
    var probability = isPoisson ? -mean : -shape * logarithm(ratio)
    var sum = exponentialFunction(probability)
    var count = 0
    let farthest = mean + 40 * (mean * max(1, ratio)).squareRoot() + 40
    while sum < quantile, Double(count) < farthest {
      let next = Double(count + 1)
      probability +=
        isPoisson
        ? logarithm(mean / next)
        : logarithm((Double(count) + shape) / next * (ratio - 1) / ratio)
      sum += exponentialFunction(probability)
      count += 1
    }
    return count
  }
}
