/// Where a visit goes next.
extension VenueState {
  /// Of the stops that may be next, the one with the shortest expected wait, the walk included; of
  /// equals the one named first. Appointments keep their time: one that would begin before
  /// another stop is over goes first.
  func nextStop(
    of plan: [PlannedStop], isPriority: Bool, from zone: ZoneID?, at now: Instant
  ) -> PlannedStop? {
    let ready = Plan.ready(plan)
    if ordering.policy == .peer || ready.count == 1 { return ready.first }
    var best: (stop: PlannedStop, cost: Int64)?
    for stop in ready {
      let cost = expectedStart(stop, isPriority: isPriority, from: zone, at: now)
      if let found = best, found.cost <= cost { continue }
      best = (stop, cost)
    }
    return best?.stop
  }

  private func expectedStart(
    _ stop: PlannedStop, isPriority: Bool, from zone: ZoneID?, at now: Instant
  ) -> Int64 {
    let walk = walkMilliseconds(from: zone, to: stop.service)
    if let appointment = stop.appointment {
      return max(walk, appointment.milliseconds(since: now))
    }
    return walk
      + expectedWait(for: stop.service, isPriority: isPriority, startingAt: now, at: now)
  }

  /// Milliseconds until somebody who joins now is called: (people before + 1) x planned service time
  /// / open counters, where half a counter stands for none.
  public func expectedWait(
    for service: ServiceID, isPriority: Bool, startingAt start: Instant, at now: Instant
  ) -> Int64 {
    let standing = ordering.standing(
      isPriority ? .priority : .ordinary, start: start.milliseconds, arrival: .max, now: now)
    let before = lines[service]?.countBefore(standing, by: ordering, at: now) ?? 0
    return expectedWait(behind: before, for: service)
  }

  /// The same for a visit that waits already; nil unless it does, and for one with an appointment,
  /// which waits for the clock.
  public func expectedWait(of visit: Visit) -> Int64? {
    guard visit.stop.appointment == nil, let before = peopleBefore(visit) else { return nil }
    return expectedWait(behind: before, for: visit.stop.service)
  }

  private func expectedWait(behind before: Int, for service: ServiceID) -> Int64 {
    guard let configured = index.services[service] else { return 0 }
    let open = Int64(openCounters(serving: service))
    let minutes = Int64(configured.plannedMinutes) * 60_000
    return Int64(before + 1) * minutes * 2 / max(1, open * 2)
  }

  public func openCounters(serving service: ServiceID) -> Int {
    counters(serving: service).count { counters[$0]?.status == .open }
  }

  /// The walk to the nearest counter of `service`.
  func walkMilliseconds(from zone: ZoneID?, to service: ServiceID) -> Int64 {
    guard let zone else { return 0 }
    let targets = counters(serving: service).compactMap { index.counters[$0]?.zone }
    return targets.map { walkMilliseconds(from: zone, to: $0) }.min() ?? 0
  }

  private func walkMilliseconds(from: ZoneID, to: ZoneID) -> Int64 {
    if from == to { return 0 }
    let seconds = index.walks[from]?[to] ?? index.walks[to]?[from] ?? ordering.bounds.walkSeconds
    return Int64(seconds) * 1_000
  }
}
