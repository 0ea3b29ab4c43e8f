/// Every bound of the rules of the hall, in one place; a venue sets them in its configuration.
public struct Bounds: Equatable, Codable, Sendable {
  /// A counter that speaks a client's language may take that client ahead of others, but of nobody
  /// who is further ahead than this.
  public var languageWindowMinutes = 6
  /// A client whose language nobody free speaks is called for telephone interpreting after this
  /// wait at the stop.
  public var telephoneAfterMinutes = 10
  /// What a priority client has waited in advance, under the policy `accumulating`.
  public var headStartMinutes = 15
  /// How fast the score of a priority client grows, in percent of the clock.
  public var priorityRatePercent = 100
  /// How fast the score of everyone else grows, in percent of the clock.
  public var ordinaryRatePercent = 100
  /// How much of the waits at earlier stops counts, in percent.
  public var creditPercent = 70
  /// An appointment is kept for a client who is late by no more than this.
  public var appointmentGraceMinutes = 15
  /// Tickets are given out from this long before a service opens.
  public var earlyIssueMinutes = 60
  /// Visits that wait at closing are served for this long; then their slips become return vouchers.
  public var overtimeMinutes = 60
  /// A return voucher is good for this many days.
  public var voucherDays = 14
  /// The walk between two zones for which the configuration names no other time, in seconds.
  public var walkSeconds = 90
  /// Stops of one visit, those that are over included.
  public var stopLimit = 8
  /// People of one party.
  public var peopleLimit = 20

  public init() {}
}

extension Bounds {
  var languageWindow: Int64 { Int64(languageWindowMinutes) * 60_000 }
  var telephoneAfter: Int64 { Int64(telephoneAfterMinutes) * 60_000 }
  var headStart: Int64 { Int64(headStartMinutes) * 60_000 }
  var appointmentGrace: Int64 { Int64(appointmentGraceMinutes) * 60_000 }
  var earlyIssue: Int64 { Int64(earlyIssueMinutes) * 60_000 }
  var overtime: Int64 { Int64(overtimeMinutes) * 60_000 }
}
