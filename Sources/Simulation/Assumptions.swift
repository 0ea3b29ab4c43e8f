/// What the simulator takes for granted about people and staff, beside the venue's configuration.
///
/// The reference venue's own figures are in `ReferenceDay`. Of those here only the ratio of
/// variance to mean is measured; the others are chosen so that a venue under fixed priority, blind
/// to language, shows the waits that such halls report. Each can be set: `parameters`.
public struct Assumptions: Sendable {
  /// Variance of a day's count of visits, divided by its mean; measured days lie between 6 and 12.
  public var countRatio = 9.0
  /// Share of stops at which nobody comes when called.
  public var noShowShare = 0.02
  /// How long a counter waits, recalling once, before it gives up on a call.
  public var noShowMinutes = 2.0
  /// Mean of the waiting, all stops together, after which a person leaves (lognormal).
  public var patienceMinutes = 420.0
  public var patienceSigma = 0.5
  /// Mean walk between two stops, and from the seat to the desk (exponential).
  public var walkMinutes = 1.5
  public var approachMinutes = 0.5
  /// The fastest counter of an agency is so many times as fast as its slowest.
  public var speedSpread = 2.0
  /// A counter's breaks, in which nobody takes its place: one at midday, and two short ones.
  ///
  /// Chosen so that `peer` on the sample venue, at 750 visits a day, comes near the 84 / 170 minutes
  /// (mean, p90) that are known of halls of its kind; their worst of the day, 293, it does not reach.
  public var lunchMinutes = 30.0
  public var shortBreakMinutes = 0.0
  /// A mediator's break at midday; the breaks of a pool are spread over the same hours.
  public var mediatorBreakMinutes = 30.0
  /// A counter that does not speak the language looks for help so long, the desk occupied.
  public var searchMinutes = 3.0
  /// Ringing up an interpreter takes so long, the desk occupied: services of this kind state ten to
  /// thirty seconds until an interpreter answers.
  public var telephoneMinutes = 0.5
  /// After closing, counters go on for at most so long.
  public var overtimeMinutes = 180.0

  public init() {}

  /// One assumption that can be set by name.
  public struct Parameter: Sendable {
    public let name: String
    public let meaning: String
    public let range: ClosedRange<Double>
    private let path: @Sendable () -> WritableKeyPath<Assumptions, Double>

    fileprivate init(
      _ name: String,
      _ path:
        @autoclosure @escaping @Sendable () -> WritableKeyPath<
          Assumptions, Double
        >, _ range: ClosedRange<Double>, _ meaning: String
    ) {
      self.name = name
      self.path = path
      self.range = range
      self.meaning = meaning
    }

    public func value(in assumptions: Assumptions) -> Double { assumptions[keyPath: path()] }

    /// `value` must be in `range`.
    public func set(_ value: Double, in assumptions: inout Assumptions) {
      precondition(range.contains(value), "an assumption stays in its range")
      assumptions[keyPath: path()] = value
    }
  }

  public static let parameters: [Parameter] = [
    Parameter("count-ratio", \.countRatio, 1...100, "variance/mean of a day's count of visits"),
    Parameter("no-show-share", \.noShowShare, 0...1, "of stops at which nobody comes"),
    Parameter("no-show-minutes", \.noShowMinutes, 0...60, "lost at the counter for a no-show"),
    Parameter("patience-minutes", \.patienceMinutes, 1...100_000, "of waiting, mean, then leaves"),
    Parameter("patience-sigma", \.patienceSigma, 0...3, "sd of the logarithm of patience"),
    Parameter("walk-minutes", \.walkMinutes, 0...60, "between two stops, mean"),
    Parameter("approach-minutes", \.approachMinutes, 0...60, "from the call to the desk, mean"),
    Parameter("speed-spread", \.speedSpread, 1...10, "fastest counter of an agency/slowest"),
    Parameter("lunch-minutes", \.lunchMinutes, 0...180, "break of each counter at midday"),
    Parameter("short-break-minutes", \.shortBreakMinutes, 0...60, "two more breaks of a counter"),
    Parameter("mediator-break-minutes", \.mediatorBreakMinutes, 0...180, "of each at midday"),
    Parameter("search-minutes", \.searchMinutes, 0...60, "at the counter for an interpreter"),
    Parameter("telephone-minutes", \.telephoneMinutes, 0...60, "to ring up an interpreter"),
    Parameter("overtime-minutes", \.overtimeMinutes, 0...600, "after closing at the most"),
  ]

  /// One line each: the demand's figures, then all that can be set.
  public var lines: [String] {
    [
      "arrivals: \(ReferenceDay.atOpening) wait at opening; the rest by the reference profile",
      "stops: reception, one more for all, a second for \(ReferenceDay.secondStop), "
        + "a third for \(ReferenceDay.thirdStop) of these",
      "service: lognormal, mean as configured, sd of logarithm \(ReferenceDay.serviceSigma)",
      "priority: \(ReferenceDay.priorityShare) of visits",
    ] + Self.parameters.map { "\($0.name) \($0.value(in: self)): \($0.meaning)" }
  }
}
