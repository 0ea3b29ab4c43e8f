import Venue
import Wire

/// What the hall answers to a command, as it goes out over HTTP and as it is stored by its key.
struct HallReply: Equatable, Sendable {
  var status: Int
  var body: [UInt8]

  init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  init(_ status: Int, _ value: some Encodable) {
    self.init(status: status, body: JSON.encode(value))
  }

  init(_ status: Int, _ answer: some FlatAnswer) {
    self.init(status: status, body: answer.json)
  }

  init(_ problem: Problem) { self.init(problem.status, problem) }

  /// The same, with what the state knows beside: when a closed service is open.
  init(_ refusal: Refusal, in state: VenueState) {
    self.init(refusal)
    switch refusal {
    case .serviceClosed(let service), .serviceNotOpenYet(let service, _),
      .appointmentOutsideHours(let service), .cannotFinishBeforeClosing(let service):
      guard let hours = state.service(service)?.hours else { return }
      var problem = Problem(refusal)
      problem.detail += " Its hours are \(hours)."
      self.init(problem)
    default: return
    }
  }

  /// A refusal of the hall's rules. Nobody waiting is no error: the counter just has nothing to do.
  init(_ refusal: Refusal) {
    guard case .nobodyWaiting = refusal else {
      self.init(Problem(refusal))
      return
    }
    self.init(status: 204, body: [])
  }
}

extension Problem {
  init(_ refusal: Refusal) {
    let status =
      switch refusal {
      case .visitUnknown, .counterUnknown, .serviceUnknown, .languageUnknown, .kioskUnknown,
        .mediatorUnknown:
        404
      default: 409
      }
    self.init(status: status, name: refusal.name, detail: refusal.explanation)
  }
}

extension HallReply {
  static let keyReused = HallReply(
    Problem(
      status: 422, name: "idempotency-key-reused",
      detail: "This Idempotency-Key came before with another request. Draw a new key."))

  static let diskFull = HallReply(
    Problem(
      status: 503, name: "disk-full",
      detail: "The daemon cannot store anything: its disk is full. Nothing was done. Free some "
        + "space in the data directory and try again."))

  static let outcomeUnknown = HallReply(
    Problem(
      status: 503, name: "outcome-unknown",
      detail: "The daemon's disk failed. Whether the command took effect is settled by sending it "
        + "again with the same Idempotency-Key once the daemon is back."))

  static let overloaded = HallReply(
    Problem(
      status: 503, name: "overloaded",
      detail: "Too many commands wait. Nothing was done. Try again in a second."))

  static let stopping = HallReply(
    Problem(
      status: 503, name: "stopping",
      detail: "The daemon is stopping. Nothing was done. Try again in a few seconds."))
}

extension VenueState {
  /// The answer to `command` after its `events` have been applied.
  func reply(to command: Command, events: [Event], printing: Bool) -> HallReply {
    switch command {
    case .issue(let request):
      guard let visit = visit(request.visit) else { return HallReply(.visitUnknown(request.visit)) }
      let range = told(to: visit.id)?.range ?? expectedRange(of: visit)
      return HallReply(
        201,
        IssuedAnswer(
          visit: visit, peopleBefore: peopleBefore(visit) ?? 0, expectedWait: range,
          promise: promise(to: visit, range), voucherDays: configuration?.bounds.voucherDays,
          printing: printing))
    case .counter(let counter, let action):
      return reply(to: action, at: counter, events: events)
    case .resume(let id), .leave(let id), .plan(let id, _), .cancelStop(let id, _),
      .consent(let id, _):
      guard let visit = visit(id) else { return HallReply(.visitUnknown(id)) }
      return HallReply(200, VisitAnswer(visit))
    case .openDay, .closeDay:
      return HallReply(200, DayAnswer(day: openDay))
    case .mediator(let id, _):
      guard let state = mediatorState(id) else { return HallReply(.mediatorUnknown(id)) }
      return HallReply(200, MediatorAnswer(mediator: id, state: state))
    case .configure, .reportSlip, .setHours, .settleClosed:
      return HallReply(status: 204, body: [])
    }
  }

  private func promise(
    to visit: Visit, _ range: Venue.WaitRange?
  ) -> IssuedAnswer.Promise {
    if visit.status == .expired { return .voucher }
    return hours != nil && mayComeTooLate(visit, waiting: range) ? .mayCloseFirst : .turn
  }

  private func reply(
    to action: CounterAction, at counter: CounterID, events: [Event]
  ) -> HallReply {
    let moved = events.last?.visit ?? counterState(counter)?.visit
    if case .callNext = action {
      guard case .called = events.last else { return HallReply(status: 204, body: []) }
    }
    let status = counterState(counter)?.status ?? .closed
    return HallReply(
      200, CounterAnswer(counter: counter, status: status, visit: moved.flatMap { visit($0) }))
  }
}

extension Event {
  /// The visit that the event is about.
  var visit: VisitID? {
    switch self {
    case .issued(let issue): issue.visit
    case .called(let visit, _, _, _), .recalled(let visit, _), .started(let visit, _),
      .finished(let visit, _, _, _), .missed(let visit, _), .parked(let visit, _),
      .forwarded(let visit, _, _, _), .undone(let visit, _), .resumed(let visit),
      .left(let visit), .expired(let visit), .returned(let visit), .stopPlanned(let visit, _),
      .stopCancelled(let visit, _, _), .consented(let visit, _),
      .mediatorJoined(let visit, _, _):
      visit
    case .slipReported(let report): report.visit
    case .configured, .dayOpened, .dayClosed, .counterOpened, .counterPaused, .counterClosed,
      .hoursSet, .mediatorChanged, .counterAssigned:
      nil
    }
  }
}
