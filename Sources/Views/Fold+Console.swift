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
      current: counterState.visit.flatMap { state.visit($0) }.map(current),
      next: state.next(for: counter, limit: ConsoleView.nextLimit).map(next),
      waiting: configured.services.map(line),
      parked: setAside(for: configured),
      targets: targets(), undoUntil: undoUntil(counterState, at: now), care: care())
  }

  private func current(_ visit: Visit) -> ConsoleView.Current {
    ConsoleView.Current(
      visit: visit.id, number: visit.number, status: visit.status, language: visit.language,
      endonym: lexicon.endonym(of: visit.language),
      direction: lexicon.direction(of: visit.language), isPriority: visit.isPriority,
      service: visit.stop.service, serviceName: hostName(of: visit.stop.service),
      issuedAt: visit.issuedAt, waitingSince: visit.stop.waitingSince,
      calledAt: visit.stop.calledAt, startedAt: visit.stop.startedAt, calls: visit.stop.calls,
      earlier: visit.earlier.map { stop in
        ConsoleView.EarlierStop(
          service: stop.service, serviceName: hostName(of: stop.service),
          agencyName: agencyName(of: stop.service), startedAt: stop.startedAt,
          endedAt: stop.endedAt, outcome: stop.outcome)
      })
  }

  private func next(_ visit: Visit) -> ConsoleView.Next {
    let isFirstByLaw = state.configuration?.policy == .statutory && visit.isPriority
    return ConsoleView.Next(
      visit: visit.id, number: visit.number, service: visit.stop.service,
      serviceName: hostName(of: visit.stop.service), language: visit.language,
      endonym: lexicon.endonym(of: visit.language), isPriority: visit.isPriority,
      waitingSince: visit.stop.waitingSince, reason: isFirstByLaw ? .priority : .arrival)
  }

  private func line(_ service: ServiceID) -> ConsoleView.Line {
    ConsoleView.Line(
      service: service, serviceName: hostName(of: service),
      count: state.waitingCount(for: service),
      longestSince: state.longestWaitStart(for: service))
  }

  private func setAside(for counter: Counter) -> [ConsoleView.Parked] {
    let mine = state.visitsSetAside.filter { counter.services.contains($0.stop.service) }
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
      ConsoleView.Target(
        service: service.id, serviceName: hostName(of: service.id), agency: service.agency,
        agencyName: hostName(of: service.agency), waiting: state.waitingCount(for: service.id))
    }
  }

  private func undoUntil(_ counter: CounterState, at now: Instant) -> Instant? {
    guard let step = counter.undo.last, state.canUndo(step, at: now) else { return nil }
    return step.time.adding(milliseconds: VenueState.undoMilliseconds)
  }
}
