/// Reads the rules of opening hours from left to right; the first piece that does not fit ends it.
struct OpeningHoursParser {
  private let tokens: [OpeningHoursToken]
  private var position = 0

  init(_ text: String) throws(OpeningHoursProblem) {
    guard text.utf8.count <= OpeningHours.longestText else { throw .tooLong(text) }
    tokens = openingHoursTokens(text)
    guard !tokens.isEmpty else { throw .empty }
  }

  /// All rules in the order of the text; one of them opens.
  mutating func rules() throws(OpeningHoursProblem) -> [OpeningRule] {
    var rules = [try rule()]
    while takes(";") { rules.append(try rule()) }
    guard rules.contains(where: { !$0.spans.isEmpty }) else { throw .neverOpens }
    return rules
  }

  private mutating func rule() throws(OpeningHoursProblem) -> OpeningRule {
    guard !isAtEndOfRule else { throw .emptyRule }
    var rule = OpeningRule(spans: [.wholeDay])
    if !takes("24/7") {
      rule.dates = try dates()
      rule.days = try days()
      let isSelective = !rule.dates.isEmpty || rule.days != nil
      if !isAtEndOfRule { rule.spans = try times(isSelective: isSelective) }
    }
    guard isAtEndOfRule else { throw unexpected() }
    return rule
  }

  private mutating func times(
    isSelective: Bool
  ) throws(OpeningHoursProblem) -> [MinuteSpan] {
    if let word = next, takes("off") || takes("closed") {
      guard isSelective else { throw .closesEveryDay(word.text) }
      return []
    }
    var spans = [try span()]
    while takes(",") {
      if OpeningHoursWord.isSelector(next) { throw .additionalRule(next) }
      spans.append(try span())
    }
    return MinuteSpan.merged(spans)
  }

  private mutating func span() throws(OpeningHoursProblem) -> MinuteSpan {
    guard let first = takeToken(.clock) else { throw unexpected() }
    let opens = try OpeningHoursClock.minutes(first.text)
    guard takes("-") else {
      throw next?.text == "+" ? unexpected() : .noClosing(first.text)
    }
    guard let last = takeToken(.clock) else { throw unexpected() }
    let closes = try OpeningHoursClock.minutes(last.text)
    let piece = "\(first.text)-\(last.text)"
    guard opens != closes else { throw .noLength(piece) }
    guard opens < MinuteSpan.dayMinutes else { throw .opensTomorrow(piece) }
    return MinuteSpan(
      opens: opens, closes: closes > opens ? closes : closes + MinuteSpan.dayMinutes)
  }
}

// MARK: Days of the week

extension OpeningHoursParser {
  /// Nil, and nothing taken, where no days of the week stand next.
  private mutating func days() throws(OpeningHoursProblem) -> OpeningDays? {
    guard OpeningHoursWord.isDay(next) else { return nil }
    var days = OpeningDays()
    repeat {
      if takes("PH") {
        if next?.text == "-" { throw .holidayRange }
        days.holidays = true
      } else {
        let first = try weekday()
        let last = takes("-") ? try weekday(otherThan: first) : first
        days.insert(from: first, through: last)
      }
    } while takes(",")
    return days
  }

  private mutating func weekday(
    otherThan first: Weekday? = nil
  ) throws(OpeningHoursProblem) -> Weekday {
    guard let token = next, let day = OpeningHoursWord.weekday(token) else { throw unexpected() }
    guard day != first else { throw .sameEnds(token.text) }
    position += 1
    return day
  }
}

// MARK: Dates

extension OpeningHoursParser {
  /// A date as it is written; the day is left out where a whole month is meant.
  private struct WrittenDate: Equatable {
    var year: Int?
    var month: Int
    var day: Int?
  }

  /// Empty, and nothing taken, where no dates stand next.
  private mutating func dates() throws(OpeningHoursProblem) -> [OpeningDates] {
    guard OpeningHoursWord.month(next) != nil || next?.kind == .number else { return [] }
    var dates: [OpeningDates] = []
    repeat {
      let start = position
      let (first, last) = try dateRange()
      let piece = tokens[start..<position].map(\.text).joined(separator: " ")
      dates.append(try Self.dates(from: first, through: last, piece: piece))
    } while takes(",")
    return dates
  }

