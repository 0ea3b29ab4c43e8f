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
  /// Slips of the day that are not known to be on paper, by visit.
  public internal(set) var slips: [VisitID: SlipReport] = [:]

  var index = VenueIndex(nil)
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
    index.countersOfService[service] ?? []
  }

  public func waitingCount(for service: ServiceID) -> Int { lines[service]?.count ?? 0 }

  /// Start of the longest wait for `service`; nil when nobody waits.
  public func longestWaitStart(for service: ServiceID) -> Instant? { lines[service]?.longestSince }

  /// How many visits are called before this one; nil unless it is waiting.
  public func peopleBefore(_ visit: Visit) -> Int? {
    guard visit.status == .waiting, let line = lines[visit.stop.service] else { return nil }
    return line.countBefore(precedence(of: visit))
  }

  /// Who waits for `counter`, in the order in which it would call them; at most `limit`.
  public func next(for counter: CounterID, limit: Int) -> [Visit] {
    guard let counter = index.counters[counter] else { return [] }
    let heads = counter.services.flatMap { service in
      lines[service].map { Array($0.inOrder.prefix(limit)) } ?? []
    }
    return heads.sorted().prefix(limit).map { visits[$0.slot] }
  }

  /// Visits that are set aside, in order of arrival.
  public var visitsSetAside: [Visit] { setAside.elements.map { visits[$0] } }

  /// Who would be called first at a counter with these services.
  func first(of services: [ServiceID]) -> Visit? {
    services.compactMap { lines[$0]?.first }.min().map { visits[$0.slot] }
  }

  func precedence(of visit: Visit) -> Precedence {
    (configuration?.policy ?? .arrival)
      .precedence(isPriority: visit.isPriority, arrival: visit.arrival)
  }
}
