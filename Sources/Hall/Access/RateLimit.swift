import Synchronization

/// At most so many happenings a minute for each name, counted in a token bucket.
final class RateLimit: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: ContinuousClock.Instant
  }

  private struct Buckets {
    var byName: [String: Bucket] = [:]
    /// When full buckets may be looked for again.
    var nextPurge: ContinuousClock.Instant?
  }

  private let perMinute: Double
  private let buckets = Mutex(Buckets())
  /// Names beyond this push out all that are full again; then the newest are refused.
  private static let nameLimit = 20_000
  /// A flood of names must not make every request look through all of them.
  private static let purgeInterval = Duration.seconds(1)

  init(perMinute: Int) { self.perMinute = Double(perMinute) }

  /// False when the name has used up its share; a minute's worth may come at once. A try that is
  /// refused costs nothing: who waits for his share gets it.
  func allows(_ name: String, at now: ContinuousClock.Instant = .now) -> Bool {
    buckets.withLock { buckets in
      guard makeRoom(in: &buckets, at: now) else { return false }
      let bucket = buckets.byName[name] ?? Bucket(tokens: perMinute, time: now)
      let tokens = refilled(bucket, at: now)
      let isAllowed = tokens >= 1
      buckets.byName[name] = Bucket(tokens: isAllowed ? tokens - 1 : tokens, time: now)
      return isAllowed
    }
  }

  /// The happening was one that does not count, for example a right PIN.
  func giveBack(_ name: String) {
    buckets.withLock { buckets in
      guard var bucket = buckets.byName[name] else { return }
      bucket.tokens = min(perMinute, bucket.tokens + 1)
      buckets.byName[name] = bucket
    }
  }

  private func makeRoom(in buckets: inout Buckets, at now: ContinuousClock.Instant) -> Bool {
    guard buckets.byName.count >= Self.nameLimit else { return true }
    if let nextPurge = buckets.nextPurge, now < nextPurge { return false }
    buckets.nextPurge = now + Self.purgeInterval
    buckets.byName = buckets.byName.filter { refilled($0.value, at: now) < perMinute }
    return buckets.byName.count < Self.nameLimit
  }

  private func refilled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
    let seconds = bucket.time.duration(to: now) / .seconds(1)
    return min(perMinute, bucket.tokens + seconds * perMinute / 60)
  }
}
