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
}

/// A person asks for a service and becomes a visit.
public struct IssueRequest: Equatable, Sendable {
  /// Drawn at random by the caller: the domain has no randomness.
  public var visit: VisitID
  public var service: ServiceID
  public var language: LanguageTag
  /// The person goes first by law or rule; why is nobody's business.
  public var isPriority: Bool
  /// Where the ticket was taken; nil at reception or by a script.
  public var kiosk: KioskID?

  public init(
    visit: VisitID, service: ServiceID, language: LanguageTag, isPriority: Bool = false,
    kiosk: KioskID? = nil
  ) {
    self.visit = visit
    self.service = service
    self.language = language
    self.isPriority = isPriority
    self.kiosk = kiosk
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
  case finish
  case noShow
  case park
  case forward(to: ServiceID)
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
