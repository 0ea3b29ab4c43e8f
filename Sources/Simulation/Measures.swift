/// What one policy came to over all days of an experiment. Waits and times are minutes.
public struct Measures: Sendable {
  /// The total wait of a visit, all stops together: of every visit that took a number.
  public struct Wait: Sendable {
    public var count = 0
    public var mean = 0.0
    public var p50 = 0.0
    public var p90 = 0.0
    /// Mean over the days of that day's longest.
    public var worst = 0.0
  }

  public var policy: String
  public var days: Int
  public var wait: Wait
  /// In the order of the venue's languages; those that nobody spoke have a count of 0.
  public var waitByLanguage: [Wait]
  public var priorityWait: Wait
  public var otherWait: Wait
  /// Share of calls that came within `serviceLevelMinutes` of joining the line.
  public var serviceLevel: Double
  public var overtimeMinutes: Double
  /// Serving, as a share of the time that counters were open and not on a break.
  public var utilisation: Double
  /// Of visits, by how they ended; a day.
  public var servedPerDay: Double
  public var leftPerDay: Double
  public var noShowsPerDay: Double
  public var unservedPerDay: Double
  public var searchesPerDay: Double

  /// The wait that a service level is about.
  public static let serviceLevelMinutes = 30.0
}

extension Measures {
  /// `languages` is how many the venue has.
  public init(policy: String, outcomes: [DayOutcome], languages: Int) {
    self.policy = policy
    days = outcomes.count
    wait = Wait(outcomes) { _ in true }
    waitByLanguage = (0..<languages).map { language in
      Wait(outcomes) { $0.language == language }
    }
    priorityWait = Wait(outcomes, where: \.isPriority)
    otherWait = Wait(outcomes) { !$0.isPriority }
    let calls = outcomes.lazy.flatMap(\.calls)
    let inTime = calls.count { $0.waitMinutes <= Self.serviceLevelMinutes }
    serviceLevel = Self.share(Double(inTime), of: Double(calls.count { _ in true }))
    let days = max(1, Double(outcomes.count))
    overtimeMinutes = outcomes.reduce(0) { $0 + $1.overtimeMinutes } / days
    let busy = outcomes.reduce(0) { $0 + $1.busyMinutes.reduce(0, +) }
    utilisation = Self.share(busy, of: outcomes.reduce(0) { $0 + $1.openMinutes.reduce(0, +) })
    func perDay(_ ends: Set<DayOutcome.End>) -> Double {
      Double(outcomes.reduce(0) { $0 + $1.journeys.count { ends.contains($0.end) } }) / days
    }
    servedPerDay = perDay([.served])
    leftPerDay = perDay([.left])
    noShowsPerDay = perDay([.noShow])
    unservedPerDay = perDay([.expired, .refused])
    searchesPerDay = Double(outcomes.reduce(0) { $0 + $1.searches }) / days
  }

  private static func share(_ part: Double, of whole: Double) -> Double {
    whole > 0 ? part / whole : 0
  }
}

extension Measures.Wait {
  init(_ outcomes: [DayOutcome], where isCounted: (DayOutcome.Journey) -> Bool) {
    var waits: [Double] = []
    var worst: [Double] = []
    for outcome in outcomes {
      let ofDay = outcome.journeys.filter { $0.end != .refused && isCounted($0) }
        .map(\.waitMinutes)
      waits += ofDay
      if let longest = ofDay.max() { worst.append(longest) }
    }
    self.init(minutes: waits)
    self.worst = worst.isEmpty ? 0 : worst.reduce(0, +) / Double(worst.count)
  }

  /// Of one day.
  public init(minutes: [Double]) {
    let waits = minutes.sorted()
    count = waits.count
    guard let longest = waits.last else { return }
    mean = waits.reduce(0, +) / Double(count)
    p50 = Self.quantile(0.5, of: waits)
    p90 = Self.quantile(0.9, of: waits)
    worst = longest
  }

  /// The smallest of `sorted` that at least `share` of them do not exceed.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)]
  }
}
