import Glibc
import Testing

@testable import DisplayClient

@Suite struct ChimeTests {
  /// The strength of one frequency in a part of the chime (Goertzel 1958).
  private func strength(of hertz: Double, seconds: ClosedRange<Double>) -> Double {
    let rate = Double(ChimeTones.samplesPerSecond)
    let part = ChimeTones.samples[Int(seconds.lowerBound * rate)..<Int(seconds.upperBound * rate)]
    let coefficient = 2 * cos(2 * .pi * hertz / rate)
    var (last, beforeLast) = (0.0, 0.0)
    for sample in part {
      (last, beforeLast) = (Double(sample) + coefficient * last - beforeLast, last)
    }
    return (last * last + beforeLast * beforeLast - coefficient * last * beforeLast).squareRoot()
  }

  @Test("The first tone is higher than the second")
  func falls() {
    let first = 0.05...0.45
    let second = 0.75...1.15
    #expect(strength(of: 659.26, seconds: first) > 10 * strength(of: 523.25, seconds: first))
    #expect(strength(of: 523.25, seconds: second) > 2 * strength(of: 659.26, seconds: second))
  }

  @Test("It starts and ends in silence, and is never at the limit")
  func isClean() throws {
    let samples = ChimeTones.samples
    #expect(try abs(Int(#require(samples.first))) < 50)
    #expect(try abs(Int(#require(samples.last))) < 50)
    let peak = samples.map { abs(Int($0)) }.max() ?? 0
    #expect((8_000...22_000).contains(peak))
  }
}
