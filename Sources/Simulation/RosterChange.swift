public import Venue

/// What a venue would change about its counters and its order of calls.
public struct RosterChange: Sendable, Decodable {
  /// The policy to call by; nil for the same.
  public var policy: CallPolicy?
  /// Counters to add, by agency: copies of its own in turn, with their shifts.
  public var add: [AgencyID: Int]
  /// Counters that stay closed all day.
  public var close: [CounterID]
  /// Services that these counters may call instead.
  public var services: [CounterID: [ServiceID]]
  /// Languages that these counters speak instead.
  public var languages: [CounterID: [LanguageTag]]

  /// The most counters that can be added to one agency.
  public static let addedLimit = 300

  public enum Key: String, CodingKey, CaseIterable {
    case policy, add, close, services, languages
  }

  public init(from decoder: any Decoder) throws {
    let given = try decoder.container(keyedBy: Key.self)
    policy = try given.decodeIfPresent(CallPolicy.self, forKey: .policy)
    add = try given.decodeIfPresent([AgencyID: Int].self, forKey: .add) ?? [:]
    close = try given.decodeIfPresent([CounterID].self, forKey: .close) ?? []
    services = try given.decodeIfPresent([CounterID: [ServiceID]].self, forKey: .services) ?? [:]
    languages =
      try given.decodeIfPresent([CounterID: [LanguageTag]].self, forKey: .languages) ?? [:]
  }

  /// Names that `venue` does not have, or numbers out of bounds, each in plain words.
  public func problems(in venue: VenueConfiguration) -> [String] {
    let counters = Set(venue.counters.map(\.id))
    let known = Set(venue.services.map(\.id))
    let staffed = Set(venue.counters.map(\.agency))
    var problems = (close + services.keys + languages.keys).filter { !counters.contains($0) }
      .map { "there is no counter '\($0)'" }
    problems += services.values.joined().filter { !known.contains($0) }
      .map { "there is no service '\($0)'" }
    problems += languages.values.joined().filter { !venue.languages.contains($0) }
      .map { "the venue does not offer the language '\($0)'" }
    for (agency, count) in add {
      if !staffed.contains(agency) { problems.append("no counter is of agency '\(agency)'") }
      if !(1...Self.addedLimit).contains(count) {
        problems.append("'\(agency)' can be given 1 to \(Self.addedLimit) counters, not \(count)")
      }
    }
    return problems.sorted()
  }

  /// The changed venue and the plan that fits it. `problems` must be empty.
  public func applied(
    to venue: VenueConfiguration, _ plan: DayPlan
  ) -> (venue: VenueConfiguration, plan: DayPlan) {
    var venue = venue
    var plan = plan
    if let policy { venue.policy = policy }
    for place in venue.counters.indices {
      let counter = venue.counters[place].id
      venue.counters[place].services = services[counter] ?? venue.counters[place].services
      venue.counters[place].languages = languages[counter] ?? venue.counters[place].languages
    }
    for (agency, count) in add.sorted(by: { $0.key < $1.key }) {
      let own = venue.counters.indices.filter { venue.counters[$0].agency == agency }
      for copy in 0..<count {
        var counter = venue.counters[own[copy % own.count]]
        counter.id = CounterID("\(counter.id)-added-\(copy + 1)")
        venue.counters.append(counter)
        plan.desks.append(plan.desks[own[copy % own.count]])
      }
    }
    let open = venue.counters.indices.filter { !close.contains(venue.counters[$0].id) }
    plan.desks = open.map { plan.desks[$0] }
    venue.counters = open.map { venue.counters[$0] }
    return (venue, plan)
  }
}
