/// What happens to one visit; `VenueState.apply` alone says when.
extension Visit {
  mutating func call(to counter: CounterID, at now: Instant) {
    status = .called
    stop.counter = counter
    stop.firstCalledAt = stop.firstCalledAt ?? now
    stop.calledAt = now
    stop.calls = 1
    stop.endedAt = nil
    stop.outcome = nil
  }

  mutating func end(_ status: Status, _ outcome: Stop.Outcome, at now: Instant) {
    self.status = status
    stop.endedAt = now
    stop.outcome = outcome
  }

  /// Who comes back too late for an appointment waits like a walk-in.
  mutating func resume(at now: Instant, grace: Int64) {
    stop.appointment = Self.kept(stop.appointment, at: now, grace: grace)
    status = .waiting
    stop.endedAt = nil
    stop.outcome = nil
  }

  /// What was agreed between the same two agencies before holds no more; no field withdraws it.
  mutating func agree(to consent: Consent) {
    consents.removeAll { $0.from == consent.from && $0.to == consent.to }
    if !consent.fields.isEmpty { consents.append(consent) }
  }

  /// An appointment that has not been missed by more than the grace.
  private static func kept(_ appointment: Instant?, at now: Instant, grace: Int64) -> Instant? {
    appointment.flatMap { now.milliseconds(since: $0) > grace ? nil : $0 }
  }

  mutating func forward(
    to service: ServiceID, comesBackTo counter: CounterID?, at now: Instant, grace: Int64
  ) {
    let left = stop.service
    end(.waiting, .forwarded, at: now)
    earlier.append(stop)
    let known = planned.first { $0.service == service }
    planned.removeAll { $0.service == service }
    stop = Stop(
      service: service, waitingSince: now,
      appointment: Self.kept(known?.appointment, at: now, grace: grace),
      comesBackTo: known?.counter)
    guard let counter else { return }
    planned.removeAll { $0.service == left }
    planned.append(PlannedStop(service: left, after: [service], counter: counter))
  }

  /// The present stop is over, and the planned one at `service` begins.
  mutating func go(to service: ServiceID, at now: Instant, grace: Int64) {
    guard let next = planned.first(where: { $0.service == service }) else {
      preconditionFailure("a visit goes on to a planned stop")
    }
    earlier.append(stop)
    planned.removeAll { $0.service == service }
    status = .waiting
    stop = Stop(
      service: service, waitingSince: now,
      appointment: Self.kept(next.appointment, at: now, grace: grace), comesBackTo: next.counter)
  }

  mutating func cancel(
    _ service: ServiceID, next: ServiceID?, at now: Instant, grace: Int64
  ) {
    guard let next else {
      planned.removeAll { $0.service == service }
      return
    }
    end(.waiting, .left, at: now)
    go(to: next, at: now, grace: grace)
  }
}
