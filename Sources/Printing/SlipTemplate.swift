public import Venue
public import Views

/// What stands on a venue's slips, from top to bottom: data, read from the venue's `slip.json5`.
///
/// A block that has nothing to say on a slip takes no room, and a rule between two such blocks is
/// drawn once.
public struct SlipTemplate: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// The wave of Rossio's pavement.
    case wave
    /// A line from side to side, where something stands above and below it.
    case rule
    /// The number, below the mark of a copy.
    case number
    /// "It may close before your turn", or that the slip is a return voucher.
    case notice
    /// The service in the client's language, then in the host language.
    case service
    /// The arrow and the place, in the same two languages.
    case way
    /// The range of the wait, and the people before.
    case wait
    /// The stops that follow.
    case then
    /// What to bring, with squares to tick.
    case documents
    /// The QR code, with words beside it.
    case code
    /// What the client agreed to share.
    case shares
    /// Time and short code.
    case foot
    /// The venue's own words, which stand in `words`.
    case text
  }

  public struct Block: Equatable, Sendable {
    public var kind: Kind
    /// In dots on paper of 576, within `kind.sizes`: of letters their em, of the number its height,
    /// of a code its side, of wave and rule their height.
    public var size: Int
    /// Of a code: time and short code stand beside it.
    public var hasFoot: Bool
    /// Of a text: bold letters.
    public var isBold: Bool
    /// Of a text: what it says in every language of the venue.
    public var words: [LanguageTag: Phrase]

    public init(
      _ kind: Kind, size: Int? = nil, hasFoot: Bool = false, isBold: Bool = false,
      words: [LanguageTag: Phrase] = [:]
    ) {
      self.kind = kind
      self.size = size ?? kind.standardSize
      self.hasFoot = hasFoot
      self.isBold = isBold
      self.words = words
    }
  }

  /// More blocks than this are no slip but a letter.
  public static let blockLimit = 32

  public var blocks: [Block]

  public init(_ blocks: [Block]) { self.blocks = blocks }

  /// The slip of a venue that has no template of its own.
  public static let standard = SlipTemplate([
    Block(.wave), Block(.number), Block(.notice), Block(.service), Block(.rule), Block(.way),
    Block(.wait), Block(.rule), Block(.then), Block(.rule), Block(.documents), Block(.rule),
    Block(.code, hasFoot: true), Block(.rule), Block(.shares),
  ])
}

extension SlipTemplate.Kind {
  /// What `size` may be: smaller cannot be read, larger does not fit.
  public var sizes: ClosedRange<Int> {
    switch self {
    case .wave: 12...40
    case .rule: 2...8
    case .number: 90...260
    case .notice, .way, .wait, .then: 26...56
    case .service: 30...64
    case .documents, .shares, .foot: 22...40
    case .text: 22...48
    case .code: 180...360
    }
  }

  public var standardSize: Int {
    switch self {
    case .wave: 20
    case .rule: 4
    case .number: 190
    case .notice, .then: 34
    case .service: 46
    case .way: 36
    case .wait: 40
    case .documents, .text: 28
    case .shares, .foot: 26
    case .code: 200
    }
  }

  /// A slip without them is none: nobody could be called, find the page of the visit, or know a
  /// voucher from a number of today.
  public var isMandatory: Bool { self == .number || self == .notice || self == .code }

  public var mayRepeat: Bool { self == .wave || self == .rule || self == .text }
}
