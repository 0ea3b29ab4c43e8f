public import Venue

/// How long somebody will probably wait: "about 10 to 30 minutes".
///
/// The engine's range (one client in ten waits less, one in ten longer), rounded outwards to five
/// minutes.
public struct WaitRange: Equatable, Codable, Sendable {
  /// Multiples of five; `fromMinutes` is below `toMinutes` for every wait but none.
  public var fromMinutes: Int
  public var toMinutes: Int
  /// The same in words of the client's language.
  public var text: Phrase

  /// At most a day is promised.
  public static func minutes(of range: Venue.WaitRange) -> (from: Int, to: Int) {
    let step: Int64 = 5 * 60_000
    let day: Int64 = 24 * 60 * 60_000
    let low = min(range.low, day) / step
    let high = (min(range.high, day) + step - 1) / step
    return (Int(low) * 5, Int(high) * 5)
  }
}
