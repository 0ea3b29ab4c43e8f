public import Venue

/// What the staff of one counter see.
public struct ConsoleView: Equatable, Codable, Sendable {
  /// The visit at this counter.
  public struct Current: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    public var status: Visit.Status
    /// Nil when this agency may not know it: it is neither that of the visit's first stop nor does
    /// an agreement name it.
    public var language: LanguageTag?
    /// The language's name in itself; nil like `language`.
    public var endonym: String?
    /// Nil like `language`.
    public var direction: Direction?
    public var isPriority: Bool
    /// People of the party.
    public var people: Int
    public var service: ServiceID
    public var serviceName: String
    public var issuedAt: Instant
    public var waitingSince: Instant
    public var calledAt: Instant?
    public var startedAt: Instant?
    /// Calls and recalls so far.
    public var calls: Int
    /// How client and counter understand each other.
    public var help: HelpKind?
    /// Who interprets; nil unless `help` is `mediator`.
    public var mediator: MediatorID?
    /// Why it was this visit's turn, and the parts of that.
    public var reason: CallReason?
    /// The wait at this stop, until its first call.
    public var waitedHereMilliseconds: Int64
    /// The waits at all earlier stops, until their first calls.
    public var waitedEarlierMilliseconds: Int64
    /// True when the visit has come back to this counter.
    public var comesBack: Bool
    /// Stops that are over, of this agency and of those whose outcomes it may read.
    public var earlier: [EarlierStop]
    /// Stops still to come, in no order; of the same agencies.
    public var planned: [PlannedStopLine]
    /// Earlier and planned stops that this agency may not see.
    public var hiddenStops: Int
  }

  /// The ways in which client and counter can understand each other.
  public enum HelpKind: String, Codable, Sendable, CaseIterable {
    case direct, mediator, telephone
  }

  public struct PlannedStopLine: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var agencyName: String
    /// When the client is expected; nil for a walk-in.
    public var appointment: Instant?
    /// True when the visit comes back to the counter that planned the stop.
    public var comesBack: Bool
  }

  public struct EarlierStop: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var agencyName: String
    public var startedAt: Instant?
    public var endedAt: Instant?
    public var outcome: Stop.Outcome?
  }

  public struct Next: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    public var service: ServiceID
    public var serviceName: String
    /// Nil when this agency may not know it, like `endonym`.
    public var language: LanguageTag?
    public var endonym: String?
    public var isPriority: Bool
    public var waitingSince: Instant
    /// Of the first line, the reason that the call would have; of the others, the one that they have
    /// once they are first.
    public var reason: CallReason
  }

  public struct Line: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var count: Int
    /// Start of the longest wait; nil when nobody waits.
    public var longestSince: Instant?
    /// The range that somebody would be told who takes a ticket now; nil while no counter is open.
    public var waitFromMinutes: Int?
    public var waitToMinutes: Int?
  }

  /// A visit that this counter may take up again.
  public struct Parked: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    public var serviceName: String
    /// `parked`, or `left` after a no-show.
    public var status: Visit.Status
    public var since: Instant
  }

  /// Where the visit that was here last waits now, for the staff to say and show.
  public struct GoesOn: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    /// Nil when this agency may not know it, like `agencyName` and `sign`.
    public var serviceName: String?
    public var agencyName: String?
    /// Nil for a neutral service, too.
    public var sign: AgencySign?
    /// The way in the host language, then in the client's where this agency may know that: zone,
    /// floor and counters; empty when this agency may not know where.
    public var ways: [Way]
    /// True when the visit comes back to this counter.
    public var comesBack: Bool
  }

  public struct Way: Equatable, Codable, Sendable {
    public var zone: Phrase
    /// "Floor 1 · counters 10 to 14".
    public var place: Phrase
  }

  /// A kiosk and its printer: a number is issued at the one, a copy comes out of the other.
  public struct Outlet: Equatable, Codable, Sendable {
    public var kiosk: KioskID
    public var printer: PrinterID
    /// The printer's state word, like `Care.state`.
    public var state: String
    /// False when a slip given to it now would not come out.
    public var canPrint: Bool
  }

  public struct Target: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var agency: AgencyID
    public var agencyName: String
    public var waiting: Int
    /// Like those of `Line`.
    public var waitFromMinutes: Int?
    public var waitToMinutes: Int?
  }

  /// One interpreter of the pool.
  public struct MediatorLine: Equatable, Codable, Sendable {
    public var mediator: MediatorID
    /// The languages' names in themselves.
    public var languages: [String]
    public var status: MediatorState.Status
    /// The sign above the desk where the mediator is with a client; nil when free.
    public var counter: String?
  }

  public var venue: String
  public var counter: CounterID
  public var label: String
  public var agency: AgencyID
  public var agencyName: String
  public var place: Phrase
  public var languages: [LanguageTag]
  public var status: CounterState.Status
  public var statusSince: Instant
  /// False between service days.
  public var isDayOpen: Bool
  public var current: Current?
  /// Nil while somebody is here, and once the visit has been called elsewhere.
  public var goesOn: GoesOn?
  /// Who would be called, in this order; at most `nextLimit`.
  public var next: [Next]
  public var waiting: [Line]
  /// The newest first; at most `parkedLimit`.
  public var parked: [Parked]
  /// Where a visit can be forwarded to.
  public var targets: [Target]
  /// Until when the last action can be taken back.
  public var undoUntil: Instant?
  public var care: [Care]
  /// The pool, in the order of the configuration.
  public var mediators: [MediatorLine]
  /// What staff may say about the end of a stop.
  public var outcomes: [OutcomeCode]
  /// True at the counters of the venue's reception.
  public var isReception: Bool
  /// Where reception can let a slip come out, the nearest first; empty at other counters.
  public var outlets: [Outlet]
  /// Where a slip is fetched from this counter with the fewest steps; nil without any kiosk.
  public var nearestPrinter: PrinterID?

  public static let nextLimit = 5
  public static let parkedLimit = 8
}
