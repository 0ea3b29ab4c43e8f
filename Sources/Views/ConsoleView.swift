public import Venue

/// What the staff of one counter see.
public struct ConsoleView: Equatable, Codable, Sendable {
  /// The visit at this counter.
  public struct Current: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    public var status: Visit.Status
    public var language: LanguageTag
    /// The language's name in itself.
    public var endonym: String
    public var direction: Direction
    public var isPriority: Bool
    public var service: ServiceID
    public var serviceName: String
    public var issuedAt: Instant
    public var waitingSince: Instant
    public var calledAt: Instant?
    public var startedAt: Instant?
    /// Calls and recalls so far.
    public var calls: Int
    public var earlier: [EarlierStop]
  }

  public struct EarlierStop: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var agencyName: String
    public var startedAt: Instant?
    public var endedAt: Instant?
    public var outcome: Stop.Outcome?
  }

  /// Why a visit is where it is in the order of calls.
  public enum Reason: String, Codable, Sendable, CaseIterable {
    case arrival, priority
  }

  public struct Next: Equatable, Codable, Sendable {
    public var visit: VisitID
    public var number: TicketNumber
    public var service: ServiceID
    public var serviceName: String
    public var language: LanguageTag
    public var endonym: String
    public var isPriority: Bool
    public var waitingSince: Instant
    public var reason: Reason
  }

  public struct Line: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var count: Int
    /// Start of the longest wait; nil when nobody waits.
    public var longestSince: Instant?
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

  public struct Target: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var serviceName: String
    public var agency: AgencyID
    public var agencyName: String
    public var waiting: Int
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

  public static let nextLimit = 5
  public static let parkedLimit = 8
}

/// Something that a person has to look after: a printer, a display, a slip.
public struct Care: Equatable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case printer, screen, slip
  }
  public var kind: Kind
  /// The device's id, or the number of the ticket whose slip is in doubt.
  public var subject: String
  /// A state word of the device, for example `disconnected`, `paperOut`, or the slip's outcome.
  public var state: String
  public var since: Instant?
  /// Jobs that wait, where it is a printer.
  public var waiting: Int

  public init(kind: Kind, subject: String, state: String, since: Instant?, waiting: Int) {
    self.kind = kind
    self.subject = subject
    self.state = state
    self.since = since
    self.waiting = waiting
  }
}
