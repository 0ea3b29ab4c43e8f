/// What one counter is doing.
public struct CounterState: Equatable, Sendable, Codable {
  public enum Status: String, Codable, Sendable, CaseIterable {
    case closed, open, paused
  }

  public internal(set) var status: Status
  /// When it took this status.
  public internal(set) var since: Instant
  /// The visit called to it or served at it.
  public internal(set) var visit: VisitID?
  /// What can be taken back, the newest last; at most `undoDepth`.
  public internal(set) var undo: [UndoStep]

  /// The bound of `undo`: a call-next is two steps, and two of those are plenty within ten seconds.
  public static let undoDepth = 4

  public init(
    status: Status, since: Instant, visit: VisitID? = nil, undo: [UndoStep] = []
  ) {
    self.status = status
    self.since = since
    self.visit = visit
    self.undo = undo
  }
}

/// One event at a counter that can be taken back.
public struct UndoStep: Equatable, Sendable, Codable {
  /// The visit as it was before.
  public let before: Visit
  /// True when the visit was at this counter before.
  public let wasHere: Bool
  /// Sequence of the event; the step is void once anything else has touched the visit.
  public let sequence: UInt64
  public let time: Instant

  public init(before: Visit, wasHere: Bool, sequence: UInt64, time: Instant) {
    self.before = before
    self.wasHere = wasHere
    self.sequence = sequence
    self.time = time
  }
}

/// A call as boards show it.
public struct RecentCall: Equatable, Sendable, Codable {
  public let visit: VisitID
  public let number: TicketNumber
  public let service: ServiceID
  public let counter: CounterID
  /// When it was last called or recalled.
  public let time: Instant
  /// 1 for a first call, 2 for a second.
  public let ordinal: Int
  /// Sequence of the event.
  public let sequence: UInt64

  public init(
    visit: VisitID, number: TicketNumber, service: ServiceID, counter: CounterID, time: Instant,
    ordinal: Int, sequence: UInt64
  ) {
    self.visit = visit
    self.number = number
    self.service = service
    self.counter = counter
    self.time = time
    self.ordinal = ordinal
    self.sequence = sequence
  }
}

/// Counters that can stand in for each other: they serve the same services.
struct CounterGroup: Sendable {
  let services: [ServiceID]
  var counters: [CounterID]
}
