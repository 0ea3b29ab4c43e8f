import Venue
import Views

/// When this display first saw each call and recall: what pulses, and what chimes.
struct Arrivals: Equatable, Sendable {
  /// A call is marked as new for this long by the daemon's clock, and the newest one for a minute.
  static let newMilliseconds: Int64 = 20_000
  /// A new call pulses for this long, once a second.
  static let pulseMilliseconds: Int64 = 5_000
  /// A call that is older than this when it is first seen makes no sound and does not pulse: the
  /// display was started or reconnected, and nobody waits for that sound any more.
  static let freshMilliseconds: Int64 = 10_000

  /// A recall is another call of the same number.
  private struct Key: Hashable {
    var number: TicketNumber
    var calledAt: Instant
    init(_ call: BoardView.Call) {
      number = call.number
      calledAt = call.calledAt
    }
  }

  /// Bounded by `BoardView.callLimit`: what left the view is forgotten.
  private var pulses: [Key: LocalTime?] = [:]

  /// Notes what is new among `calls`; true when a chime is due.
  mutating func take(_ calls: [BoardView.Call], clock: DaemonClock, at now: LocalTime) -> Bool {
    var chimes = false
    var next: [Key: LocalTime?] = [:]
    for call in calls {
      let key = Key(call)
      if let known = pulses[key] {
        next[key] = known
        continue
      }
      let isFresh = clock.realAge(of: call.calledAt, at: now) < Self.freshMilliseconds
      next[key] = .some(isFresh ? now : nil)
      if isFresh && !call.isSilent { chimes = true }
    }
    pulses = next
    return chimes
  }

  /// Whether a call's pulse is in the bright half of its second.
  func isBright(_ call: BoardView.Call, _ wake: inout Wake) -> Bool {
    guard case .some(.some(let seenAt)) = pulses[Key(call)] else { return false }
    let age = wake.now.milliseconds(since: seenAt)
    guard age >= 0, age < Self.pulseMilliseconds else { return false }
    let half = age / 500
    wake.consider(seenAt.adding(milliseconds: (half + 1) * 500))
    return half.isMultiple(of: 2)
  }
}
