import Venue

/// Finds the smallest staffing under which waits keep to a target: by the square-root rule first,
/// then by simulation, raising what misses and running again.
public struct Planner: Sendable {
  public struct Target: Sendable {
    /// `share` of calls shall come within so many minutes, in every quarter hour and pool.
    public var waitMinutes: Double
    public var share: Double
    /// Of calls at counters that do not speak the person's language, in every language: with a
    /// mediator rather than by telephone.
    public var interpretedShare: Double
    /// Of the opening hours, in which all who wait can sit.
    public var seatedShare: Double

    public init(
      waitMinutes: Double, share: Double, interpretedShare: Double = 0.9,
      seatedShare: Double = 0.99
    ) {
      self.waitMinutes = waitMinutes
      self.share = share
      self.interpretedShare = interpretedShare
      self.seatedShare = seatedShare
    }
  }

  let population: Population
  let days: Int
  let target: Target
  private let pools: [CounterPool]
  private let quarters: Int
  /// Pool of each service: the first that serves it.
  private let poolOfService: [Int]

  /// More rounds than any plan has needed; each adds at least one counter for a quarter hour.
  public static let roundLimit = 600
  /// Quarter hours and languages with fewer calls over all days say too little.
  static let fewestCalls = 10

  public init(population: Population, days: Int, target: Target) {
    self.population = population
    self.days = days
    self.target = target
    let pools = CounterPool.pools(of: population.venue)
    self.pools = pools
    quarters = Int((ReferenceDay.openMinutes / Staffing.quarterMinutes).rounded(.up))
    poolOfService = population.venue.services.map { service in
      pools.firstIndex { $0.services.contains(service.id) } ?? 0
    }
  }

  public func run() async -> Staffing {
    var staffing = await firstGuess()
    for round in 1...Self.roundLimit {
      let outcomes = await outcomes(of: staffing)
      staffing.rounds = round
      let tallies = tallies(of: outcomes)
      staffing.interpreting = interpreting(of: outcomes)
      let raisedCounters = raise(&staffing, where: tallies)
      let raisedMediators = raiseMediators(&staffing)
      staffing.isMet = !raisedCounters && !raisedMediators
      if staffing.isMet || round == Self.roundLimit {
        complete(&staffing, outcomes, tallies)
        break
      }
    }
    return staffing
  }

  private func outcomes(of staffing: Staffing) async -> [DayOutcome] {
    let venue = staffing.venue(population.venue)
    let desks = staffing.desks()
    return await Experiment.eachDay(of: days) { [population] day in
      var plan = population.plan(day: day)
      plan.desks = desks
      plan.mediators = population.absences(of: venue.mediators, day: day)
      return DayRunner.run(venue: venue, plan: plan, assumptions: population.assumptions)
    }
  }
}

// MARK: - First guess

extension Planner {
  /// Counters at which next to nobody waits, to see the load as it comes.
  private static let plenty = 4

  /// Halfin and Whitt's square-root rule: the load of the quarter hour plus safety times its root.
  ///
  /// A wait that is allowed spreads the load over its time and needs less safety: none from a
  /// quarter hour on. The guess must be lean, for the rounds after it only raise.
  private func firstGuess() async -> Staffing {
    let ample = Staffing(
      pools: pools.map { pool in
        let count = pool.counters.count * Self.plenty
        return Staffing.Pool(
          agency: pool.agency, services: pool.services,
          counters: [Int](repeating: count, count: quarters))
      })
    var loads = [[Double]](repeating: [Double](repeating: 0, count: quarters), count: pools.count)
    let outcomes = await outcomes(of: ample)
    for outcome in outcomes {
      for call in outcome.calls {
        let quarter = Staffing.quarter(of: call.minute, of: quarters)
        loads[poolOfService[call.service]][quarter] += call.endMinute - call.minute
      }
    }
    var guess = ample
    guess.mediators = firstMediators(outcomes)
    for pool in pools.indices {
      guess.pools[pool].counters = (0..<quarters).map { quarter in
        let window = loads[pool][max(0, quarter - reach)...quarter]
        let minutes = window.reduce(0, +) / Double(reach + 1)
        let load = minutes / Double(days) / Staffing.quarterMinutes
        return max(1, Int(load + safety * load.squareRoot()))
      }
    }
    return guess
  }

