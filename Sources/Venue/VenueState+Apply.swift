extension VenueState {
  /// Makes `record` part of the state.
  ///
  /// Traps on an event that `decide` cannot have given in this state: that is a bug or a forged
  /// journal, and `rossio verify` finds those without this code.
  public mutating func apply(_ record: Record) {
    precondition(record.sequence == sequence + 1, "events are applied in sequence")
    sequence = record.sequence
    time = record.time
    switch record.event {
    case .configured(let configuration): applyConfigured(configuration)
    case .dayOpened(let day): applyDayOpened(day)
    case .dayClosed: openDay = nil
    case .issued(let issue): applyIssued(issue)
    case .called(let visit, let counter, let help, let reason):
      applyCalled(visit, counter, help, reason)
    case .recalled(let visit, let counter): applyRecalled(visit, counter)
    case .started(let visit, let counter): applyStarted(visit, counter)
    case .finished(let visit, let counter, let code, let next):
      applyFinished(visit, counter, code, next)
    case .missed(let visit, let counter): applyEnded(visit, counter, .left, .missed)
    case .parked(let visit, let counter): applyParked(visit, counter)
    case .forwarded(let visit, let counter, let service, let comesBack):
      applyForwarded(visit, counter, to: service, comesBack)
    case .undone(let visit, let counter): applyUndone(visit, counter)
    case .resumed(let visit):
      let grace = ordering.bounds.appointmentGrace
      change(visit) { $0.resume(at: record.time, grace: grace) }
    case .left(let visit): change(visit) { $0.end(.left, .left, at: record.time) }
    case .expired(let visit): applyExpired(visit)
    case .counterOpened(let counter): applyStatus(counter, .open)
    case .counterPaused(let counter): applyStatus(counter, .paused)
    case .counterClosed(let counter): applyStatus(counter, .closed)
    case .slipReported(let report): applyReport(report)
    case .hoursSet(let hours): self.hours = hours
    case .stopPlanned(let visit, let stop):
      change(visit) { $0.planned.append(stop) }
    case .stopCancelled(let visit, let service, let next):
      let grace = ordering.bounds.appointmentGrace
      change(visit) { $0.cancel(service, next: next, at: record.time, grace: grace) }
    case .consented(let visit, let consent): change(visit) { $0.agree(to: consent) }
    case .mediatorChanged(let mediator, let status):
      mediators[mediator]?.status = status
      mediators[mediator]?.since = record.time
    case .mediatorJoined(let visit, let counter, let mediator):
      remember(visit, at: counter)
      change(visit) { $0.stop.help = .mediator(mediator) }
      mediators[mediator]?.calls += 1
    case .counterAssigned(let counter, let services):
      assignments[counter] = services
      derive()
    case .returned(let visit): applyReturned(visit)
    }
  }

  private mutating func applyConfigured(_ new: VenueConfiguration) {
    configuration = new
    index = VenueIndex(new)
    let kept = counters
    counters = [:]
    for counter in new.counters {
      counters[counter.id] = kept[counter.id] ?? CounterState(status: .closed, since: time)
    }
    let pool = mediators
    mediators = [:]
    for mediator in new.mediators {
      mediators[mediator.id] = pool[mediator.id] ?? MediatorState(status: .offDuty, since: time)
    }
    let services = Set(new.services.map(\.id))
    assignments = assignments.filter { index.counters[$0.key] != nil }
      .mapValues { $0.filter(services.contains) }
    fitEstimates()
    derive()
    rebuildLines()
  }

  private mutating func applyDayOpened(_ day: ServiceDay) {
    for service in estimates.keys { estimates[service]?.beginDay() }
    arrivals.turnDay(weekday: day.weekday.rawValue)
    openDay = day
    lastDay = day
    numbers = [:]
    visits = VisitTable()
    lines = [:]
    setAside = SortedChunks()
    recentCalls = []
    slips = [:]
    hours = nil
    assignments = [:]
    stopsOfDay = [:]
    derive()
    for mediator in mediators.keys {
      mediators[mediator] = MediatorState(status: .offDuty, since: time)
    }
    for counter in counters.keys {
      counters[counter] = CounterState(status: .closed, since: time)
    }
  }

  private mutating func applyIssued(_ issue: Issue) {
    numbers[issue.number.prefix] = issue.number.value
    if let voucher = issue.voucher { vouchers.removeAll { $0.visit == voucher } }
    let visit = Visit(
      id: issue.visit, number: issue.number, language: issue.language,
      isPriority: issue.isPriority, issuedAt: time, arrival: sequence, status: .waiting,
      stop: Stop(service: issue.service, waitingSince: time, appointment: issue.appointment),
      earlier: [], revision: sequence, planned: issue.planned, people: issue.people,
      needs: issue.needs)
    for service in visit.services { stopsOfDay[service, default: 0] += 1 }
    let slot = visits.append(visit)
    join(visit, slot)
    tellWait(of: visit, slot)
    if let quarter = hours?.quarter(at: time) { arrivals.note(quarter: quarter) }
  }

  private mutating func applyCalled(
    _ id: VisitID, _ counter: CounterID, _ help: Help, _ reason: CallReason
  ) {
    let now = time
    remember(id, at: counter)
    change(id) { visit in
      visit.call(to: counter, at: now)
      visit.stop.help = help
      visit.stop.reason = reason
    }
    if let mediator = help.mediator { mediators[mediator]?.calls += 1 }
    counters[counter]?.visit = id
    noteCall(id)
  }

  private mutating func applyFinished(
    _ id: VisitID, _ counter: CounterID, _ code: OutcomeCode?, _ next: ServiceID?
  ) {
    let now = time
    let grace = ordering.bounds.appointmentGrace
    remember(id, at: counter)
    if let stop = visit(id)?.stop { learnPace(of: stop) }
    change(id) { visit in
      visit.stop.code = code
      visit.end(.done, .finished, at: now)
      if let next { visit.go(to: next, at: now, grace: grace) }
    }
    counters[counter]?.visit = nil
  }

  private mutating func applyReturned(_ id: VisitID) {
    let now = time
    change(id) { $0.end(.expired, .expired, at: now) }
    guard let visit = visit(id), let day = openDay else { return }
    vouchers.append(Voucher(visit: id, service: visit.stop.service, day: day))
    if vouchers.count > Self.voucherLimit { vouchers.removeFirst() }
  }

  private mutating func applyRecalled(_ id: VisitID, _ counter: CounterID) {
    let now = time
    remember(id, at: counter)
    change(id) { visit in
      visit.stop.calledAt = now
      visit.stop.calls += 1
    }
    noteCall(id)
  }

  private mutating func applyStarted(_ id: VisitID, _ counter: CounterID) {
    let now = time
    remember(id, at: counter)
    change(id) { visit in
      visit.status = .serving
      visit.stop.startedAt = now
    }
  }

  private mutating func applyEnded(
    _ id: VisitID, _ counter: CounterID, _ status: Visit.Status, _ outcome: Stop.Outcome
  ) {
    let now = time
    remember(id, at: counter)
    change(id) { $0.end(status, outcome, at: now) }
    counters[counter]?.visit = nil
  }

  private mutating func applyParked(_ id: VisitID, _ counter: CounterID) {
    remember(id, at: counter)
    change(id) { $0.status = .parked }
    counters[counter]?.visit = nil
  }

  private mutating func applyForwarded(
    _ id: VisitID, _ counter: CounterID, to service: ServiceID, _ comesBack: Bool
  ) {
    let now = time
    remember(id, at: counter)
    let grace = ordering.bounds.appointmentGrace
    if let stop = visit(id)?.stop { learnPace(of: stop) }
    change(id) {
      $0.forward(to: service, comesBackTo: comesBack ? counter : nil, at: now, grace: grace)
    }
    counters[counter]?.visit = nil
  }

  private mutating func applyUndone(_ id: VisitID, _ counter: CounterID) {
    guard let step = counters[counter]?.undo.popLast(), step.before.id == id else {
      preconditionFailure("what is undone was the last step at its counter")
    }
    if let mediator = visit(id)?.mediator, mediator != step.before.mediator {
      mediators[mediator]?.calls -= 1
    }
    change(id) { $0 = step.before }
    counters[counter]?.visit = step.wasHere ? id : nil
    recentCalls.removeAll { $0.sequence == step.sequence }
    if step.before.status == .called { noteCall(id, sequence: step.before.revision) }
  }

  private mutating func applyExpired(_ id: VisitID) {
    let now = time
    if let counter = visit(id)?.stop.counter, counters[counter]?.visit == id {
      counters[counter]?.visit = nil
    }
    change(id) { $0.end(.expired, .expired, at: now) }
  }

  private mutating func applyStatus(_ counter: CounterID, _ status: CounterState.Status) {
    counters[counter]?.status = status
    counters[counter]?.since = time
  }

  private mutating func applyReport(_ report: SlipReport) {
    slips[report.visit] = report.outcome.isOpen ? report : nil
  }
}
