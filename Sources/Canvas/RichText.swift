/// One paragraph: words in one or more languages, and codes.
public struct RichText: Hashable, Sendable {
  public enum Run: Hashable, Sendable {
    /// Words of a language, named by its BCP 47 tag.
    case text(String, language: String)
    /// A code, for example `A042` or `10–14`: set in Noto Sans, always left to right, and isolated,
    /// so that it neither turns round nor turns its neighbours round.
    case code(String)
  }

  public var runs: [Run]
  /// The paragraph's base direction; never guessed from its letters.
  public var direction: TextDirection

  public init(_ runs: [Run], direction: TextDirection) {
    self.runs = runs
    self.direction = direction
  }

  /// Words of one language. `direction` is the language's when none is given.
  public init(_ text: String, language: String, direction: TextDirection? = nil) {
    self.init(
      [.text(text, language: language)],
      direction: direction ?? TextDirection(language: language))
  }

  /// A code alone.
  public static func code(_ code: String) -> RichText {
    RichText([.code(code)], direction: .leftToRight)
  }

  /// Words in which each `placeholder` (`{number}`) becomes `code`.
  public init(
    _ text: String, language: String, direction: TextDirection? = nil, placeholder: String,
    code: String
  ) {
    var runs: [Run] = []
    var rest = text[...]
    while let found = rest.firstRange(of: placeholder) {
      runs.append(.text(String(rest[..<found.lowerBound]), language: language))
      runs.append(.code(code))
      rest = rest[found.upperBound...]
    }
    runs.append(.text(String(rest), language: language))
    self.init(runs, direction: direction ?? TextDirection(language: language))
  }

  /// Words in which everything that looks like a code is isolated: a capital letter with at least
  /// two digits (`A042`), and digits, alone or joined by a hyphen, dash, colon or slash (`10-14`,
  /// `09:30`).
  public static func isolatingCodes(
    _ text: String, language: String, direction: TextDirection? = nil
  ) -> RichText {
    var runs: [Run] = []
    var words = ""
    for token in tokens(of: text) {
      guard isCode(token) else {
        words += token
        continue
      }
      if !words.isEmpty { runs.append(.text(words, language: language)) }
      words = ""
      runs.append(.code(String(token)))
    }
    if !words.isEmpty { runs.append(.text(words, language: language)) }
    return RichText(runs, direction: direction ?? TextDirection(language: language))
  }

  /// Maximal runs of characters that may stand in a code, and what lies between them.
  private static func tokens(of text: String) -> [Substring] {
    var tokens: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let token = rest.prefix { mayStandInCode($0) == mayStandInCode(first) }
      tokens.append(token)
      rest = rest[token.endIndex...]
    }
    return tokens
  }

  private static func mayStandInCode(_ character: Character) -> Bool {
    // Asked of every letter of every text: comparing bytes is many times faster.
    guard let byte = character.asciiValue else { return character == "–" }
    return switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static let joiners: Set<Character> = ["-", "–", ":", "/"]

  private static func isCode(_ token: Substring) -> Bool {
    guard let last = token.last, last.isASCIIDigit, let first = token.first else { return false }
    let digits = token.count { $0.isASCIIDigit }
    if first.isASCIICapital { return digits >= 2 && digits == token.count - 1 }
    return first.isASCIIDigit
      && token.allSatisfy { $0.isASCIIDigit || joiners.contains($0) }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  fileprivate var isASCIICapital: Bool { ("A"..."Z").contains(self) }
}
