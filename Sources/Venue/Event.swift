/// Something that has happened. The journal holds events and nothing else; state is their sum.
public enum Event: Equatable, Sendable {
  case configured(VenueConfiguration)
  case dayOpened(ServiceDay)
  case dayClosed(ServiceDay)
  case issued(Issue)
  case called(VisitID, at: CounterID)
  case recalled(VisitID, at: CounterID)
  case started(VisitID, at: CounterID)
  case finished(VisitID, at: CounterID)
  case missed(VisitID, at: CounterID)
  case parked(VisitID, at: CounterID)
  case forwarded(VisitID, at: CounterID, to: ServiceID)
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
}

/// A number was issued.
public struct Issue: Equatable, Sendable {
  public var visit: VisitID
  public var number: TicketNumber
  public var service: ServiceID
  public var language: LanguageTag
  public var isPriority: Bool
  public var kiosk: KioskID?

  public init(
    visit: VisitID, number: TicketNumber, service: ServiceID, language: LanguageTag,
    isPriority: Bool, kiosk: KioskID?
  ) {
    self.visit = visit
    self.number = number
    self.service = service
    self.language = language
    self.isPriority = isPriority
    self.kiosk = kiosk
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
