/// Finds the first fault of syntax in a JSON5 text, the line of every value, and repeated keys.
///
/// Foundation decodes JSON5, but on Linux it does not say where a fault is, and of a key that
/// stands twice it silently takes one. An administrator needs to be told both.
struct JSON5Scanner {
  struct Fault: Error, Equatable {
    /// From 1.
    var line: Int
    /// In Unicode scalars, from 1.
    var column: Int
    var what: String
  }

  /// Deeper texts are refused; a venue needs five levels.
  static let depthLimit = 32

  /// The line of every value, by its path, for example `counters[3].services[0]`.
  private(set) var lines: [String: Int] = [:]
  /// Paths of keys that stand more than once in their object, and the line of the repetition.
  private(set) var repeated: [(path: String, line: Int)] = []

  /// True when the outermost value is an object.
  private(set) var isObject = false

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Walks the whole text once.
  mutating func scan() throws(Fault) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    try skipSpace()
    isObject = peek == UInt8(ascii: "{")
    try scanValue(path: "", depth: 0)
    try skipSpace()
    guard index == bytes.count else { throw unexpected(wanted: "the end of the file") }
  }

  private mutating func scanValue(path: String, depth: Int) throws(Fault) {
    guard depth < Self.depthLimit else {
      throw fault("more than \(Self.depthLimit) levels of brackets", at: index)
    }
    lines[path] = line
    switch peek {
    case UInt8(ascii: "{"): try scanObject(path: path, depth: depth)
    case UInt8(ascii: "["): try scanList(path: path, depth: depth)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try scanString()
    default: try scanBareValue()
    }
  }

  private mutating func scanObject(path: String, depth: Int) throws(Fault) {
    index += 1
    var keys: Set<String> = []
    try skipSpace()
    while peek != UInt8(ascii: "}") {
      let keyLine = line
      let key = try scanKey()
      let member = path.isEmpty ? key : "\(path).\(key)"
      if !keys.insert(key).inserted { repeated.append((member, keyLine)) }
      try skipSpace()
      guard peek == UInt8(ascii: ":") else { throw unexpected(wanted: "`:` after `\(key)`") }
      index += 1
      try skipSpace()
      try scanValue(path: member, depth: depth + 1)
      try scanSeparator(closing: UInt8(ascii: "}"))
    }
    index += 1
  }

  private mutating func scanList(path: String, depth: Int) throws(Fault) {
    index += 1
    var position = 0
    try skipSpace()
    while peek != UInt8(ascii: "]") {
      try scanValue(path: "\(path)[\(position)]", depth: depth + 1)
      position += 1
      try scanSeparator(closing: UInt8(ascii: "]"))
    }
    index += 1
  }

  /// Steps over the comma between members; none is needed before the closing bracket.
  private mutating func scanSeparator(closing: UInt8) throws(Fault) {
    try skipSpace()
    if peek == UInt8(ascii: ",") {
      index += 1
      try skipSpace()
    } else if peek != closing {
      throw unexpected(wanted: "`,` or `\(Character(UnicodeScalar(closing)))`")
    }
  }

  private mutating func scanKey() throws(Fault) -> String {
    if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try scanString() }
    let word = scanWord()
    guard let first = word.utf8.first, !Self.isDigit(first) else {
      throw unexpected(wanted: "a key or `}`")
    }
    return word
  }

  /// A number or one of JSON5's words.
  private mutating func scanBareValue() throws(Fault) {
    let start = index
    if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
    let isSigned = index > start
    if let byte = peek, Self.isDigit(byte) || byte == UInt8(ascii: ".") {
      return try scanNumber()
    }
    let word = scanWord()
    let words: Set = isSigned ? ["Infinity", "NaN"] : ["true", "false", "null", "Infinity", "NaN"]
    guard words.contains(word) else {
      index = start
      guard !word.isEmpty else { throw unexpected(wanted: "a value") }
      throw fault("`\(word)` is no value; a text needs quotes", at: start)
    }
  }

  private mutating func scanNumber() throws(Fault) {
    let start = index
    while let byte = peek, Self.isWordByte(byte) || byte == UInt8(ascii: ".") || isExponentSign {
      index += 1
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard Self.isNumber(text) else { throw fault("`\(text)` is no number", at: start) }
  }

  /// True at the sign of `1e-3`.
  private var isExponentSign: Bool {
    guard let byte = peek, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") else {
      return false
    }
    return index > 0 && (bytes[index - 1] | 0x20) == UInt8(ascii: "e")
  }

  private static func isNumber(_ text: String) -> Bool {
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      return text.utf8.count > 2 && text.dropFirst(2).allSatisfy(\.isHexDigit)
    }
    let startsWithZero = text.hasPrefix("0") && text.dropFirst().first?.isNumber == true
    return !startsWithZero && !text.contains("x") && Double(padded(text)) != nil
  }

  /// JSON5 allows `.5` and `5.`, Swift does not.
  private static func padded(_ text: String) -> String {
    let exponent = text.firstIndex { $0 == "e" || $0 == "E" } ?? text.endIndex
    var mantissa = String(text[..<exponent])
    guard mantissa.contains(where: \.isNumber) else { return text }
    if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
    if mantissa.hasSuffix(".") { mantissa += "0" }
    return mantissa + text[exponent...]
  }

  /// The text between the quotes as it stands, escapes included.
  private mutating func scanString() throws(Fault) -> String {
    let start = index
    let quote = bytes[index]
    index += 1
    while let byte = peek, byte != quote {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        throw fault("a text is not closed on its line", at: start)
      case UInt8(ascii: "\\"): try scanEscape()
      default: index += 1
      }
    }
    guard index < bytes.count else { throw fault("a text is not closed", at: start) }
    index += 1
    return String(decoding: bytes[(start + 1)..<(index - 1)], as: UTF8.self)
  }

  private mutating func scanEscape() throws(Fault) {
    let start = index
    index += 1
    guard let byte = peek else { return }
    index += 1
    switch byte {
    case UInt8(ascii: "\r"):
      if peek == UInt8(ascii: "\n") { index += 1 }
      line += 1
    case UInt8(ascii: "\n"): line += 1
    case UInt8(ascii: "u"): try scanHexDigits(4, from: start)
    case UInt8(ascii: "x"): try scanHexDigits(2, from: start)
    default: break
    }
  }

  private mutating func scanHexDigits(_ count: Int, from start: Int) throws(Fault) {
    let digits = bytes[index...].prefix(count)
    guard digits.count == count, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
    else { throw fault("a `\\` is not followed by what it needs", at: start) }
    index += count
  }

  /// Steps over white space and comments.
  private mutating func skipSpace() throws(Fault) {
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        index += 1
      case UInt8(ascii: " "), 0x09, 0x0B, 0x0C, 0x0D: index += 1
      case UInt8(ascii: "/"): try skipComment()
      default: return
      }
    }
  }

  private mutating func skipComment() throws(Fault) {
    let start = index
    switch index + 1 < bytes.count ? bytes[index + 1] : 0 {
    case UInt8(ascii: "/"):
      while let byte = peek, byte != UInt8(ascii: "\n") { index += 1 }
    case UInt8(ascii: "*"):
      index += 2
      while index < bytes.count, !bytes[index...].starts(with: [0x2A, 0x2F]) {
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
      }
      guard index < bytes.count else { throw fault("a comment is not closed", at: start) }
      index += 2
    default: throw unexpected(wanted: "`//` or `/*`")
    }
  }

  private mutating func scanWord() -> String {
    let start = index
    while let byte = peek, Self.isWordByte(byte) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }

  private func unexpected(wanted: String) -> Fault {
    let rest = String(decoding: bytes[index...].prefix(64), as: UTF8.self)
    let found = rest.prefix { !$0.isWhitespace }.prefix(16)
    let name = found.isEmpty ? "the end of the file" : "`\(found)`"
    return fault("expected \(wanted), found \(name)", at: index)
  }

  private func fault(_ what: String, at place: Int) -> Fault {
    let before = bytes[..<place]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let scalars = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count
    let number = before.count { $0 == UInt8(ascii: "\n") } + 1
    return Fault(line: number, column: scalars + 1, what: what)
  }
}
