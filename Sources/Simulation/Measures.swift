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
  /// Waits that ended in a call within `serviceLevelMinutes`, as a share of these, of all other
  /// calls and of those who were not called after so long.
  public var serviceLevel: Double
  public var overtimeMinutes: Double
  /// Serving, as a share of the time that counters were open and not on a break.
  public var utilisation: Double
  /// Of visits, by how they ended; a day.
  public var servedPerDay: Double
  public var leftPerDay: Double
  public var noShowsPerDay: Double
  public var unservedPerDay: Double
  public var help: Help

  /// How counters and those who came to them understood each other.
  public struct Help: Sendable {
    public var directPerDay: Double
    /// Mediator and counter were called together.
    public var mediatorPerDay: Double
    public var telephonePerDay: Double
    /// The counter looked for an interpreter, the person before it; peers only.
    public var searchesPerDay: Double
    /// Of those who came, at a counter that speaks their language.
    public var directShare: Double
    /// With clients, as a share of the time that mediators were on duty and not on a break.
    public var mediatorUtilisation: Double
  }

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
    let notCalled = outcomes.reduce(0) { sum, outcome in
      sum + outcome.unanswered.count { $0.minutes > Self.serviceLevelMinutes }
    }
    serviceLevel = Self.share(
      Double(inTime), of: Double(outcomes.reduce(notCalled) { $0 + $1.calls.count }))
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
    help = Help(outcomes, days: days)
  }

  fileprivate static func share(_ part: Double, of whole: Double) -> Double {
    whole > 0 ? part / whole : 0
  }
}

extension Measures.Help {
  fileprivate init(_ outcomes: [DayOutcome], days: Double) {
    var direct = 0.0
    var mediator = 0.0
    var telephone = 0.0
    var searches = 0.0
    for call in outcomes.lazy.flatMap(\.calls) where !call.isNoShow {
      switch call.help {
      case .direct: direct += 1
      case .mediator: mediator += 1
      case .telephone: telephone += 1
      case .search: searches += 1
      }
    }
    directPerDay = direct / days
    mediatorPerDay = mediator / days
    telephonePerDay = telephone / days
    searchesPerDay = searches / days
    directShare = Measures.share(direct, of: direct + mediator + telephone + searches)
    mediatorUtilisation = Measures.share(
      outcomes.reduce(0) { $0 + $1.mediatorBusyMinutes.reduce(0, +) },
      of: outcomes.reduce(0) { $0 + $1.mediatorDutyMinutes.reduce(0, +) })
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
