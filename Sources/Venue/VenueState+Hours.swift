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
