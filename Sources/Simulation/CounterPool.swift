public import Venue

/// Counters that can stand in for each other: of one agency, with the same services.
public struct CounterPool: Sendable {
  public let agency: AgencyID
  public let services: [ServiceID]
  public let counters: [Counter]

  /// Pools in the order of their first counters.
  public static func pools(of venue: VenueConfiguration) -> [CounterPool] {
    var pools: [CounterPool] = []
    for counter in venue.counters {
      let place = pools.firstIndex {
        $0.agency == counter.agency && Set($0.services) == Set(counter.services)
      }
      guard let place else {
        pools.append(
          CounterPool(agency: counter.agency, services: counter.services, counters: [counter]))
        continue
      }
      pools[place] = CounterPool(
        agency: counter.agency, services: pools[place].services,
        counters: pools[place].counters + [counter])
    }
    return pools
  }

  /// `count` counters like these: copied in turn with names of their own, or the first ones.
  public func counters(count: Int) -> [Counter] {
    (0..<count).map { place in
      var counter = counters[place % counters.count]
      let round = place / counters.count
      guard round > 0 else { return counter }
      counter.id = CounterID("\(counter.id.text)-x\(round + 1)")
      counter.label = counter.id.text
      return counter
    }
  }
}

extension VenueConfiguration {
  /// The same venue with `factor` times the mediators, at least one where there was one: copied in
  /// turn with names of their own, or the first ones.
  public func withMediators(scaledBy factor: Double) -> VenueConfiguration {
    precondition(factor > 0, "a venue is scaled by a positive factor")
    guard !mediators.isEmpty else { return self }
    let count = max(1, Int((Double(mediators.count) * factor).rounded()))
    var changed = self
    changed.mediators = (0..<count).map { place in
      var mediator = mediators[place % mediators.count]
      let round = place / mediators.count
      if round > 0 { mediator.id = MediatorID("\(mediator.id.text)-x\(round + 1)") }
      return mediator
    }
    return changed
  }

  /// The same venue with `factor` times the counters of each pool, at least one.
  public func withCounters(scaledBy factor: Double) -> VenueConfiguration {
    precondition(factor > 0, "a venue is scaled by a positive factor")
    return withCounters { pool in
      max(1, Int((Double(pool.counters.count) * factor).rounded()))
    }
  }

  /// The same venue with as many counters in each pool as `count` says.
  func withCounters(_ count: (CounterPool) -> Int) -> VenueConfiguration {
    var changed = self
    changed.counters = CounterPool.pools(of: self).flatMap { $0.counters(count: count($0)) }
    return changed
  }
}
