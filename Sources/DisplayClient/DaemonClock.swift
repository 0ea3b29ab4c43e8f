import Venue
import Wire

/// The daemon's clock as far as its heartbeats tell: where it stood, and how fast it runs.
///
/// Between heartbeats it goes on by the local clock. When a heartbeat took longer through the network
/// than those before, it stands still until the daemon's time has come up, rather than make a call
/// younger again.
struct DaemonClock: Equatable, Sendable {
  /// Differences up to this many real milliseconds count as delay of the network.
  static let jitterMilliseconds = 2_000.0
  /// What a speed may be; a heartbeat with another one counts as the nearest.
  static let speeds = 0.001...100_000.0

  private(set) var heartbeat: Heartbeat
  /// When the last heartbeat arrived.
  private(set) var heardAt: LocalTime
  /// What `now` has reached already.
  private var reached: Instant

  init(_ heartbeat: Heartbeat, at time: LocalTime) {
    self.heartbeat = heartbeat
    let speed = heartbeat.speed.isFinite ? heartbeat.speed : 1
    self.heartbeat.speed = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
    heardAt = time
    reached = heartbeat.now
  }

  /// Takes the next heartbeat.
  mutating func hear(_ next: Heartbeat, at time: LocalTime) {
    let expected = now(at: time)
    self = DaemonClock(next, at: time)
    let back = Double(expected.milliseconds(since: next.now))
    if back > 0, back <= Self.jitterMilliseconds * heartbeat.speed { reached = expected }
  }

  /// The daemon's time at a local time.
  func now(at time: LocalTime) -> Instant {
    let elapsed = Double(time.milliseconds(since: heardAt)) * heartbeat.speed
    // The hair's breadth makes up for speeds that binary fractions cannot hold.
    let reckoned = heartbeat.now.adding(milliseconds: Int64((elapsed + 1e-6).rounded(.down)))
    return max(reached, reckoned)
  }

  /// The first local time, in whole milliseconds after the heartbeat, at which `now` has reached
  /// `instant`.
  func localTime(of instant: Instant) -> LocalTime {
    let distance = Double(instant.milliseconds(since: heartbeat.now)) / heartbeat.speed
    return heardAt.adding(milliseconds: Int64(distance.rounded(.up)))
  }

  /// Real milliseconds since `instant`: at 60 times the speed, a minute ago is one second ago.
  func realAge(of instant: Instant, at time: LocalTime) -> Int64 {
    Int64(Double(now(at: time).milliseconds(since: instant)) / heartbeat.speed)
  }

  /// The time of day at the venue, `09:05`.
  func timeOfDay(at instant: Instant) -> String {
    let minute = Self.minute(of: instant) + Int64(heartbeat.utcOffsetMinutes)
    let ofDay = (minute % 1440 + 1440) % 1440
    return Self.twoDigits(ofDay / 60) + ":" + Self.twoDigits(ofDay % 60)
  }

  /// The instant at which `timeOfDay` next reads differently.
  func nextMinute(after instant: Instant) -> Instant {
    Instant(milliseconds: (Self.minute(of: instant) + 1) * 60_000)
  }

  /// Minutes since 1970, rounded down.
  private static func minute(of instant: Instant) -> Int64 {
    let milliseconds = instant.milliseconds
    return milliseconds >= 0 ? milliseconds / 60_000 : (milliseconds - 59_999) / 60_000
  }

  private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
