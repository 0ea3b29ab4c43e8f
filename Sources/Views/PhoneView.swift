public import Venue

/// What one visit's own page shows. Whoever has the slip can read it; it names nobody.
public struct PhoneView: Equatable, Codable, Sendable {
  public var venue: String
  public var number: TicketNumber
  public var status: Visit.Status
  public var language: LanguageTag
  public var direction: Direction
  /// Nil when the service is neutral.
  public var service: Phrase?
  public var place: Phrase
  /// Visits that are called before this one, as things stand; nil unless waiting.
  public var peopleBefore: Int?
  /// "4 people before you"; nil unless waiting.
  public var before: Phrase?
  /// The sign above the desk, once called.
  public var counter: String?
  public var calledAt: Instant?
  public var yourNumber: Phrase
  public var goWhenCalled: Phrase
  /// Nil unless waiting without an appointment.
  public var expectedWait: WaitRange?
  /// "Then": stands before `nextPlaces`; nil when there are none.
  public var thenNext: Phrase?
  /// The stops that are planned, in no order.
  public var nextPlaces: [NextPlace]
  /// "With interpreter", while a mediator is at the counter with this visit.
  public var mediatorComes: Phrase?
  /// The service may close first, or the slip has become a return voucher.
  public var notice: Phrase?
  /// What is shared with whom, one sentence for each pair of agencies.
  public var shares: [Phrase]
}
