/// Why a text gives no opening hours: which piece of it, and what to write instead.
public struct OpeningHoursProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The piece of the text that cannot be read, shortened to `longestPiece` characters; empty where
  /// the whole text is meant.
  public let piece: String
  /// What is wrong, in English, as the predicate to the piece, without a full stop.
  public let reason: String
  /// What to do, in English, without a full stop.
  public let instead: String

  public static let longestPiece = 40

  init(_ piece: String, _ reason: String, instead: String) {
    let isLong = piece.count > Self.longestPiece
    self.piece = isLong ? piece.prefix(Self.longestPiece - 1) + "…" : piece
    self.reason = reason
    self.instead = instead
  }

  /// Piece and reason: `` `sunset` depends on the sun``.
  public var fault: String { (piece.isEmpty ? "the text" : "`\(piece)`") + " " + reason }

  public var description: String { "\(fault): \(instead)" }
}

// MARK: The text and its rules

extension OpeningHoursProblem {
  static let empty = Self("", "holds no rule", instead: "write one, like \(example)")
  static let emptyRule = Self(
    ";", "has no rule on one of its sides", instead: "remove it, or write the rule like \(example)")
  static let neverOpens = Self(
    "", "never opens", instead: "add a rule with times before those that are `off`, like \(example)"
  )

  static func tooLong(_ text: String) -> Self {
    Self(
      text, "is longer than \(OpeningHours.longestText) bytes",
      instead: "join days that have the same times, like \(example)")
  }

  static func closesEveryDay(_ word: String) -> Self {
    Self(
      word, "names no days, so that it closes them all",
      instead: "write the days before it, like `PH \(word)` or `Dec 25 \(word)`")
  }

  static func additionalRule(_ token: OpeningHoursToken?) -> Self {
    Self(
      ", \(token?.text ?? "")", "adds a second rule to the same days, which is not read here",
      instead: "write `;` and all the times of those days, like "
        + "`Mo-Fr 08:30-12:30; We 08:30-12:30,14:00-18:00`")
  }

  private static let example = "`Mo-Sa 08:30-20:00; PH off`"
}

// MARK: Days and dates

extension OpeningHoursProblem {
  static let holidayRange = Self(
    "PH -", "moves or prolongs holidays, which is not read here",
    instead: "write the dates themselves, like `Dec 24,Dec 31 off`")

  static func sameEnds(_ piece: String) -> Self {
    Self(piece, "stands at both ends of `-`", instead: "write it once, or correct one of them")
  }

  static func yearAlone(_ piece: String) -> Self {
    Self(
      piece, "is a year without a month and a day",
      instead: "write full dates, like `\(piece) Dec 31` or `\(piece) Jan 1-\(piece) Dec 31`")
  }

  static func dayWithoutMonth(_ piece: String) -> Self {
    Self(
      piece, "is neither a date nor a time",
      instead: "name the month of each date, like `Dec 24,Dec 31`; times look like `08:30-20:00`")
  }

  static func dayAtOneEnd(_ piece: String) -> Self {
    Self(piece, "has a day at one end only", instead: "give it both, like `Jul 1-Aug 31`")
  }

  static func yearAtOneEnd(_ piece: String) -> Self {
    Self(
      piece, "has a year at one end only",
      instead: "give it both, like `2026 Dec 24-2027 Jan 1`, or none")
  }

  static func monthOfYear(_ piece: String) -> Self {
    Self(
      piece, "is a month of one year", instead: "write its days, like `2026 Jul 1-2026 Jul 31`")
  }

  /// Of `month` in the year that is meant.
  static func noDate(_ piece: String, month: Int) -> Self {
    Self(
      piece, "is not on the calendar",
      instead: "correct the day of `\(OpeningHoursWord.months[month - 1])` or its year")
  }

  static func backwards(_ piece: String) -> Self {
    Self(
      piece, "ends before it begins", instead: "put the earlier date first, like `Dec 24-26`")
  }
}

// MARK: Times

extension OpeningHoursProblem {
  static func noClosing(_ piece: String) -> Self {
    Self(piece, "has no closing time", instead: "write both, like `\(piece)-20:00`")
  }

  static func noLength(_ piece: String) -> Self {
    Self(piece, "closes when it opens", instead: "write `00:00-24:00` for the whole day")
  }

  static func opensTomorrow(_ piece: String) -> Self {
    Self(piece, "opens when the day is over", instead: "write it for the next day, from `00:00`")
  }

  static func noTime(_ piece: String) -> Self {
    Self(piece, "is no time of day", instead: "write one from `00:00` to `24:00`")
  }

  static func shortTime(_ piece: String, plain: String) -> Self {
    Self(piece, "does not have two digits twice", instead: "write `\(plain)`")
  }

  static func beyondMidnight(_ piece: String, plain: String) -> Self {
    Self(
      piece, "is later than `24:00`",
      instead:
        "write `\(plain)`, which is the next day's after a later opening, as in `22:00-02:00`")
  }
}
