/// An interpreter and cultural mediator of the pool that all agencies share.
public struct Mediator: Equatable, Codable, Sendable {
  public var id: MediatorID
  /// Languages between which this mediator interprets; at least two.
  public var languages: [LanguageTag]
  /// Agencies at which this mediator may be called; empty means all.
  public var mandate: [AgencyID]
  /// When this mediator is expected on duty, in the notation of OpenStreetMap: the planner's figure.
  public var roster: String
  /// Minutes with clients on one day after which no new call is given.
  public var loadCapMinutes: Int

  public init(
    id: MediatorID, languages: [LanguageTag], mandate: [AgencyID] = [], roster: String = "24/7",
    loadCapMinutes: Int = 360
  ) {
    self.id = id
    self.languages = languages
    self.mandate = mandate
    self.roster = roster
    self.loadCapMinutes = loadCapMinutes
  }
}

/// What one mediator is doing.
public struct MediatorState: Equatable, Sendable, Codable {
  public enum Status: String, Codable, Sendable, CaseIterable {
    case offDuty, onDuty, onBreak
  }

  public internal(set) var status: Status
  /// When this status was taken.
  public internal(set) var since: Instant
  /// The visit for which the mediator was called, until it leaves the counter.
  public internal(set) var visit: VisitID?
  /// When that call was made; meaningless without a visit.
  public internal(set) var busySince: Instant
  /// Time with clients on this day, calls that are over. Who leaves the roster during the day and
  /// comes back begins at 0.
  public internal(set) var workedMilliseconds: Int64
  /// Calls of this day.
  public internal(set) var calls: Int

  public init(
    status: Status, since: Instant, visit: VisitID? = nil, busySince: Instant? = nil,
    workedMilliseconds: Int64 = 0, calls: Int = 0
  ) {
    self.status = status
    self.since = since
    self.visit = visit
    self.busySince = busySince ?? since
    self.workedMilliseconds = workedMilliseconds
    self.calls = calls
  }
}

extension MediatorState {
  /// Time with clients on this day, the call that is under way included.
  public func workedMilliseconds(at now: Instant) -> Int64 {
    workedMilliseconds + (visit == nil ? 0 : now.milliseconds(since: busySince))
  }
}

/// What a mediator does about the own duty.
public enum MediatorAction: Equatable, Sendable {
  case goOnDuty, takeBreak, goOffDuty
}

/// How a client and a counter understand each other.
public enum Help: Hashable, Sendable, Codable {
  /// The counter speaks the client's language.
  case direct
  /// A mediator was called together with the counter.
  case mediator(MediatorID)
  /// An interpreter on the telephone.
  case telephone

  public var mediator: MediatorID? {
    if case .mediator(let id) = self { id } else { nil }
  }
}