  private var safety: Double { max(0, 1 - target.waitMinutes / Staffing.quarterMinutes) }

  /// Quarter hours that a wait of the target's length goes on after the one in which it began.
  private var reach: Int { Int(target.waitMinutes / Staffing.quarterMinutes) }
}

// MARK: - Raising what misses

extension Planner {
  /// Waits of one pool that began in one quarter hour.
  struct Tally {
    var waits = 0
    /// Ended in a call within the target's time.
    var inTime = 0
  }

  private func tallies(of outcomes: [DayOutcome]) -> [[Tally]] {
    var tallies = [[Tally]](
      repeating: [Tally](repeating: Tally(), count: quarters), count: pools.count)
    // The quarter hour in which the wait began is the one that had too few counters.
    for call in outcomes.lazy.flatMap(\.calls) {
      let pool = poolOfService[call.service]
      let quarter = Staffing.quarter(of: call.minute - call.waitMinutes, of: quarters)
      tallies[pool][quarter].waits += 1
      if call.waitMinutes <= target.waitMinutes { tallies[pool][quarter].inTime += 1 }
    }
    for wait in outcomes.lazy.flatMap(\.unanswered) where wait.minutes > target.waitMinutes {
      let quarter = Staffing.quarter(of: wait.fromMinute, of: quarters)
      tallies[poolOfService[wait.service]][quarter].waits += 1
    }
    return tallies
  }

  /// One more counter in each pool's first quarter hour that misses; false when none does.
  private func raise(_ staffing: inout Staffing, where tallies: [[Tally]]) -> Bool {
    var raised = false
    for pool in pools.indices {
      guard let missing = firstMiss(tallies[pool]) else { continue }
      // Who joins now is called within the target's time: the smaller of the quarters up to then.
      let last = min(quarters - 1, missing + reach)
      let counters = staffing.pools[pool].counters
      let smallest = (missing...last).min { counters[$0] < counters[$1] } ?? missing
      staffing.pools[pool].counters[smallest] += 1
      raised = true
    }
    return raised
  }
}

extension Planner {
  /// The first quarter hour that misses; else, when the day as a whole does, the one with the most
  /// late calls.
  private func firstMiss(_ tallies: [Tally]) -> Int? {
    if let miss = tallies.firstIndex(where: { $0.waits >= Self.fewestCalls && misses($0) }) {
      return miss
    }
    let day = tallies.reduce(into: Tally()) { sum, tally in
      sum.waits += tally.waits
      sum.inTime += tally.inTime
    }
    guard misses(day) else { return nil }
    return tallies.indices.max {
      tallies[$0].waits - tallies[$0].inTime < tallies[$1].waits - tallies[$1].inTime
    }
  }

  private func misses(_ tally: Tally) -> Bool {
    Double(tally.inTime) < target.share * Double(tally.waits)
  }
}

// MARK: - What follows from the staffing

extension Planner {
  private func complete(
    _ staffing: inout Staffing, _ outcomes: [DayOutcome], _ tallies: [[Tally]]
  ) {
    for pool in pools.indices {
      let waits = tallies[pool].reduce(0) { $0 + $1.waits }
      let inTime = tallies[pool].reduce(0) { $0 + $1.inTime }
      staffing.pools[pool].shareInTime = waits == 0 ? 1 : Double(inTime) / Double(waits)
    }
    staffing.seats = Self.quantile(target.seatedShare, of: outcomes.flatMap(Self.waitingByMinute))
  }

  /// People who wait at once, at each full minute of the opening hours.
  static func waitingByMinute(_ outcome: DayOutcome) -> [Int] {
    let answered = outcome.calls.map { ($0.minute - $0.waitMinutes, $0.minute) }
    let waits = answered + outcome.unanswered.map { ($0.fromMinute, $0.toMinute) }
    let starts = waits.map(\.0).sorted()
    let ends = waits.map(\.1).sorted()
    var begun = 0
    var over = 0
    return (0..<Int(ReferenceDay.openMinutes)).map { minute in
      while begun < starts.count, starts[begun] <= Double(minute) { begun += 1 }
      while over < ends.count, ends[over] <= Double(minute) { over += 1 }
      return begun - over
    }
  }

  /// The smallest of `values` that at least `share` of them do not exceed.
  private static func quantile(_ share: Double, of values: [Int]) -> Int {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    return sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }
}
