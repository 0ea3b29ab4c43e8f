/// When the services of the open day are open, as instants: the calendar is the daemon's matter.
public struct DayHours: Equatable, Codable, Sendable {
  /// Twelve hours before the local noon: where the quarter hours of the day are counted from.
  public var dayStart: Instant
  public var services: [ServiceHours]

  public init(dayStart: Instant, services: [ServiceHours]) {
    self.dayStart = dayStart
    self.services = services
  }
}

extension DayHours {
  /// The quarter hour of the day, 0..<96, in which `instant` lies; on the long day of autumn the last
  /// counts for all later ones.
  public func quarter(at instant: Instant) -> Int {
    Int(min(95, max(0, instant.milliseconds(since: dayStart) / (15 * 60_000))))
  }
}

/// The opening of one service on one day; no span means closed all day.
public struct ServiceHours: Equatable, Codable, Sendable {
  public var service: ServiceID
  /// Apart from each other, the earliest first.
  public var spans: [OpenSpan]

  public init(service: ServiceID, spans: [OpenSpan]) {
    self.service = service
    self.spans = spans
  }
}

public struct OpenSpan: Equatable, Codable, Sendable {
  public var opens: Instant
  /// The first instant at which it is closed again.
  public var closes: Instant

  public init(opens: Instant, closes: Instant) {
    self.opens = opens
    self.closes = closes
  }
}

/// A person who could not be served any more may come back and goes first.
///
/// The slip in the hand is the voucher: it is known by the visit's id.
public struct Voucher: Equatable, Codable, Sendable {
  public var visit: VisitID
  public var service: ServiceID
  /// The day on which it was given.
  public var day: ServiceDay

  public init(visit: VisitID, service: ServiceID, day: ServiceDay) {
    self.visit = visit
    self.service = service
    self.day = day
  }
}
