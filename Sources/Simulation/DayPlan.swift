/// One day as it comes to the venue: everything that chance decides, drawn before the day begins.
///
/// The plan knows nothing of the order of calls, so that several policies can be run over the same
/// people. All times are minutes after opening; indices are those of the venue's configuration.
public struct DayPlan: Sendable {
  /// In order of arrival.
  public var people: [Person]
  /// One for each counter of the configuration.
  public var desks: [Desk]
  /// Absences of each mediator of the configuration; none at all when every one is there all day.
  public var mediators: [[Break]]
  /// When the doors close; who is inside is still served.
  public var closingMinute: Double

  public init(
    people: [Person], desks: [Desk], mediators: [[Break]] = [], closingMinute: Double
  ) {
    self.people = people
    self.desks = desks
    self.mediators = mediators
    self.closingMinute = closingMinute
  }

  /// One visit, with all that it brings along.
  public struct Person: Sendable {
    /// Negative for those who wait at the door.
    public var arrivalMinute: Double
    /// Index into the venue's languages.
    public var language: Int
    public var isPriority: Bool
    /// Gives up after so much waiting, all stops together; infinite for ever.
    public var patienceMinutes: Double
    /// The first one is where the number is taken for.
    public var errands: [Errand]

    public init(
      arrivalMinute: Double, language: Int, isPriority: Bool, patienceMinutes: Double,
      errands: [Errand]
    ) {
      self.arrivalMinute = arrivalMinute
      self.language = language
      self.isPriority = isPriority
      self.patienceMinutes = patienceMinutes
      self.errands = errands
    }
  }

  /// What a person needs at one stop.
  public struct Errand: Sendable {
    /// Index into the venue's services.
    public var service: Int
    /// How long it takes at a counter of speed 1.
    public var minutes: Double
    /// From the stop before to this one's waiting area.
    public var walkMinutes: Double
    /// From the call to the desk.
    public var approachMinutes: Double
    /// Does not come when called.
    public var isNoShow: Bool

    public init(
      service: Int, minutes: Double, walkMinutes: Double = 0, approachMinutes: Double = 0,
      isNoShow: Bool = false
    ) {
      self.service = service
      self.minutes = minutes
      self.walkMinutes = walkMinutes
      self.approachMinutes = approachMinutes
      self.isNoShow = isNoShow
    }
  }

  /// How one counter works today.
  public struct Desk: Sendable {
    /// 2 is twice as fast as 1.
    public var speed: Double
    /// In order of time.
    public var breaks: [Break]
    /// From the end of one visit to the call of the next, when somebody waits.
    public var turnoverMinutes: Double

    public init(speed: Double = 1, breaks: [Break] = [], turnoverMinutes: Double = 0) {
      self.speed = speed
      self.breaks = breaks
      self.turnoverMinutes = turnoverMinutes
    }
  }

  /// A time at which a counter calls nobody, or a mediator is not called. It begins when the visit
  /// in hand is over.
  public struct Break: Sendable {
    public var fromMinute: Double
    public var minutes: Double
    /// True for a roster: one that begins late ends on time. A person's rest lasts as long as it is.
    public var endsOnTime: Bool

    public init(fromMinute: Double, minutes: Double, endsOnTime: Bool = false) {
      self.fromMinute = fromMinute
      self.minutes = minutes
      self.endsOnTime = endsOnTime
    }
  }
}
