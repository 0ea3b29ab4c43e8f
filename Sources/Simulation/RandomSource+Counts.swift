extension RandomSource {
  /// What a stream of random numbers is for. Streams are independent of each other, so that
  /// drawing more for one purpose never changes what another draws: every policy meets the same
  /// people (common random numbers).
  public enum Purpose: UInt64, Sendable {
    case count = 1
    case person, desks, breaks
  }

  /// The stream of one `purpose` on one day of one experiment; `index` tells people apart.
  public static func stream(
    seed: UInt64, day: Int, purpose: Purpose, index: Int = 0
  ) -> RandomSource {
    var mixer = RandomSource(seed: seed)
    for part in [UInt64(day), purpose.rawValue, UInt64(index)] {
      mixer = RandomSource(seed: mixer.next() ^ (part &* 0xD134_2543_DE82_EF95))
    }
    return RandomSource(seed: mixer.next())
  }

  /// Gamma with mean `shape * scale` and variance `shape * scale^2`.
  ///
  /// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). `shape` must be
  /// positive.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0, "a gamma variable has a positive shape")
    guard shape >= 1 else {
      let boost = exponentialFunction(logarithm(1 - uniform()) / shape)
      return gamma(shape: shape + 1, scale: scale) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if logarithm(1 - uniform()) < x * x / 2 + d - d * v + d * logarithm(v) {
        return d * v * scale
      }
    }
  }

  /// Poisson, by counting exponential gaps: exact, and O(mean), which is enough once a day.
  public mutating func poisson(mean: Double) -> Int {
    var count = 0
    var reached = exponential(mean: 1)
    while reached < mean {
      count += 1
      reached += exponential(mean: 1)
    }
    return count
  }

  /// A count with this mean and `ratio` of variance to mean: negative binomial, as a Poisson count
  /// whose mean is gamma. A ratio of 1 or less gives plain Poisson.
  public mutating func count(mean: Double, ratio: Double) -> Int {
    guard mean > 0 else { return 0 }
    guard ratio > 1 else { return poisson(mean: mean) }
    return poisson(mean: gamma(shape: mean / (ratio - 1), scale: ratio - 1))
  }
}
