/// How long somebody will probably wait: "about 10 to 30 minutes".
///
/// Provisional: from half to 1.6 times the engine's expected wait, rounded outwards to five minutes.
/// The two factors are a guess until they are set by measured waits, and then a range is to hold nine
/// of ten of them.
public struct WaitRange: Equatable, Codable, Sendable {
  /// Multiples of five; `fromMinutes` is below `toMinutes` for every wait but none.
  public var fromMinutes: Int
  public var toMinutes: Int
  /// The same in words of the client's language.
  public var text: Phrase

  /// The bounds for an expected wait in milliseconds, not negative; at most a day is promised.
  public static func minutes(around expected: Int64) -> (from: Int, to: Int) {
    let step: Int64 = 5 * 60_000
    let wait = min(max(0, expected), 24 * 60 * 60_000)
    let low = wait / 2 / step
    let high = (wait * 8 + 5 * step - 1) / (5 * step)
    return (Int(low) * 5, Int(high) * 5)
  }
}
