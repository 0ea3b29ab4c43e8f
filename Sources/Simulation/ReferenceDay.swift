public import Venue

/// The demand of the reference venue: who comes, when, for what, in which language.
///
/// Figures are those of Lisbon's one-stop shop for newcomers: 1,060 visits on an opening day.
public struct ReferenceDay: Sendable {
  /// From opening; 08:30 to 20:00.
  public static let openMinutes = 690.0
  /// 08:30, in minutes of the wall clock after midnight.
  static let openingMinute = 510
  /// Every simulated day is this one, a Monday.
  static let date = ServiceDay(year: 2026, month: 11, day: 23)
  public static let visits = 1_060
  /// Of a calendar day: what the counters of the sample venue are made for.
  public static let visitsOfDesign = 750
  /// Share of the day's visits that wait at the door when it opens.
  static let atOpening = 0.12
  static let priorityShare = 0.13
  /// Of visits after their first stop; of these after their second.
  static let secondStop = 0.36
  static let thirdStop = 0.28
  public static let noShowShare = 0.04
  /// Standard deviation of the logarithm of a service time.
  public static let serviceSigma = 0.7

  /// Minutes from opening, and the share of the later arrivals up to then.
  static let profile: [(untilMinute: Double, share: Double)] = [
    (90, 0.22), (210, 0.26), (330, 0.14), (450, 0.17), (570, 0.13), (690, 0.08),
  ]

  static let languages: [(choice: LanguageTag, weight: Double)] = [
    ("pt", 50), ("kea", 10), ("en", 10), ("hi", 6), ("bn", 6), ("uk", 5), ("ne", 4), ("ar", 3),
    ("fr", 3), ("es", 2), ("zh-Hans", 1),
  ]

  /// Relative demand of first stops by agency.
  static let demand: [AgencyID: Double] = [
    "migration": 40, "social-security": 24, "tax": 19, "registry": 9, "health": 9, "education": 8,
    "labour": 8, "employment": 8, "legal": 7, "housing": 3.5, "victim-support": 0.8,
  ]

  private let services: [(choice: ServiceID, weight: Double)]
  private let languages: [(choice: LanguageTag, weight: Double)]

  /// For the services and languages that `venue` has. Agencies outside the reference get the
  /// demand of a small one.
  public init(venue: VenueConfiguration) {
    let others = venue.services.filter { $0.agency != "reception" }
    let perAgency = Dictionary(grouping: others, by: \.agency)
    services = others.map { service in
      let weight = Self.demand[service.agency] ?? 1
      return (service.id, weight / Double(perAgency[service.agency]?.count ?? 1))
    }
    let offered = Self.languages.filter { venue.languages.contains($0.choice) }
    languages = offered.isEmpty ? [(venue.hostLanguage, 1)] : offered
  }

  /// Minutes after opening at which visits arrive, in order; negative ones wait at the door.
  public func arrivals(visits: Int, _ random: inout RandomSource) -> [Double] {
    (0..<visits).map { _ in arrival(&random) }.sorted()
  }

  /// One arrival, in minutes after opening.
  func arrival(_ random: inout RandomSource) -> Double {
    guard !random.chance(Self.atOpening) else { return -random.uniform() * 5 }
    let period = random.choose(Self.profile.indices.map { ($0, Self.profile[$0].share) })
    let start = period == 0 ? 0 : Self.profile[period - 1].untilMinute
    return start + random.uniform() * (Self.profile[period].untilMinute - start)
  }

  public func language(_ random: inout RandomSource) -> LanguageTag { random.choose(languages) }

  public func isPriority(_ random: inout RandomSource) -> Bool {
    random.chance(Self.priorityShare)
  }

  /// The stops after reception: one for all, a second for 36 %, a third for 10 %.
  public func stops(_ random: inout RandomSource) -> [ServiceID] {
    guard !services.isEmpty else { return [] }
    var stops = [random.choose(services)]
    if random.chance(Self.secondStop) {
      stops.append(random.choose(services))
      if random.chance(Self.thirdStop) { stops.append(random.choose(services)) }
    }
    var seen: Set<ServiceID> = []
    return stops.filter { seen.insert($0).inserted }
  }
}
