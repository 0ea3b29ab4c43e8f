public import Venue

/// The venue's printers, and the slips that somebody has to look after.
public struct PrintersView: Equatable, Codable, Sendable {
  public struct Line: Equatable, Codable, Sendable {
    public var printer: PrinterID
    /// Maker and model, from its profile; empty before it is known.
    public var model: String
    /// `HOST:PORT`.
    public var address: String
    /// A state word: `ready`, `printing`, `paperNearEnd`, `unproven` (its last slips ended without
    /// proof), `paperOut`, `coverOpen`, `cutterFailed`, `offline`, `error`, `blocked`, `suspended`,
    /// `connecting`, `disconnected`, `silent` (connected, and it does not answer), `notAPrinter`.
    public var state: String
    public var level: Care.Level
    public var canPrint: Bool
    /// Nil before anything was heard of it.
    public var since: Instant?
    /// Slips that wait for it.
    public var waiting: Int
    /// About how many slips are left on its roll; nil when nobody can know.
    public var slipsLeft: Int?
    /// Takes over what waits here while this printer cannot print.
    public var backup: PrinterID?
  }

  /// A slip of which nobody knows whether it is on paper, or that failed. Named by its number: whoever
  /// looks after paper need not know the visit.
  public struct Slip: Equatable, Codable, Sendable {
    public var number: TicketNumber
    /// `unknown`, `failed`, or `retrying` while it waits to be printed again.
    public var state: String
    public var printer: PrinterID
    /// True when the slip in doubt is marked as a copy.
    public var isCopy: Bool
    public var since: Instant
    /// Why, as a word: `paperOut`, `coverOpen`, `cutterFailed`, `printerFault`, `noAnswer`,
    /// `notAPrinter`, `linkLost`, `noProof`, `stuck`, `restarted`, `tooLate`, `tooMany`, `notDrawn`,
    /// `spoolFailed`; nil when nobody knows.
    public var reason: String?
    /// What was last seen of it, in English; nil when nothing was.
    public var evidence: String?
  }

  /// In the order of the configuration.
  public var printers: [Line]
  /// The newest first; at most `slipLimit`.
  public var slips: [Slip]

  public static let slipLimit = 20
}
