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

  /// How often the ranges that people were told held on this day; eight in ten should.
  public struct Ranges: Equatable, Codable, Sendable {
    /// Visits that were told a range and have been called.
    public var count: Int
    /// Of these: called within it.
    public var held: Int

    public init(count: Int, held: Int) {
      self.count = count
      self.held = held
    }
  }

  public struct Mediators: Equatable, Codable, Sendable {
    public var onDuty: Int
    /// Of those on duty: at a counter.
    public var busy: Int
    public var onBreak: Int
    public var offDuty: Int
  }

  /// Arrivals of one quarter hour: numbers issued. A quarter that is over has what was seen, thrice;
  /// one of which nothing is known yet has none of the three.
  public struct Arrivals: Equatable, Codable, Sendable {
    /// 0..<96 of the local day.
    public var quarter: Int
    /// One day in ten is below `low`, one in ten above `high`; median of up to six same weekdays,
    /// scaled by what this day has shown.
    public var low: Int?
    public var expected: Int?
    public var high: Int?
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
  /// All printers, in the order of the configuration.
  public var printers: [PrintersView.Line]
  /// Slips that somebody has to look after, the newest first.
  public var slips: [PrintersView.Slip]
  public var ranges: Ranges
  public var mediators: Mediators
  /// The running quarter hour; nil before the venue knows its hours.
  public var quarter: Int?
  /// From the first opening to the last closing of the day.
  public var arrivals: [Arrivals]
}
