public import Venue

/// Draws the days of a venue with the reference demand.
public struct Population: Sendable {
  public let venue: VenueConfiguration
  public let meanVisits: Double
  public let seed: UInt64
  public let assumptions: Assumptions
  private let reference: ReferenceDay
  private let counts: DayCounts
  private let serviceIndices: [ServiceID: Int]
  private let languageIndices: [LanguageTag: Int]
  /// The service at which every visit begins; nil when the venue has no reception.
  private let reception: Int?

  public init(
    venue: VenueConfiguration, meanVisits: Double, seed: UInt64,
    assumptions: Assumptions = Assumptions()
  ) {
    self.venue = venue
    self.meanVisits = meanVisits
    self.seed = seed
    self.assumptions = assumptions
    reference = ReferenceDay(venue: venue)
    counts = DayCounts(mean: meanVisits, ratio: assumptions.countRatio, seed: seed)
    serviceIndices = Self.indices(venue.services.map(\.id))
    languageIndices = Self.indices(venue.languages)
    reception = venue.services.firstIndex { $0.agency == "reception" }
  }

  private static func indices<ID: Hashable>(_ ids: [ID]) -> [ID: Int] {
    Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Day `day` of the experiment, the same for every policy.
  public func plan(day: Int) -> DayPlan {
    let people = (0..<counts.count(day: day)).map { index in
      var random = RandomSource.stream(seed: seed, day: day, purpose: .person, index: index)
      return person(&random)
    }
    return DayPlan(
      people: people.sorted { $0.arrivalMinute < $1.arrivalMinute }, desks: desks(day: day),
      mediators: absences(of: venue.mediators, day: day), closingMinute: ReferenceDay.openMinutes)
  }

  private func person(_ random: inout RandomSource) -> DayPlan.Person {
    let arrival = reference.arrival(&random)
    let language = languageIndices[reference.language(&random)] ?? 0
    let isPriority = reference.isPriority(&random)
    let patience = random.lognormal(
      mean: assumptions.patienceMinutes, sigma: assumptions.patienceSigma)
    var services = reference.stops(&random).compactMap { serviceIndices[$0] }
    if let reception { services.insert(reception, at: 0) }
    let errands = services.enumerated().map { place, service in
      errand(service, isFirst: place == 0, &random)
    }
    return DayPlan.Person(
      arrivalMinute: arrival, language: language, isPriority: isPriority,
      patienceMinutes: patience, errands: errands)
  }

  private func errand(
    _ service: Int, isFirst: Bool, _ random: inout RandomSource
  ) -> DayPlan.Errand {
    let mean = Double(venue.services[service].plannedMinutes)
    let minutes = random.lognormal(mean: mean, sigma: ReferenceDay.serviceSigma)
    let walk = random.exponential(mean: assumptions.walkMinutes)
    return DayPlan.Errand(
      service: service, minutes: minutes, walkMinutes: isFirst ? 0 : walk,
      approachMinutes: random.exponential(mean: assumptions.approachMinutes),
      isNoShow: random.chance(assumptions.noShowShare))
  }
}

// MARK: - Counters

extension Population {
  /// Midday, in minutes after opening, over which an agency's long breaks are spread.
  private static let lunch = 180.0..<315.0
  private static let shortBreaks = [60.0..<150.0, 420.0..<570.0]

  private func desks(day: Int) -> [DayPlan.Desk] {
    var random = RandomSource.stream(seed: seed, day: day, purpose: .desks)
    var desks = [DayPlan.Desk](repeating: DayPlan.Desk(), count: venue.counters.count)
    for agency in venue.agencies {
      let members = venue.counters.indices.filter { venue.counters[$0].agency == agency.id }
      let order = members.shuffled(using: &random)
      for (place, desk) in order.enumerated() {
        let share = (Double(place) + 0.5) / Double(order.count)
        desks[desk] = DayPlan.Desk(
          speed: speed(share), breaks: breaks(share, random.uniform()))
      }
    }
    return desks
  }

  /// Speeds spread evenly around 1, so that an agency's throughput is that of equal counters.
  private func speed(_ share: Double) -> Double {
    let half = (assumptions.speedSpread - 1) / (assumptions.speedSpread + 1)
    return 1 + half * (2 * share - 1)
  }

  private func breaks(_ share: Double, _ chance: Double) -> [DayPlan.Break] {
    func start(_ range: Range<Double>, _ at: Double) -> Double {
      range.lowerBound + at * (range.upperBound - range.lowerBound)
    }
    return [
      DayPlan.Break(
        fromMinute: start(Self.shortBreaks[0], chance), minutes: assumptions.shortBreakMinutes),
      DayPlan.Break(fromMinute: start(Self.lunch, share), minutes: assumptions.lunchMinutes),
      DayPlan.Break(
        fromMinute: start(Self.shortBreaks[1], chance), minutes: assumptions.shortBreakMinutes),
    ].filter { $0.minutes > 0 }
  }
}

// MARK: - Mediators

extension Population {
  /// Outside the roster, and a break at midday that is spread over the pool. A roster that cannot be
  /// read, which the configuration's checks refuse, counts as all day.
  func absences(of mediators: [Mediator], day: Int) -> [[DayPlan.Break]] {
    var random = RandomSource.stream(seed: seed, day: day, purpose: .mediators)
    var absences = mediators.map { Self.outside($0.roster) }
    guard assumptions.mediatorBreakMinutes > 0 else { return absences }
    for (place, mediator) in mediators.indices.shuffled(using: &random).enumerated() {
      let share = (Double(place) + 0.5) / Double(mediators.count)
      absences[mediator].append(
        DayPlan.Break(
          fromMinute: Self.lunch.lowerBound
            + share * (Self.lunch.upperBound - Self.lunch.lowerBound),
          minutes: assumptions.mediatorBreakMinutes))
    }
    return absences
  }

  /// The gaps of `roster` on the day that is simulated, from two hours before opening on; one that
  /// begins at midnight is none, for a roster says nothing of the next day.
  static func outside(_ roster: String) -> [DayPlan.Break] {
    guard let hours = try? OpeningHours(roster) else { return [] }
    let spans = hours.spans(on: ReferenceDay.date, isHoliday: false)
    let begins = [-120.0] + spans.map { Double($0.closes - ReferenceDay.openingMinute) }
    let ends = spans.map { Double($0.opens - ReferenceDay.openingMinute) } + [1_440]
    let midnight = Double(24 * 60 - ReferenceDay.openingMinute)
    return zip(begins, ends).filter { $0 < min($1, midnight) }.map { begin, end in
      DayPlan.Break(fromMinute: begin, minutes: end - begin, endsOnTime: true)
    }
  }
}
