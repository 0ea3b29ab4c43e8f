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

  public internal(set) var pools: [Pool]
  /// Enough for the fullest moment of 19 days in 20, of those who wait and are later called.
  public internal(set) var seats = 0
  /// By index of language: mediators, so that nine calls in ten that need one find one free.
  public internal(set) var mediators: [Int] = []
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
  /// `venue` with the counters that the fullest quarter hour of each pool needs.
  func venue(_ venue: VenueConfiguration) -> VenueConfiguration {
    var place = -1
    return venue.withCounters { _ in
      place += 1
      return pools[place].counters.max() ?? 1
    }
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
