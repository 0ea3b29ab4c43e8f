/// The words of opening hours; capitals count.
enum OpeningHoursWord {
  static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func weekday(_ token: OpeningHoursToken?) -> Weekday? {
    token.flatMap { weekdays.firstIndex(of: $0.text) }.flatMap(Weekday.init(rawValue:))
  }

  /// A month from 1 to 12.
  static func month(_ token: OpeningHoursToken?) -> Int? {
    token.flatMap { months.firstIndex(of: $0.text) }.map { $0 + 1 }
  }

  static func isDay(_ token: OpeningHoursToken?) -> Bool {
    token?.text == "PH" || weekday(token) != nil
  }

  /// Whether `token` can begin the dates or days of a rule.
  static func isSelector(_ token: OpeningHoursToken?) -> Bool {
    isDay(token) || month(token) != nil || token?.kind == .number
  }

  /// The word of the notation that `word` seems to mean: `Mo` for `monday`, `PH` for `ph`.
  static func meant(by word: String) -> String? {
    let lowered = word.lowercased()
    let names: [(name: String, word: String, least: Int)] =
      zip(weekdayNames, weekdays).map { ($0, $1, 2) } + zip(monthNames, months).map { ($0, $1, 3) }
      + [
        ("ph", "PH", 2), ("holidays", "PH", 7), ("off", "off", 3), ("closed", "closed", 6),
      ]
    return names.first { lowered.utf8.count >= $0.least && $0.name.hasPrefix(lowered) }?.word
  }

  private static let weekdayNames = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}

/// Times of day: two digits, `:`, two digits, from `00:00` to `24:00`.
enum OpeningHoursClock {
  /// Minutes after midnight of the text of a clock token, from 0 to 1440.
  static func minutes(_ text: String) throws(OpeningHoursProblem) -> Int {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), hour <= 48,
      minute < 60
    else { throw .noTime(text) }
    let total = hour * 60 + minute
    let isLate = total > MinuteSpan.dayMinutes
    let plain = Self.text(isLate ? total - MinuteSpan.dayMinutes : total)
    guard !isLate else { throw .beyondMidnight(text, plain: plain) }
    guard text == plain else { throw .shortTime(text, plain: plain) }
    return total
  }

  /// `08:30` of 510.
  private static func text(_ minutes: Int) -> String {
    [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
