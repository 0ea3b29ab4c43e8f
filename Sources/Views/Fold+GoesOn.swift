import Venue

extension Fold {
  /// Where the visit that `counter` has just ended or sent on waits now.
  ///
  /// An agency that may not know of the stop learns nothing of it but what it did itself: a forward
  /// is its own, the next planned stop is not. Reception, which shows everybody the way, is told the
  /// place.
  func goesOn(
    from counter: Counter, _ now: CounterState, _ time: Instant
  ) -> ConsoleView.GoesOn? {
    guard now.visit == nil, let step = now.undo.last, let visit = state.visit(step.before.id),
      visit.status == .waiting, let last = visit.earlier.last, last.counter == counter.id,
      last.endedAt == step.time
    else { return nil }
    let service = visit.stop.service
    let isKnown =
      last.outcome == .forwarded
      || maySee(service, of: visit, by: counter.agency, endedAt: nil, at: time)
    return ConsoleView.GoesOn(
      visit: visit.id, number: visit.number, serviceName: isKnown ? hostName(of: service) : nil,
      agencyName: isKnown ? agencyName(of: service) : nil,
      sign: isKnown ? sign(of: service) : nil,
      ways: isKnown || isReception(counter)
        ? ways(to: service, for: visit, from: counter.agency, time) : [],
      comesBack: visit.planned.contains { $0.counter == counter.id })
  }

  private func ways(
    to service: ServiceID, for visit: Visit, from agency: AgencyID, _ time: Instant
  ) -> [ConsoleView.Way] {
    let zone = state.counters(serving: service).first.flatMap { state.counter($0)?.zone }
    let foreign = language(of: visit, for: agency, at: time).flatMap { $0 == host ? nil : $0 }
    return ([host] + [foreign].compactMap(\.self)).compactMap { language in
      zone.map {
        ConsoleView.Way(
          zone: lexicon.name(of: $0, in: language), place: place(of: service, in: language))
      }
    }
  }
}
