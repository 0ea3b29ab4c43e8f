/// How long to wait before the next attempt: doubling from a first time to a longest one, each made
/// shorter by up to half at random, so that a hall of devices does not come back in one moment.
struct Backoff: Sendable {
  /// Milliseconds.
  var first: Int
  let longest: Int
  private var failures = 0

  init(first: Duration, longest: Duration) {
    self.first = Int(first.milliseconds)
    self.longest = Int(longest.milliseconds)
  }

  mutating func succeeded() { failures = 0 }

  /// - Parameter jitter: 0 up to 1.
  /// - Returns: milliseconds.
  mutating func next(jitter: Double) -> Int {
    // 2^16 times the shortest first time is beyond every longest one.
    let doubled = first << min(failures, 16)
    failures += 1
    let whole = min(doubled, longest)
    return whole - Int(Double(whole) / 2 * min(max(jitter, 0), 1))
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
  }
}
