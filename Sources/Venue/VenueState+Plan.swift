/// Stops that are added or taken away while the visit is in the building.
extension VenueState {
  func decidePlan(_ id: VisitID, _ stop: PlannedStop, _ now: Instant) throws(Refusal) -> [Event] {
    _ = try openedDay()
    let visit = try knownVisit(id)
    guard !visit.status.isClosed else { throw .visitIsClosed(visit.number, visit.status) }
    guard visit.stop.service != stop.service else {
      throw .alreadyAtService(visit.number, stop.service)
    }
    try check(stop, now)
    let known = Set(visit.earlier.map(\.service) + [visit.stop.service])
    if let fault = Plan.fault(in: visit.planned + [stop], known: known) { throw fault }
    let limit = ordering.bounds.stopLimit
    guard visit.services.count < limit else { throw .tooManyStops(limit: limit) }
    try checkFinish(
      visit.planned + [stop], isPriority: visit.isPriority, isFirstEstimated: false, at: now)
    return [.stopPlanned(id, stop)]
  }

  func decideCancel(_ id: VisitID, _ service: ServiceID, _ now: Instant) throws(Refusal) -> [Event]
  {
    _ = try openedDay()
    let visit = try knownVisit(id)
    guard !visit.status.isClosed else { throw .visitIsClosed(visit.number, visit.status) }
    if visit.planned.contains(where: { $0.service == service }) {
      return [.stopCancelled(id, service)]
    }
    guard visit.stop.service == service else { throw .stopNotPlanned(visit.number, service) }
    guard visit.status == .waiting || visit.status == .parked else { throw elsewhere(visit) }
    guard let next = nextStop(after: visit, from: nil, at: now) else {
      throw .lastStop(visit.number)
    }
    return [.stopCancelled(id, service, next: next.service)]
  }

  func decideConsent(_ id: VisitID, _ consent: Consent) throws(Refusal) -> [Event] {
    _ = try openedDay()
    let visit = try knownVisit(id)
    guard index.agencies[consent.from] != nil else { throw .agencyUnknown(consent.from) }
    guard index.agencies[consent.to] != nil else { throw .agencyUnknown(consent.to) }
    let agreed = visit.consents.first { $0.from == consent.from && $0.to == consent.to }
    return (agreed?.fields ?? []) == consent.fields ? [] : [.consented(id, consent)]
  }

  /// A stop that can be made today.
  func check(_ stop: PlannedStop, _ now: Instant) throws(Refusal) {
    guard let service = index.services[stop.service] else { throw .serviceUnknown(stop.service) }
    if let counter = stop.counter, index.counters[counter] == nil {
      throw .counterUnknown(counter)
    }
    guard !counters(serving: stop.service).isEmpty else {
      throw .serviceHasNoCounter(stop.service)
    }
    if let appointment = stop.appointment {
      let late = now.milliseconds(since: appointment)
      guard late <= ordering.bounds.appointmentGrace else {
        throw .appointmentIsPast(stop.service, byMinutes: late / 60_000)
      }
      if let spans = spans(of: stop.service),
        !spans.contains(where: { $0.opens <= appointment && appointment < $0.closes })
      {
        throw .appointmentOutsideHours(stop.service)
      }
    }
    if let cap = service.dailyCap, (stopsOfDay[stop.service] ?? 0) >= cap {
      throw .serviceIsFull(stop.service, cap: cap)
    }
  }
}
