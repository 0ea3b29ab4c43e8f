import Synchronization

/// At most so many happenings a minute for each name, counted in a token bucket.
final class RateLimit: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: ContinuousClock.Instant
  }

  private let perMinute: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Names beyond this push out all that are full again; then the newest are refused.
  private static let nameLimit = 20_000

  init(perMinute: Int) { self.perMinute = Double(perMinute) }

  /// False when the name has used up its share; a minute's worth may come at once.
  func allows(_ name: String, at now: ContinuousClock.Instant = .now) -> Bool {
    buckets.withLock { buckets in
      if buckets.count >= Self.nameLimit {
        buckets = buckets.filter { refilled($0.value, at: now) < perMinute }
        guard buckets.count < Self.nameLimit else { return false }
      }
      let bucket = buckets[name] ?? Bucket(tokens: perMinute, time: now)
      let tokens = refilled(bucket, at: now)
      buckets[name] = Bucket(tokens: max(0, tokens - 1), time: now)
      return tokens >= 1
    }
  }

  private func refilled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
    let seconds = Double(bucket.time.duration(to: now).milliseconds) / 1000
    return min(perMinute, bucket.tokens + seconds * perMinute / 60)
  }
}
