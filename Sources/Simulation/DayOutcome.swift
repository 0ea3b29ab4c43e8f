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
    public let help: Help
    /// Nobody came.
    public let isNoShow: Bool
  }

  /// How counter and person understood each other.
  public enum Help: Hashable, Sendable {
    /// The counter speaks the person's language.
    case direct
    /// Index into the venue's mediators.
    case mediator(Int)
    case telephone
    /// The counter looked for an interpreter while the person stood there, as peers do.
    case search
  }

  /// A wait that no call ended: the person left, or the day was over.
  public struct Unanswered: Sendable {
    public let service: Int
    public let fromMinute: Double
    public let toMinute: Double
    var minutes: Double { toMinute - fromMinute }
  }

  public var journeys: [Journey]
  public var calls: [Call] = []
  public var unanswered: [Unanswered] = []
  /// Serving, by counter.
  public var busyMinutes: [Double]
  /// Open and not on a break, by counter, from opening until the last visit was over.
  public var openMinutes: [Double]
  /// From closing to the end of the last service; 0 when all was over by then.
  public var overtimeMinutes = 0.0
  /// Called to a counter until the visit left it, by mediator.
  public var mediatorBusyMinutes: [Double] = []
  /// On duty and not on a break, by mediator, until the last visit was over.
  public var mediatorDutyMinutes: [Double] = []
}
