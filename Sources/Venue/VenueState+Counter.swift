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
    case .callNext: return try decideCallNext(configured, state)
    case .call(let visit): return try decideCall(visit, configured, state)
    case .undo: return try decideUndo(counter, state, now)
    case .recall, .start, .finish, .noShow, .park, .forward:
      guard let id = state.visit else { throw .counterIsFree(counter) }
      return try decide(action, with: try knownVisit(id), at: counter)
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

  /// Whoever calls is open, and is done with the visit before: one key for each person.
  private func decideCallNext(
    _ counter: Counter, _ state: CounterState
  ) throws(Refusal) -> [Event] {
    var events: [Event] = []
    if let current = state.visit { events.append(.finished(current, at: counter.id)) }
    if state.status != .open { events.append(.counterOpened(counter.id)) }
    if let next = first(of: counter.services) {
      events.append(.called(next.id, at: counter.id))
    }
    guard !events.isEmpty else { throw .nobodyWaiting(counter.id) }
    return events
  }

  private func decideCall(
    _ id: VisitID, _ counter: Counter, _ state: CounterState
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
    guard counter.services.contains(visit.stop.service) else {
      throw .counterDoesNotServe(counter.id, visit.stop.service)
    }
    if let current = state.visit {
      throw .counterIsBusy(counter.id, with: try knownVisit(current).number)
    }
    let opening: [Event] = state.status == .open ? [] : [.counterOpened(counter.id)]
    return opening + [.called(id, at: counter.id)]
  }

  private func decide(
    _ action: CounterAction, with visit: Visit, at counter: CounterID
  ) throws(Refusal) -> [Event] {
    let isServed = visit.status == .serving
    switch action {
    case .recall where isServed, .noShow where isServed:
      throw .visitIsBeingServed(visit.number)
    case .recall: return [.recalled(visit.id, at: counter)]
    case .noShow: return [.missed(visit.id, at: counter)]
    case .start: return isServed ? [] : [.started(visit.id, at: counter)]
    case .finish: return [.finished(visit.id, at: counter)]
    case .park: return [.parked(visit.id, at: counter)]
    case .forward(let service): return try decideForward(visit, to: service, at: counter)
    case .open, .pause, .close, .callNext, .call, .undo:
      preconditionFailure("these do not act on the visit at the counter")
    }
  }

  private func decideForward(
    _ visit: Visit, to service: ServiceID, at counter: CounterID
  ) throws(Refusal) -> [Event] {
    guard index.services[service] != nil else { throw .serviceUnknown(service) }
    guard index.countersOfService[service] != nil else { throw .serviceHasNoCounter(service) }
    guard visit.stop.service != service else { throw .alreadyAtService(visit.number, service) }
    return [.forwarded(visit.id, at: counter, to: service)]
  }

  /// Takes back the newest step and those of the same command: a call-next finishes and calls.
  private func decideUndo(
    _ counter: CounterID, _ state: CounterState, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard let newest = state.undo.last, canUndo(newest, at: now) else {
      throw .nothingToUndo(counter)
    }
    let steps = state.undo.reversed().prefix { $0.time == newest.time && canUndo($0, at: now) }
    return steps.map { .undone($0.before.id, at: counter) }
  }

  /// True while `step` is young enough and nothing else has touched its visit.
  public func canUndo(_ step: UndoStep, at now: Instant) -> Bool {
    now.milliseconds(since: step.time) <= Self.undoMilliseconds
      && visit(step.before.id)?.revision == step.sequence
  }
}
