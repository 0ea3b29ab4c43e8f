/// A seeded source of randomness: the same seed gives the same day, on every machine.
///
/// SplitMix64 (Steele, Lea, Flood 2014): one addition and three mixing steps a number.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in [0, 1).
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True with probability `share`.
  public mutating func chance(_ share: Double) -> Bool { uniform() < share }

  /// Exponential with the given mean, in the mean's unit.
  public mutating func exponential(mean: Double) -> Double { -mean * logarithm(1 - uniform()) }

  /// Lognormal with the given mean and standard deviation of its logarithm.
  ///
  /// mean = exp(mu + sigma^2 / 2), so mu = ln(mean) - sigma^2 / 2.
  public mutating func lognormal(mean: Double, sigma: Double) -> Double {
    mean * exponentialFunction(sigma * normal() - sigma * sigma / 2)
  }

  /// Standard normal, by the polar method of Marsaglia (1964).
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * logarithm(square) / square).squareRoot() }
    }
  }

  /// One of `choices`, each with the chance of its weight; traps when all weights are zero.
  public mutating func choose<Choice>(_ choices: [(choice: Choice, weight: Double)]) -> Choice {
    let total = choices.reduce(0) { $0 + $1.weight }
    precondition(total > 0, "there is nothing to choose from")
    var left = uniform() * total
    for (choice, weight) in choices {
      left -= weight
      if left < 0 { return choice }
    }
    return choices[choices.count - 1].choice
  }
}
