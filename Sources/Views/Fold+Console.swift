public import Venue

extension Fold {
  /// What the staff of `counter` see at `now`; nil when the venue has no such counter.
  public func console(_ counter: CounterID, at now: Instant) -> ConsoleView? {
    guard let configured = state.counter(counter), let counterState = state.counterState(counter)
    else { return nil }
    return ConsoleView(
      venue: state.configuration?.name ?? "", counter: counter, label: configured.label,
      agency: configured.agency, agencyName: hostName(of: configured.agency),
      place: floorPhrase(of: configured.zone, in: host), languages: configured.languages,
      status: counterState.status, statusSince: counterState.since,
      isDayOpen: state.openDay != nil,
      current: counterState.visit.flatMap { state.visit($0) }.map {
        current($0, at: configured, now)
      },
      goesOn: goesOn(from: configured, counterState, now),
      next: state.nextCalls(for: counter, limit: ConsoleView.nextLimit, at: now).map {
        next($0.visit, because: $0.reason, for: configured.agency, now)
      },
      waiting: state.services(of: configured).map(line),
      parked: setAside(for: configured),
      targets: targets(), undoUntil: undoUntil(counterState, at: now), care: care(),
      mediators: mediators(), outcomes: state.configuration?.outcomes ?? [],
      isReception: isReception(configured),
      outlets: isReception(configured) ? outlets(near: configured) : [],
      nearestPrinter: state.kiosks(near: configured).first?.printer)
  }

  private func outlets(near counter: Counter) -> [ConsoleView.Outlet] {
    state.kiosks(near: counter).map {
      ConsoleView.Outlet(
        kiosk: $0.id, printer: $0.printer, state: devices.word(of: $0.printer),
        canPrint: devices.printers[$0.printer]?.canPrint ?? false)
    }
  }

  func isReception(_ counter: Counter) -> Bool {
    state.agency(counter.agency)?.kind == .reception
  }

  private func current(
    _ visit: Visit, at counter: Counter, _ now: Instant
  ) -> ConsoleView.Current {
    let language = language(of: visit, for: counter.agency, at: now)
    let earlier = visit.earlier.filter {
      maySee($0.service, of: visit, by: counter.agency, endedAt: $0.endedAt, at: now)
    }
    let planned = visit.planned.filter {
      maySee($0.service, of: visit, by: counter.agency, endedAt: nil, at: now)
    }
    let stop = visit.stop
    let waitEnd = stop.firstCalledAt ?? now
    return ConsoleView.Current(
      visit: visit.id, number: visit.number, status: visit.status, language: language,
      endonym: language.map(lexicon.endonym), direction: language.map(lexicon.direction),
      isPriority: visit.isPriority, people: visit.people, service: stop.service,
      serviceName: hostName(of: stop.service), issuedAt: visit.issuedAt,
      waitingSince: stop.waitingSince, calledAt: stop.calledAt, startedAt: stop.startedAt,
      calls: stop.calls, help: stop.help.map(ConsoleView.HelpKind.init), mediator: visit.mediator,
      reason: stop.reason,
      waitedHereMilliseconds: max(0, waitEnd.milliseconds(since: stop.waitingSince)),
      waitedEarlierMilliseconds: visit.earlierWaitMilliseconds,
      comesBack: stop.comesBackTo == counter.id, earlier: earlier.map(earlierStop),
      planned: planned.map(plannedStop),
      hiddenStops: visit.earlier.count + visit.planned.count - earlier.count - planned.count)
  }

  private func earlierStop(_ stop: Stop) -> ConsoleView.EarlierStop {
    ConsoleView.EarlierStop(
      service: stop.service, serviceName: hostName(of: stop.service),
      agencyName: agencyName(of: stop.service), startedAt: stop.startedAt,
      endedAt: stop.endedAt, outcome: stop.outcome)
  }

  private func plannedStop(_ stop: PlannedStop) -> ConsoleView.PlannedStopLine {
    ConsoleView.PlannedStopLine(
      service: stop.service, serviceName: hostName(of: stop.service),
      agencyName: agencyName(of: stop.service), appointment: stop.appointment,
      comesBack: stop.counter != nil)
  }

  private func next(
    _ visit: Visit, because reason: CallReason, for reader: AgencyID, _ now: Instant
  ) -> ConsoleView.Next {
    let language = language(of: visit, for: reader, at: now)
    return ConsoleView.Next(
      visit: visit.id, number: visit.number, service: visit.stop.service,
      serviceName: hostName(of: visit.stop.service), language: language,
      endonym: language.map(lexicon.endonym), isPriority: visit.isPriority,
      waitingSince: visit.stop.waitingSince, reason: reason)
  }

  private func line(_ service: ServiceID) -> ConsoleView.Line {
    let range = ticketRange(for: service)
    return ConsoleView.Line(
      service: service, serviceName: hostName(of: service),
      count: state.waitingCount(for: service),
      longestSince: state.longestWaitStart(for: service), waitFromMinutes: range?.from,
      waitToMinutes: range?.to)
  }

  private func setAside(for counter: Counter) -> [ConsoleView.Parked] {
    let services = state.services(of: counter)
    let mine = state.visitsSetAside.filter { services.contains($0.stop.service) }
    return mine.map { visit in
      ConsoleView.Parked(
        visit: visit.id, number: visit.number, serviceName: hostName(of: visit.stop.service),
        status: visit.status,
        since: visit.stop.endedAt ?? visit.stop.calledAt ?? visit.stop.waitingSince)
    }
    .sorted { $0.since > $1.since }.prefix(ConsoleView.parkedLimit).map { $0 }
  }

  private func targets() -> [ConsoleView.Target] {
    (state.configuration?.services ?? []).map { service in
      let range = ticketRange(for: service.id)
      return ConsoleView.Target(
        service: service.id, serviceName: hostName(of: service.id), agency: service.agency,
        agencyName: hostName(of: service.agency), waiting: state.waitingCount(for: service.id),
        waitFromMinutes: range?.from, waitToMinutes: range?.to)
    }
  }

  private func undoUntil(_ counter: CounterState, at now: Instant) -> Instant? {
    guard let step = counter.undo.last, state.canUndo(step, at: now) else { return nil }
    return step.time.adding(milliseconds: VenueState.undoMilliseconds)
  }
}

extension ConsoleView.HelpKind {
  public init(_ help: Help) {
    switch help {
    case .direct: self = .direct
    case .mediator: self = .mediator
    case .telephone: self = .telephone
    }
  }
}
