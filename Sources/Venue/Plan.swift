/// A stop that a visit still has to make.
public struct PlannedStop: Hashable, Codable, Sendable {
  public var service: ServiceID
  /// Services of the same visit that must be over before this one.
  public var after: [ServiceID]
  /// When the client is expected; nil for a walk-in.
  public var appointment: Instant?
  /// The counter to which the visit comes back; others call it only while this one is not open. A
  /// ticket's stops have none: nobody has been anywhere yet.
  public var counter: CounterID?

  public init(
    service: ServiceID, after: [ServiceID] = [], appointment: Instant? = nil,
    counter: CounterID? = nil
  ) {
    self.service = service
    self.after = after
    self.appointment = appointment
    self.counter = counter
  }
}

/// The stops that a visit has yet to make: each service once, in an order that its constraints leave.
enum Plan {
  /// Stops of `plan` that may be next: all that they come after is over.
  static func ready(_ plan: [PlannedStop]) -> [PlannedStop] {
    if plan.count == 1 { return plan[0].after.contains(plan[0].service) ? [] : plan }
    return plan.filter { stop in
      !stop.after.contains { earlier in plan.contains { $0.service == earlier } }
    }
  }

  /// What makes `plan` impossible; nil when it can be walked. `known` are services that are over or
  /// under way, which constraints may name too.
  static func fault(in plan: [PlannedStop], known: Set<ServiceID>) -> Refusal? {
    if plan.count == 1, plan[0].after.isEmpty { return nil }
    var services: Set<ServiceID> = []
    for stop in plan where !services.insert(stop.service).inserted {
      return .stopPlannedTwice(stop.service)
    }
    for stop in plan {
      for earlier in stop.after where !services.contains(earlier) && !known.contains(earlier) {
        return .afterUnplanned(stop.service, after: earlier)
      }
    }
    var left = plan
    while !left.isEmpty {
      let ready = Set(ready(left).map(\.service))
      if ready.isEmpty { return .planIsCyclic(left.map(\.service)) }
      left.removeAll { ready.contains($0.service) }
    }
    return nil
  }
}
