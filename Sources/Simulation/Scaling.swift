public import Venue

extension VenueConfiguration {
  /// The same venue with `factor` times the counters of each agency, at least one: counters are
  /// copied in turn, or dropped from the end.
  public func withCounters(scaledBy factor: Double) -> VenueConfiguration {
    precondition(factor > 0, "a venue is scaled by a positive factor")
    var scaled = self
    scaled.counters = agencies.flatMap { agency -> [Counter] in
      let own = counters.filter { $0.agency == agency.id }
      let wanted = max(1, Int((Double(own.count) * factor).rounded()))
      return own.isEmpty ? [] : (0..<wanted).map { copy($0, of: own) }
    }
    return scaled
  }

  private func copy(_ place: Int, of counters: [Counter]) -> Counter {
    var counter = counters[place % counters.count]
    let round = place / counters.count
    guard round > 0 else { return counter }
    counter.id = CounterID("\(counter.id.text)-x\(round + 1)")
    counter.label = counter.id.text
    return counter
  }
}
