import FoundationEssentials
import Synchronization
import Venue

/// The daemon's clock. Readings never go back.
protocol HallClock: Sendable {
  func now() -> Instant
  /// Seconds of this clock in one real second.
  var speed: Double { get }
  /// True for a clock of a demo or test, which every page has to say.
  var isSimulated: Bool { get }
}

/// Real time for a hall: it runs with the machine's steady clock, which no administrator moves, and
/// is drawn towards the wall clock.
///
/// A wall clock that is set forward is followed at once. One that is set back is waited for: until
/// the wall has caught up this clock runs at half speed, so that no instant comes twice and waits
/// in progress stay plausible.
final class WallClock: HallClock {
  private struct Reading {
    var steady: ContinuousClock.Instant
    var answer: Int64
  }

  let speed = 1.0
  let isSimulated = false
  private let wall: @Sendable () -> Int64
  private let steady: @Sendable () -> ContinuousClock.Instant
  private let last: Mutex<Reading>

  /// Starts no earlier than `floor`, the time of the last event in the journal.
  ///
  /// `wall` gives milliseconds since 1970; both sources are handed in so that tests can move them.
  init(
    notBefore floor: Instant, wall: @escaping @Sendable () -> Int64 = WallClock.machineWall,
    steady: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.wall = wall
    self.steady = steady
    last = Mutex(Reading(steady: steady(), answer: max(wall(), floor.milliseconds)))
  }

  func now() -> Instant {
    last.withLock { last in
      let wall = wall()
      let steady = steady()
      let elapsed = max(0, last.steady.duration(to: steady).milliseconds)
      let steadyAnswer = last.answer + elapsed
      let isAhead = steadyAnswer > wall + Self.toleranceMilliseconds
      // Half speed goes by two milliseconds at a time: the odd one is kept for the next reading.
      let used = isAhead ? elapsed / 2 * 2 : elapsed
      let answer = max(isAhead ? last.answer + used / 2 : last.answer, wall)
      guard answer > last.answer else { return Instant(milliseconds: last.answer) }
      last = Reading(steady: last.steady + .milliseconds(used), answer: answer)
      return Instant(milliseconds: answer)
    }
  }

  /// The machine's wall clock in milliseconds since 1970.
  static let machineWall: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }

  /// How far this clock is ahead of the wall, in milliseconds; 0 when it is not.
  var aheadMilliseconds: Int64 {
    max(0, now().milliseconds - wall() - Self.toleranceMilliseconds)
  }

  /// Differences below this are the two clocks' own jitter.
  private static let toleranceMilliseconds: Int64 = 5
}

/// A clock for demos and tests: starts at a given instant and goes `speed` times as fast.
final class SimulatedClock: HallClock {
  let speed: Double
  let isSimulated = true
  private let start: Instant
  private let began = ContinuousClock.now

  init(start: Instant, speed: Double) {
    self.start = start
    self.speed = speed
  }

  func now() -> Instant {
    let elapsed = began.duration(to: ContinuousClock.now)
    return start.adding(milliseconds: Int64(Double(elapsed.milliseconds) * speed))
  }
}

extension Duration {
  /// Whole milliseconds, rounded towards zero.
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
