public import Venue

/// Answer to what people do with a slip.
public struct SlipAnswer: Codable, Sendable, Equatable {
  public var number: TicketNumber
  public var printer: PrinterID
  /// `waiting` for its printer, or `discarded`.
  public var state: String

  public init(number: TicketNumber, printer: PrinterID, state: String) {
    self.number = number
    self.printer = printer
    self.state = state
  }
}

/// Body of `POST /slips/retry`, `/slips/discard` and `/slips/reprint` on the administrators' socket.
public struct SlipBody: Codable, Sendable {
  /// A job's key, a visit or a ticket's number.
  public var slip: String
  public var printer: PrinterID?

  public init(slip: String, printer: PrinterID?) {
    self.slip = slip
    self.printer = printer
  }
}

/// One line of `GET /slips` on the administrators' socket.
public struct SpoolLine: Codable, Sendable, Equatable {
  public var key: String
  public var number: TicketNumber
  /// True for a page that tries a printer: its number is nobody's.
  public var isTest: Bool
  public var printer: PrinterID
  /// `waiting`, `printing`, `printed`, `unknown`, `failed` or `discarded`.
  public var state: String
  public var copy: Bool
  public var attempts: Int
  public var created: Instant
  public var changed: Instant
  /// Why it is in doubt or failed, as in `PrintersView.Slip`; nil when it is neither.
  public var reason: String?
  /// What was last seen of it; nil before the first attempt.
  public var evidence: String?

  public init(
    key: String, number: TicketNumber, isTest: Bool, printer: PrinterID, state: String, copy: Bool,
    attempts: Int, created: Instant, changed: Instant, reason: String?, evidence: String?
  ) {
    self.key = key
    self.number = number
    self.isTest = isTest
    self.printer = printer
    self.state = state
    self.copy = copy
    self.attempts = attempts
    self.created = created
    self.changed = changed
    self.reason = reason
    self.evidence = evidence
  }
}
