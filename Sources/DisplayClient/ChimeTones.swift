import Glibc

/// The sound before a call: two tones that fall by a major third, like a doorbell.
enum ChimeTones {
  static let samplesPerSecond = 48_000
  static let seconds = 1.7
  /// Frequencies in hertz, and when each tone starts.
  static let tones: [(hertz: Double, startSeconds: Double)] = [(659.26, 0), (523.25, 0.55)]

  private static let attackSeconds = 0.006
  /// In this time a tone falls to a third.
  private static let decaySeconds = 0.38
  /// Of full scale, for each tone: together they stay below two thirds.
  private static let loudness = 0.32

  /// Signed 16-bit samples of one channel.
  static let samples: [Int16] = {
    let count = Int(seconds * Double(samplesPerSecond))
    return (0..<count).map { index in
      let time = Double(index) / Double(samplesPerSecond)
      let sum = tones.reduce(0.0) { $0 + tone($1.hertz, at: time - $1.startSeconds) }
      let fadeOut = min(1, (seconds - time) / 0.1)
      return Int16((sum * fadeOut * loudness * 32_767).rounded())
    }
  }()

  /// A tone with a soft octave, `time` seconds after it was struck; within ±1.
  private static func tone(_ hertz: Double, at time: Double) -> Double {
    guard time >= 0 else { return 0 }
    let envelope = min(1, time / attackSeconds) * exp(-time / decaySeconds)
    let phase = 2 * Double.pi * hertz * time
    return envelope * (0.85 * sin(phase) + 0.15 * sin(2 * phase))
  }
}
