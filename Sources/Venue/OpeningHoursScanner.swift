/// A word, number, time or sign of a text of opening hours.
struct OpeningHoursToken: Equatable {
  enum Kind {
    /// ASCII letters.
    case word
    /// ASCII digits.
    case number
    /// Digits, `:`, digits, not yet checked: `08:30`, `8:5`.
    case clock
    /// `24/7`, a comment in quotes, `||`, or any other character; beyond ASCII a run of them.
    case sign
  }

  let kind: Kind
  let text: String
}

/// The tokens of any text whatever; spaces only separate.
func openingHoursTokens(_ text: String) -> [OpeningHoursToken] {
  var tokens: [OpeningHoursToken] = []
  var rest = text.unicodeScalars[...]
  while let first = rest.first {
    guard first != " " else {
      rest.removeFirst()
      continue
    }
    let (kind, length) = openingHoursToken(at: rest)
    tokens.append(OpeningHoursToken(kind: kind, text: String(rest.prefix(length))))
    rest = rest.dropFirst(length)
  }
  return tokens
}

/// Kind and length in scalars of the token with which `rest` begins; the length is at least 1.
private func openingHoursToken(
  at rest: Substring.UnicodeScalarView
) -> (OpeningHoursToken.Kind, Int) {
  for sign in ["24/7", "||"] where rest.starts(with: sign.unicodeScalars) {
    return (.sign, sign.unicodeScalars.count)
  }
  let digits = rest.prefix(while: isDigit).count
  if digits > 0 {
    let after = rest.dropFirst(digits)
    let more = after.first == ":" ? after.dropFirst().prefix(while: isDigit).count : 0
    return more > 0 ? (.clock, digits + 1 + more) : (.number, digits)
  }
  let letters = rest.prefix(while: isLetter).count
  if letters > 0 { return (.word, letters) }
  let foreign = rest.prefix { !$0.isASCII }.count
  if foreign > 0 { return (.sign, foreign) }
  guard rest.first == "\"" else { return (.sign, 1) }
  let comment = rest.dropFirst().prefix { $0 != "\"" }.count
  return (.sign, min(comment + 2, rest.count))
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}
