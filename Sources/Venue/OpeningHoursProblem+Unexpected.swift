/// The pieces that do not fit: those of the notation that are not read here, and those of none.
extension OpeningHoursProblem {
  /// Of a token that cannot stand after `last`; nil is the end of the text or of its beginning.
  static func unexpected(
    _ token: OpeningHoursToken?, after last: OpeningHoursToken?
  ) -> OpeningHoursProblem {
    guard let token, token.text != ";" else { return unfinished(last?.text ?? "") }
    if let (reason, instead) = unread[token.text] {
      return Self(token.text, reason, instead: instead)
    }
    switch token.kind {
    case .clock: return misplacedTime(token.text)
    case .number: return misplacedNumber(token.text)
    case .sign: return misplacedSign(token.text)
    case .word: return misplacedWord(token, after: last)
    }
  }

  private static func unfinished(_ last: String) -> Self {
    Self(last, "lacks what belongs after it", instead: "complete the rule or remove `\(last)`")
  }

  private static func misplacedTime(_ text: String) -> Self {
    Self(
      text, "is a time where none can stand",
      instead:
        "write times behind the days, with `,` between them, like `Mo 08:30-12:30,14:00-20:00`")
  }

  private static func misplacedNumber(_ text: String) -> Self {
    guard text.utf8.count == 4 else { return dayWithoutMonth(text) }
    return Self(
      text, "is a year where none can stand",
      instead: "write it before the month, like `2026 Dec 31`")
  }

  private static func misplacedSign(_ text: String) -> Self {
    if text.first == "\"" {
      return Self(
        text, "is a comment, which is not read here",
        instead: "remove it; what people must know belongs into the service's name")
    }
    if dashes.contains(text) {
      return Self(text, "is a dash, not a hyphen", instead: "write `-`")
    }
    return Self(text, "has no meaning here", instead: "remove it; \(form)")
  }

  private static func misplacedWord(
    _ token: OpeningHoursToken, after last: OpeningHoursToken?
  ) -> Self {
    let text = token.text
    if let meant = OpeningHoursWord.meant(by: text), meant != text {
      return Self(text, "is not how it is written", instead: "write `\(meant)`")
    }
    if OpeningHoursWord.isDay(token) {
      let isApart = OpeningHoursWord.isDay(last)
      return Self(
        text, isApart ? "stands apart from the day before it" : "is a day where none can stand",
        instead: isApart
          ? "put `,` between single days and `-` between the first and the last"
          : "write days once in a rule, behind the dates and before the times")
    }
    if OpeningHoursWord.month(token) != nil {
      return Self(
        text, "is a month where none can stand",
        instead:
          "write dates first in a rule, with `,` between them, like `Jul,Dec 24 Mo-Fr 09:00-14:00`")
    }
    if text == "off" || text == "closed" {
      return Self(
        text, "stands where times stand already",
        instead: "write either, with the times that are open: `08:30-12:30,14:00-20:00`")
    }
    return Self(text, "is not understood", instead: form)
  }

  private static let form =
    "rules look like `Mo-Sa 08:30-20:00; PH off`; days are `Mo` to `Su` and `PH`, months `Jan` to `Dec`"

  /// Hyphens and dashes that editors put in place of `-`.
  private static let dashes: Set<String> = ["‐", "‑", "‒", "–", "—", "−"]

  /// What OpenStreetMap's notation has and this subset has not: why, and what to write instead.
  private static let unread: [String: (reason: String, instead: String)] = {
    let sun = (
      "depends on the sun, which is not followed here", "write clock times, like `08:30-20:00`"
    )
    let nth = (
      "chooses some weeks of a month, which is not read here",
      "write the dates, like `2026 Dec 7 09:00-12:00`"
    )
    return [
      "sunrise": sun, "sunset": sun, "dawn": sun, "dusk": sun,
      "(": ("computes a time, which is not done here", "write clock times, like `08:30-20:00`"),
      "week": ("counts weeks, which is not done here", "write dates, like `Mar 2-Apr 26`"),
      "SH": ("means school holidays, which are not known here", "write dates, like `Jul 1-Aug 31`"),
      "easter": (
        "moves from year to year, which is not computed here",
        "write full dates, like `2027 Mar 28`, or enter the holidays and write `PH`"
      ),
      "[": nth, "]": nth,
      "||": ("begins a fallback, which is not read here", "write all rules with `;` between them"),
      "|": ("has no meaning here", "write all rules with `;` between them"),
      "+": ("leaves the end open", "write the closing time, like `18:00-22:00`"),
      "/": ("repeats something, which is not read here", "write out all dates or times"),
      ":": ("is needed only inside times", "remove it"),
      "open": ("is not needed", "remove it; times alone open"),
      "unknown": ("says that nobody knows", "write times, or `off`"),
    ]
  }()
}
