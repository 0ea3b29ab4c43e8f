public import Venue

/// Something that a person has to look after: a printer, a display, a slip.
public struct Care: Equatable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case printer, screen, slip
  }

  /// How much it matters, as shapes and words say it.
  public enum Level: String, Codable, Sendable, CaseIterable {
    case good
    /// Soon: it still works.
    case near
    /// Now: it does not.
    case beyond
  }

  public var kind: Kind
  /// The device's id, or the number of the ticket whose slip is in doubt.
  public var subject: String
  /// A state word of the device, for example `disconnected`, `paperOut`, `unproven`; of a slip its
  /// outcome, or `retrying` while it waits to be printed again.
  public var state: String
  public var level: Level
  public var since: Instant?
  /// Jobs that wait, where it is a printer.
  public var waiting: Int
  /// About how many slips are left on the printer's roll; nil when nobody can know.
  public var slipsLeft: Int?
  /// Where the slip was sent last; nil unless it is one.
  public var printer: PrinterID?

  public init(
    kind: Kind, subject: String, state: String, level: Level = .beyond, since: Instant?,
    waiting: Int = 0, slipsLeft: Int? = nil, printer: PrinterID? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.state = state
    self.level = level
    self.since = since
    self.waiting = waiting
    self.slipsLeft = slipsLeft
    self.printer = printer
  }
}
