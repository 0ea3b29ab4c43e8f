import Venue

/// What staff may do at a counter.
extension AuditModel {
  func answer(
    _ action: CounterAction, _ counter: Counter, _ desk: AuditDesk, _ now: Int64
  ) throws(Refusal) -> [Event] {
    switch action {
    case .open: return desk.status == "open" ? [] : [.counterOpened(desk.id)]
    case .pause:
      if desk.status == "paused" { return [] }
      try isFree(desk)
      return [.counterPaused(desk.id)]
    case .close:
      if desk.status == "closed" { return [] }
      try isFree(desk)
      return [.counterClosed(desk.id)]
    case .serve(let services):
      for id in services where service(id) == nil { throw .serviceUnknown(id) }
      return services == self.services(of: counter) ? [] : [.counterAssigned(desk.id, services)]
    case .callNext: return try answerCallNext(counter, desk, now)
    case .call(let id): return try answerCall(try known(id), counter, desk, now)
    case .undo: return try answerUndo(desk, now)
    case .recall, .start, .finish, .noShow, .park, .forward, .take:
      guard let id = desk.visit else { throw .counterIsFree(desk.id) }
      return try answer(action, with: try known(id), counter, now)
    }
  }

  private func isFree(_ desk: AuditDesk) throws(Refusal) {
    if let id = desk.visit { throw .counterIsBusy(desk.id, with: try known(id).number) }
  }

  private func answer(
    _ action: CounterAction, with visit: AuditVisit, _ counter: Counter, _ now: Int64
  ) throws(Refusal) -> [Event] {
    let isServing = visit.status == .serving
    switch action {
    case .recall, .noShow:
      if isServing { throw .visitIsBeingServed(visit.number) }
      return action == .recall
        ? [.recalled(visit.id, at: counter.id)] : [.missed(visit.id, at: counter.id)]
    case .start: return isServing ? [] : [.started(visit.id, at: counter.id)]
    case .park: return [.parked(visit.id, at: counter.id)]
    case .finish(let outcome):
      if let outcome, configuration?.outcomes.contains(outcome) != true {
        throw .outcomeUnknown(outcome)
      }
      return [finish(visit, outcome, counter, now)]
    case .forward(let service, let comesBack):
      try checkForward(visit, service, comesBack, counter, now)
      return [.forwarded(visit.id, at: counter.id, to: service, comesBack: comesBack)]
    case .take(let id):
      guard let mediator = configuration?.mediators.first(where: { $0.id == id }) else {
        throw .mediatorUnknown(id)
      }
      if visit.mediator == id { return [] }
      if let fault = obstacle(to: mediator, visit.language, counter, now) { throw fault }
      return [.mediatorJoined(visit.id, at: counter.id, id)]
    case .open, .pause, .close, .serve, .callNext, .call, .undo: return []
    }
  }

  private func finish(
    _ visit: AuditVisit, _ outcome: OutcomeCode?, _ counter: Counter, _ now: Int64
  ) -> Event {
    let next = next(after: visit, from: counter.zone, now)
    return .finished(visit.id, at: counter.id, outcome: outcome, next: next?.service)
  }

  private func checkForward(
    _ visit: AuditVisit, _ target: ServiceID, _ comesBack: Bool, _ counter: Counter, _ now: Int64
  ) throws(Refusal) {
    guard let service = service(target) else { throw .serviceUnknown(target) }
    if visit.stop.service == target { throw .alreadyAtService(visit.number, target) }
    let agency = configuration?.agencies.first { $0.id == counter.agency }
    if let mandate = agency?.mandate, service.agency != counter.agency,
      !mandate.contains(service.agency)
    {
      throw .forwardOutsideMandate(counter.agency, target)
    }
    let isPlanned = visit.planned.contains { $0.service == target }
    if !isPlanned { try checkStop(PlannedStop(service: target), now) }
    // Over, under way, and to come: the same stops as now, the new one, and the way back.
    let stops =
      visit.earlier.count + 1 + visit.planned.count + (isPlanned ? 0 : 1) + (comesBack ? 1 : 0)
    if stops > bounds.stopLimit { throw .tooManyStops(limit: bounds.stopLimit) }
  }

  private func answerCallNext(
    _ counter: Counter, _ desk: AuditDesk, _ now: Int64
  ) throws(Refusal) -> [Event] {
    var events: [Event] = []
    if let id = desk.visit { events.append(finish(try known(id), nil, counter, now)) }
    if desk.status != "open" { events.append(.counterOpened(desk.id)) }
    if let turn = turn(at: counter, now, leaving: desk.visit) {
      events.append(.called(turn.visit.id, at: desk.id, help: turn.help, because: turn.reason))
    }
    if !events.isEmpty { return events }
    let mine = services(of: counter)
    let waits = visits.contains { $0.status == .waiting && mine.contains($0.stop.service) }
    throw waits ? .nobodyCallable(desk.id) : .nobodyWaiting(desk.id)
  }

  private func answerCall(
    _ visit: AuditVisit, _ counter: Counter, _ desk: AuditDesk, _ now: Int64
  ) throws(Refusal) -> [Event] {
    if visit.status == .called || visit.status == .serving {
      if desk.visit == visit.id { return [] }
      throw whereabouts(visit)
    }
    if visit.isOver, !visit.isAside { throw .visitIsClosed(visit.number, visit.status) }
    guard services(of: counter).contains(visit.stop.service) else {
      throw .counterDoesNotServe(desk.id, visit.stop.service)
    }
    try isFree(desk)
    var help = Help.telephone
    if counter.languages.contains(visit.language) {
      help = .direct
    } else if let mediator = interpreter(visit.language, counter, now, leaving: nil) {
      help = .mediator(mediator)
    }
    let called = Event.called(visit.id, at: desk.id, help: help, because: .chosen)
    return desk.status == "open" ? [called] : [.counterOpened(desk.id), called]
  }

  /// Takes back the newest step and those of the same command, youngest first.
  private func answerUndo(_ desk: AuditDesk, _ now: Int64) throws(Refusal) -> [Event] {
    var steps: [AuditStep] = []
    for step in desk.steps.reversed() {
      guard now - step.time <= 10_000, visit(step.before.id)?.touched == step.sequence else {
        break
      }
      if let newest = steps.first {
        // No person is faster than a millisecond: what came in one is one command.
        if newest.time != step.time { break }
      }
      steps.append(step)
    }
    if steps.isEmpty { throw .nothingToUndo(desk.id) }
    for step in steps {
      guard let id = step.before.mediator else { continue }
      guard let state = mediators.first(where: { $0.id == id }) else {
        throw .mediatorUnknown(id)
      }
      if state.status != .onDuty { throw .mediatorNotOnDuty(id) }
      guard let other = state.visit, !steps.contains(where: { $0.before.id == other }) else {
        continue
      }
      throw .mediatorIsElsewhere(id, counter: try known(other).stop.counter ?? desk.id)
    }
    let undone = steps.map { Event.undone($0.before.id, at: desk.id) }
    // Whoever has a visit is open.
    let opens = desk.status != "open" && steps.contains { $0.wasHere }
    return opens ? [.counterOpened(desk.id)] + undone : undone
  }
}
