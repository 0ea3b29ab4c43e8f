public import Venue

/// How many counters are open, pool by pool and quarter hour by quarter hour, and what follows.
public struct Staffing: Sendable {
  /// One pool of counters.
  public struct Pool: Sendable {
    public let agency: AgencyID
    public let services: [ServiceID]
    /// By quarter hour from opening.
    public internal(set) var counters: [Int]
    /// Share of calls within the target, over the whole day.
    public internal(set) var shareInTime = 0.0
  }

  /// Calls at counters that do not speak the person's language, of all simulated days.
  public struct Interpreting: Sendable {
    public internal(set) var calls = 0
    /// With a mediator; the others had the telephone.
    public internal(set) var inPerson = 0
  }

  public internal(set) var pools: [Pool]
  /// Enough for those who wait at once, for the target's share of the opening hours.
  public internal(set) var seats = 0
  /// The pool of mediators: each is one person, whatever the number of languages.
  public internal(set) var mediators: [Mediator] = []
  /// By index of language.
  public internal(set) var interpreting: [Interpreting] = []
  /// Simulated rounds until every quarter hour met its target.
  public internal(set) var rounds = 0
  /// False when the bound of rounds came first.
  public internal(set) var isMet = false

  public static let quarterMinutes = 15.0

  static func quarter(of minute: Double, of count: Int) -> Int {
    min(count - 1, max(0, Int(minute / quarterMinutes)))
  }
}

extension Staffing {
  /// Counters that may call `service`, by quarter hour from opening.
  public func counters(of service: ServiceID) -> [Int] {
    let serving = pools.filter { $0.services.contains(service) }
    guard let first = serving.first else { return [] }
    return first.counters.indices.map { quarter in
      serving.reduce(0) { $0 + $1.counters[quarter] }
    }
  }

  /// `venue` with the counters that the fullest quarter hour of each pool needs, and the mediators.
  func venue(_ venue: VenueConfiguration) -> VenueConfiguration {
    var place = -1
    var staffed = venue.withCounters { _ in
      place += 1
      return pools[place].counters.max() ?? 1
    }
    staffed.mediators = mediators
    return staffed
  }

  /// One desk for each counter of `venue(_:)`: absent in the quarter hours that need fewer.
  func desks() -> [DayPlan.Desk] {
    pools.flatMap { pool in
      (0..<(pool.counters.max() ?? 1)).map { desk in
        DayPlan.Desk(
          breaks: pool.counters.enumerated().filter { $0.element <= desk }.map { quarter, _ in
            DayPlan.Break(
              fromMinute: Double(quarter) * Self.quarterMinutes - (quarter == 0 ? 60 : 0),
              minutes: Self.quarterMinutes + (quarter == 0 ? 60 : 0)
                + (quarter == pool.counters.count - 1 ? 1_440 : 0),
              endsOnTime: true)
          })
      }
    }
  }
}
