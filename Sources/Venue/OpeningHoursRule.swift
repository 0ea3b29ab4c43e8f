/// One rule of opening hours: the days that it speaks of, and when they are open.
struct OpeningRule: Equatable, Sendable {
  /// Any of these; all dates when empty.
  var dates: [OpeningDates] = []
  /// All days of the week, holidays or not, when nil.
  var days: OpeningDays?
  /// Sorted and disjoint; empty means closed.
  var spans: [MinuteSpan]

  func matches(_ day: ServiceDay, isHoliday: Bool) -> Bool {
    guard dates.isEmpty || dates.contains(where: { $0.contains(day) }) else { return false }
    return days?.matches(day.weekday, isHoliday: isHoliday) ?? true
  }
}

/// Days of the week and public holidays: a day matches when either does.
struct OpeningDays: Equatable, Sendable {
  var weekdays: Set<Weekday> = []
  var holidays = false

  func matches(_ weekday: Weekday, isHoliday: Bool) -> Bool {
    weekdays.contains(weekday) || (holidays && isHoliday)
  }

  /// From one day of the week through another, over the weekend where need be.
  mutating func insert(from first: Weekday, through last: Weekday) {
    let length = (last.rawValue - first.rawValue + 7) % 7
    for step in 0...length { weekdays.insert(Weekday.allCases[(first.rawValue + step) % 7]) }
  }
}

/// Dates from one through another.
enum OpeningDates: Equatable, Sendable {
  /// In every year; over New Year where the first is later than the last.
  case yearly(from: YearlyDate, through: YearlyDate)
  case once(from: ServiceDay, through: ServiceDay)

  func contains(_ day: ServiceDay) -> Bool {
    switch self {
    case .once(let first, let last): return first <= day && day <= last
    case .yearly(let first, let last):
      let date = YearlyDate(month: day.month, day: day.day)
      return first <= last
        ? first <= date && date <= last
        : first <= date || date <= last
    }
  }
}

/// A date without its year; `Feb 29` comes every fourth.
struct YearlyDate: Comparable, Sendable {
  var month: Int
  var day: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.month, left.day) < (right.month, right.day)
  }
}
