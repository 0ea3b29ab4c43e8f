/// Mediators on duty, and at a counter.
extension VenueState {
  func decide(_ action: MediatorAction, by id: MediatorID) throws(Refusal) -> [Event] {
    _ = try openedDay()
    guard let state = mediators[id] else { throw .mediatorUnknown(id) }
    let wanted: MediatorState.Status =
      switch action {
      case .goOnDuty: .onDuty
      case .takeBreak: .onBreak
      case .goOffDuty: .offDuty
      }
    guard state.status != wanted else { return [] }
    if wanted != .onDuty, let visit = state.visit, let counter = try knownVisit(visit).stop.counter
    {
      throw .mediatorIsElsewhere(id, counter: counter)
    }
    return [.mediatorChanged(id, wanted)]
  }

  func decideTake(
    _ id: MediatorID, for visit: Visit, at counter: Counter, _ now: Instant
  ) throws(Refusal) -> [Event] {
    guard let mediator = index.mediators[id] else { throw .mediatorUnknown(id) }
    if visit.mediator == id { return [] }
    if let fault = fault(in: mediator, for: visit.language, at: counter, now) { throw fault }
    return [.mediatorJoined(visit.id, at: counter.id, id)]
  }

  /// Keeps the pool in step with the visits: who is with a visit is busy until it leaves its counter.
  mutating func moveMediator(from before: MediatorID?, to after: MediatorID?, visit: VisitID) {
    guard before != after else { return }
    if let before, let state = mediators[before] {
      mediators[before]?.workedMilliseconds = state.workedMilliseconds(at: time)
      mediators[before]?.visit = nil
    }
    if let after {
      mediators[after]?.visit = visit
      mediators[after]?.busySince = time
    }
  }
}
