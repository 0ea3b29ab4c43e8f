import Venue

/// What each event changes.
extension AuditModel {
  /// For so long a missed appointment is kept, in milliseconds.
  private var grace: Int64 { Int64(bounds.appointmentGraceMinutes) * 60_000 }

  /// The events of one command.
  mutating func apply(_ events: [Event], at now: Int64) {
    if !events.isEmpty { commands += 1 }
    for event in events {
      sequence += 1
      time = now
      apply(event)
    }
  }

  private mutating func apply(_ event: Event) {
    switch event {
    case .configured(let new): applyConfigured(new)
    case .dayOpened(let day): applyOpened(day)
    case .dayClosed: openDay = nil
    case .issued(let issue): applyIssued(issue)
    case .called, .recalled, .started, .finished, .missed, .parked, .forwarded, .mediatorJoined,
      .undone:
      applyAtCounter(event)
    case .counterOpened(let id): setStatus("open", of: id)
    case .counterPaused(let id): setStatus("paused", of: id)
    case .counterClosed(let id): setStatus("closed", of: id)
    case .slipReported(let report):
      slips.removeAll { $0.visit == report.visit }
      if ![.printed, .discarded].contains(report.outcome) { slips.append(report) }
    case .hoursSet(let new): hours = new
    case .mediatorChanged(let id, let status):
      for place in mediators.indices where mediators[place].id == id {
        mediators[place].status = status
        mediators[place].since = time
      }
    case .counterAssigned(let id, let services): borrowed[id] = services
    case .resumed, .left, .expired, .stopPlanned, .stopCancelled, .consented, .returned:
      applyToVisit(event)
    }
  }

  private mutating func applyConfigured(_ new: VenueConfiguration) {
    configuration = new
    desks = new.counters.map { desk($0.id) ?? AuditDesk(id: $0.id, since: time) }
    let pool = mediators
    mediators = new.mediators.map { one in
      pool.first { $0.id == one.id } ?? AuditMediator(id: one.id, since: time, busySince: time)
    }
    let former = paces
    paces = [:]
    for service in new.services {
      let plan = plan(service)
      paces[service.id] = former[service.id].map { within($0, plan) } ?? plan
    }
    for (id, services) in borrowed {
      borrowed[id] =
        counter(id) == nil ? nil : services.filter { service($0) != nil }
    }
  }

  private func plan(_ service: Service) -> Int64 {
    Int64(min(max(service.plannedMinutes, 1), 1_440)) * 60_000
  }

  /// A quarter of a minute at least, four times the plan at most.
  private func within(_ time: Int64, _ plan: Int64) -> Int64 { min(max(time, 15_000), 4 * plan) }

  /// A service has ended: the mean moves a sixteenth of the way to how long it took.
  private mutating func learnPace(of id: VisitID) {
    guard let stop = visit(id)?.stop, let began = stop.started ?? stop.lastCall,
      let service = service(stop.service), let pace = paces[stop.service]
    else { return }
    paces[stop.service] = pace + (within(time - began, plan(service)) - pace) / 16
  }

  private mutating func applyOpened(_ day: ServiceDay) {
    (openDay, lastDay) = (day, day)
    (visits, calls, slips) = ([], [], [])
    (borrowed, numbersGone) = ([:], [:])
    hours = nil
    desks = desks.map { AuditDesk(id: $0.id, since: time) }
    mediators = mediators.map { AuditMediator(id: $0.id, since: time, busySince: time) }
  }

  private mutating func applyIssued(_ issue: Issue) {
    if let voucher = issue.voucher { vouchers.removeAll { $0.visit == voucher } }
    let appointment = issue.appointment?.milliseconds
    visits.append(
      AuditVisit(
        id: issue.visit, number: issue.number, language: issue.language,
        isPriority: issue.isPriority, issued: time, order: sequence, status: .waiting,
        stop: AuditStop(service: issue.service, since: time, appointment: appointment),
        planned: issue.planned, people: issue.people, needs: issue.needs, touched: sequence))
  }

  private mutating func setStatus(_ status: String, of id: CounterID) {
    for place in desks.indices where desks[place].id == id {
      desks[place].status = status
      desks[place].since = time
    }
  }

  /// Changes one visit; the mediator goes where the visit goes.
  private mutating func change(_ id: VisitID, _ body: (inout AuditVisit) -> Void) {
    guard let place = visits.firstIndex(where: { $0.id == id }) else { return }
    let before = visits[place].mediator
    visits[place].touched = sequence
    body(&visits[place])
    let after = visits[place].mediator
    if before == after { return }
    for place in mediators.indices where mediators[place].id == before {
      mediators[place].worked = mediators[place].load(at: time)
      mediators[place].visit = nil
    }
    for place in mediators.indices where mediators[place].id == after {
      mediators[place].visit = id
      mediators[place].busySince = time
    }
  }

  private mutating func countCall(of id: MediatorID?, _ step: Int) {
    for place in mediators.indices where mediators[place].id == id {
      mediators[place].calls += step
    }
  }

