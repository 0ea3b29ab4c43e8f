import Testing
import Venue
import Wire

@testable import DisplayClient

@Suite struct DaemonClockTests {
  private let boot = Samples.boot
  private let start = Samples.start

  @Test("Between heartbeats the daemon's time goes on by the local clock")
  func goesOn() {
    let clock = DaemonClock(Samples.heartbeat(), at: boot)
    #expect(clock.now(at: boot.adding(milliseconds: 1_500)) == start.adding(milliseconds: 1_500))
  }

  @Test("A simulated clock runs as fast as the heartbeat says")
  func runsFast() {
    let clock = DaemonClock(Samples.heartbeat(speed: 60, simulated: true), at: boot)
    #expect(clock.now(at: boot.adding(milliseconds: 500)) == start.adding(milliseconds: 30_000))
    let minuteAgo = start.adding(milliseconds: -60_000)
    #expect(clock.realAge(of: minuteAgo, at: boot) == 1_000)
  }

  @Test("A heartbeat that was slow on its way does not make the time go back")
  func neverGoesBack() {
    var clock = DaemonClock(Samples.heartbeat(), at: boot)
    let later = boot.adding(milliseconds: 2_000)
    clock.hear(Samples.heartbeat(at: start.adding(milliseconds: 1_700)), at: later)
    #expect(clock.now(at: later) == start.adding(milliseconds: 2_000))
    // It stands until the daemon's time has come up, and then goes with it.
    #expect(clock.now(at: later.adding(milliseconds: 300)) == start.adding(milliseconds: 2_000))
    #expect(clock.now(at: later.adding(milliseconds: 500)) == start.adding(milliseconds: 2_200))
  }

  @Test("A daemon that was started on another day is believed")
  func believesJumps() {
    var clock = DaemonClock(Samples.heartbeat(), at: boot)
    let yesterday = start.adding(milliseconds: -86_400_000)
    clock.hear(Samples.heartbeat(at: yesterday), at: boot)
    #expect(clock.now(at: boot) == yesterday)
  }

  @Test(
    "The local time of an instant is the first at which the clock has reached it",
    arguments: [1, 60, 600, 0.1, 0.3, 7.3])
  func wakesNeitherEarlyNorLate(speed: Double) {
    let clock = DaemonClock(Samples.heartbeat(speed: speed), at: boot)
    for distance in Int64(1)...400 {
      let instant = start.adding(milliseconds: distance)
      let time = clock.localTime(of: instant)
      #expect(clock.now(at: time) >= instant)
      #expect(clock.now(at: time.adding(milliseconds: -1)) < instant)
    }
  }

  @Test(
    "The time of day is that of the venue",
    arguments: [
      (0, "10:32"), (60, "11:32"), (-11 * 60, "23:32"), (330, "16:02"), (14 * 60, "00:32"),
    ])
  func tellsTime(offset: Int, expected: String) {
    let heartbeat = Heartbeat(now: start, utcOffsetMinutes: offset, speed: 1, simulated: false)
    #expect(DaemonClock(heartbeat, at: boot).timeOfDay(at: start) == expected)
  }

  @Test("The clock turns with the minute")
  func turnsWithMinute() {
    let clock = DaemonClock(Samples.heartbeat(), at: boot)
    let next = clock.nextMinute(after: start.adding(milliseconds: 1))
    #expect(next == start.adding(milliseconds: 60_000))
    #expect(clock.nextMinute(after: next) == start.adding(milliseconds: 120_000))
  }

  @Test("A speed that cannot be is not taken", arguments: [0, -1, Double.nan, .infinity])
  func boundsSpeed(speed: Double) {
    let clock = DaemonClock(Samples.heartbeat(speed: speed), at: boot)
    let later = clock.now(at: boot.adding(milliseconds: 1_000_000))
    #expect(later >= start)
  }
}
