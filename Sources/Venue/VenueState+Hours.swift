/// Opening hours, the honest last ticket, and what happens to those who still wait at closing.
extension VenueState {
  func decideHours(_ hours: DayHours) throws(Refusal) -> [Event] {
    _ = try openedDay()
    for entry in hours.services where index.services[entry.service] == nil {
      throw .serviceUnknown(entry.service)
    }
    return hours == self.hours ? [] : [.hoursSet(hours)]
  }

  /// When `service` closes for good today; nil without hours.
  public func closing(of service: ServiceID) -> Instant? {
    spans(of: service)?.last?.closes
  }

  func spans(of service: ServiceID) -> [OpenSpan]? {
    hours?.services.first { $0.service == service }?.spans
  }

  /// Refuses a ticket before the doors are near and after the last closing.
  func checkOpen(_ service: ServiceID, _ now: Instant) throws(Refusal) {
    guard let spans = spans(of: service) else { return }
    guard let next = spans.first(where: { now < $0.closes }) else { throw .serviceClosed(service) }
    let early = next.opens.milliseconds(since: now)
    guard early <= ordering.bounds.earlyIssue else {
      throw .serviceNotOpenYet(service, inMinutes: early / 60_000)
    }
  }

  /// True when somebody who joins now is expected to be called before the last closing, by the
  /// middle of the range that would be told.
  public func isReachable(_ service: ServiceID, isPriority: Bool, at now: Instant) -> Bool {
    guard let spans = spans(of: service) else { return true }
    guard let closes = spans.last?.closes else { return false }
    let wait =
      expectedRange(for: service, isPriority: isPriority, at: now)?.expected
      ?? expectedWait(for: service, isPriority: isPriority, startingAt: now, at: now)
    return now.adding(milliseconds: wait) <= closes
  }

  /// Refuses a plan that cannot be walked before closing, at services that say so. Of the stop that
  /// begins at once the estimate decides instead if `isFirstEstimated`.
  func checkFinish(
    _ plan: [PlannedStop], isPriority: Bool, isFirstEstimated: Bool, at now: Instant
  ) throws(Refusal) {
    let beginnings = beginnings(of: plan, isPriority: isPriority, elapsed: 0, at: now)
    for stop in beginnings.dropFirst(isFirstEstimated ? 1 : 0) where stop.isLate {
      guard index.services[stop.service]?.lastTicket == .refuse else { continue }
      throw .cannotFinishBeforeClosing(stop.service)
    }
  }

  /// Stops in the order in which the hall would send a visit there, by the waits as they are now, one
  /// after the other, walks left out; late is what would begin after its service closes.
  private func beginnings(
    of plan: [PlannedStop], isPriority: Bool, elapsed: Int64, at now: Instant
  ) -> [(service: ServiceID, isLate: Bool)] {
    var rest = plan
    var elapsed = elapsed
    var found: [(service: ServiceID, isLate: Bool)] = []
    while !rest.isEmpty,
      let stop = nextStop(of: rest, isPriority: isPriority, startingAt: now, from: nil, at: now)
    {
      rest.removeAll { $0.service == stop.service }
      elapsed +=
        stop.appointment.map { max(0, $0.milliseconds(since: now) - elapsed) }
        ?? expectedWait(
          for: stop.service, isPriority: isPriority, startingAt: now, at: now)
      let begins = now.adding(milliseconds: elapsed)
      found.append((stop.service, closing(of: stop.service).map { begins > $0 } ?? false))
      elapsed += estimates[stop.service]?.pace.milliseconds ?? 0
    }
    return found
  }

  /// True when `visit`, which waits, is not expected to be called before the last closing, here or at a
  /// stop that it has planned.
  public func mayComeTooLate(_ visit: Visit) -> Bool {
    mayComeTooLate(visit, waiting: expectedRange(of: visit))
  }

  /// The same where the range of the wait is known already.
  public func mayComeTooLate(_ visit: Visit, waiting range: WaitRange?) -> Bool {
    guard visit.status == .waiting else { return false }
    let service = visit.stop.service
    if visit.stop.appointment == nil, let closes = closing(of: service) {
      let wait =
        range?.expected
        ?? expectedWait(of: standing(of: visit), for: service, at: time)
      if time.adding(milliseconds: wait) > closes { return true }
    }
    return beginnings(
      of: visit.planned, isPriority: visit.isPriority,
      elapsed: estimates[service]?.pace.milliseconds ?? 0, at: time
    ).contains { $0.isLate }
  }

  /// The return voucher that this visit became; nil if it is none or has been used.
  public func voucher(of visit: VisitID) -> Voucher? { vouchers.first { $0.visit == visit } }

  /// Services that have been closed for longer than the overtime, and still have a line.
  public func servicesToSettle(at now: Instant) -> [ServiceID] {
    (hours?.services ?? []).filter { entry in
      guard let closes = entry.spans.last?.closes, waitingCount(for: entry.service) > 0 else {
        return false
      }
      return now.milliseconds(since: closes) >= ordering.bounds.overtime
    }.map(\.service)
  }

  /// Whoever waits for a service that closed longer ago than the overtime gets a return voucher.
  func decideSettle(_ now: Instant) throws(Refusal) -> [Event] {
    _ = try openedDay()
    let over = Set(servicesToSettle(at: now))
    guard !over.isEmpty else { return [] }
    return visits.all
      .filter { $0.status == .waiting && over.contains($0.stop.service) }
      .map { .returned($0.id) }
  }
}
