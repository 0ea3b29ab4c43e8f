extension VenueState {
  /// What the staff of `counter` make happen.
  func decide(
    _ action: CounterAction, at counter: CounterID, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard let configured = index.counters[counter], let state = counters[counter] else {
      throw .counterUnknown(counter)
    }
    _ = try openedDay()
    switch action {
    case .open: return state.status == .open ? [] : [.counterOpened(counter)]
    case .pause: return try decideStatus(.paused, .counterPaused(counter), state, counter)
    case .close: return try decideStatus(.closed, .counterClosed(counter), state, counter)
    case .callNext: return try decideCallNext(configured, state, now)
    case .call(let visit): return try decideCall(visit, configured, state, now)
    case .undo: return try decideUndo(counter, state, now)
    case .serve(let services): return try decideServe(services, counter)
    case .recall, .start, .finish, .noShow, .park, .forward, .take:
      guard let id = state.visit else { throw .counterIsFree(counter) }
      return try decide(action, with: try knownVisit(id), at: configured, now)
    }
  }

  private func decideStatus(
    _ status: CounterState.Status, _ event: Event, _ state: CounterState, _ counter: CounterID
  ) throws(Refusal) -> [Event] {
    guard state.status != status else { return [] }
    if let id = state.visit {
      throw .counterIsBusy(counter, with: try knownVisit(id).number)
    }
    return [event]
  }

  private func decideServe(
    _ services: [ServiceID], _ counter: CounterID
  ) throws(Refusal) -> [Event] {
    for service in services where index.services[service] == nil { throw .serviceUnknown(service) }
    guard services != index.counters[counter].map(self.services(of:)) else { return [] }
    return [.counterAssigned(counter, services)]
  }

  /// Whoever calls is open, and is done with the visit before: one key for each person.
  private func decideCallNext(
    _ counter: Counter, _ state: CounterState, _ now: Instant
  ) throws(Refusal) -> [Event] {
    var events: [Event] = []
    if let current = state.visit {
      events += try decideFinish(try knownVisit(current), nil, at: counter, now)
    }
    if state.status != .open { events.append(.counterOpened(counter.id)) }
    if let choice = choose(for: counter, at: now, freeing: state.visit) {
      let visit = visits[choice.slot]
      events.append(
        .called(visit.id, at: counter.id, help: choice.help, because: choice.reason))
    }
    guard events.isEmpty else { return events }
    let waiting = services(of: counter).contains { waitingCount(for: $0) > 0 }
    throw waiting ? .nobodyCallable(counter.id) : .nobodyWaiting(counter.id)
  }

  private func decideFinish(
    _ visit: Visit, _ outcome: OutcomeCode?, at counter: Counter, _ now: Instant
  ) throws(Refusal) -> [Event] {
    if let outcome, !index.outcomes.contains(outcome) { throw .outcomeUnknown(outcome) }
    let next = nextStop(after: visit, from: counter.zone, at: now)
    return [.finished(visit.id, at: counter.id, outcome: outcome, next: next?.service)]
  }

  private func decideCall(
    _ id: VisitID, _ counter: Counter, _ state: CounterState, _ now: Instant
  ) throws(Refusal) -> [Event] {
    let visit = try knownVisit(id)
    switch visit.status {
    case .waiting, .parked: break
    case .called, .serving:
      if state.visit == id { return [] }
      throw elsewhere(visit)
    case .done, .left, .expired:
      guard visit.isSetAside else { throw .visitIsClosed(visit.number, visit.status) }
    }
    guard services(of: counter).contains(visit.stop.service) else {
      throw .counterDoesNotServe(counter.id, visit.stop.service)
    }
    if let current = state.visit {
      throw .counterIsBusy(counter.id, with: try knownVisit(current).number)
    }
    let opening: [Event] = state.status == .open ? [] : [.counterOpened(counter.id)]
    let help = helpAtOnce(for: visit, at: counter, now)
    return opening + [.called(id, at: counter.id, help: help, because: .chosen)]
  }

  private func decide(
    _ action: CounterAction, with visit: Visit, at configured: Counter, _ now: Instant
  ) throws(Refusal) -> [Event] {
    let counter = configured.id
    let isServed = visit.status == .serving
    switch action {
    case .recall where isServed, .noShow where isServed:
      throw .visitIsBeingServed(visit.number)
    case .recall: return [.recalled(visit.id, at: counter)]
    case .noShow: return [.missed(visit.id, at: counter)]
    case .start: return isServed ? [] : [.started(visit.id, at: counter)]
    case .finish(let outcome): return try decideFinish(visit, outcome, at: configured, now)
    case .park: return [.parked(visit.id, at: counter)]
    case .forward(let service, let comesBack):
      return try decideForward(visit, to: service, comesBack, at: configured, now)
    case .take(let mediator): return try decideTake(mediator, for: visit, at: configured, now)
    case .open, .pause, .close, .callNext, .call, .undo, .serve:
      preconditionFailure("these do not act on the visit at the counter")
    }
  }

  private func decideForward(
    _ visit: Visit, to service: ServiceID, _ comesBack: Bool, at counter: Counter, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard let target = index.services[service] else { throw .serviceUnknown(service) }
    guard visit.stop.service != service else { throw .alreadyAtService(visit.number, service) }
    if let mandate = index.agencies[counter.agency]?.mandate, target.agency != counter.agency,
      !mandate.contains(target.agency)
    {
      throw .forwardOutsideMandate(counter.agency, service)
    }
    if !visit.planned.contains(where: { $0.service == service }) {
      try check(PlannedStop(service: service), now)
    }
    var services = Set(visit.planned.map(\.service))
    services.insert(service)
    if comesBack { services.insert(visit.stop.service) }
    let limit = ordering.bounds.stopLimit
    guard visit.earlier.count + 1 + services.count <= limit else {
      throw .tooManyStops(limit: limit)
    }
    return [.forwarded(visit.id, at: counter.id, to: service, comesBack: comesBack)]
  }

  /// Takes back the newest step and those of the same command: a call-next finishes and calls. Steps
  /// of one millisecond at one counter count as one command: no person is faster.
  private func decideUndo(
    _ counter: CounterID, _ state: CounterState, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard let newest = state.undo.last, canUndo(newest, at: now) else {
      throw .nothingToUndo(counter)
    }
    let steps = state.undo.reversed().prefix { $0.time == newest.time && canUndo($0, at: now) }
    let moved = Set(steps.map(\.before.id))
    for step in steps { try checkMediator(of: step, moved: moved, at: counter) }
    let opening: [Event] =
      state.status != .open && steps.contains(where: \.wasHere) ? [.counterOpened(counter)] : []
    return opening + steps.map { .undone($0.before.id, at: counter) }
  }

  /// Who interpreted before must be on duty still, and with nobody but the visits taken back.
  private func checkMediator(
    of step: UndoStep, moved: Set<VisitID>, at counter: CounterID
  ) throws(Refusal) {
    guard let mediator = step.before.mediator else { return }
    guard let state = mediators[mediator] else { throw .mediatorUnknown(mediator) }
    guard state.status == .onDuty else { throw .mediatorNotOnDuty(mediator) }
    guard let other = state.visit, !moved.contains(other) else { return }
    throw .mediatorIsElsewhere(mediator, counter: try knownVisit(other).stop.counter ?? counter)
  }

  /// True while `step` is young enough and nothing else has touched its visit.
  public func canUndo(_ step: UndoStep, at now: Instant) -> Bool {
    now.milliseconds(since: step.time) <= Self.undoMilliseconds
      && visit(step.before.id)?.revision == step.sequence
  }
}
