/// The letter before a ticket's digits, for example `A`.
public struct Prefix: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  /// ASCII code of the letter.
  public let code: UInt8

  /// Nil unless `text` is one capital letter other than I and O, which look like digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 1, let code = text.utf8.first else { return nil }
    self.init(code: code)
  }

  public init?(code: UInt8) {
    guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(code),
      code != UInt8(ascii: "I"), code != UInt8(ascii: "O")
    else { return nil }
    self.code = code
  }

  public var description: String { String(UnicodeScalar(code)) }

  public static func < (left: Self, right: Self) -> Bool { left.code < right.code }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let prefix = Prefix(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a prefix is one capital letter, neither I nor O")
    }
    self = prefix
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// What is printed large on a ticket: a prefix and a value, `A042`, unique within its service day.
///
/// Three digits at least; after 999 it goes on at 1000 and never comes back.
public struct TicketNumber: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let prefix: Prefix
  public let value: Int32

  public init(prefix: Prefix, value: Int32) {
    self.prefix = prefix
    self.value = value
  }

  /// Nil unless `text` has the form that `description` writes.
  public init?(_ text: some StringProtocol) {
    guard let prefix = Prefix(text.prefix(1)) else { return nil }
    let digits = text.dropFirst()
    guard digits.utf8.count >= 3, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let value = Int32(digits), value > 0
    else { return nil }
    self.init(prefix: prefix, value: value)
    guard description == text else { return nil }
  }

  public var description: String {
    let digits = String(value)
    return prefix.description + String(repeating: "0", count: max(0, 3 - digits.utf8.count))
      + digits
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.prefix, left.value) < (right.prefix, right.value)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let number = TicketNumber(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a ticket number has the form A042")
    }
    self = number
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
