/// What came of one simulated day. Times are minutes after opening or minutes of duration.
public struct DayOutcome: Sendable {
  public enum End: Sendable {
    case served, left, noShow, refused, expired
  }

  /// One for each person of the plan.
  public struct Journey: Sendable {
    public var language: Int
    public var isPriority: Bool
    /// Waiting at all stops together, up to the calls or to the end.
    public var waitMinutes = 0.0
    public var end = End.expired
  }

  /// One call: the end of one wait.
  public struct Call: Sendable {
    public let person: Int
    public let service: Int
    public let counter: Int
    public let minute: Double
    public let waitMinutes: Double
    /// When the counter is free again.
    public let endMinute: Double
    /// The counter does not speak the person's language.
    public let needsHelp: Bool
  }

  public var journeys: [Journey]
  public var calls: [Call] = []
  /// Serving, by counter.
  public var busyMinutes: [Double]
  /// Open and not on a break, by counter, until the last visit was over.
  public var openMinutes: [Double]
  /// From closing to the end of the last service; 0 when all was over by then.
  public var overtimeMinutes = 0.0
  /// Calls at which the counter had to look for an interpreter.
  public var searches = 0
}
