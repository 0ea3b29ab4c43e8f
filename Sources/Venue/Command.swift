/// What somebody asks of the venue. `VenueState.decide` answers with events or a refusal.
public enum Command: Equatable, Sendable {
  /// The venue becomes what this configuration says, from now on.
  case configure(VenueConfiguration)
  case openDay(ServiceDay)
  /// Every visit still open expires, every counter closes.
  case closeDay
  case issue(IssueRequest)
  case counter(CounterID, CounterAction)
  /// A parked or missed visit waits again, at the place that its arrival gives it.
  case resume(VisitID)
  /// The client gives up.
  case leave(VisitID)
  /// A printer, or the spool on its behalf, says what became of a slip.
  case reportSlip(SlipReport)
  /// The calendar says when the services of the open day are open.
  case setHours(DayHours)
  /// Adds a stop to a visit.
  case plan(VisitID, PlannedStop)
  /// Takes a stop off a visit; the last one that is left cannot go, the visit leaves instead.
  case cancelStop(VisitID, ServiceID)
  case consent(VisitID, Consent)
  case mediator(MediatorID, MediatorAction)
  /// Turns the slips of those into return vouchers whose service closed too long ago.
  case settleClosed
}

/// A person or a party asks for services and becomes a visit.
public struct IssueRequest: Equatable, Sendable {
  /// Drawn at random by the caller: the domain has no randomness.
  public var visit: VisitID
  /// What it is about, each service once; the daemon chooses the order that `after` leaves open.
  public var stops: [PlannedStop]
  public var language: LanguageTag
  /// People of the party; 1 for a person alone.
  public var people: Int
  /// The person goes first by law or rule; why is nobody's business.
  public var isPriority: Bool
  /// What was touched at the kiosk.
  public var needs: [NeedID]
  /// Where the ticket was taken; nil at reception or by a script.
  public var kiosk: KioskID?
  /// The return voucher that is handed in.
  public var voucher: VisitID?

  public init(
    visit: VisitID, stops: [PlannedStop], language: LanguageTag, people: Int = 1,
    isPriority: Bool = false, needs: [NeedID] = [], kiosk: KioskID? = nil,
    voucher: VisitID? = nil
  ) {
    self.visit = visit
    self.stops = stops
    self.language = language
    self.people = people
    self.isPriority = isPriority
    self.needs = needs
    self.kiosk = kiosk
    self.voucher = voucher
  }

  /// A walk-in for one service.
  public init(
    visit: VisitID, service: ServiceID, language: LanguageTag, isPriority: Bool = false,
    kiosk: KioskID? = nil
  ) {
    self.init(
      visit: visit, stops: [PlannedStop(service: service)], language: language,
      isPriority: isPriority, kiosk: kiosk)
  }
}

/// What the staff of one counter can do.
public enum CounterAction: Equatable, Sendable {
  case open
  case pause
  case close
  /// Finishes the visit at the counter, if there is one, and calls the next. Opens the counter.
  case callNext
  /// Calls this visit out of turn: waiting, parked or missed.
  case call(VisitID)
  case recall
  case start
  /// Ends the stop; a visit with planned stops goes on to the next.
  case finish(outcome: OutcomeCode? = nil)
  case noShow
  case park
  case forward(to: ServiceID, comesBack: Bool = false)
  /// The mediator joins the visit at this counter.
  case take(MediatorID)
  /// The counter serves these services, of whichever agency, for the rest of the day.
  case serve([ServiceID])
  /// Takes the last action at this counter back, within `VenueState.undoMilliseconds`.
  case undo
}

/// What became of the paper of one visit.
public struct SlipReport: Equatable, Codable, Sendable {
  public enum Outcome: String, Codable, Sendable, CaseIterable {
    /// The printer confirmed that the slip was printed.
    case printed
    /// Bytes were sent and no proof came: a person has to look.
    case unknown
    /// Nothing is on paper and nothing will be without a person.
    case failed
    /// A person settled it: the paper was seen, or is not needed.
    case discarded

    /// True when somebody still has to look after the slip.
    public var isOpen: Bool { self == .unknown || self == .failed }
  }
  public var visit: VisitID
  public var printer: PrinterID
  public var outcome: Outcome
  /// True when this slip is marked as a copy.
  public var isCopy: Bool

  public init(visit: VisitID, printer: PrinterID, outcome: Outcome, isCopy: Bool) {
    self.visit = visit
    self.printer = printer
    self.outcome = outcome
    self.isCopy = isCopy
  }
}