  private mutating func dateRange() throws(OpeningHoursProblem) -> (WrittenDate, WrittenDate) {
    let first = try date()
    // `Dec 24-26`: the month is written once.
    if first.day != nil, next?.text == "-", let end = token(after: 1), Self.isDayOfMonth(end) {
      position += 2
      let last = WrittenDate(year: first.year, month: first.month, day: Int(end.text))
      guard last != first else { throw .sameEnds(end.text) }
      return (first, last)
    }
    guard takes("-") else { return (first, first) }
    let start = position
    let last = try date()
    let piece = tokens[start..<position].map(\.text).joined(separator: " ")
    guard last != first else { throw .sameEnds(piece) }
    return (first, last)
  }

  private mutating func date() throws(OpeningHoursProblem) -> WrittenDate {
    var year: Int?
    if let number = takeToken(.number) {
      guard number.text.utf8.count == 4, let value = Int(number.text), value > 0 else {
        throw .dayWithoutMonth(number.text)
      }
      year = value
      guard OpeningHoursWord.month(next) != nil else { throw .yearAlone(number.text) }
    }
    guard let month = OpeningHoursWord.month(next) else { throw unexpected() }
    position += 1
    guard let number = next, Self.isDayOfMonth(number) else {
      return WrittenDate(year: year, month: month)
    }
    position += 1
    return WrittenDate(year: year, month: month, day: Int(number.text))
  }

  private static func isDayOfMonth(_ token: OpeningHoursToken) -> Bool {
    token.kind == .number && token.text.utf8.count <= 2
  }

  private static func dates(
    from first: WrittenDate, through last: WrittenDate, piece: String
  ) throws(OpeningHoursProblem) -> OpeningDates {
    guard (first.day == nil) == (last.day == nil) else { throw .dayAtOneEnd(piece) }
    guard (first.year == nil) == (last.year == nil) else { throw .yearAtOneEnd(piece) }
    guard let from = first.day, let through = last.day else {
      guard first.year == nil else { throw .monthOfYear(piece) }
      return .yearly(
        from: YearlyDate(month: first.month, day: 1),
        through: YearlyDate(month: last.month, day: 31))
    }
    // Without a year the 29th of February is a date too: 2024 had one.
    let ends = [(first, from), (last, through)].map { date, day in
      ServiceDay(year: date.year ?? 2024, month: date.month, day: day)
    }
    for end in ends where !end.isOnCalendar { throw .noDate(piece, month: end.month) }
    let isBackwards = first.year == nil ? first.month == last.month : true
    guard !isBackwards || ends[0] <= ends[1] else { throw .backwards(piece) }
    guard first.year == nil else { return .once(from: ends[0], through: ends[1]) }
    return .yearly(
      from: YearlyDate(month: first.month, day: from),
      through: YearlyDate(month: last.month, day: through))
  }
}

// MARK: Tokens

extension OpeningHoursParser {
  private var next: OpeningHoursToken? { token(after: 0) }

  private func token(after count: Int) -> OpeningHoursToken? {
    position + count < tokens.count ? tokens[position + count] : nil
  }

  private var isAtEndOfRule: Bool { next == nil || next?.text == ";" }

  /// Whether the next token is `text`, which is then taken.
  private mutating func takes(_ text: String) -> Bool {
    guard next?.text == text else { return false }
    position += 1
    return true
  }

  private mutating func takeToken(_ kind: OpeningHoursToken.Kind) -> OpeningHoursToken? {
    guard let token = next, token.kind == kind else { return nil }
    position += 1
    return token
  }

  /// Why the next token cannot stand where it stands.
  private func unexpected() -> OpeningHoursProblem {
    .unexpected(next, after: position > 0 ? tokens[position - 1] : nil)
  }
}
