public import Venue

extension Fold {
  /// What the manager sees at `now`.
  public func dashboard(at now: Instant) -> DashboardView {
    let counters = counterLines()
    let day = DaySums(of: state.visitsOfDay, at: now)
    return DashboardView(
      venue: state.configuration?.name ?? "", day: state.openDay, asOf: now,
      waitingNow: day.waitingNow, waitingPriority: day.waitingPriority,
      longest: day.longest.map(longest), lastHour: DashboardView.Waits(of: day.lastHour),
      wholeDay: DashboardView.Waits(of: day.wholeDay),
      countersOpen: counters.count { $0.status == .open },
      countersPaused: counters.count { $0.status == .paused },
      countersBusy: counters.count { $0.number != nil }, totals: day.totals, counters: counters,
      agencies: agencyLines(), devices: care(), printers: printerLines(), slips: slipLines(),
      ranges: ranges(), mediators: mediators(),
      quarter: state.hours?.quarter(at: now), arrivals: arrivals(at: now))
  }

  private func longest(_ visit: Visit) -> DashboardView.Longest {
    DashboardView.Longest(
      number: visit.number, service: visit.stop.service,
      serviceName: hostName(of: visit.stop.service),
      agencyName: agencyName(of: visit.stop.service), waitingSince: visit.stop.waitingSince)
  }

  private func counterLines() -> [DashboardView.CounterLine] {
    (state.configuration?.counters ?? []).compactMap { counter in
      guard let counterState = state.counterState(counter.id) else { return nil }
      let visit = counterState.visit.flatMap { state.visit($0) }
      return DashboardView.CounterLine(
        counter: counter.id, label: counter.label, agency: counter.agency,
        status: counterState.status,
        since: visit?.stop.startedAt ?? visit?.stop.calledAt ?? counterState.since,
        number: visit?.number,
        visitStatus: visit?.status)
    }
  }

  private func agencyLines() -> [DashboardView.AgencyLine] {
    guard let configuration = state.configuration else { return [] }
    return configuration.agencies.map { agency in
      let services = configuration.services.filter { $0.agency == agency.id }.map(\.id)
      let counters = configuration.counters.filter { $0.agency == agency.id }
      return DashboardView.AgencyLine(
        agency: agency.id, name: hostName(of: agency.id), sign: agency.sign,
        waiting: services.reduce(0) { $0 + state.waitingCount(for: $1) },
        longestSince: services.compactMap { state.longestWaitStart(for: $0) }.min(),
        openCounters: counters.count { state.counterState($0.id)?.status == .open },
        counters: counters.count)
    }
  }
}

/// Sums over the visits of a day, in one pass.
private struct DaySums {
  var waitingNow = 0
  var waitingPriority = 0
  var longest: Visit?
  /// Waits that ended within the last hour, in milliseconds.
  var lastHour: [Int64] = []
  var wholeDay: [Int64] = []
  var totals = DashboardView.Totals()

  private static let hourMilliseconds: Int64 = 3_600_000

  init(of visits: some Sequence<Visit>, at now: Instant) {
    for visit in visits {
      count(visit)
      for stop in visit.earlier { countWait(at: stop, now) }
      countWait(at: visit.stop, now)
    }
  }

  private mutating func count(_ visit: Visit) {
    totals.issued += 1
    switch visit.status {
    case .waiting: countWaiting(visit)
    case .called: totals.called += 1
    case .serving: totals.serving += 1
    case .parked: totals.parked += 1
    case .done: totals.done += 1
    case .left where visit.stop.outcome == .missed: totals.missed += 1
    case .left: totals.left += 1
    case .expired: totals.expired += 1
    }
  }

  private mutating func countWaiting(_ visit: Visit) {
    totals.waiting += 1
    guard visit.stop.firstCalledAt == nil else { return }
    waitingNow += 1
    if visit.isPriority { waitingPriority += 1 }
    if let longest, longest.stop.waitingSince <= visit.stop.waitingSince { return }
    longest = visit
  }

  private mutating func countWait(at stop: Stop, _ now: Instant) {
    guard let called = stop.firstCalledAt else { return }
    let wait = called.milliseconds(since: stop.waitingSince)
    wholeDay.append(wait)
    if now.milliseconds(since: called) <= Self.hourMilliseconds { lastHour.append(wait) }
  }
}

extension DashboardView.Totals {
  fileprivate init() {
    self.init(
      issued: 0, done: 0, missed: 0, left: 0, expired: 0, waiting: 0, called: 0, serving: 0,
      parked: 0)
  }
}

extension DashboardView.Waits {
  /// Percentiles by nearest rank: the smallest wait that at least that share does not exceed.
  init(of waits: [Int64]) {
    let sorted = waits.sorted()
    func percentile(_ share: Int) -> Int64? {
      guard !sorted.isEmpty else { return nil }
      return sorted[max(0, (sorted.count * share + 99) / 100 - 1)]
    }
    self.init(
      count: sorted.count, p50Milliseconds: percentile(50), p90Milliseconds: percentile(90),
      meanMilliseconds: sorted.isEmpty ? nil : sorted.reduce(0, +) / Int64(sorted.count))
  }
}
