public import Venue

/// The same days under several policies.
public struct Experiment: Sendable {
  public let population: Population
  public let days: Int

  public init(population: Population, days: Int) {
    self.population = population
    self.days = days
  }

  /// One result for each policy, in their order. Days run side by side on all processors; the
  /// outcome does not depend on how many there are.
  public func run(_ policies: [CallPolicy]) async -> [Measures] {
    let venues = policies.map { policy in
      var venue = population.venue
      venue.policy = policy
      return venue
    }
    let outcomes = await Self.eachDay(of: days) { outcome(of: $0, venues) }
    return policies.indices.map { policy in
      Measures(
        policy: policies[policy].rawValue, outcomes: outcomes.map { $0[policy] },
        languages: population.venue.languages.count)
    }
  }

  /// `body` of every day, in order of days; run side by side.
  static func eachDay<Result: Sendable>(
    of days: Int, _ body: @Sendable @escaping (Int) -> Result
  ) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
      for day in 0..<days { group.addTask { (day, body(day)) } }
      var results: [(Int, Result)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func outcome(of day: Int, _ venues: [VenueConfiguration]) -> [DayOutcome] {
    let plan = population.plan(day: day)
    return venues.map {
      DayRunner.run(venue: $0, plan: plan, assumptions: population.assumptions)
    }
  }
}
