import Venue

/// Whole states, through what views and callers may ask.
extension Audit {
  /// The first thing that differs.
  func difference(at now: Int64, calls: Int) -> String? {
    peopleDiffer() ?? placesDiffer(at: now) ?? turnsDiffer(at: now, limit: calls)
      ?? waitsDiffer(at: now)
  }

  private func peopleDiffer() -> String? {
    let theirs = state.visitsOfDay.map(AuditVisit.init)
    guard theirs.count == model.visits.count else {
      return "\(theirs.count) visits in the engine, \(model.visits.count) in the model"
    }
    for (mine, theirs) in zip(model.visits, theirs) where mine != theirs {
      return "a visit\n  model:  \(mine)\n  engine: \(theirs)"
    }
    for mine in model.visits {
      guard let visit = state.visit(mine.id) else { return "\(mine.id) is not found" }
      let (before, expected) = (state.peopleBefore(visit), model.peopleBefore(mine))
      guard before == expected else {
        return "people before \(mine.number): \(show(expected)) but \(show(before))"
      }
    }
    let aside = model.visits.filter(\.isAside).map(\.id)
    guard state.visitsSetAside.map(\.id) == aside else { return "who is set aside: \(aside)" }
    return nil
  }

  private func placesDiffer(at now: Int64) -> String? {
    for mine in model.desks {
      guard let theirs = state.counterState(mine.id) else { return "no counter \(mine.id)" }
      guard theirs.status.rawValue == mine.status, theirs.visit == mine.visit,
        theirs.since.milliseconds == mine.since,
        theirs.undo.map(\.sequence) == mine.steps.map(\.sequence)
      else { return "counter\n  model:  \(mine)\n  engine: \(theirs)" }
    }
    for mine in model.mediators {
      guard let theirs = state.mediatorState(mine.id) else { return "no mediator \(mine.id)" }
      guard theirs.status == mine.status, theirs.visit == mine.visit,
        theirs.since.milliseconds == mine.since, theirs.calls == mine.calls,
        theirs.workedMilliseconds == mine.worked,
        theirs.workedMilliseconds(at: Instant(milliseconds: now)) == mine.load(at: now)
      else { return "mediator\n  model:  \(mine)\n  engine: \(theirs)" }
    }
    let vouchers = state.vouchers.map {
      AuditVoucher(visit: $0.visit, service: $0.service, day: $0.day)
    }
    guard vouchers == model.vouchers else { return "vouchers: \(vouchers), \(model.vouchers)" }
    let calls = state.recentCalls.map {
      AuditCall(
        visit: $0.visit, service: $0.service, counter: $0.counter, time: $0.time.milliseconds,
        ordinal: $0.ordinal, sequence: $0.sequence)
    }
    guard calls == model.calls else { return "calls: \(calls), \(model.calls)" }
    guard state.slips.count == model.slips.count,
      model.slips.allSatisfy({ state.slips[$0.visit] == $0 })
    else { return "slips: \(state.slips), \(model.slips)" }
    return nil
  }

  /// Whom each counter would call, one after the other.
  private func turnsDiffer(at now: Int64, limit: Int) -> String? {
    for counter in model.configuration?.counters ?? [] {
      let theirs = state.nextCalls(
        for: counter.id, limit: limit, at: Instant(milliseconds: now))
      var gone: [VisitID] = []
      let leaving = model.desk(counter.id)?.visit
      for place in 0..<limit {
        let turn = model.turn(at: counter, now, leaving: leaving, gone: gone)
        let call = place < theirs.count ? theirs[place] : nil
        guard turn?.visit.id == call?.visit.id, turn?.reason == call?.reason else {
          return "next at \(counter.id), place \(place): "
            + "\(show(turn?.visit.number)) but \(show(call?.visit.number))"
        }
        guard let turn else { break }
        gone.append(turn.visit.id)
      }
    }
    return nil
  }

  private func waitsDiffer(at now: Int64) -> String? {
    let instant = Instant(milliseconds: now)
    for service in model.configuration?.services.map(\.id) ?? [] {
      for isPriority in [false, true] {
        let wait = state.expectedWait(
          for: service, isPriority: isPriority, startingAt: instant, at: instant)
        let expected = model.expectedWait(service, isPriority, start: now, now)
        guard wait == expected else { return "wait for \(service): \(expected) but \(wait)" }
        let range = state.expectedRange(for: service, isPriority: isPriority, at: instant)
        let hasHours = model.hours?.services.contains { $0.service == service } ?? false
        let isReached = model.closing(of: service).map { now + (range?.expected ?? wait) <= $0 }
        guard
          state.isReachable(service, isPriority: isPriority, at: instant)
            == (isReached ?? !hasHours)
        else { return "whether \(service) is reachable" }
      }
      let line = model.visits.filter { $0.status == .waiting && $0.stop.service == service }
      guard state.waitingCount(for: service) == line.count,
        state.longestWaitStart(for: service)?.milliseconds == line.map(\.stop.since).min()
      else { return "who waits for \(service)" }
    }
    return nil
  }

  private func show(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "nobody" }
}

extension AuditVisit {
  /// The engine's visit in the auditor's words.
  init(_ visit: Visit) {
    self.init(
      id: visit.id, number: visit.number, language: visit.language,
      isPriority: visit.isPriority, issued: visit.issuedAt.milliseconds, order: visit.arrival,
      status: visit.status, stop: AuditStop(visit.stop),
      earlier: visit.earlier.map(AuditStop.init), planned: visit.planned, people: visit.people,
      needs: visit.needs, consents: visit.consents, touched: visit.revision)
  }
}

extension AuditStop {
  init(_ stop: Stop) {
    self.init(
      service: stop.service, since: stop.waitingSince.milliseconds, counter: stop.counter,
      firstCall: stop.firstCalledAt?.milliseconds, lastCall: stop.calledAt?.milliseconds,
      calls: stop.calls, started: stop.startedAt?.milliseconds,
      ended: stop.endedAt?.milliseconds, outcome: stop.outcome?.rawValue, code: stop.code,
      appointment: stop.appointment?.milliseconds, comesBackTo: stop.comesBackTo,
      help: stop.help, reason: stop.reason)
  }
}
