public import Venue

/// What one hall display shows. Whole, small and idempotent: it holds the recent calls with their
/// times, and the display decides by the daemon's clock which of them are current.
public struct BoardView: Equatable, Codable, Sendable {
  public struct Call: Equatable, Codable, Sendable {
    public var number: TicketNumber
    /// The sign above the desk, for example `12`.
    public var counter: String
    /// The newest call or recall.
    public var calledAt: Instant
    /// 1 for a first call; 2 is shown as "2nd call".
    public var ordinal: Int
    public var arrow: Arrow?
    /// Nil when the service is neutral, like `agency`.
    public var sign: AgencySign?
    public var agency: Phrase?
    /// "Floor 1".
    public var place: Phrase
    /// "2nd call" in the host language; nil for a first call.
    public var again: Phrase?
    /// True when no chime may sound.
    public var isSilent: Bool
    /// True once the visit is no longer at that counter: after its minute the call is history.
    public var isOver: Bool
  }

  public var venue: String
  public var screen: ScreenID
  /// "Ticket" in the venue's most used languages, the host language first.
  public var headings: [Phrase]
  /// "Earlier calls" in the host language.
  public var earlierCalls: Phrase
  /// "Please go to the counter when your number {number} appears", one a language; `{number}`
  /// stands where the display sets a code.
  public var sentences: [Phrase]
  /// "As of {time}", for a display that has lost the daemon.
  public var asOf: Phrase
  /// "Please ask at reception", one a language.
  public var askReception: [Phrase]
  /// Calls still at a counter or recent, the newest first; at most `callLimit`.
  public var calls: [Call]
  public var widthMillimetres: Int
  public var viewingDistanceMillimetres: Int

  /// The bound of `calls`: more than any display can show at once.
  public static let callLimit = 24
  /// A call stays among the current ones for at least this long.
  public static let currentMilliseconds: Int64 = 60_000
  /// The bound of `headings`.
  public static let headingLimit = 6
}
