public import Venue

extension Fold {
  /// What `id` sees; nil when the venue has no such mediator.
  public func mediator(_ id: MediatorID) -> MediatorView? {
    guard let mediator = state.configuration?.mediators.first(where: { $0.id == id }),
      let now = state.mediatorState(id)
    else { return nil }
    let call = now.visit.flatMap { state.visit($0) }.flatMap(call)
    return MediatorView(
      venue: state.configuration?.name ?? "", mediator: id,
      languages: mediator.languages.map(lexicon.endonym), status: now.status, since: now.since,
      isDayOpen: state.openDay != nil, call: call,
      busySince: now.visit == nil ? nil : now.busySince,
      workedMilliseconds: now.workedMilliseconds, capMinutes: mediator.loadCapMinutes,
      calls: now.calls)
  }

  private func call(for visit: Visit) -> MediatorView.Call? {
    guard let counter = visit.stop.counter.flatMap({ state.counter($0) }),
      let calledAt = visit.stop.calledAt
    else { return nil }
    return MediatorView.Call(
      number: visit.number, language: visit.language, endonym: lexicon.endonym(of: visit.language),
      direction: lexicon.direction(of: visit.language), counter: counter.label,
      place: floorPhrase(of: counter.zone, in: host),
      zone: lexicon.name(of: counter.zone, in: host),
      calledAt: calledAt, ordinal: visit.stop.calls)
  }
}
