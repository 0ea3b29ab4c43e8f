public import Venue

/// What one mediator sees. Of a client it holds number and language, and nothing else.
public struct MediatorView: Equatable, Codable, Sendable {
  /// Where the mediator is wanted.
  public struct Call: Equatable, Codable, Sendable {
    public var number: TicketNumber
    public var language: LanguageTag
    /// The language's name in itself.
    public var endonym: String
    public var direction: Direction
    /// The sign above the desk.
    public var counter: String
    /// "Floor 1", in the host language like `zone`.
    public var place: Phrase
    public var zone: Phrase
    /// The newest call or recall.
    public var calledAt: Instant
    /// 1 for a first call.
    public var ordinal: Int
  }

  public var venue: String
  public var mediator: MediatorID
  /// The languages' names in themselves.
  public var languages: [String]
  public var status: MediatorState.Status
  public var since: Instant
  /// False between service days.
  public var isDayOpen: Bool
  /// Nil while the mediator is free.
  public var call: Call?
  /// Start of that call; its time is not in `workedMilliseconds` yet.
  public var busySince: Instant?
  /// Time with clients on this day, calls that are over.
  public var workedMilliseconds: Int64
  /// Minutes with clients on one day after which no new call is given.
  public var capMinutes: Int
  /// Calls of this day.
  public var calls: Int
}
