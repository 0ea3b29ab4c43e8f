import Venue

/// One value of a file and where it stands. Its readers answer nil after having complained.
struct Node {
  let value: JSONValue
  let path: String
  let file: ConfigurationFile

  func complain(_ what: String, mend: String) {
    file.complain(path, what, mend: mend)
  }

  func object() -> ObjectReader? {
    guard case .object(let members) = value else { return wrongType("an object `{ }`") }
    return ObjectReader(members: members, path: path, file: file)
  }

  /// The elements of a list of at most `limit`.
  func list(limit: Int = 1_000) -> [Node]? {
    guard case .list(let elements) = value else { return wrongType("a list `[ ]`") }
    guard elements.count <= limit else {
      complain("there are \(elements.count) entries", mend: "keep at most \(limit)")
      return nil
    }
    return elements.enumerated().map { position, element in
      Node(value: element, path: "\(path)[\(position)]", file: file)
    }
  }

  /// A text that is not blank, of at most `limit` characters, and without characters that control
  /// the terminal, the printer or the direction: directions are set by whoever shows the text.
  func text(limit: Int = 200) -> String? {
    guard case .text(let text) = value else { return wrongType("a text in quotes") }
    guard text.contains(where: { !$0.isWhitespace }) else {
      complain("the text is empty", mend: "write it")
      return nil
    }
    guard text.count <= limit else {
      complain("the text has \(text.count) characters", mend: "shorten it to \(limit) or fewer")
      return nil
    }
    guard !text.unicodeScalars.contains(where: \.isControl) else {
      complain(
        "the text has a line break, a control character or a direction mark",
        mend: "write it on one line and remove what cannot be seen")
      return nil
    }
    return text
  }

  func flag() -> Bool? {
    guard case .flag(let flag) = value else { return wrongType("true or false") }
    return flag
  }

  func integer(in range: ClosedRange<Int>) -> Int? {
    guard case .number(let number) = value else { return wrongType("a number") }
    guard let integer = Int(exactly: number), range.contains(integer) else {
      complain(
        "\(number.formattedPlainly) is out of range",
        mend: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return integer
  }

  /// One of the raw values of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    choice(among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
  }

  func choice(among known: [String]) -> String? {
    guard let text = text() else { return nil }
    guard known.contains(text) else {
      complain(
        "`\(text)` is none of the possible words",
        mend: suggestion(for: text, among: known) + "write one of \(known.quoted)")
      return nil
    }
    return text
  }

  /// An identifier by the rule of `Venue.Identifier`.
  func identifier<ID: Identifier>(_ type: ID.Type) -> ID? {
    plainName().map(ID.init)
  }

  /// ASCII letters, digits, `-` and `_`, at most 64 of them.
  func plainName() -> String? {
    guard let text = text() else { return nil }
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    guard isPlain, text.utf8.count <= 64 else {
      complain(
        "`\(text)` cannot be an id",
        mend: "use at most 64 of the letters a to z, digits, `-` and `_`, without spaces")
      return nil
    }
    return text
  }

  private func wrongType<Result>(_ wanted: String) -> Result? {
    complain("here stands \(value.kind)", mend: "write \(wanted)")
    return nil
  }
}

extension Unicode.Scalar {
  /// Control characters of C0 and C1, and the marks that embed, override or isolate directions.
  var isControl: Bool {
    properties.generalCategory == .control || (0x202A...0x202E).contains(value)
      || (0x2066...0x2069).contains(value) || value == 0x200E || value == 0x200F
  }
}

extension Double {
  /// `3` rather than `3.0`.
  fileprivate var formattedPlainly: String {
    Int(exactly: self).map(String.init) ?? description
  }
}

extension [String] {
  /// "`a`, `b`".
  var quoted: String { map { "`\($0)`" }.joined(separator: ", ") }
}
