import Venue

/// What the staff of one agency see of other agencies' parts, and of the shared pool.
extension Fold {
  /// True when `reader` may know that `visit` has or had a stop for `service`.
  func maySee(
    _ service: ServiceID, of visit: Visit, by reader: AgencyID, endedAt: Instant?, at now: Instant
  ) -> Bool {
    guard let owner = state.service(service)?.agency else { return false }
    return state.mayRead(.outcomes, of: owner, by: reader, visit: visit, endedAt: endedAt, at: now)
  }

  /// The language was told to the agency of the first stop; nil where `reader` may not know it.
  func language(of visit: Visit, for reader: AgencyID, at now: Instant) -> LanguageTag? {
    let first = visit.earlier.first ?? visit.stop
    guard let owner = state.service(first.service)?.agency,
      state.mayRead(
        .language, of: owner, by: reader, visit: visit, endedAt: first.endedAt, at: now)
    else { return nil }
    return visit.language
  }

  func mediators() -> [ConsoleView.MediatorLine] {
    (state.configuration?.mediators ?? []).compactMap { mediator in
      guard let now = state.mediatorState(mediator.id) else { return nil }
      let counter = now.visit.flatMap { state.visit($0)?.stop.counter }
      return ConsoleView.MediatorLine(
        mediator: mediator.id, languages: mediator.languages.map(lexicon.endonym),
        status: now.status, counter: counter.flatMap { state.counter($0)?.label })
    }
  }
}
