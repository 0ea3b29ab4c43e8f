import Venue

/// The daemon's own engine under a virtual clock: the only place where the simulator commands it.
struct SimulatedVenue {
  private(set) var state = VenueState()
  let counters: [CounterID]
  let services: [ServiceID]
  let languages: [LanguageTag]
  /// Which counters may call a service.
  let countersOfService: [[Int]]
  /// True when stops are not planned ahead: each counter forwards to the next, as peers do.
  let forwards: Bool
  private let servicesOfCounter: [[ServiceID]]
  private let mediators: [MediatorID]
  private let mediatorIndices: [MediatorID: Int]
  /// By counter, then by language.
  let speaks: [[Bool]]

  /// 08:30 in Lisbon on `ReferenceDay.date`, or so many days later.
  private let opening: Instant
  /// Nobody waits at the door for longer; minutes.
  private static let longestBeforeOpening = 60.0

  /// Opens the day in a venue that has never seen one, or the day after that of `earlier`, with all
  /// that was learned. Traps when `venue` is not one that the configuration's checks accept.
  init(_ venue: VenueConfiguration, after earlier: VenueState? = nil) {
    let day = earlier?.lastDay?.adding(days: 1) ?? ReferenceDay.date
    opening = Instant(milliseconds: 1_795_422_600_000)
      .adding(milliseconds: Int64(day.days(since: ReferenceDay.date)) * 86_400_000)
    forwards = venue.policy == .peer
    counters = venue.counters.map(\.id)
    services = venue.services.map(\.id)
    languages = venue.languages
    countersOfService = venue.services.map { service in
      venue.counters.indices.filter { venue.counters[$0].services.contains(service.id) }
    }
    servicesOfCounter = venue.counters.map(\.services)
    speaks = venue.counters.map { counter in
      venue.languages.map { counter.languages.contains($0) }
    }
    mediators = venue.mediators.map(\.id)
    mediatorIndices = Dictionary(
      mediators.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let first = -Self.longestBeforeOpening
    if let earlier {
      state = earlier
      perform(.closeDay, at: first)
    }
    let opened =
      perform(.configure(venue), at: first) != nil && perform(.openDay(day), at: first) != nil
    precondition(opened, "a new venue can be configured and opened")
    for mediator in mediators.indices { act(.goOnDuty, mediator: mediator, at: first) }
  }

  /// What happened; nil when the engine refused.
  @discardableResult
  mutating func perform(_ command: Command, at minute: Double) -> [Event]? {
    let now = max(state.time, opening.adding(milliseconds: Int64(minute * 60_000)))
    guard let events = try? state.decide(command, at: now) else { return nil }
    for event in events {
      state.apply(Record(sequence: state.sequence + 1, time: now, event: event))
    }
    return events
  }

  /// Takes a number; false when the venue refuses, for example because a service has no counter.
  mutating func issue(person: Int, _ plan: DayPlan.Person, at minute: Double) -> Bool {
    let request = IssueRequest(
      visit: Self.visit(of: person), stops: stops(of: plan), language: languages[plan.language],
      isPriority: plan.isPriority)
    return perform(.issue(request), at: minute) != nil
  }

  /// The whole journey, whose order after the first stop is the engine's; peers know one stop.
  private func stops(of plan: DayPlan.Person) -> [PlannedStop] {
    let first = services[plan.errands[0].service]
    guard !forwards else { return [PlannedStop(service: first)] }
    return [PlannedStop(service: first)]
      + plan.errands.dropFirst().map {
        PlannedStop(service: services[$0.service], after: [first])
      }
  }

  /// Ends the stop; the service at which the visit waits now, nil when it is over.
  mutating func finish(_ counter: Int, person: Int, at minute: Double) -> Int? {
    act(.finish(), counter, at: minute)
    guard let visit = state.visit(Self.visit(of: person)), visit.status == .waiting else {
      return nil
    }
    return services.firstIndex(of: visit.stop.service)
  }

  /// Whom the engine calls to an idle counter, and with whose help; nil when nobody is for it now.
  mutating func callNext(_ counter: Int, at minute: Double) -> (person: Int, help: Help)? {
    guard let events = perform(.counter(counters[counter], .callNext), at: minute) else {
      return nil
    }
    for case .called(let visit, _, let help, _) in events {
      return (Self.person(of: visit), help)
    }
    return nil
  }

  @discardableResult
  mutating func act(_ action: CounterAction, _ counter: Int, at minute: Double) -> Bool {
    perform(.counter(counters[counter], action), at: minute) != nil
  }

  mutating func act(_ action: MediatorAction, mediator: Int, at minute: Double) {
    perform(.mediator(mediators[mediator], action), at: minute)
  }

  /// How counter and person understand each other; what peers do not mind, they have to look for.
  func help(_ given: Help, at counter: Int, language: Int) -> DayOutcome.Help {
    if forwards { return speaks[counter][language] ? .direct : .search }
    switch given {
    case .direct: return .direct
    case .telephone: return .telephone
    case .mediator(let id):
      guard let mediator = mediatorIndices[id] else {
        preconditionFailure("the engine calls mediators of the configuration")
      }
      return .mediator(mediator)
    }
  }

  /// False when the person is not waiting any more.
  mutating func leave(_ person: Int, at minute: Double) -> Bool {
    perform(.leave(Self.visit(of: person)), at: minute).map { !$0.isEmpty } ?? false
  }

  func isWaiting(_ person: Int) -> Bool {
    state.visit(Self.visit(of: person))?.status == .waiting
  }

  /// True when somebody waits in a line that the counter serves.
  func hasWaiting(_ counter: Int) -> Bool {
    servicesOfCounter[counter].contains { state.waitingCount(for: $0) > 0 }
  }

  /// Visits are named by their place in the plan: no table is needed between the two.
  private static func visit(of person: Int) -> VisitID {
    VisitID(high: 1, low: UInt64(person))
  }

  private static func person(of visit: VisitID) -> Int { Int(visit.low) }
}
