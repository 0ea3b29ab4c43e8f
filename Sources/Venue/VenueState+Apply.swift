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
    case .consented(let visit, let consent): change(visit) { $0.consents.append(consent) }
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
    slips[report.visit] = report.outcome == .printed ? nil : report
  }
}

// MARK: - Keeping lines, calls and undo steps in step with visits

extension VenueState {
  /// The only way to change a visit: leaves its line and joins the one where it belongs then.
  private mutating func change(_ id: VisitID, _ body: (inout Visit) -> Void) {
    guard let slot = visits.slot(of: id) else {
      preconditionFailure("events name visits of the day")
    }
    let before = visits[slot]
    leaveLine(before, slot)
    var visit = before
    visit.revision = sequence
    // What is taken back comes with its old revision: the steps before it can be taken back too.
    body(&visit)
    visits[slot] = visit
    countStops(of: before, visit)
    moveMediator(from: before.mediator, to: visit.mediator, visit: id)
    let isNewStop = visit.earlier.count > before.earlier.count
    if before.status == .waiting, isNewStop || visit.status != .waiting {
      learnWait(of: before, slot, isCalled: visit.status == .called)
    }
    join(visit, slot)
    if isNewStop { tellWait(of: visit, slot) }
  }

  /// A stop counts from when it is planned; one that is cancelled while it is planned, or taken back,
  /// counts no more.
  private mutating func countStops(of before: Visit, _ after: Visit) {
    guard
      before.earlier.count != after.earlier.count || before.planned.count != after.planned.count
        || before.stop.service != after.stop.service
    else { return }
    for service in before.services { stopsOfDay[service, default: 0] -= 1 }
    for service in after.services { stopsOfDay[service, default: 0] += 1 }
  }

  private mutating func join(_ visit: Visit, _ slot: Int32) {
    if visit.isSetAside { setAside.insert(slot) }
    guard visit.status == .waiting else { return }
    lines[visit.stop.service, default: WaitingLine()].insert(
      visit, slot: slot, start: ordering.start(of: visit), kind: ordering.kind(of: visit))
  }

  mutating func leaveLine(_ visit: Visit, _ slot: Int32) {
    if visit.isSetAside { setAside.remove(slot) }
    guard visit.status == .waiting else { return }
    lines[visit.stop.service]?.remove(
      visit, start: ordering.start(of: visit), kind: ordering.kind(of: visit))
  }

  /// What follows from the configuration and today's assignments.
  mutating func derive() {
    ordering = Ordering(
      policy: configuration?.policy ?? .arrival, bounds: configuration?.bounds ?? Bounds())
    countersOfService = [:]
    var groups: [CounterGroup] = []
    for counter in configuration?.counters ?? [] {
      let services = Self.distinct(services(of: counter))
      for service in services { countersOfService[service, default: []].append(counter.id) }
      if let group = groups.firstIndex(where: { $0.services == services }) {
        groups[group].counters.append(counter.id)
      } else {
        groups.append(CounterGroup(services: services, counters: [counter.id]))
      }
    }
    groupsOfService = [:]
    for group in groups {
      for service in group.services { groupsOfService[service, default: []].append(group) }
    }
  }

  /// Each once, in the order of the first.
  private static func distinct(_ services: [ServiceID]) -> [ServiceID] {
    var seen: Set<ServiceID> = []
    return services.filter { seen.insert($0).inserted }
  }

  /// Lines follow from the visits and the policy: after a restart or a new policy they are rebuilt.
  mutating func rebuildLines() {
    lines = [:]
    setAside = SortedChunks()
    for slot in 0..<Int32(visits.count) { join(visits[slot], slot) }
  }

  private mutating func remember(_ id: VisitID, at counter: CounterID) {
    guard let before = visit(id) else { return }
    let step = UndoStep(
      before: before, wasHere: counters[counter]?.visit == id, sequence: sequence, time: time)
    counters[counter]?.undo.append(step)
    if let depth = counters[counter]?.undo.count, depth > CounterState.undoDepth {
      counters[counter]?.undo.removeFirst()
    }
  }

  /// A visit stands once among the recent calls: with its newest call.
  private mutating func noteCall(_ id: VisitID, sequence noted: UInt64? = nil) {
    guard let visit = visit(id), let counter = visit.stop.counter, let at = visit.stop.calledAt
    else { return }
    recentCalls.removeAll { $0.visit == id }
    let call = RecentCall(
      visit: id, number: visit.number, service: visit.stop.service, counter: counter, time: at,
      ordinal: visit.stop.calls, sequence: noted ?? sequence)
    let place = recentCalls.lastIndex { $0.sequence < call.sequence }.map { $0 + 1 } ?? 0
    recentCalls.insert(call, at: place)
    if recentCalls.count > Self.recentCallLimit { recentCalls.removeFirst() }
  }
}

// MARK: - What happens to one visit

extension Visit {
  fileprivate mutating func call(to counter: CounterID, at now: Instant) {
    status = .called
    stop.counter = counter
    stop.firstCalledAt = stop.firstCalledAt ?? now
    stop.calledAt = now
    stop.calls = 1
    stop.endedAt = nil
    stop.outcome = nil
  }

  fileprivate mutating func end(_ status: Status, _ outcome: Stop.Outcome, at now: Instant) {
    self.status = status
    stop.endedAt = now
    stop.outcome = outcome
  }

  /// Who comes back too late for an appointment waits like a walk-in.
  fileprivate mutating func resume(at now: Instant, grace: Int64) {
    stop.appointment = Self.kept(stop.appointment, at: now, grace: grace)
    status = .waiting
    stop.endedAt = nil
    stop.outcome = nil
  }

  /// An appointment that has not been missed by more than the grace.
  private static func kept(_ appointment: Instant?, at now: Instant, grace: Int64) -> Instant? {
    appointment.flatMap { now.milliseconds(since: $0) > grace ? nil : $0 }
  }

  fileprivate mutating func forward(
    to service: ServiceID, comesBackTo counter: CounterID?, at now: Instant, grace: Int64
  ) {
    let left = stop.service
    end(.waiting, .forwarded, at: now)
    earlier.append(stop)
    let known = planned.first { $0.service == service }
    planned.removeAll { $0.service == service }
    stop = Stop(
      service: service, waitingSince: now,
      appointment: Self.kept(known?.appointment, at: now, grace: grace),
      comesBackTo: known?.counter)
    guard let counter else { return }
    planned.removeAll { $0.service == left }
    planned.append(PlannedStop(service: left, after: [service], counter: counter))
  }

  /// The present stop is over, and the planned one at `service` begins.
  fileprivate mutating func go(to service: ServiceID, at now: Instant, grace: Int64) {
    guard let next = planned.first(where: { $0.service == service }) else {
      preconditionFailure("a visit goes on to a planned stop")
    }
    earlier.append(stop)
    planned.removeAll { $0.service == service }
    status = .waiting
    stop = Stop(
      service: service, waitingSince: now,
      appointment: Self.kept(next.appointment, at: now, grace: grace), comesBackTo: next.counter)
  }

  fileprivate mutating func cancel(
    _ service: ServiceID, next: ServiceID?, at now: Instant, grace: Int64
  ) {
    guard let next else {
      planned.removeAll { $0.service == service }
      return
    }
    end(.waiting, .left, at: now)
    go(to: next, at: now, grace: grace)
  }
}
