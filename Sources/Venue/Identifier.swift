/// A name that the venue's configuration gives to one of its parts.
///
/// Every kind of part has its own type, so that a counter can never be passed for a service. The
/// text is ASCII letters, digits, `-` and `_`, at most 64 bytes; the configuration checks that.
public protocol Identifier: Hashable, Comparable, Codable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral, CodingKeyRepresentable
{
  var text: String { get }
  init(_ text: String)
}

extension Identifier {
  public init(stringLiteral value: String) { self.init(value) }
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
  public var description: String { text }
  public var codingKey: any CodingKey { IdentifierKey(stringValue: text) }
  public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Lets dictionaries by identifier be encoded as objects.
struct IdentifierKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A public agency or association under the venue's roof.
public struct AgencyID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// One thing that people come for and that an agency offers.
public struct ServiceID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A kind of paper that clients bring ("proof of address"); never the paper of a person.
public struct DocumentID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A desk at which one member of staff serves one visit at a time.
public struct CounterID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A group of services as people think of them ("work", "family"): the kiosk's first question.
public struct NeedID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A part of the building that an arrow can point to.
public struct ZoneID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

public struct KioskID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A hall display.
public struct ScreenID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

public struct PrinterID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// A BCP 47 language tag, for example `pt`, `zh-Hans` or `kea`.
public struct LanguageTag: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// An interpreter and cultural mediator, by the name that the roster uses: never a person's name.
public struct MediatorID: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// How a stop ended for the client, as the staff say it: `settled`, `papers-missing`.
public struct OutcomeCode: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}

/// One word of the venue's vocabulary of referral notes: `asks-family-reunion`, `brings-contract`.
public struct NoteCode: Identifier {
  public let text: String
  public init(_ text: String) { self.text = text }
}
