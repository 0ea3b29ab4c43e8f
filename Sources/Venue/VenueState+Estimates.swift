/// How long people will wait, and what is learned from how long they did.
///
/// A range is told when a visit joins a line, and learned from when it is first called there. Who
/// leaves uncalled teaches nothing, nor does a second call.
extension VenueState {
  /// How much longer `visit` waits from now on; nil unless it waits, for an appointment, which waits
  /// for the clock, and while no counter is open: then nobody can say.
  public func expectedRange(of visit: Visit) -> WaitRange? { outlook(of: visit)?.range }

  /// How long somebody waits who takes a ticket for `service` at `now`; nil for an unknown service,
  /// and while no counter of it is open.
  public func expectedRange(
    for service: ServiceID, isPriority: Bool, at now: Instant
  ) -> WaitRange? {
    let standing = ordering.standing(
      isPriority ? .priority : .ordinary, start: now.milliseconds, arrival: .max, now: now)
    return outlook(of: standing, for: service, isPriority: isPriority, at: now)?.range
  }

  /// What `visit` was told when it began to wait; nil once it has been called or has left.
  public func told(to visit: VisitID) -> ToldWait? {
    visits.slot(of: visit).flatMap { visits.told($0) }
  }

  /// What was learned of `service`; nil for an unknown one.
  public func estimate(of service: ServiceID) -> ServiceEstimate? { estimates[service] }

  private func outlook(of visit: Visit) -> Outlook? {
    guard visit.status == .waiting, visit.stop.appointment == nil else { return nil }
    return outlook(
      of: standing(of: visit), for: visit.stop.service, isPriority: visit.isPriority, at: time)
  }

  /// People before are counted in services of this kind: who waits in another line of the same
  /// counters is before as well, and takes as long as that line's services do.
  private func outlook(
    of standing: Standing, for service: ServiceID, isPriority: Bool, at now: Instant
  ) -> Outlook? {
    guard let estimate = estimates[service] else { return nil }
    let (work, open) = workAhead(of: standing, for: service, at: now)
    guard open > 0 else { return nil }
    if work == 0, isSomebodyFree(for: service) { return Outlook(range: rangeAtOnce, features: nil) }
    let pace = estimate.pace.milliseconds
    let head = lines[service]?.longestSince.map { now.milliseconds(since: $0) } ?? 0
    let features = WaitFeatures(
      lastServedWait: estimate.lastServedWait, headWait: head,
      peopleBefore: Int((work + pace / 2) / pace),
      recentExits: estimate.recentExits(at: now), isPriority: isPriority,
      openCounters: Double(open), pace: pace)
    return Outlook(range: estimate.estimator.estimate(features), features: features)
  }

  /// Where nobody is ahead and a counter is free: it calls at once, or, where nobody there speaks the
  /// language, when a mediator has come or the bound for the telephone is over.
  private var rangeAtOnce: WaitRange {
    WaitRange(
      low: 0, expected: 0, high: max(5 * 60_000, ordering.bounds.telephoneAfter),
      hasHistory: false)
  }
}

/// A range with what it rests on; nil where nothing has to be estimated, and nothing is learned.
private struct Outlook {
  var range: WaitRange
  var features: WaitFeatures?
}

// MARK: - Learning

extension VenueState {
  /// `visit` has begun to wait at its stop.
  mutating func tellWait(of visit: Visit, _ slot: Int32) {
    guard let outlook = outlook(of: visit), let features = outlook.features else { return }
    visits.tell(slot, ToldWait(features: features, range: outlook.range))
  }

  /// `visit`, as it was while it waited, has left its line; `isCalled` if a counter called it.
  mutating func learnWait(of visit: Visit, _ slot: Int32, isCalled: Bool) {
    let service = visit.stop.service
    estimates[service]?.noteExit(at: time)
    guard isCalled, visit.stop.firstCalledAt == nil else { return visits.tell(slot, nil) }
    let waited = time.milliseconds(since: visit.stop.waitingSince)
    if visit.stop.appointment == nil { estimates[service]?.lastServedWait = max(0, waited) }
    guard let told = visits.told(slot) else { return }
    estimates[service]?.estimator.learn(told.features, range: told.range, waited: waited)
    visits.tell(slot, nil)
  }

  /// A service has ended that began when the client came to the counter.
  mutating func learnPace(of stop: Stop) {
    guard let began = stop.startedAt ?? stop.calledAt else { return }
    estimates[stop.service]?.pace.learn(milliseconds: time.milliseconds(since: began))
  }

  /// Services come and go with configurations; what is planned for one may change.
  mutating func fitEstimates() {
    let former = estimates
    estimates = [:]
    for service in configuration?.services ?? [] {
      let plan = service.plannedMinutes
      var estimate =
        former[service.id] ?? ServiceEstimate(pace: WaitPace(plannedMinutes: plan))
      estimate.pace = WaitPace(plannedMinutes: plan, milliseconds: estimate.pace.milliseconds)
      estimates[service.id] = estimate
    }
  }
}
