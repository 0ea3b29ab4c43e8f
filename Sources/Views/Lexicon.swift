public import Venue

/// The reading direction of a language.
public enum Direction: String, Codable, Sendable {
  case leftToRight = "ltr"
  case rightToLeft = "rtl"
}

/// A text in one language, ready to be set.
public struct Phrase: Equatable, Codable, Sendable {
  public var language: LanguageTag
  public var direction: Direction
  public var text: String

  public init(language: LanguageTag, direction: Direction, text: String) {
    self.language = language
    self.direction = direction
    self.text = text
  }
}

/// Words of one language: the system's terms, and the names that the venue gave its parts.
public struct LanguagePack: Equatable, Codable, Sendable {
  public var tag: LanguageTag
  /// The language's name in itself.
  public var endonym: String
  public var direction: Direction
  /// ISO 15924 code of the script, for example `Latn`; languages are ordered by it.
  public var script: String
  /// Who checked the words, and when (`2026-11-25`).
  public var reviewer: String
  public var reviewed: String
  /// Every `Term`, by its raw value.
  public var words: [String: String]
  public var agencies: [AgencyID: String]
  public var services: [ServiceID: String]
  public var needs: [NeedID: String]
  public var zones: [ZoneID: String]
  public var documents: [DocumentID: String]

  public init(
    tag: LanguageTag, endonym: String, direction: Direction, script: String, reviewer: String,
    reviewed: String, words: [String: String], agencies: [AgencyID: String],
    services: [ServiceID: String], needs: [NeedID: String], zones: [ZoneID: String],
    documents: [DocumentID: String] = [:]
  ) {
    self.tag = tag
    self.endonym = endonym
    self.direction = direction
    self.script = script
    self.reviewer = reviewer
    self.reviewed = reviewed
    self.words = words
    self.agencies = agencies
    self.services = services
    self.needs = needs
    self.zones = zones
    self.documents = documents
  }
}

/// A term that views need in the languages of clients. A language is published only when every term
/// is there. `{n}`, `{number}` and the like stand for values.
public enum Term: String, CaseIterable, Sendable {
  /// "Ticket": the heading over numbers on a board.
  case ticket
  /// "Earlier calls".
  case earlierCalls
  /// "Counter {n}".
  case counter
  /// "Counters {from} to {to}".
  case counterRange
  /// "Floor {n}".
  case floor
  /// "Please go to the counter when your number {number} appears".
  case goWhenCalled
  /// "2nd call": `{n}` is the ordinal.
  case callAgain
  /// "{n} people before you"; see `noneBefore` and `oneBefore`.
  case peopleBefore
  case oneBefore
  case noneBefore
  /// "Follow your turn on your phone".
  case followOnPhone
  /// "Copy": the mark on a slip printed again.
  case copy
  /// "Please ask at reception": shown when a screen has lost the daemon.
  case askReception
  /// "Your number".
  case yourNumber
  /// "as of {time}": a screen that has lost the daemon says how old it is.
  case asOf
  /// "About {from} to {to} minutes": the expected wait.
  case expectedWait
  /// "Then": before the places of further stops.
  case thenNext
  /// "With interpreter": a mediator comes to the counter.
  case mediatorComes
  /// "It may close before your turn."
  case mayCloseFirst
  /// "Come back on another day with this paper: you go first. Good for {n} days."
  case comeBack
  /// "Have with you": the heading over the documents that a service asks for.
  case haveWithYou
  /// "You agreed that {to} may read from {from}:", before the words for fields.
  case sharedWith
  case sharedOutcomes, sharedNote, sharedLanguage, sharedNeeds
  /// Stands for an agency that is not named because all its services are neutral.
  case anotherOffice
}

/// All language packs of a venue.
///
/// A text that a pack lacks is answered in the host language: views never have holes. The
/// configuration check refuses such packs before it comes to that.
public struct Lexicon: Equatable, Sendable {
  public let hostLanguage: LanguageTag
  public let packs: [LanguageTag: LanguagePack]

  public init(hostLanguage: LanguageTag, packs: [LanguagePack]) {
    self.hostLanguage = hostLanguage
    self.packs = Dictionary(packs.map { ($0.tag, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func direction(of language: LanguageTag) -> Direction {
    packs[language]?.direction ?? .leftToRight
  }

  public func endonym(of language: LanguageTag) -> String {
    packs[language]?.endonym ?? language.text
  }

  /// `term` with its `{placeholders}` replaced.
  public func phrase(
    _ term: Term, in language: LanguageTag, _ values: [String: String] = [:]
  ) -> Phrase {
    phrase(in: language, orName: term.rawValue) { pack in
      pack.words[term.rawValue].map { Self.filled($0, with: values) }
    }
  }

  public func name(of service: ServiceID, in language: LanguageTag) -> Phrase {
    phrase(in: language, orName: service.text) { $0.services[service] }
  }

  public func name(of agency: AgencyID, in language: LanguageTag) -> Phrase {
    phrase(in: language, orName: agency.text) { $0.agencies[agency] }
  }

  public func name(of zone: ZoneID, in language: LanguageTag) -> Phrase {
    phrase(in: language, orName: zone.text) { $0.zones[zone] }
  }

  public func name(of document: DocumentID, in language: LanguageTag) -> Phrase {
    phrase(in: language, orName: document.text) { $0.documents[document] }
  }

  private func phrase(
    in language: LanguageTag, orName name: String, _ text: (LanguagePack) -> String?
  ) -> Phrase {
    for tag in [language, hostLanguage] {
      if let pack = packs[tag], let found = text(pack) {
        return Phrase(language: tag, direction: pack.direction, text: found)
      }
    }
    return Phrase(language: hostLanguage, direction: direction(of: hostLanguage), text: name)
  }

  /// Replaces every `{key}` of `values` in `text`; an unknown key stays as it is.
  static func filled(_ text: String, with values: [String: String]) -> String {
    guard !values.isEmpty, text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let key = String(rest[rest.index(after: open)..<close])
      result += values[key] ?? "{\(key)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
