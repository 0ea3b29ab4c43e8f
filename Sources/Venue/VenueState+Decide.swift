extension VenueState {
  /// What `command` makes happen at `now`, as events to be journalled and then applied.
  ///
  /// Empty when the venue is already as asked. Changes nothing. `now` must not be earlier than `time`.
  public func decide(_ command: Command, at now: Instant) throws(Refusal) -> [Event] {
    switch command {
    case .configure(let configuration): try decideConfigure(configuration, now)
    case .openDay(let day): try decideOpenDay(day)
    case .closeDay: try decideCloseDay()
    case .issue(let request): try decideIssue(request, now)
    case .counter(let counter, let action): try decide(action, at: counter, now)
    case .resume(let visit): try decideResume(visit)
    case .leave(let visit): try decideLeave(visit)
    case .reportSlip(let report): try decideReport(report)
    case .setHours(let hours): try decideHours(hours)
    case .plan(let visit, let stop): try decidePlan(visit, stop, now)
    case .cancelStop(let visit, let service): try decideCancel(visit, service, now)
    case .consent(let visit, let consent): try decideConsent(visit, consent)
    case .mediator(let mediator, let action): try decide(action, by: mediator)
    case .settleClosed: try decideSettle(now)
    }
  }

  /// What is in use stays: a visit that goes on, or may be taken up or taken back again.
  private func decideConfigure(
    _ new: VenueConfiguration, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard new != configuration else { return [] }
    let services = Set(new.services.map(\.id))
    let counterIDs = Set(new.counters.map(\.id))
    let undoable = counters.values.flatMap(\.undo).filter { canUndo($0, at: now) }.map(\.before)
    let current = visits.all.filter { !$0.status.isClosed || $0.isSetAside }
    for visit in current + undoable.sorted(by: { $0.arrival < $1.arrival }) {
      for service in [visit.stop.service] + visit.planned.map(\.service) {
        guard services.contains(service) else { throw .serviceInUse(service) }
      }
    }
    for (counter, state) in counters.sorted(by: { $0.key < $1.key }) where state.visit != nil {
      guard counterIDs.contains(counter) else { throw .counterInUse(counter) }
    }
    let pool = Set(new.mediators.map(\.id))
    for (mediator, state) in mediators.sorted(by: { $0.key < $1.key }) {
      guard let visit = state.visit, !pool.contains(mediator) else { continue }
      throw .mediatorIsElsewhere(mediator, counter: try knownVisit(visit).stop.counter ?? "")
    }
    return [.configured(new)]
  }

  private func decideOpenDay(_ day: ServiceDay) throws(Refusal) -> [Event] {
    if let openDay { throw .dayAlreadyOpen(openDay) }
    if let lastDay, day <= lastDay { throw .dayIsPast(day, last: lastDay) }
    return [.dayOpened(day)]
  }

  private func decideCloseDay() throws(Refusal) -> [Event] {
    let day = try openedDay()
    var events: [Event] = []
    for visit in visits.all where !visit.status.isClosed {
      events.append(visit.status == .waiting ? .returned(visit.id) : .expired(visit.id))
    }
    for counter in configuration?.counters ?? [] where counters[counter.id]?.status != .closed {
      events.append(.counterClosed(counter.id))
    }
    return events + [.dayClosed(day)]
  }

  private func decideIssue(_ request: IssueRequest, _ now: Instant) throws(Refusal) -> [Event] {
    let day = try openedDay()
    try checkPerson(request)
    if let fault = Plan.fault(in: request.stops, known: []) { throw fault }
    for stop in request.stops {
      try check(stop, now)
      try checkOpen(stop.service, now)
    }
    var stops = request.stops
    for place in stops.indices { stops[place].counter = nil }
    if let id = request.voucher {
      let voucher = try voucher(id, of: request, on: day)
      // A return voucher is an appointment for the moment at which it is handed in.
      for place in stops.indices where stops[place].service == voucher.service {
        stops[place].appointment = stops[place].appointment ?? now
      }
    }
    if stops.count > 1 {
      try checkFinish(stops, isPriority: request.isPriority, isFirstEstimated: true, at: now)
    }
    let zone = request.kiosk.flatMap { index.kiosks[$0]?.zone }
    guard
      let first = nextStop(
        of: stops, isPriority: request.isPriority, startingAt: now, from: zone, at: now),
      let service = index.services[first.service], let prefix = index.prefix(of: service)
    else { throw .planIsEmpty }
    let issue = Issue(
      visit: request.visit, number: try nextNumber(of: prefix), service: first.service,
      language: request.language, isPriority: request.isPriority, kiosk: request.kiosk,
      appointment: first.appointment, planned: stops.filter { $0.service != first.service },
      people: request.people, needs: request.needs, voucher: request.voucher)
    guard first.appointment == nil, request.voucher == nil, service.lastTicket != .warn,
      !isReachable(first.service, isPriority: request.isPriority, at: now)
    else { return [.issued(issue)] }
    guard service.lastTicket == .voucher else {
      throw .cannotFinishBeforeClosing(first.service)
    }
    return [.issued(issue), .returned(request.visit)]
  }

  private func checkPerson(_ request: IssueRequest) throws(Refusal) {
    guard !request.stops.isEmpty else { throw .planIsEmpty }
    let stops = ordering.bounds.stopLimit
    guard request.stops.count <= stops else { throw .tooManyStops(limit: stops) }
    let people = ordering.bounds.peopleLimit
    guard (1...people).contains(request.people) else {
      throw .peopleOutOfRange(request.people, limit: people)
    }
    for need in request.needs where !index.needs.contains(need) { throw .needUnknown(need) }
    for stop in request.stops where index.services[stop.service] == nil {
      throw .serviceUnknown(stop.service)
    }
    guard index.languages.contains(request.language) else {
      throw .languageUnknown(request.language)
    }
    if let kiosk = request.kiosk, index.kiosks[kiosk] == nil { throw .kioskUnknown(kiosk) }
    guard visits.slot(of: request.visit) == nil else { throw .visitAlreadyExists(request.visit) }
  }

  private func voucher(
    _ id: VisitID, of request: IssueRequest, on day: ServiceDay
  ) throws(Refusal) -> Voucher {
    guard let voucher = vouchers.first(where: { $0.visit == id }),
      request.stops.contains(where: { $0.service == voucher.service }),
      day.days(since: voucher.day) <= ordering.bounds.voucherDays
    else { throw .voucherUnknown(id) }
    guard voucher.day < day else { throw .voucherIsForToday(id) }
    return voucher
  }

  private func nextNumber(of prefix: Prefix) throws(Refusal) -> TicketNumber {
    var value = (numbers[prefix] ?? 0) + 1
    while index.skips.contains(value) { value += 1 }
    guard value <= Self.numberLimit else { throw .numbersExhausted(prefix) }
    return TicketNumber(prefix: prefix, value: value)
  }

  private func decideResume(_ id: VisitID) throws(Refusal) -> [Event] {
    _ = try openedDay()
    let visit = try knownVisit(id)
    if visit.isSetAside { return [.resumed(id)] }
    switch visit.status {
    case .waiting: throw .visitIsWaiting(visit.number)
    case .called, .serving: throw elsewhere(visit)
    case .parked, .done, .left, .expired: throw .visitIsClosed(visit.number, visit.status)
    }
  }

  private func decideLeave(_ id: VisitID) throws(Refusal) -> [Event] {
    _ = try openedDay()
    let visit = try knownVisit(id)
    switch visit.status {
    case .waiting, .parked: return [.left(id)]
    case .left: return []
    case .called, .serving: throw elsewhere(visit)
    case .done, .expired: throw .visitIsClosed(visit.number, visit.status)
    }
  }

  /// Reports of slips of earlier days are of no use any more, and no fault of the printer's.
  private func decideReport(_ report: SlipReport) throws(Refusal) -> [Event] {
    guard visits.slot(of: report.visit) != nil else { throw .visitUnknown(report.visit) }
    return [.slipReported(report)]
  }

  func openedDay() throws(Refusal) -> ServiceDay {
    guard let openDay else { throw .dayNotOpen }
    return openDay
  }

  func knownVisit(_ id: VisitID) throws(Refusal) -> Visit {
    guard let visit = visit(id) else { throw .visitUnknown(id) }
    return visit
  }

  func elsewhere(_ visit: Visit) -> Refusal {
    guard let counter = visit.stop.counter else { return .visitIsWaiting(visit.number) }
    return .visitIsElsewhere(visit.number, counter: counter)
  }
}
