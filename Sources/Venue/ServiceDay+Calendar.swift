/// A day of the week, in the order in which ISO 8601 counts: Monday is 0.
public enum Weekday: Int, CaseIterable, Hashable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// The Gregorian calendar as arithmetic: no clock, no time zone.
///
/// Meant for the years 1 to 9999. A date that is not on the calendar traps nowhere: it counts as the
/// one that it runs over to, `2026-02-30` as `2026-03-02`.
extension ServiceDay {
  /// Whether the calendar has this date; `2026-02-29` is none.
  public var isOnCalendar: Bool {
    (1...9999).contains(year) && (1...12).contains(month)
      && (1...Self.length(ofMonth: month, in: year)).contains(day)
  }

  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let days = daysSince1970 + Weekday.thursday.rawValue
    return Weekday.allCases[days - 7 * days.flooredQuotient(by: 7)]
  }

  /// The day that comes `days` later, or earlier where it is negative.
  public func adding(days: Int) -> ServiceDay { ServiceDay(daysSince1970: daysSince1970 + days) }

  /// Days from `earlier` to this day; negative if `earlier` is later.
  public func days(since earlier: ServiceDay) -> Int { daysSince1970 - earlier.daysSince1970 }

  /// Days from 1970-01-01 to this day.
  public var daysSince1970: Int {
    // Months beyond the year belong to the years around it.
    let years = (month - 1).flooredQuotient(by: 12)
    let year = year + years
    let month = month - 12 * years
    let leapDay = month > 2 && Self.isLeap(year) ? 1 : 0
    return Self.daysBefore(year: year) + Self.daysBeforeMonth[month - 1] + leapDay + day - 1
  }

  public init(daysSince1970 days: Int) {
    // 146,097 days make 400 years: the guess is off by one at most.
    var year = 1970 + (days * 400).flooredQuotient(by: 146_097)
    while Self.daysBefore(year: year) > days { year -= 1 }
    while Self.daysBefore(year: year + 1) <= days { year += 1 }
    var rest = days - Self.daysBefore(year: year)
    var month = 1
    while rest >= Self.length(ofMonth: month, in: year) {
      rest -= Self.length(ofMonth: month, in: year)
      month += 1
    }
    self.init(year: year, month: month, day: rest + 1)
  }

  /// Days of a month from 1 to 12.
  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// Days from 1970-01-01 to the first of January of `year`.
  private static func daysBefore(year: Int) -> Int {
    let past = year - 1
    let leapDays =
      past.flooredQuotient(by: 4) - past.flooredQuotient(by: 100) + past.flooredQuotient(by: 400)
    // From the first day of year 1 to 1970-01-01: 719,162 days.
    return past * 365 + leapDays - 719_162
  }

  /// Days of a common year before each month.
  private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
}

extension Int {
  /// The quotient rounded down, also below zero.
  fileprivate func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
