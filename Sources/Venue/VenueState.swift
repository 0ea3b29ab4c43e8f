/// The venue as it is now: a pure value, the sum of all events.
///
/// `decide` says what a command would do, `apply` does it. Neither knows a clock, a random source or
/// a file: time and names come with the command.
public struct VenueState: Sendable {
  /// Sequence of the last event applied; 0 before the first.
  public internal(set) var sequence: UInt64 = 0
  /// Time of the last event applied.
  public internal(set) var time = Instant(milliseconds: 0)
  public internal(set) var configuration: VenueConfiguration?
  public internal(set) var openDay: ServiceDay?
  /// The newest day ever opened: no earlier one can be.
  public internal(set) var lastDay: ServiceDay?
  /// The last calls, the oldest first; at most `recentCallLimit`.
  public internal(set) var recentCalls: [RecentCall] = []
  /// Slips of the day that somebody has to look after, by visit: not known to be on paper.
  public internal(set) var slips: [VisitID: SlipReport] = [:]

  /// When services are open on the open day; nil until the calendar says so.
  public internal(set) var hours: DayHours?
  /// Return vouchers that are not used yet, the oldest first.
  public internal(set) var vouchers: [Voucher] = []

  var index = VenueIndex(nil)
  /// Derived from the configuration: what puts visits in order.
  var ordering = Ordering(policy: .arrival, bounds: Bounds())
  var mediators: [MediatorID: MediatorState] = [:]
  /// Counters that serve other services today than the configuration says.
  var assignments: [CounterID: [ServiceID]] = [:]
  /// Derived from the two: who serves what now, counters in the order of the configuration.
  var countersOfService: [ServiceID: [CounterID]] = [:]
  /// Derived as well: counters that serve the same services, under each of these.
  var groupsOfService: [ServiceID: [CounterGroup]] = [:]
  /// What was learned of each service of the configuration.
  var estimates: [ServiceID: ServiceEstimate] = [:]
  /// Visits by quarter hour, of today and of the days before.
  public internal(set) var arrivals = ArrivalForecast()
  /// Derived from the visits: stops begun or planned today, for caps.
  var stopsOfDay: [ServiceID: Int] = [:]
  var counters: [CounterID: CounterState] = [:]
  var numbers: [Prefix: Int32] = [:]
  /// All visits of the day in order of arrival.
  var visits = VisitTable()
  var lines: [ServiceID: WaitingLine] = [:]
  /// Slots of visits that are set aside.
  var setAside = SortedChunks<Int32>()

  /// How long the last action at a counter can be taken back.
  public static let undoMilliseconds: Int64 = 10_000
  /// The bound of `recentCalls`.
  public static let recentCallLimit = 64
  /// The bound of `vouchers`; beyond it the oldest lapses.
  public static let voucherLimit = 20_000
  /// No prefix goes beyond this value on one day.
  public static let numberLimit: Int32 = 9_999_999

  public init() {}
}

// MARK: - What views and callers may ask

extension VenueState {
  /// All visits of the day in order of arrival.
  public var visitsOfDay: some Sequence<Visit> & Sendable { visits.all }

  public func visit(_ id: VisitID) -> Visit? {
    visits.slot(of: id).map { visits[$0] }
  }

  public func service(_ id: ServiceID) -> Service? { index.services[id] }
  public func agency(_ id: AgencyID) -> Agency? { index.agencies[id] }
  public func counter(_ id: CounterID) -> Counter? { index.counters[id] }
  public func kiosk(_ id: KioskID) -> Kiosk? { index.kiosks[id] }
  public func counterState(_ id: CounterID) -> CounterState? { counters[id] }

  /// Counters that serve `service`, in the order of the configuration.
  public func counters(serving service: ServiceID) -> [CounterID] {
    countersOfService[service] ?? []
  }

  public func waitingCount(for service: ServiceID) -> Int { lines[service]?.count ?? 0 }

  /// Start of the longest wait for `service`; nil when nobody waits.
  public func longestWaitStart(for service: ServiceID) -> Instant? { lines[service]?.longestSince }

  /// How many visits are called before this one; nil unless it is waiting.
  public func peopleBefore(_ visit: Visit) -> Int? {
    guard visit.status == .waiting, let line = lines[visit.stop.service] else { return nil }
    return line.countBefore(standing(of: visit), by: ordering, at: time)
  }

  /// At the time of the last event.
  func standing(of visit: Visit) -> Standing {
    ordering.standing(
      ordering.kind(of: visit), start: ordering.start(of: visit), arrival: visit.arrival, now: time)
  }

  public func mediator(_ id: MediatorID) -> Mediator? { index.mediators[id] }
  public func mediatorState(_ id: MediatorID) -> MediatorState? { mediators[id] }

  /// What `counter` serves now: what it was assigned today, else what is configured.
  public func services(of counter: Counter) -> [ServiceID] {
    assignments[counter.id] ?? counter.services
  }

  /// Whom `counter` would call, one after the other, if it called them all at `now`; at most `limit`.
  public func nextCalls(for counter: CounterID, limit: Int, at now: Instant) -> [NextCall] {
    guard let counter = index.counters[counter] else { return [] }
    var rest = self
    var calls: [NextCall] = []
    while calls.count < limit,
      let choice = rest.choose(for: counter, at: now, freeing: counters[counter.id]?.visit)
    {
      calls.append(NextCall(visit: visits[choice.slot], reason: choice.reason))
      rest.leaveLine(visits[choice.slot], choice.slot)
    }
    return calls
  }

  /// Visits that are set aside, in order of arrival.
  public var visitsSetAside: [Visit] { setAside.elements.map { visits[$0] } }
}
