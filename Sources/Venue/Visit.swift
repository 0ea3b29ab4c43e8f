/// One person's or party's time in the building, under one number.
public struct Visit: Equatable, Sendable, Codable {
  public enum Status: String, Codable, Sendable, CaseIterable {
    case waiting, called, serving, parked, done, left, expired

    /// True when nothing more happens to the visit unless somebody takes it up again.
    public var isClosed: Bool {
      switch self {
      case .waiting, .called, .serving, .parked: false
      case .done, .left, .expired: true
      }
    }
  }

  /// True for a visit that was parked or missed: it can be taken up again.
  public var isSetAside: Bool {
    status == .parked || status == .left && stop.outcome == .missed
  }

  public let id: VisitID
  public let number: TicketNumber
  public let language: LanguageTag
  public let isPriority: Bool
  /// When the number was issued; a visit that is forwarded keeps this place in the order.
  public let issuedAt: Instant
  /// Sequence of the event that issued it: settles ties in order of arrival.
  public let arrival: UInt64
  public internal(set) var status: Status
  public internal(set) var stop: Stop
  /// Stops that are over, the first one first.
  public internal(set) var earlier: [Stop]
  /// Stops that are still to come, in no order.
  public internal(set) var planned: [PlannedStop]
  /// People of the party.
  public let people: Int
  /// What was touched at the kiosk.
  public let needs: [NeedID]
  /// What the client agreed to, the first one first.
  public internal(set) var consents: [Consent]
  /// Sequence of the last event that touched this visit.
  public internal(set) var revision: UInt64

  public init(
    id: VisitID, number: TicketNumber, language: LanguageTag, isPriority: Bool, issuedAt: Instant,
    arrival: UInt64, status: Status, stop: Stop, earlier: [Stop], revision: UInt64,
    planned: [PlannedStop] = [], people: Int = 1, needs: [NeedID] = [], consents: [Consent] = []
  ) {
    self.id = id
    self.number = number
    self.language = language
    self.isPriority = isPriority
    self.issuedAt = issuedAt
    self.arrival = arrival
    self.status = status
    self.stop = stop
    self.earlier = earlier
    self.revision = revision
    self.planned = planned
    self.people = people
    self.needs = needs
    self.consents = consents
  }
}

extension Visit {
  /// Waits at the stops that are over, until their first calls.
  public var earlierWaitMilliseconds: Int64 {
    earlier.reduce(0) { sum, stop in
      stop.endedAt.map { sum + stop.waitMilliseconds(endedAt: $0) } ?? sum
    }
  }

  /// The mediator who is with this visit at its counter.
  public var mediator: MediatorID? {
    switch status {
    case .called, .serving: stop.help?.mediator
    case .waiting, .parked, .done, .left, .expired: nil
    }
  }

  /// Services that this visit has had, has or will have.
  public var services: [ServiceID] {
    earlier.map(\.service) + [stop.service] + planned.map(\.service)
  }
}

extension Stop {
  /// The wait until the first call, or until the end where nobody called.
  func waitMilliseconds(endedAt end: Instant) -> Int64 {
    max(0, (firstCalledAt ?? end).milliseconds(since: waitingSince))
  }
}

/// One service within a visit.
public struct Stop: Equatable, Sendable, Codable {
  /// How a stop ended.
  public enum Outcome: String, Codable, Sendable, CaseIterable {
    case finished, forwarded, missed, left, expired
  }

  public let service: ServiceID
  public let waitingSince: Instant
  /// Where the visit was last called.
  public internal(set) var counter: CounterID?
  /// The first call of this stop: its wait ends here.
  public internal(set) var firstCalledAt: Instant?
  /// The newest call or recall.
  public internal(set) var calledAt: Instant?
  /// Calls and recalls at the present counter; 1 after the first call.
  public internal(set) var calls: Int
  public internal(set) var startedAt: Instant?
  public internal(set) var endedAt: Instant?
  public internal(set) var outcome: Outcome?
  /// What the staff said about the end.
  public internal(set) var code: OutcomeCode?
  /// When the client is expected; nil for a walk-in and for one who missed the time.
  public internal(set) var appointment: Instant?
  /// The counter to which the visit comes back.
  public internal(set) var comesBackTo: CounterID?
  /// How client and counter understand each other, from the last call.
  public internal(set) var help: Help?
  /// Why it was this visit's turn, from the last call.
  public internal(set) var reason: CallReason?

  public init(
    service: ServiceID, waitingSince: Instant, counter: CounterID? = nil,
    firstCalledAt: Instant? = nil, calledAt: Instant? = nil, calls: Int = 0,
    startedAt: Instant? = nil, endedAt: Instant? = nil, outcome: Outcome? = nil,
    code: OutcomeCode? = nil, appointment: Instant? = nil, comesBackTo: CounterID? = nil,
    help: Help? = nil, reason: CallReason? = nil
  ) {
    self.service = service
    self.waitingSince = waitingSince
    self.counter = counter
    self.firstCalledAt = firstCalledAt
    self.calledAt = calledAt
    self.calls = calls
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.outcome = outcome
    self.code = code
    self.appointment = appointment
    self.comesBackTo = comesBackTo
    self.help = help
    self.reason = reason
  }
}
