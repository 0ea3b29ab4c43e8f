/// How long people will wait, and what is learned from how long they did.
///
/// A range is told when a visit joins a line, and learned from when it is first called there. Who
/// leaves uncalled teaches nothing, nor does a second call.
extension VenueState {
  /// How much longer `visit` waits from now on; nil unless it waits, and for an appointment, which
  /// waits for the clock.
  public func expectedRange(of visit: Visit) -> WaitRange? {
    guard visit.stop.appointment == nil, let before = peopleBefore(visit) else { return nil }
    return range(for: visit.stop.service, isPriority: visit.isPriority, behind: before, at: time)?
      .range
  }

  /// How long somebody waits who takes a ticket for `service` at `now`; nil for an unknown service.
  public func expectedRange(
    for service: ServiceID, isPriority: Bool, at now: Instant
  ) -> WaitRange? {
    let before = countBefore(
      at: service, isPriority: isPriority, startingAt: now, at: now)
    return range(for: service, isPriority: isPriority, behind: before, at: now)?.range
  }

  /// What `visit` was told when it began to wait; nil once it has been called or has left.
  public func told(to visit: VisitID) -> ToldWait? {
    visits.slot(of: visit).flatMap { visits.told($0) }
  }

  /// What was learned of `service`; nil for an unknown one.
  public func estimate(of service: ServiceID) -> ServiceEstimate? { estimates[service] }

  /// How many waiting for `service` would be called before somebody of this standing.
  func countBefore(
    at service: ServiceID, isPriority: Bool, startingAt start: Instant, at now: Instant
  ) -> Int {
    guard let line = lines[service], line.count > 0 else { return 0 }
    let standing = ordering.standing(
      isPriority ? .priority : .ordinary, start: start.milliseconds, arrival: .max, now: now)
    return line.countBefore(standing, by: ordering, at: now)
  }

  private func range(
    for service: ServiceID, isPriority: Bool, behind before: Int, at now: Instant
  ) -> ToldWait? {
    guard let estimate = estimates[service] else { return nil }
    let head = lines[service]?.longestSince.map { now.milliseconds(since: $0) } ?? 0
    let features = WaitFeatures(
      lastServedWait: estimate.lastServedWait, headWait: head, peopleBefore: before,
      recentExits: estimate.recentExits(at: now), isPriority: isPriority,
      openCounters: sharedCounters(of: service), pace: estimate.pace.milliseconds)
    return ToldWait(features: features, range: estimate.estimator.estimate(features))
  }

  /// Open counters of `service`; those that serve other lines too count by the share of its own.
  private func sharedCounters(of service: ServiceID) -> Double {
    let own = waitingCount(for: service)
    var sum: Float = 0
    for group in groupsOfService[service] ?? [] {
      let all = group.services.reduce(0) { $0 + waitingCount(for: $1) }
      sum += Float(openCount(of: group)) * Float(own + 1) / Float(all + 1)
    }
    return Double(sum)
  }

  func openCount(of group: CounterGroup) -> Int {
    group.counters.count { counters[$0]?.status == .open }
  }
}

// MARK: - Learning

extension VenueState {
  /// `visit` has begun to wait at its stop.
  mutating func tellWait(of visit: Visit, _ slot: Int32) {
    guard visit.status == .waiting, visit.stop.appointment == nil, let before = peopleBefore(visit)
    else { return }
    visits.tell(
      slot,
      range(
        for: visit.stop.service, isPriority: visit.isPriority, behind: before, at: time))
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
