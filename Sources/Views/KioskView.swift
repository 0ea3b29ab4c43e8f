public import Venue

/// What one kiosk offers. Texts come from the language packs (`GET /v1/languages/TAG`), since the
/// kiosk speaks all languages at once.
public struct KioskView: Equatable, Codable, Sendable {
  public struct Language: Equatable, Codable, Sendable {
    public var tag: LanguageTag
    public var endonym: String
    public var direction: Direction
    public var script: String
  }

  public struct Need: Equatable, Codable, Sendable {
    public var id: NeedID
    public var icon: String
    public var services: [ServiceID]
  }

  public struct Offer: Equatable, Codable, Sendable {
    public var service: ServiceID
    public var agency: AgencyID
    public var isNeutral: Bool
    /// The agency's sign; nil when the service is neutral.
    public var sign: AgencySign?
    /// Visits waiting for it now.
    public var waiting: Int
    /// True when at least one counter that serves it is open.
    public var isStaffed: Bool
    public var floor: Int
    public var zone: ZoneID
    /// Opening hours in the notation of OpenStreetMap.
    public var hours: String
    /// When tickets for it are given today, the earliest first; empty when it is closed all day, nil
    /// when the venue does not know its hours.
    public var tickets: [TicketSpan]?
    /// The range that somebody would be told who takes a ticket now; nil while no counter is open.
    public var waitFromMinutes: Int?
    public var waitToMinutes: Int?
  }

  /// Tickets are given from `from`, which may lie before the opening, and before `until`.
  public struct TicketSpan: Equatable, Codable, Sendable {
    public var from: Instant
    public var until: Instant
  }

  public var venue: String
  public var kiosk: KioskID
  public var hostLanguage: LanguageTag
  /// The venue's six most used first, the rest by script.
  public var languages: [Language]
  public var needs: [Need]
  public var offers: [Offer]
  public var personService: ServiceID
  public var isDayOpen: Bool
  /// False when neither the kiosk's printer nor its backup can print now: the number on the screen
  /// has to do.
  public var canPrint: Bool
}
