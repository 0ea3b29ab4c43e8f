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
    guard let closes = closing(of: service) else { return true }
    let wait = expectedRange(for: service, isPriority: isPriority, at: now)?.expected ?? 0
    return now.adding(milliseconds: wait) <= closes
  }

  /// Whoever waits for a service that closed longer ago than the overtime gets a return voucher.
  func decideSettle(_ now: Instant) throws(Refusal) -> [Event] {
    _ = try openedDay()
    var over: Set<ServiceID> = []
    for entry in hours?.services ?? [] {
      guard let closes = entry.spans.last?.closes else { continue }
      if now.milliseconds(since: closes) >= ordering.bounds.overtime { over.insert(entry.service) }
    }
    guard !over.isEmpty else { return [] }
    return visits.all
      .filter { $0.status == .waiting && over.contains($0.stop.service) }
      .map { .returned($0.id) }
  }
}
