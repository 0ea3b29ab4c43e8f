/// Reads the commonest form of a small body at a tenth of a general decoder's cost: one object of
/// plain strings and truth values.
///
/// Nil for anything else (escapes, numbers, nesting, a key twice, bytes beyond ASCII): then the
/// general decoder decides. So there is one rule for what is accepted, and it stands there.
struct FlatReader {
  private enum Value {
    case text(String)
    case flag(Bool)
  }

  /// More keys than this are no small body.
  private static let keyLimit = 8

  private var values: [String: Value] = [:]

  init?(_ bytes: [UInt8]) {
    var cursor = Cursor(bytes)
    guard cursor.take("{") else { return nil }
    repeat {
      guard let key = cursor.string(), cursor.take(":"), let value = Self.value(&cursor),
        values.updateValue(value, forKey: key) == nil, values.count <= Self.keyLimit
      else { return nil }
    } while cursor.take(",")
    guard cursor.take("}"), cursor.isAtEnd else { return nil }
  }

  func text(_ key: String) -> String? {
    guard case .text(let text)? = values[key] else { return nil }
    return text
  }

  func flag(_ key: String) -> Bool? {
    guard case .flag(let flag)? = values[key] else { return nil }
    return flag
  }

  /// True when there is no key but these.
  func hasOnly(_ keys: [String]) -> Bool { values.keys.allSatisfy(keys.contains) }

  func has(_ key: String) -> Bool { values[key] != nil }

  private static func value(_ cursor: inout Cursor) -> Value? {
    if let text = cursor.string() { return .text(text) }
    if cursor.word("true") { return .flag(true) }
    if cursor.word("false") { return .flag(false) }
    return nil
  }
}

private struct Cursor {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position == bytes.count
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func word(_ text: StaticString) -> Bool {
    skipBlanks()
    let end = position + text.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    let isThere = text.withUTF8Buffer { unsafe bytes[position..<end].elementsEqual($0) }
    if isThere { position = end }
    return isThere
  }

  /// A string of printable ASCII without escapes.
  mutating func string() -> String? {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    var end = position + 1
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      guard (0x20..<0x7F).contains(bytes[end]), bytes[end] != UInt8(ascii: "\\") else { return nil }
      end += 1
    }
    guard end < bytes.count else { return nil }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}
