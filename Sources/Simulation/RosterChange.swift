public import Venue

/// What a venue would change about its counters, its mediators and its order of calls.
///
/// Decoding refuses keys and policies that it does not know, in plain words.
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
  /// Mediators to add, on duty all day.
  public var addMediators: [AddedMediators]
  /// Mediators who are not there.
  public var withoutMediators: [MediatorID]
  /// Languages between which these mediators interpret instead.
  public var mediatorLanguages: [MediatorID: [LanguageTag]]

  /// `count` people who interpret between the same languages.
  public struct AddedMediators: Sendable, Decodable {
    public var languages: [LanguageTag]
    public var count: Int
    /// Agencies at which they may be called; empty means all.
    public var mandate: [AgencyID]
    public var loadCapMinutes: Int

    enum Key: String, CodingKey, CaseIterable { case languages, count, mandate, loadCapMinutes }

    public init(from decoder: any Decoder) throws {
      try refuseOthers(than: Key.self, from: decoder)
      let given = try decoder.container(keyedBy: Key.self)
      languages = try given.decode([LanguageTag].self, forKey: .languages)
      count = try given.decodeIfPresent(Int.self, forKey: .count) ?? 1
      mandate = try given.decodeIfPresent([AgencyID].self, forKey: .mandate) ?? []
      loadCapMinutes =
        try given.decodeIfPresent(Int.self, forKey: .loadCapMinutes)
        ?? Mediator(id: "", languages: []).loadCapMinutes
    }
  }

  /// The most counters that can be added to one agency, and mediators to the pool.
  public static let addedLimit = 300

  enum Key: String, CodingKey, CaseIterable {
    case policy, add, close, services, languages
    case addMediators, withoutMediators, mediatorLanguages
  }

  public init(from decoder: any Decoder) throws {
    try refuseOthers(than: Key.self, from: decoder)
    let given = try decoder.container(keyedBy: Key.self)
    func value<Value: Decodable>(_ key: Key, or absent: Value) throws -> Value {
      try given.decodeIfPresent(Value.self, forKey: key) ?? absent
    }
    policy = try given.decodeIfPresent(String.self, forKey: .policy).map { name in
      guard let policy = CallPolicy(rawValue: name) else {
        let known = CallPolicy.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
          forKey: .policy, in: given, debugDescription: "'\(name)' is none of \(known)")
      }
      return policy
    }
    add = try value(.add, or: [:])
    close = try value(.close, or: [])
    services = try value(.services, or: [:])
    languages = try value(.languages, or: [:])
    addMediators = try value(.addMediators, or: [])
    withoutMediators = try value(.withoutMediators, or: [])
    mediatorLanguages = try value(.mediatorLanguages, or: [:])
  }
}

/// Any key: only its name matters.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

private func refuseOthers<Key: CodingKey & CaseIterable>(
  than keys: Key.Type, from decoder: any Decoder
) throws {
  let known = Key.allCases.map(\.stringValue)
  let given = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
  guard let strange = given.first(where: { !known.contains($0) }) else { return }
  throw DecodingError.dataCorrupted(
    DecodingError.Context(
      codingPath: decoder.codingPath,
      debugDescription: "'\(strange)' is none of \(known.joined(separator: ", "))"))
}

// MARK: - Applying

extension RosterChange {
  /// The changed venue and the plan that fits it. `problems` must be empty.
  public func applied(
    to venue: VenueConfiguration, _ plan: DayPlan
  ) -> (venue: VenueConfiguration, plan: DayPlan) {
    var venue = venue
    var plan = plan
    if let policy { venue.policy = policy }
    changeCounters(&venue, &plan)
    changeMediators(&venue, &plan)
    return (venue, plan)
  }

  private func changeCounters(_ venue: inout VenueConfiguration, _ plan: inout DayPlan) {
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
  }

  private func changeMediators(_ venue: inout VenueConfiguration, _ plan: inout DayPlan) {
    if plan.mediators.isEmpty { plan.mediators = venue.mediators.map { _ in [] } }
    for place in venue.mediators.indices {
      let own = venue.mediators[place].languages
      venue.mediators[place].languages = mediatorLanguages[venue.mediators[place].id] ?? own
    }
    let there = venue.mediators.indices.filter {
      !withoutMediators.contains(venue.mediators[$0].id)
    }
    plan.mediators = there.map { plan.mediators[$0] }
    venue.mediators = there.map { venue.mediators[$0] }
    let added = addMediators.flatMap { [AddedMediators](repeating: $0, count: $0.count) }
    for (place, mediator) in added.enumerated() {
      venue.mediators.append(
        Mediator(
          id: MediatorID("added-\(place + 1)"), languages: mediator.languages,
          mandate: mediator.mandate, loadCapMinutes: mediator.loadCapMinutes))
      plan.mediators.append([])
    }
  }
}
