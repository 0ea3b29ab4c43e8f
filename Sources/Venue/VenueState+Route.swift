/// Where a visit goes next.
extension VenueState {
  /// Of the stops that may be next, the one with the shortest expected wait, the walk included; of
  /// equals the one named first. Appointments keep their time: one that would begin before
  /// that stop is over goes first.
  ///
  /// `start` is from when the visit counts as waiting at a stop that it begins at `now`.
  func nextStop(
    of plan: [PlannedStop], isPriority: Bool, startingAt start: Instant, from zone: ZoneID?,
    at now: Instant
  ) -> PlannedStop? {
    let ready = Plan.ready(plan)
    if ordering.policy == .peer || ready.count == 1 { return ready.first }
    func first(of stops: [PlannedStop]) -> (stop: PlannedStop, start: Int64)? {
      var best: (stop: PlannedStop, start: Int64)?
      for stop in stops {
        let start = expectedStart(
          stop, isPriority: isPriority, startingAt: start, from: zone, at: now)
        if let found = best, found.start <= start { continue }
        best = (stop, start)
      }
      return best
    }
    let appointment = first(of: ready.filter { $0.appointment != nil })
    let walkIn = first(of: ready.filter { $0.appointment == nil })
    guard let appointment, let walkIn else { return (appointment ?? walkIn)?.stop }
    let isOver = walkIn.start + (estimates[walkIn.stop.service]?.pace.milliseconds ?? 0)
    return appointment.start < isOver ? appointment.stop : walkIn.stop
  }

  /// Where `visit` goes when its present stop is over at `now`.
  func nextStop(after visit: Visit, from zone: ZoneID?, at now: Instant) -> PlannedStop? {
    nextStop(
      of: visit.planned, isPriority: visit.isPriority,
      startingAt: ordering.start(after: visit, at: now), from: zone, at: now)
  }

  private func expectedStart(
    _ stop: PlannedStop, isPriority: Bool, startingAt start: Instant, from zone: ZoneID?,
    at now: Instant
  ) -> Int64 {
    let walk = walkMilliseconds(from: zone, to: stop.service)
    if let appointment = stop.appointment {
      return max(walk, appointment.milliseconds(since: now))
    }
    return walk
      + expectedWait(for: stop.service, isPriority: isPriority, startingAt: start, at: now)
  }

  /// Milliseconds until somebody who joins the line now is called.
  ///
  /// (work ahead + the time of one service) / open counters, or 0 when nobody is ahead and one of them
  /// is free. While none is open all that serve it count, as if they were. The time of a service is its
  /// `WaitPace`.
  public func expectedWait(
    for service: ServiceID, isPriority: Bool, startingAt start: Instant, at now: Instant
  ) -> Int64 {
    let standing = ordering.standing(
      isPriority ? .priority : .ordinary, start: start.milliseconds, arrival: .max, now: now)
    return expectedWait(of: standing, for: service, at: now)
  }

  func expectedWait(of standing: Standing, for service: ServiceID, at now: Instant) -> Int64 {
    guard let pace = estimates[service]?.pace.milliseconds else { return 0 }
    let (work, open) = workAhead(of: standing, for: service, at: now)
    if work == 0, isSomebodyFree(for: service) { return 0 }
    return (work + pace) / Int64(max(1, open > 0 ? open : counters(serving: service).count))
  }

  /// True when a counter of `service` is open and has no visit.
  func isSomebodyFree(for service: ServiceID) -> Bool {
    counters(serving: service).contains { id in
      counters[id]?.status == .open && counters[id]?.visit == nil
    }
  }

  /// The work of all who would be called before, in milliseconds of one counter, and how many counters
  /// share it.
  ///
  /// Ahead are those whom the open counters of `service` call before, at any service that they serve;
  /// where other open counters serve them too, these have the share of their number.
  func workAhead(
    of standing: Standing, for service: ServiceID, at now: Instant
  ) -> (milliseconds: Int64, openCounters: Int) {
    func work(at service: ServiceID) -> Int64 {
      guard let pace = estimates[service]?.pace.milliseconds, let line = lines[service],
        line.count > 0
      else { return 0 }
      return pace * Int64(line.countBefore(standing, by: ordering, at: now))
    }
    let groups = groupsOfService[service] ?? []
    let open = groups.reduce(0) { $0 + openCount(of: $1) }
    guard open > 0 else { return (work(at: service), 0) }
    var shared: [(service: ServiceID, open: Int)] = []
    for group in groups where openCount(of: group) > 0 {
      for service in group.services {
        let place = shared.firstIndex { $0.service == service } ?? shared.count
        if place == shared.count { shared.append((service, 0)) }
        shared[place].open += openCount(of: group)
      }
    }
    let ahead = shared.reduce(Int64(0)) { sum, line in
      let mine = work(at: line.service)
      return mine == 0
        ? sum : sum + mine * Int64(line.open) / Int64(openCounters(serving: line.service))
    }
    return (ahead, open)
  }

  func openCount(of group: CounterGroup) -> Int {
    group.counters.count { counters[$0]?.status == .open }
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
