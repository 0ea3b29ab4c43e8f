public import Venue

/// What the manager sees. Every figure has its count; formulas stand at the fields.
public struct DashboardView: Equatable, Codable, Sendable {
  public struct Longest: Equatable, Codable, Sendable {
    public var number: TicketNumber
    public var service: ServiceID
    public var serviceName: String
    public var agencyName: String
    public var waitingSince: Instant
  }

  /// Waits: first call - start of wait at that stop.
  public struct Waits: Equatable, Codable, Sendable {
    /// How many calls the figures rest on.
    public var count: Int
    public var p50Milliseconds: Int64?
    public var p90Milliseconds: Int64?
    public var meanMilliseconds: Int64?
  }

  public struct CounterLine: Equatable, Codable, Sendable {
    public var counter: CounterID
    public var label: String
    public var agency: AgencyID
    public var status: CounterState.Status
    /// When the visit at the counter was called or service began; else when the counter took its
    /// status.
    public var since: Instant
    /// The number at the counter, and whether it is called or served.
    public var number: TicketNumber?
    public var visitStatus: Visit.Status?
  }

  public struct AgencyLine: Equatable, Codable, Sendable {
    public var agency: AgencyID
    public var name: String
    public var sign: AgencySign
    public var waiting: Int
    public var longestSince: Instant?
    public var openCounters: Int
    public var counters: Int
  }

  public struct Totals: Equatable, Codable, Sendable {
    /// Numbers issued on this service day.
    public var issued: Int
    /// Of these: ended by service.
    public var done: Int
    /// Closed after a call without service / called.
    public var missed: Int
    /// Cancelled before a call.
    public var left: Int
    public var expired: Int
    public var waiting: Int
    public var called: Int
    public var serving: Int
    public var parked: Int
  }

  public var venue: String
  public var day: ServiceDay?
  /// When this was computed; a page blanks figures older than five seconds.
  public var asOf: Instant
  /// Waiting now: issued, never called at this stop, not closed.
  public var waitingNow: Int
  public var waitingPriority: Int
  /// Longest wait: max(now - start of wait).
  public var longest: Longest?
  public var lastHour: Waits
  public var wholeDay: Waits
  public var countersOpen: Int
  public var countersPaused: Int
  public var countersBusy: Int
  public var totals: Totals
  public var counters: [CounterLine]
  public var agencies: [AgencyLine]
  public var devices: [Care]
}
