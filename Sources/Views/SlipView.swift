public import Venue

/// What stands on the paper of one visit.
public struct SlipView: Equatable, Codable, Sendable {
  public var visit: VisitID
  public var number: TicketNumber
  /// Name of the service in the client's language; nil when it is neutral.
  public var service: Phrase?
  /// The same in the host language; nil when that is the client's language or it is neutral.
  public var serviceInHostLanguage: Phrase?
  /// "Floor 1 · counters 10 to 14" in the client's language.
  public var place: Phrase
  /// The same in the host language; nil when that is the client's language.
  public var placeInHostLanguage: Phrase?
  /// "4 people before you" in the client's language; nil unless the visit waits.
  public var before: Phrase?
  /// "Follow your turn on your phone" in the client's language.
  public var follow: Phrase
  /// What the QR code says.
  public var address: String
  /// Local date and time of issue: `2026-11-23 10:02`.
  public var issued: String
  /// Four characters that a person can read out.
  public var shortCode: String
  /// The mark of a copy in both languages; nil on the first print.
  public var copy: Phrase?
  /// As things stood at issue; nil with an appointment.
  public var expectedWait: WaitRange? = nil
  /// "Then" in the client's language: stands before `nextPlaces`; nil when there are none.
  public var thenNext: Phrase? = nil
  /// The stops that are planned, in no order, in the client's language.
  public var nextPlaces: [NextPlace] = []
  /// What the client must know before all else: the service may close first, or the slip is a return
  /// voucher; in the client's language.
  public var notice: Phrase? = nil
  /// True when the slip is a return voucher: it is for another day.
  public var isVoucher: Bool = false
  /// The notice of a return voucher in the host language, for staff; nil when that is the client's
  /// language, and on every other slip.
  public var noticeInHostLanguage: Phrase? = nil
  /// Where the place lies as seen from the kiosk whose printer prints this; nil when that is not known.
  public var arrow: Arrow? = nil
  /// What the services of the visit ask everybody to bring; nil when they ask for nothing.
  public var documents: DocumentList? = nil
  /// What is shared with whom, in the client's language, one sentence for each pair of agencies.
  public var shares: [Phrase] = []
  /// Set on a page that tries a printer: it is drawn instead of a slip.
  public var testPage: TestPage? = nil

  public init(
    visit: VisitID, number: TicketNumber, service: Phrase? = nil,
    serviceInHostLanguage: Phrase? = nil, place: Phrase, placeInHostLanguage: Phrase? = nil,
    before: Phrase? = nil, follow: Phrase, address: String, issued: String, shortCode: String,
    copy: Phrase? = nil, expectedWait: WaitRange? = nil, thenNext: Phrase? = nil,
    nextPlaces: [NextPlace] = [], notice: Phrase? = nil, isVoucher: Bool = false,
    noticeInHostLanguage: Phrase? = nil, arrow: Arrow? = nil, documents: DocumentList? = nil,
    shares: [Phrase] = [], testPage: TestPage? = nil
  ) {
    self.visit = visit
    self.number = number
    self.service = service
    self.serviceInHostLanguage = serviceInHostLanguage
    self.place = place
    self.placeInHostLanguage = placeInHostLanguage
    self.before = before
    self.follow = follow
    self.address = address
    self.issued = issued
    self.shortCode = shortCode
    self.copy = copy
    self.expectedWait = expectedWait
    self.thenNext = thenNext
    self.nextPlaces = nextPlaces
    self.notice = notice
    self.isVoucher = isVoucher
    self.noticeInHostLanguage = noticeInHostLanguage
    self.arrow = arrow
    self.documents = documents
    self.shares = shares
    self.testPage = testPage
  }
}

/// A list to tick off, in the client's language. It is about services, never about a person.
public struct DocumentList: Equatable, Codable, Sendable {
  /// "Have with you".
  public var heading: Phrase
  /// Each kind of document once.
  public var names: [Phrase]

  public init(heading: Phrase, names: [Phrase]) {
    self.heading = heading
    self.names = names
  }
}
