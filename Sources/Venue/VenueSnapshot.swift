/// Everything that a `VenueState` knows, as plain values in one fixed order.
///
/// Two equal states have equal snapshots, so a hash over an encoded snapshot compares states.
public struct VenueSnapshot: Equatable, Sendable {
  public struct CounterEntry: Equatable, Sendable {
    public var id: CounterID
    public var state: CounterState

    public init(id: CounterID, state: CounterState) {
      self.id = id
      self.state = state
    }
  }

  public struct NumberEntry: Equatable, Sendable {
    public var prefix: Prefix
    /// The last value issued with it on the open or last day.
    public var last: Int32

    public init(prefix: Prefix, last: Int32) {
      self.prefix = prefix
      self.last = last
    }
  }

  public struct MediatorEntry: Equatable, Sendable {
    public var id: MediatorID
    public var state: MediatorState

    public init(id: MediatorID, state: MediatorState) {
      self.id = id
      self.state = state
    }
  }

  public struct AssignmentEntry: Equatable, Sendable {
    public var counter: CounterID
    public var services: [ServiceID]

    public init(counter: CounterID, services: [ServiceID]) {
      self.counter = counter
      self.services = services
    }
  }

  public struct EstimateEntry: Equatable, Sendable {
    public var service: ServiceID
    public var estimate: ServiceEstimate

    public init(service: ServiceID, estimate: ServiceEstimate) {
      self.service = service
      self.estimate = estimate
    }
  }

  public struct ToldEntry: Equatable, Sendable {
    public var visit: VisitID
    public var told: ToldWait

    public init(visit: VisitID, told: ToldWait) {
      self.visit = visit
      self.told = told
    }
  }

  /// Sequence of the last event contained.
  public var sequence: UInt64
  /// Time of that event.
  public var time: Instant
  public var configuration: VenueConfiguration?
  public var openDay: ServiceDay?
  /// The newest day ever opened.
  public var lastDay: ServiceDay?
  /// In the order of the configuration.
  public var counters: [CounterEntry]
  /// By prefix.
  public var numbers: [NumberEntry]
  /// All visits of the day in order of arrival.
  public var visits: [Visit]
  /// The oldest first.
  public var recentCalls: [RecentCall]
  /// What is known of the paper of visits, by visit.
  public var slips: [SlipReport]
  public var hours: DayHours?
  /// The oldest first.
  public var vouchers: [Voucher]
  /// In the order of the configuration.
  public var mediators: [MediatorEntry]
  /// By counter.
  public var assignments: [AssignmentEntry]
  /// In the order of the configuration.
  public var estimates: [EstimateEntry]
  /// Of visits that have been told a range and wait still, in order of arrival.
  public var told: [ToldEntry]
  public var arrivals: ArrivalForecast

  public init(
    sequence: UInt64, time: Instant, configuration: VenueConfiguration?, openDay: ServiceDay?,
    lastDay: ServiceDay?, counters: [CounterEntry], numbers: [NumberEntry], visits: [Visit],
    recentCalls: [RecentCall], slips: [SlipReport], hours: DayHours? = nil,
    vouchers: [Voucher] = [], mediators: [MediatorEntry] = [], assignments: [AssignmentEntry] = [],
    estimates: [EstimateEntry] = [], told: [ToldEntry] = [],
    arrivals: ArrivalForecast = ArrivalForecast()
  ) {
    self.sequence = sequence
    self.time = time
    self.configuration = configuration
    self.openDay = openDay
    self.lastDay = lastDay
    self.counters = counters
    self.numbers = numbers
    self.visits = visits
    self.recentCalls = recentCalls
    self.slips = slips
    self.hours = hours
    self.vouchers = vouchers
    self.mediators = mediators
    self.assignments = assignments
    self.estimates = estimates
    self.told = told
    self.arrivals = arrivals
  }
}
