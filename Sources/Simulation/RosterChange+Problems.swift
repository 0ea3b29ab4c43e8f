public import Venue

extension RosterChange {
  /// Names that `venue` does not have, numbers out of bounds and changes that contradict each other,
  /// each in plain words.
  public func problems(in venue: VenueConfiguration) -> [String] {
    guard !isEmpty else {
      return [
        "it changes nothing; it can name " + Key.allCases.map(\.rawValue).joined(separator: ", ")
      ]
    }
    return (counterProblems(venue) + mediatorProblems(venue)).sorted()
  }

  private var isEmpty: Bool {
    policy == nil && add.isEmpty && close.isEmpty && services.isEmpty && languages.isEmpty
      && addMediators.isEmpty && withoutMediators.isEmpty && mediatorLanguages.isEmpty
  }

  private func counterProblems(_ venue: VenueConfiguration) -> [String] {
    let counters = Set(venue.counters.map(\.id))
    let known = Set(venue.services.map(\.id))
    let staffed = Set(venue.counters.map(\.agency))
    let changed = Array(services.keys) + Array(languages.keys)
    var problems = (close + changed).filter { !counters.contains($0) }
      .map { "there is no counter '\($0)'" }
    problems += Set(close).intersection(changed)
      .map { "counter '\($0)' is closed and changed at once" }
    problems += services.values.joined().filter { !known.contains($0) }
      .map { "there is no service '\($0)'" }
    problems += services.filter(\.value.isEmpty).map { "counter '\($0.key)' is given no service" }
    problems += languages.filter(\.value.isEmpty).map { "counter '\($0.key)' is given no language" }
    problems += strange(languages.values.flatMap { $0 }, venue)
    for (agency, count) in add {
      if !staffed.contains(agency) { problems.append("no counter is of agency '\(agency)'") }
      if !(1...Self.addedLimit).contains(count) {
        problems.append("'\(agency)' can be given 1 to \(Self.addedLimit) counters, not \(count)")
      }
    }
    return problems
  }

  private func mediatorProblems(_ venue: VenueConfiguration) -> [String] {
    let mediators = Set(venue.mediators.map(\.id))
    let agencies = Set(venue.agencies.map(\.id))
    var problems = (withoutMediators + mediatorLanguages.keys)
      .filter { !mediators.contains($0) }.map { "there is no mediator '\($0)'" }
    problems += Set(withoutMediators).intersection(mediatorLanguages.keys)
      .map { "mediator '\($0)' is taken away and changed at once" }
    problems += addMediators.flatMap(\.mandate).filter { !agencies.contains($0) }
      .map { "there is no agency '\($0)'" }
    let spoken = Array(mediatorLanguages.values) + addMediators.map(\.languages)
    problems += strange(spoken.flatMap { $0 }, venue)
    if spoken.contains(where: { Set($0).count < 2 }) {
      problems.append("a mediator interprets between two languages at least")
    }
    if addMediators.contains(where: { $0.loadCapMinutes < 1 }) {
      problems.append("loadCapMinutes is 1 at least")
    }
    let counts = addMediators.map(\.count)
    if counts.contains(where: { !(1...Self.addedLimit).contains($0) })
      || counts.reduce(0, { $0 + min($1, Self.addedLimit) }) > Self.addedLimit
    {
      problems.append("1 to \(Self.addedLimit) mediators can be added")
    }
    return problems
  }

  private func strange(_ languages: [LanguageTag], _ venue: VenueConfiguration) -> [String] {
    languages.filter { !venue.languages.contains($0) }
      .map { "the venue does not offer the language '\($0)'" }
  }
}
