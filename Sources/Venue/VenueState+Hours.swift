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

  private func spans(of service: ServiceID) -> [OpenSpan]? {
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
    let wait = expectedRange(for: service, isPriority: isPriority, at: now)?.expected ?? 0
    return now.adding(milliseconds: wait) <= closes
  }

  /// Refuses a plan that cannot be walked before closing, at services that say so.
  ///
  /// Stops are taken in the order in which the hall would send a visit there, by the waits as they are
  /// now, one after the other, walks left out. One that would begin after its service closes is refused
  /// where `lastTicket` is `refuse`; of the stop that begins at once the estimate decides instead.
  func checkFinish(
    _ plan: [PlannedStop], isPriority: Bool, isFirstEstimated: Bool, at now: Instant
  ) throws(Refusal) {
    var rest = plan
    var elapsed: Int64 = 0
    while !rest.isEmpty,
      let stop = nextStop(of: rest, isPriority: isPriority, startingAt: now, from: nil, at: now)
    {
      let isEstimated = isFirstEstimated && rest.count == plan.count
      rest.removeAll { $0.service == stop.service }
      let wait =
        stop.appointment.map { max(0, $0.milliseconds(since: now) - elapsed) }
        ?? expectedWait(
          for: stop.service, isPriority: isPriority, startingAt: now, at: now)
      let begins = now.adding(milliseconds: elapsed + wait)
      if !isEstimated, let closes = closing(of: stop.service), begins > closes,
        index.services[stop.service]?.lastTicket == .refuse
      {
        throw .cannotFinishBeforeClosing(stop.service)
      }
      elapsed += wait + (estimates[stop.service]?.pace.milliseconds ?? 0)
    }
  }

  /// True when `visit`, which waits, is not expected to be called before the last closing.
  public func mayComeTooLate(_ visit: Visit) -> Bool {
    expectedRange(of: visit).map { mayComeTooLate(visit, waiting: $0) } ?? false
  }

  /// The same for a visit that waits so long from now on.
  public func mayComeTooLate(_ visit: Visit, waiting range: WaitRange) -> Bool {
    guard let closes = closing(of: visit.stop.service) else { return false }
    return time.adding(milliseconds: range.expected) > closes
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
