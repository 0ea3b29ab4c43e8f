/// The running mean of a service's time at the counter, in whole ms: exact, on every machine.
///
/// The rule, to recompute it by hand: `milliseconds` starts at the planned minutes x 60,000. Each
/// service that took x ms first has x brought within 15,000 and 4 x planned minutes x 60,000, then
/// adds (x - milliseconds) / 16 to the mean, in integers rounded towards zero. Planned minutes
/// outside 1...1,440 count as the nearest of the two.
public struct WaitPace: Hashable, Sendable {
  /// The mean by now.
  public private(set) var milliseconds: Int64
  private let planned: Int64
  /// Within 1 and 1,440.
  public var plannedMinutes: Int { Int(planned / 60_000) }

  /// Shorter services count as this: a wrong key, or nobody came.
  private static var shortest: Int64 { 15_000 }
  /// Longer ones count as so many times the plan: a counter that was left standing.
  private static var longestPlans: Int64 { 4 }

  public init(plannedMinutes: Int) {
    planned = Int64(min(max(1, plannedMinutes), 1_440)) * 60_000
    milliseconds = planned
  }

  /// The state of a mean stored earlier, brought within what the plan allows by now.
  public init(plannedMinutes: Int, milliseconds: Int64) {
    self.init(plannedMinutes: plannedMinutes)
    self.milliseconds = bounded(milliseconds)
  }

  public mutating func learn(milliseconds served: Int64) {
    milliseconds += (bounded(served) - milliseconds) / 16
  }

  private func bounded(_ value: Int64) -> Int64 {
    min(max(Self.shortest, value), Self.longestPlans * planned)
  }
}
