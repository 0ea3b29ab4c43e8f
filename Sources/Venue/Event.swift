/// Something that has happened. The journal holds events and nothing else; state is their sum.
public enum Event: Equatable, Sendable {
  case configured(VenueConfiguration)
  case dayOpened(ServiceDay)
  case dayClosed(ServiceDay)
  case issued(Issue)
  case called(VisitID, at: CounterID, help: Help = .direct, because: CallReason = .oldest)
  case recalled(VisitID, at: CounterID)
  case started(VisitID, at: CounterID)
  /// The stop is over; with `next` the visit waits there, without it is done.
  case finished(VisitID, at: CounterID, outcome: OutcomeCode? = nil, next: ServiceID? = nil)
  case missed(VisitID, at: CounterID)
  case parked(VisitID, at: CounterID)
  case forwarded(VisitID, at: CounterID, to: ServiceID, comesBack: Bool = false)
  /// The last action at this counter was taken back; the visit is again what it was before.
  case undone(VisitID, at: CounterID)
  case resumed(VisitID)
  case left(VisitID)
  /// The day ended before the visit did.
  case expired(VisitID)
  case counterOpened(CounterID)
  case counterPaused(CounterID)
  case counterClosed(CounterID)
  case slipReported(SlipReport)
  case hoursSet(DayHours)
  case stopPlanned(VisitID, PlannedStop)
  /// With `next` it was the present stop, and the visit waits there instead.
  case stopCancelled(VisitID, ServiceID, next: ServiceID? = nil)
  case consented(VisitID, Consent)
  case mediatorChanged(MediatorID, MediatorState.Status)
  case mediatorJoined(VisitID, at: CounterID, MediatorID)
  case counterAssigned(CounterID, [ServiceID])
  /// The visit ends unserved, and its slip is a return voucher.
  case returned(VisitID)
}

/// A number was issued.
public struct Issue: Equatable, Sendable {
  public var visit: VisitID
  public var number: TicketNumber
  /// The first stop.
  public var service: ServiceID
  public var language: LanguageTag
  public var isPriority: Bool
  public var kiosk: KioskID?
  /// The appointment of the first stop.
  public var appointment: Instant?
  /// The stops after the first, in no order.
  public var planned: [PlannedStop]
  public var people: Int
  public var needs: [NeedID]
  /// The return voucher that was handed in; it is used up.
  public var voucher: VisitID?

  public init(
    visit: VisitID, number: TicketNumber, service: ServiceID, language: LanguageTag,
    isPriority: Bool, kiosk: KioskID?, appointment: Instant? = nil, planned: [PlannedStop] = [],
    people: Int = 1, needs: [NeedID] = [], voucher: VisitID? = nil
  ) {
    self.visit = visit
    self.number = number
    self.service = service
    self.language = language
    self.isPriority = isPriority
    self.kiosk = kiosk
    self.appointment = appointment
    self.planned = planned
    self.people = people
    self.needs = needs
    self.voucher = voucher
  }
}

/// An event with its place in the journal.
public struct Record: Equatable, Sendable {
  /// 1 for the first event of a journal, then without gaps.
  public var sequence: UInt64
  public var time: Instant
  public var event: Event

  public init(sequence: UInt64, time: Instant, event: Event) {
    self.sequence = sequence
    self.time = time
    self.event = event
  }
}
