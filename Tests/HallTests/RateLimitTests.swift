import Testing

@testable import Hall

struct RateLimitTests {
  private let start = ContinuousClock.now

  @Test func `a minute's worth may come at once, then one by one as time goes`() {
    let limit = RateLimit(perMinute: 6)
    for _ in 0..<6 { #expect(limit.allows("K1", at: start)) }
    #expect(!limit.allows("K1", at: start))
    #expect(!limit.allows("K1", at: start + .seconds(9)))
    #expect(limit.allows("K1", at: start + .seconds(10)))
    #expect(!limit.allows("K1", at: start + .seconds(11)))
    #expect(limit.allows("K1", at: start + .seconds(20)))
  }

  @Test func `names do not share, and nobody saves up more than a minute's worth`() {
    let limit = RateLimit(perMinute: 3)
    for _ in 0..<3 { #expect(limit.allows("K1", at: start)) }
    #expect(!limit.allows("K1", at: start) && limit.allows("K2", at: start))
    let later = start + .seconds(86_400)
    for _ in 0..<3 { #expect(limit.allows("K1", at: later)) }
    #expect(!limit.allows("K1", at: later))
  }

  @Test(arguments: [100, 900, 1_700])
  func `a steady rate just below the limit is never refused, however fine its steps`(
    microseconds: Int
  ) {
    let perMinute = 60_000_000 / microseconds
    let limit = RateLimit(perMinute: perMinute + perMinute / 10)
    var refused = 0
    for step in 0..<(perMinute * 2) {
      let time = start + .microseconds(step * microseconds)
      if !limit.allows("K1", at: time) { refused += 1 }
    }
    #expect(refused == 0)
  }

  @Test func `a flood of names is bounded, and those who wait come in later`() {
    let limit = RateLimit(perMinute: 1)
    var allowed = 0
    for number in 0..<25_000 where limit.allows("name \(number)", at: start) { allowed += 1 }
    #expect(allowed == 20_000)
    #expect(limit.allows("somebody", at: start + .seconds(61)))
  }
}
