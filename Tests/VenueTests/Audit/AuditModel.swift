import Venue

/// A second model of the rules that shares no code with the engine.
///
/// Plain arrays of plain values; every answer is computed from nothing by looking at everybody. It
/// takes from `Venue` the words of questions and answers only: identifiers, commands, events,
/// refusals and the configuration.
struct AuditModel: Sendable {
  var configuration: VenueConfiguration?
  var openDay: ServiceDay?
  var lastDay: ServiceDay?
  /// Everybody of the day, in order of arrival.
  var visits: [AuditVisit] = []
  var desks: [AuditDesk] = []
  var mediators: [AuditMediator] = []
  var hours: DayHours?
  var vouchers: [AuditVoucher] = []
  var slips: [SlipReport] = []
  var calls: [AuditCall] = []
  /// What a counter serves today in place of what is configured.
  var borrowed: [CounterID: [ServiceID]] = [:]
  /// Numbers up to these are gone before the day begins.
  var numbersGone: [Prefix: Int32] = [:]
  /// The running mean of each service's time at the counter, in milliseconds.
  var paces: [ServiceID: Int64] = [:]
  /// The middle of the range that somebody who comes now is told. It is learned, and audited by the
  /// tests of estimates; here it is given.
  var told: [ServiceID: Int64] = [:]
  var sequence: UInt64 = 0
  /// Time of the last event, in milliseconds.
  var time: Int64 = 0
  /// Commands so far that made something happen.
  var commands = 0
}

struct AuditVisit: Equatable, Sendable {
  var id: VisitID
  var number: TicketNumber
  var language: LanguageTag
  var isPriority: Bool
  /// Milliseconds.
  var issued: Int64
  /// Sequence of the event that issued it.
  var order: UInt64
  var status: Visit.Status
  var stop: AuditStop
  var earlier: [AuditStop] = []
  var planned: [PlannedStop]
  var people: Int
  var needs: [NeedID]
  var consents: [Consent] = []
  /// Sequence of the event that touched it last.
  var touched: UInt64
}

/// One stop; all times in milliseconds.
struct AuditStop: Equatable, Sendable {
  var service: ServiceID
  var since: Int64
  var counter: CounterID?
  var firstCall: Int64?
  var lastCall: Int64?
  var calls = 0
  var started: Int64?
  var ended: Int64?
  var outcome: String?
  var code: OutcomeCode?
  var appointment: Int64?
  var comesBackTo: CounterID?
  var help: Help?
  var reason: CallReason?
}

struct AuditDesk: Equatable, Sendable {
  var id: CounterID
  var status = "closed"
  var since: Int64
  var visit: VisitID?
  var steps: [AuditStep] = []
}

/// What an undo would bring back.
struct AuditStep: Equatable, Sendable {
  var before: AuditVisit
  var wasHere: Bool
  var sequence: UInt64
  var time: Int64
  var command: Int
}

struct AuditMediator: Equatable, Sendable {
  var id: MediatorID
  var status = MediatorState.Status.offDuty
  var since: Int64
  var visit: VisitID?
  var busySince: Int64
  var worked: Int64 = 0
  var calls = 0

  func load(at now: Int64) -> Int64 { visit == nil ? worked : worked + now - busySince }
}

struct AuditVoucher: Equatable, Sendable {
  var visit: VisitID
  var service: ServiceID
  var day: ServiceDay
}

/// A call as boards show it.
struct AuditCall: Equatable, Sendable {
  var visit: VisitID
  var service: ServiceID
  var counter: CounterID
  var time: Int64
  var ordinal: Int
  var sequence: UInt64
}

// MARK: - Looking things up

extension AuditModel {
  var bounds: Bounds { configuration?.bounds ?? Bounds() }
  var policy: CallPolicy { configuration?.policy ?? .arrival }

  func service(_ id: ServiceID) -> Service? { configuration?.services.first { $0.id == id } }
  func counter(_ id: CounterID) -> Counter? { configuration?.counters.first { $0.id == id } }
  func desk(_ id: CounterID) -> AuditDesk? { desks.first { $0.id == id } }
  func visit(_ id: VisitID) -> AuditVisit? { visits.first { $0.id == id } }
  func isOpen(_ id: CounterID) -> Bool { desk(id)?.status == "open" }

  func services(of counter: Counter) -> [ServiceID] { borrowed[counter.id] ?? counter.services }

  func counters(serving service: ServiceID) -> [Counter] {
    (configuration?.counters ?? []).filter { services(of: $0).contains(service) }
  }

  /// 1 for a service that the counter serves, 0 for another.
  func times(_ counter: Counter, serves service: ServiceID) -> Int {
    services(of: counter).contains(service) ? 1 : 0
  }
}

extension AuditVisit {
  /// A visit over which nothing hangs any more.
  var isOver: Bool { [.done, .left, .expired].contains(status) }
  /// Parked or missed: it can be taken up again.
  var isAside: Bool { status == .parked || (status == .left && stop.outcome == "missed") }
  /// Who interprets at the counter where the visit is.
  var mediator: MediatorID? {
    guard status == .called || status == .serving, case .mediator(let id) = stop.help else {
      return nil
    }
    return id
  }
}
