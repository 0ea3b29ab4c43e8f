/// The rule by which waiting visits are called.
public enum CallPolicy: String, Codable, Sendable, CaseIterable {
  /// First come, first called, whoever it is.
  case arrival
  /// Priority by law first, in order of arrival among themselves (decree-law 58/2016 in Portugal).
  case statutory
  /// The greatest score first: rate of the class x (wait at this stop + credit for the waits at
  /// earlier ones) + a head start for priority.
  case accumulating
  /// What today's systems do: fixed priority, forwarded clients at the tail, blind to language. For
  /// comparison in the simulator only; a configuration that asks for it is refused.
  case peer

  /// False for the policy that sends whoever comes first, understood or not.
  var mindsLanguage: Bool { self != .peer }
}

/// Why it was this visit's turn.
public enum CallReason: String, Codable, Sendable, CaseIterable {
  /// It came first of all who could be called.
  case oldest
  /// It goes first by law.
  case priority
  /// Its appointment was due.
  case appointment
  /// Its score was the greatest: its waits, the credit for earlier stops, its head start.
  case score
  /// This counter speaks its language, and nobody was ahead by more than the window.
  case language
  /// It comes back to this counter.
  case comesBack
  /// The staff chose it.
  case chosen
}

/// Visits of one kind keep their order among themselves, whatever the time is.
enum LineKind: UInt8, Comparable, Sendable {
  case ordinary, priority, appointment

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How far ahead a waiting visit is at one moment: the smaller standing is called first.
struct Standing: Comparable, Sendable {
  /// 0 goes before 1 whatever the scores; 2 is not due yet.
  var rank: UInt8
  /// Milliseconds of waiting times percent: never rounded, so that equal scores are equal waits.
  var score: Int64
  /// Sequence of the event that issued the visit: settles ties.
  var arrival: UInt64

  static func < (left: Self, right: Self) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.score != right.score { return left.score > right.score }
    return left.arrival < right.arrival
  }
}

/// The policy and its bounds: what puts visits in order.
struct Ordering: Sendable {
  var policy: CallPolicy
  var bounds: Bounds

  func kind(of visit: Visit) -> LineKind {
    if visit.stop.appointment != nil { return .appointment }
    return visit.isPriority ? .priority : .ordinary
  }

  /// From when the visit counts as waiting, in milliseconds: the order within its kind.
  func start(of visit: Visit) -> Int64 {
    if let appointment = visit.stop.appointment { return appointment.milliseconds }
    switch policy {
    case .arrival, .statutory: return visit.issuedAt.milliseconds
    case .peer: return visit.stop.waitingSince.milliseconds
    case .accumulating:
      return visit.stop.waitingSince.milliseconds - credit(for: visit.earlierWaitMilliseconds)
    }
  }

  /// The same for the stop after the present one, if that is over at `now`.
  func start(after visit: Visit, at now: Instant) -> Instant {
    switch policy {
    case .arrival, .statutory: return visit.issuedAt
    case .peer: return now
    case .accumulating:
      let waits = visit.earlierWaitMilliseconds + visit.stop.waitMilliseconds(endedAt: now)
      return now.adding(milliseconds: -credit(for: waits))
    }
  }

  private func credit(for waits: Int64) -> Int64 { waits * Int64(bounds.creditPercent) / 100 }

  func standing(_ kind: LineKind, start: Int64, arrival: UInt64, now: Instant) -> Standing {
    let waited = now.milliseconds - start
    guard policy == .accumulating else {
      let rank: UInt8 =
        switch kind {
        case .ordinary: 1
        case .priority: policy == .arrival ? 1 : 0
        case .appointment: waited < 0 ? 2 : 0
        }
      return Standing(rank: rank, score: waited * 100, arrival: arrival)
    }
    switch kind {
    case .ordinary:
      return Standing(
        rank: 1, score: waited * Int64(bounds.ordinaryRatePercent), arrival: arrival)
    case .priority:
      let score = waited * Int64(bounds.priorityRatePercent) + bounds.headStart * 100
      return Standing(rank: 1, score: score, arrival: arrival)
    case .appointment:
      let score = waited * Int64(bounds.priorityRatePercent) + bounds.headStart * 100
      return Standing(rank: waited < 0 ? 2 : 1, score: score, arrival: arrival)
    }
  }
}