  private mutating func applyToVisit(_ event: Event) {
    let (now, grace) = (time, self.grace)
    switch event {
    case .resumed(let id):
      change(id) { visit in
        if let time = visit.stop.appointment, now - time > grace { visit.stop.appointment = nil }
        visit.status = .waiting
        (visit.stop.ended, visit.stop.outcome) = (nil, nil)
      }
    case .left(let id): change(id) { $0.end(.left, "left", now) }
    case .expired(let id):
      for place in desks.indices where desks[place].visit == id { desks[place].visit = nil }
      change(id) { $0.end(.expired, "expired", now) }
    case .returned(let id):
      change(id) { $0.end(.expired, "expired", now) }
      guard let visit = visit(id), let day = openDay else { return }
      vouchers.append(AuditVoucher(visit: id, service: visit.stop.service, day: day))
    case .stopPlanned(let id, let stop):
      change(id) { $0.planned.append(stop) }
    case .stopCancelled(let id, let service, let next):
      change(id) { visit in
        guard let next else { return visit.planned.removeAll { $0.service == service } }
        visit.end(.waiting, "left", now)
        visit.begin(next, now, grace: grace)
      }
    case .consented(let id, let consent):
      change(id) { visit in
        visit.consents = visit.consents.filter { ($0.from, $0.to) != (consent.from, consent.to) }
        visit.consents += consent.fields.isEmpty ? [] : [consent]
      }
    default: break
    }
  }
}

// MARK: - At a counter

extension AuditModel {
  private mutating func applyAtCounter(_ event: Event) {
    let (now, grace) = (time, self.grace)
    switch event {
    case .called(let id, let counter, let help, let reason):
      step(id, counter, staysHere: true) { $0.call(at: counter, help, reason, now) }
      countCall(of: help.mediator, 1)
      noteCall(id, sequence)
    case .recalled(let id, let counter):
      step(id, counter, staysHere: true) { visit in
        visit.stop.lastCall = now
        visit.stop.calls += 1
      }
      noteCall(id, sequence)
    case .started(let id, let counter):
      step(id, counter, staysHere: true) { visit in
        visit.status = .serving
        visit.stop.started = now
      }
    case .mediatorJoined(let id, let counter, let mediator):
      step(id, counter, staysHere: true) { $0.stop.help = .mediator(mediator) }
      countCall(of: mediator, 1)
    case .finished(let id, let counter, let code, let next):
      learnPace(of: id)
      step(id, counter, staysHere: false) { visit in
        visit.stop.code = code
        visit.end(.done, "finished", now)
        if let next { visit.begin(next, now, grace: grace) }
      }
    case .missed(let id, let counter):
      step(id, counter, staysHere: false) { $0.end(.left, "missed", now) }
    case .parked(let id, let counter): step(id, counter, staysHere: false) { $0.status = .parked }
    case .forwarded(let id, let counter, let service, let comesBack):
      learnPace(of: id)
      step(id, counter, staysHere: false) {
        $0.forward(to: service, back: comesBack ? counter : nil, now, grace: grace)
      }
    case .undone(let id, let counter): applyUndone(id, counter)
    default: break
    }
  }

  /// Notes what undo brings back, then changes the visit.
  private mutating func step(
    _ id: VisitID, _ counter: CounterID, staysHere: Bool, _ body: (inout AuditVisit) -> Void
  ) {
    guard let place = desks.firstIndex(where: { $0.id == counter }), let before = visit(id) else {
      return
    }
    desks[place].steps.append(
      AuditStep(
        before: before, wasHere: desks[place].visit == id, sequence: sequence, time: time,
        command: commands))
    desks[place].steps = desks[place].steps.suffix(4)
    change(id, body)
    desks[place].visit = staysHere ? id : nil
  }

  private mutating func applyUndone(_ id: VisitID, _ counter: CounterID) {
    guard let place = desks.firstIndex(where: { $0.id == counter }),
      let step = desks[place].steps.popLast(), let visit = visit(id)
    else { return }
    if visit.mediator != step.before.mediator { countCall(of: visit.mediator, -1) }
    change(id) { $0 = step.before }
    desks[place].visit = step.wasHere ? id : nil
    calls.removeAll { $0.sequence == step.sequence }
    if step.before.status == .called { noteCall(id, step.before.touched) }
  }

  /// A visit stands once among the calls, with its newest.
  private mutating func noteCall(_ id: VisitID, _ sequence: UInt64) {
    guard let visit = visit(id), let counter = visit.stop.counter, let at = visit.stop.lastCall
    else { return }
    calls.removeAll { $0.visit == id }
    calls.append(
      AuditCall(
        visit: id, service: visit.stop.service, counter: counter, time: at,
        ordinal: visit.stop.calls, sequence: sequence))
    calls.sort { $0.sequence < $1.sequence }
    calls = calls.suffix(64)
  }
}

extension AuditVisit {
  fileprivate mutating func end(_ new: Visit.Status, _ outcome: String, _ now: Int64) {
    status = new
    stop.ended = now
    stop.outcome = outcome
  }

  fileprivate mutating func call(
    at counter: CounterID, _ help: Help, _ reason: CallReason, _ now: Int64
  ) {
    status = .called
    (stop.counter, stop.help, stop.reason) = (counter, help, reason)
    if stop.firstCall == nil { stop.firstCall = now }
    (stop.lastCall, stop.calls) = (now, 1)
    (stop.ended, stop.outcome) = (nil, nil)
  }

  /// The present stop is over, the planned one at `service` begins.
  fileprivate mutating func begin(_ service: ServiceID, _ now: Int64, grace: Int64) {
    let plan = planned.first { $0.service == service }
    // Who is too late for an appointment waits like a walk-in.
    let appointment = plan?.appointment?.milliseconds
    let isMissed = appointment.map { now - $0 > grace } ?? false
    planned.removeAll { $0.service == service }
    earlier.append(stop)
    status = .waiting
    stop = AuditStop(
      service: service, since: now, appointment: isMissed ? nil : appointment,
      comesBackTo: plan?.counter)
  }

  fileprivate mutating func forward(
    to service: ServiceID, back: CounterID?, _ now: Int64, grace: Int64
  ) {
    let from = stop.service
    end(.waiting, "forwarded", now)
    begin(service, now, grace: grace)
    if let back {
      planned.removeAll { $0.service == from }
      planned.append(PlannedStop(service: from, after: [service], counter: back))
    }
  }
}
