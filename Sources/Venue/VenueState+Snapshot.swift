extension VenueState {
  /// Everything this state knows, in one fixed order.
  public var snapshot: VenueSnapshot {
    VenueSnapshot(
      sequence: sequence, time: time, configuration: configuration, openDay: openDay,
      lastDay: lastDay,
      counters: (configuration?.counters ?? []).compactMap { counter in
        counters[counter.id].map { VenueSnapshot.CounterEntry(id: counter.id, state: $0) }
      },
      numbers: numbers.sorted { $0.key < $1.key }.map {
        VenueSnapshot.NumberEntry(prefix: $0.key, last: $0.value)
      },
      visits: Array(visits.all), recentCalls: recentCalls,
      slips: slips.values.sorted { $0.visit < $1.visit }, hours: hours, vouchers: vouchers,
      mediators: (configuration?.mediators ?? []).compactMap { mediator in
        mediators[mediator.id].map { VenueSnapshot.MediatorEntry(id: mediator.id, state: $0) }
      },
      assignments: assignments.sorted { $0.key < $1.key }.map {
        VenueSnapshot.AssignmentEntry(counter: $0.key, services: $0.value)
      },
      estimates: (configuration?.services ?? []).compactMap { service in
        estimates[service.id].map {
          VenueSnapshot.EstimateEntry(service: service.id, estimate: $0)
        }
      },
      told: (0..<Int32(visits.count)).compactMap { slot in
        visits.told(slot).map { VenueSnapshot.ToldEntry(visit: visits[slot].id, told: $0) }
      },
      arrivals: arrivals)
  }

  public init(snapshot: VenueSnapshot) {
    sequence = snapshot.sequence
    time = snapshot.time
    configuration = snapshot.configuration
    index = VenueIndex(snapshot.configuration)
    openDay = snapshot.openDay
    lastDay = snapshot.lastDay
    recentCalls = snapshot.recentCalls
    for entry in snapshot.counters { counters[entry.id] = entry.state }
    for entry in snapshot.numbers { numbers[entry.prefix] = entry.last }
    for slip in snapshot.slips { slips[slip.visit] = slip }
    for visit in snapshot.visits {
      _ = visits.append(visit)
      for service in visit.services { stopsOfDay[service, default: 0] += 1 }
    }
    hours = snapshot.hours
    vouchers = snapshot.vouchers
    for entry in snapshot.mediators { mediators[entry.id] = entry.state }
    for entry in snapshot.assignments { assignments[entry.counter] = entry.services }
    for entry in snapshot.estimates { estimates[entry.service] = entry.estimate }
    for entry in snapshot.told {
      if let slot = visits.slot(of: entry.visit) { visits.tell(slot, entry.told) }
    }
    arrivals = snapshot.arrivals
    derive()
    rebuildLines()
  }
}
