import Synchronization
import Testing
import Venue

@testable import Hall

/// The daemon's clock while somebody moves the machine's.
struct ClockTests {
  /// A machine whose two clocks a test moves.
  private final class Machine: Sendable {
    private struct Clocks {
      var wall: Int64 = 1_000_000
      var steady = ContinuousClock.now
    }
    private let clocks = Mutex(Clocks())
    var wall: Int64 { clocks.withLock { $0.wall } }
    var steady: ContinuousClock.Instant { clocks.withLock { $0.steady } }

    func pass(_ milliseconds: Int64) {
      clocks.withLock { clocks in
        clocks.wall += milliseconds
        clocks.steady += .milliseconds(milliseconds)
      }
    }

    func setWall(by milliseconds: Int64) { clocks.withLock { $0.wall += milliseconds } }
  }

  private let machine = Machine()

  private func clock(notBefore floor: Int64 = 0) -> WallClock {
    let machine = machine
    return WallClock(
      notBefore: Venue.Instant(milliseconds: floor), wall: { machine.wall },
      steady: { machine.steady })
  }

  @Test func `with nobody in the way it is the wall clock`() {
    let clock = clock()
    for _ in 0..<1_000 {
      #expect(clock.now().milliseconds == machine.wall && clock.aheadMilliseconds == 0)
      machine.pass(37)
    }
  }

  @Test func `a wall clock that is set forward is followed at once`() {
    let clock = clock()
    machine.pass(1_000)
    machine.setWall(by: 3_600_000)
    #expect(clock.now().milliseconds == machine.wall)
  }

  @Test(arguments: [1 as Int64, 7, 100, 1_000])
  func `one that is set back is waited for at half speed, and time never goes back`(
    step: Int64
  ) {
    let clock = clock()
    let before = clock.now().milliseconds
    machine.setWall(by: -60_000)
    var last = before
    var passed: Int64 = 0
    while clock.now().milliseconds > machine.wall + 10 {
      machine.pass(step)
      passed += step
      let now = clock.now().milliseconds
      #expect(now >= last && now - before <= passed / 2 + 1)
      #expect(now - before >= passed / 2 - 1, "it does not stand still")
      last = now
      guard passed < 200_000 else { break }
    }
    #expect((119_000...121_000).contains(passed), "a minute takes two to be caught up: \(passed)")
    machine.pass(5_000)
    #expect(clock.now().milliseconds == machine.wall)
  }

  @Test func `it never starts before the journal's last event`() {
    let clock = clock(notBefore: 1_500_000)
    #expect(clock.now().milliseconds == 1_500_000)
    #expect((499_000...500_000).contains(clock.aheadMilliseconds))
    machine.pass(10_000)
    #expect(clock.now().milliseconds == 1_505_000)
  }

  @Test(arguments: 1...20)
  func `whatever is done to the wall clock, readings never decrease`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let clock = clock()
    var last: Int64 = 0
    for step in 0..<2_000 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0: machine.setWall(by: Int64.random(in: -50_000...50_000, using: &random))
      default: machine.pass(Int64.random(in: 0...500, using: &random))
      }
      let now = clock.now().milliseconds
      #expect(now >= last, "seed \(seed), step \(step)")
      last = now
    }
  }

  @Test func `a simulated clock starts where it is told`() {
    let start = Venue.Instant(milliseconds: morning)
    let clock = SimulatedClock(start: start, speed: 600)
    let first = clock.now()
    #expect(first >= start && first.milliseconds(since: start) < 600_000)
    #expect(clock.now() >= first && clock.isSimulated && clock.speed == 600)
  }
}
