import Venue

/// What the rules say to each command.
extension AuditModel {
  func answer(_ command: Command, at now: Int64) throws(Refusal) -> [Event] {
    switch command {
    case .configure(let new): return try answerConfigure(new, now)
    case .openDay(let day):
      if let openDay { throw .dayAlreadyOpen(openDay) }
      if let lastDay, !(lastDay < day) { throw .dayIsPast(day, last: lastDay) }
      return [.dayOpened(day)]
    case .reportSlip(let report):
      guard visit(report.visit) != nil else { throw .visitUnknown(report.visit) }
      return [.slipReported(report)]
    case .counter(let id, let action):
      guard let counter = counter(id), let desk = desk(id) else { throw .counterUnknown(id) }
      try dayIsOpen()
      return try answer(action, counter, desk, now)
    case .issue, .closeDay, .resume, .leave, .setHours, .plan, .cancelStop, .consent, .mediator,
      .settleClosed:
      try dayIsOpen()
      return try answerOfOpenDay(command, now)
    }
  }

  private func answerOfOpenDay(_ command: Command, _ now: Int64) throws(Refusal) -> [Event] {
    switch command {
    case .closeDay: return answerCloseDay()
    case .issue(let request): return try answerIssue(request, now)
    case .resume(let id): return try answerResume(try known(id))
    case .leave(let id): return try answerLeave(try known(id))
    case .setHours(let new):
      for entry in new.services where service(entry.service) == nil {
        throw .serviceUnknown(entry.service)
      }
      return new == hours ? [] : [.hoursSet(new)]
    case .plan(let id, let stop): return try answerPlan(try known(id), stop, now)
    case .cancelStop(let id, let service): return try answerCancel(try known(id), service, now)
    case .consent(let id, let consent): return try answerConsent(try known(id), consent)
    case .mediator(let id, let action): return try answerMediator(id, action)
    case .settleClosed: return answerSettle(now)
    case .configure, .openDay, .reportSlip, .counter: return []
    }
  }

  private func dayIsOpen() throws(Refusal) {
    if openDay == nil { throw .dayNotOpen }
  }

  func known(_ id: VisitID) throws(Refusal) -> AuditVisit {
    guard let visit = visit(id) else { throw .visitUnknown(id) }
    return visit
  }

  /// Visits that go on, or may be taken up or taken back, keep their services; busy counters and
  /// mediators stay.
  private func answerConfigure(
    _ new: VenueConfiguration, _ now: Int64
  ) throws(Refusal) -> [Event] {
    if new == configuration { return [] }
    let steps = desks.flatMap(\.steps).filter { step in
      now - step.time <= 10_000 && visit(step.before.id)?.touched == step.sequence
    }
    let mayComeBack = steps.map(\.before).sorted { $0.order < $1.order }
    for visit in visits.filter({ !$0.isOver || $0.isAside }) + mayComeBack {
      for needed in [visit.stop.service] + visit.planned.map(\.service)
      where !new.services.contains(where: { $0.id == needed }) {
        throw .serviceInUse(needed)
      }
    }
    for desk in desks.sorted(by: { $0.id.text < $1.id.text })
    where desk.visit != nil && !new.counters.contains(where: { $0.id == desk.id }) {
      throw .counterInUse(desk.id)
    }
    for mediator in mediators.sorted(by: { $0.id.text < $1.id.text }) {
      guard let id = mediator.visit, let place = visit(id)?.stop.counter else { continue }
      guard new.mediators.contains(where: { $0.id == mediator.id }) else {
        throw .mediatorIsElsewhere(mediator.id, counter: place)
      }
    }
    return [.configured(new)]
  }

  private func answerCloseDay() -> [Event] {
    // Whoever waits still goes with a return voucher.
    var events = visits.filter { !$0.isOver }.map { visit -> Event in
      visit.status == .waiting ? .returned(visit.id) : .expired(visit.id)
    }
    for counter in configuration?.counters ?? [] where desk(counter.id)?.status != "closed" {
      events.append(.counterClosed(counter.id))
    }
    return events + (openDay.map { [.dayClosed($0)] } ?? [])
  }

  private func answerResume(_ visit: AuditVisit) throws(Refusal) -> [Event] {
    if visit.isAside { return [.resumed(visit.id)] }
    if visit.status == .waiting { throw .visitIsWaiting(visit.number) }
    throw visit.isOver ? .visitIsClosed(visit.number, visit.status) : whereabouts(visit)
  }

  private func answerLeave(_ visit: AuditVisit) throws(Refusal) -> [Event] {
    switch visit.status {
    case .waiting, .parked: return [.left(visit.id)]
    case .left: return []
    case .called, .serving: throw whereabouts(visit)
    case .done, .expired: throw .visitIsClosed(visit.number, visit.status)
    }
  }

  /// Why a visit cannot be had here: it is at a counter, or it waits.
  func whereabouts(_ visit: AuditVisit) -> Refusal {
    guard let counter = visit.stop.counter else { return .visitIsWaiting(visit.number) }
    return .visitIsElsewhere(visit.number, counter: counter)
  }

  private func answerConsent(
    _ visit: AuditVisit, _ consent: Consent
  ) throws(Refusal) -> [Event] {
    for agency in [consent.from, consent.to]
    where configuration?.agencies.contains(where: { $0.id == agency }) != true {
      throw .agencyUnknown(agency)
    }
    let before = visit.consents.last { $0.from == consent.from && $0.to == consent.to }
    return before?.fields ?? [] == consent.fields ? [] : [.consented(visit.id, consent)]
  }

  private func answerMediator(
    _ id: MediatorID, _ action: MediatorAction
  ) throws(Refusal) -> [Event] {
    guard let state = mediators.first(where: { $0.id == id }) else { throw .mediatorUnknown(id) }
    switch action {
    case .goOnDuty: return state.status == .onDuty ? [] : [.mediatorChanged(id, .onDuty)]
    case .takeBreak, .goOffDuty:
      let wanted: MediatorState.Status = action == .takeBreak ? .onBreak : .offDuty
      if state.status == wanted { return [] }
      if let visit = state.visit, let place = self.visit(visit)?.stop.counter {
        throw .mediatorIsElsewhere(id, counter: place)
      }
      return [.mediatorChanged(id, wanted)]
    }
  }

  /// Whoever waits for a service that closed longer ago than the overtime goes with a voucher.
  private func answerSettle(_ now: Int64) -> [Event] {
    visits.filter { visit in
      guard visit.status == .waiting, let closes = closing(of: visit.stop.service) else {
        return false
      }
      return now - closes >= Int64(bounds.overtimeMinutes) * 60_000
    }.map { .returned($0.id) }
  }
}
