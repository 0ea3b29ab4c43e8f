import Simulation
import Testing
import Venue

@Suite("Randomness")
struct RandomSourceTests {
  @Test("The numbers are those of SplitMix64: reference values for seed 1234567")
  func reference() {
    var random = RandomSource(seed: 1_234_567)
    let numbers = (0..<3).map { _ in random.next() }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test("Means and spreads are those asked for", arguments: [UInt64(1), 2, 3])
  func moments(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let count = 40_000
    let normals = (0..<count).map { _ in random.normal() }
    let lognormals = (0..<count).map { _ in random.lognormal(mean: 12, sigma: 0.7) }
    let exponentials = (0..<count).map { _ in random.exponential(mean: 3) }
    // Four standard errors: a fixed seed passes or fails for ever.
    #expect(abs(mean(normals)) < 4 / Double(count).squareRoot(), "seed \(seed)")
    #expect(abs(mean(normals.map { $0 * $0 }) - 1) < 4 * (2 / Double(count)).squareRoot())
    #expect(abs(mean(lognormals) - 12) < 4 * 9.6 / Double(count).squareRoot(), "seed \(seed)")
    #expect(abs(mean(exponentials) - 3) < 4 * 3 / Double(count).squareRoot(), "seed \(seed)")
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test("A choice of weight zero never comes")
  func weights() {
    var random = RandomSource(seed: 5)
    let chosen = (0..<2_000).map { _ in random.choose([("a", 1.0), ("b", 0), ("c", 3)]) }
    #expect(!chosen.contains("b"))
    #expect((0.2...0.3).contains(Double(chosen.count { $0 == "a" }) / 2_000))
  }
}
