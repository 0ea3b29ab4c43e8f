import Foundation
import Testing
import Venue

@testable import Hall

/// The calendar against an independent computation: days counted from the civil calendar's rule, and
/// summer time from the law's own words.
struct CalendarTests {
  private static let hour: Int64 = 3_600_000
  private static let day: Int64 = 86_400_000

  /// Days since 1970 of a date, counted one by one.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    var days = 0
    for year in 1970..<year { days += isLeap(year) ? 366 : 365 }
    for other in 1..<month { days += lengths[other - 1] + (other == 2 && isLeap(year) ? 1 : 0) }
    return Int64(days + day - 1)
  }

  /// The day of the month of the last `weekday` (0 is Thursday, as 1970-01-01 was) of a month of 31
  /// or 30 days.
  private static func last(_ weekday: Int64, _ year: Int, _ month: Int, length: Int) -> Int {
    var day = length
    while days(year, month, day) % 7 != weekday { day -= 1 }
    return day
  }

  /// Minutes ahead of UTC in Lisbon: an hour from the last Sunday of March, 01:00 UTC, to the last
  /// Sunday of October, 01:00 UTC (directive 2000/84/EC).
  private static func lisbonOffset(_ time: Int64, _ year: Int) -> Int {
    let sunday: Int64 = 3
    let start = days(year, 3, last(sunday, year, 3, length: 31)) * day + hour
    let end = days(year, 10, last(sunday, year, 10, length: 31)) * day + hour
    return (start..<end).contains(time) ? 60 : 0
  }

  @Test(arguments: [2026, 2028])
  func `Lisbon: offset, date and clock of every hour of a year`(year: Int) throws {
    let calendar = try #require(VenueCalendar(timeZone: "Europe/Lisbon"))
    var date = (month: 1, day: 1)
    let lengths = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var lengthOfDay: [Int: Int] = [:]
    var time = Self.days(year, 1, 1) * Self.day
    let end = Self.days(year + 1, 1, 1) * Self.day
    var lastDay = Self.days(year, 1, 1)
    while time < end {
      let offset = Self.lisbonOffset(time, year)
      let local = time + Int64(offset) * 60_000
      if local / Self.day != lastDay {
        lastDay = local / Self.day
        date.day += 1
        if date.day > lengths[date.month - 1] { date = (date.month + 1, 1) }
      }
      let instant = Venue.Instant(milliseconds: time)
      let wanted = ServiceDay(year: year, month: date.month, day: date.day)
      #expect(calendar.serviceDay(at: instant) == wanted)
      #expect(calendar.utcOffsetMinutes(at: instant) == offset)
      let minutes = Int(local % Self.day / 60_000)
      let clock = "\(100 + minutes / 60)".suffix(2) + ":" + "\(100 + minutes % 60)".suffix(2)
      #expect(calendar.text(of: instant) == "\(wanted) \(clock)")
      lengthOfDay[date.month * 100 + date.day, default: 0] += 1
      time += Self.hour
    }
    #expect(lengthOfDay.values.count { $0 == 23 } == 1, "one day has 23 hours")
    #expect(lengthOfDay.values.count { $0 == 25 } == 1, "one day has 25 hours")
    #expect(lengthOfDay.values.count { $0 == 24 } == lengthOfDay.count - 2)
  }

  @Test func `the last millisecond of a day is that day's, the next one is not`() throws {
    let calendar = try #require(VenueCalendar(timeZone: "Europe/Lisbon"))
    let midnight = Self.days(2026, 7, 2) * Self.day - Self.hour
    let last = calendar.serviceDay(at: Venue.Instant(milliseconds: midnight - 1))
    #expect(last == ServiceDay(year: 2026, month: 7, day: 1))
    let next = calendar.serviceDay(at: Venue.Instant(milliseconds: midnight))
    #expect(next == ServiceDay(year: 2026, month: 7, day: 2))
  }

  /// Egypt's law 24 of 2023: from the last Friday of April, 00:00, which becomes 01:00, to the end of
  /// the last Thursday of October, when 24:00 becomes 23:00. UTC+2, in summer UTC+3.
  @Test func `Cairo: a day starts at 01:00, another has 25 hours`() throws {
    let calendar = try #require(VenueCalendar(timeZone: "Africa/Cairo"))
    let friday = Self.last(1, 2026, 4, length: 30)
    let spring = Self.days(2026, 4, friday) * Self.day - 2 * Self.hour
    let before = Venue.Instant(milliseconds: spring - 1)
    let first = Venue.Instant(milliseconds: spring)
    let day = ServiceDay(year: 2026, month: 4, day: friday)
    #expect(calendar.serviceDay(at: before) == ServiceDay(year: 2026, month: 4, day: friday - 1))
    #expect(calendar.serviceDay(at: first) == day)
    #expect(calendar.text(of: first) == "\(day) 01:00")
    #expect(calendar.instant(ofLocal: "\(day)T00:00") == nil, "midnight is skipped")
    #expect(calendar.instant(ofLocal: "\(day)T00:59") == nil)
    #expect(calendar.instant(ofLocal: "\(day)T01:00") == first)
    let nextMidnight = Venue.Instant(milliseconds: spring + 23 * Self.hour)
    #expect(calendar.serviceDay(at: nextMidnight) > day)

    let thursday = Self.last(0, 2026, 10, length: 31)
    let autumn = ServiceDay(year: 2026, month: 10, day: thursday)
    let start = Self.days(2026, 10, thursday) * Self.day - 3 * Self.hour
    let hours = (0..<30).prefix {
      calendar.serviceDay(at: Venue.Instant(milliseconds: start + Int64($0) * Self.hour)) == autumn
    }
    #expect(hours.count == 25)
  }

  @Test(arguments: [
    "Europe/Lisbon", "Africa/Cairo", "America/Sao_Paulo", "Asia/Tbilisi", "Asia/Kathmandu",
    "America/Havana", "Pacific/Apia", "UTC",
  ])
  func `days never go back, and every local time that is given comes back`(zone: String) throws {
    let calendar = try #require(VenueCalendar(timeZone: zone))
    var last = ServiceDay(year: 1, month: 1, day: 1)
    for step in 0..<(366 * 4) {
      let instant = Venue.Instant(
        milliseconds: Self.days(2026, 1, 1) * Self.day + Int64(step) * 6 * Self.hour)
      let day = calendar.serviceDay(at: instant)
      #expect(day >= last)
      last = day
      let text = calendar.text(of: instant).replacing(" ", with: "T")
      let again = try #require(calendar.instant(ofLocal: text))
      #expect(calendar.text(of: again).replacing(" ", with: "T") == text)
    }
  }

  @Test(arguments: [
    "", "2026-11-23", "2026-11-23T", "2026-11-23T24:00", "2026-11-23T9:60", "2026-02-30T09:00",
    "2026-13-01T09:00", "09:00", "2026-11-23 09:00", "2026-11-23T09:00:00", "2026-11-23T-1:00",
    "2026-11-23T+9:00", "2026-03-29T01:30",
  ])
  func `what is no local time, or is skipped, is none`(text: String) throws {
    let calendar = try #require(VenueCalendar(timeZone: "Europe/Lisbon"))
    #expect(calendar.instant(ofLocal: text) == nil)
  }

  @Test(arguments: [2026, 2028])
  func `Lisbon: every local quarter hour has its instants, skipped ones the first after`(
    year: Int
  ) throws {
    let calendar = try #require(VenueCalendar(timeZone: "Europe/Lisbon"))
    let quarter: Int64 = 900_000
    let start = Self.days(year, 1, 1) * Self.day
    let end = Self.days(year + 1, 1, 1) * Self.day
    var shown: [Int64: [Int64]] = [:]
    for time in stride(from: start, to: end, by: Int64.Stride(quarter)) {
      shown[time + Int64(Self.lisbonOffset(time, year)) * 60_000, default: []].append(time)
    }
    let gap = Self.days(year, 3, Self.last(3, year, 3, length: 31)) * Self.day + Self.hour
    var (skipped, twice) = (0, 0)
    for wall in stride(from: start, to: end, by: Int64.Stride(quarter)) {
      let day = ServiceDay(daysSince1970: Int(wall / Self.day))
      // The same time written as one of the day before, which the clock goes on from.
      let minute = Int(wall % Self.day / 60_000)
      let wanted = shown[wall] ?? [gap]
      skipped += shown[wall] == nil ? 1 : 0
      twice += wanted.count == 2 ? 1 : 0
      let got = [
        calendar.instant(of: day, minute: minute),
        calendar.instant(of: day.adding(days: -1), minute: minute + 1440),
        calendar.instant(of: day, minute: minute, occurrence: .last),
      ].map(\.milliseconds)
      try #require(got == [wanted[0], wanted[0], wanted[wanted.count - 1]], "\(day) \(minute)")
    }
    #expect(skipped == 4 && twice == 4, "an hour each")
  }

  struct LocalTime: Sendable, CustomTestStringConvertible {
    var zone: String
    var day: String
    var minute: Int
    /// In UTC: `2026-03-29T01:00`.
    var first: String
    var last: String
    var testDescription: String { "\(zone) \(day) \(minute)" }
  }

  @Test(arguments: [
    // Summer time begins at 01:00 UTC, a service that opened on the evening before goes on.
    LocalTime("Europe/Lisbon", "2026-03-28", 1530, "2026-03-29T01:00"),
    LocalTime("Europe/Lisbon", "2026-03-28", 1560, "2026-03-29T01:00"),
    LocalTime("Europe/Lisbon", "2026-03-29", 540, "2026-03-29T08:00"),
    LocalTime("Europe/Lisbon", "2026-10-24", 1530, "2026-10-25T00:30", "2026-10-25T01:30"),
    LocalTime("Europe/Lisbon", "2026-10-25", 540, "2026-10-25T09:00"),
    // Midnight is skipped, or comes twice.
    LocalTime("Africa/Cairo", "2026-04-24", 0, "2026-04-23T22:00"),
    LocalTime("America/Havana", "2026-03-08", 0, "2026-03-08T05:00"),
    LocalTime("America/Havana", "2026-11-01", 0, "2026-11-01T04:00", "2026-11-01T05:00"),
    // Half an hour of summer time.
    LocalTime("Australia/Lord_Howe", "2026-10-04", 135, "2026-10-03T15:30"),
    LocalTime("Australia/Lord_Howe", "2026-04-05", 105, "2026-04-04T14:45", "2026-04-04T15:15"),
    // Samoa went without 30 December 2011 to cross the date line.
    LocalTime("Pacific/Apia", "2011-12-30", 540, "2011-12-30T10:00"),
    LocalTime("Pacific/Apia", "2011-12-31", 0, "2011-12-30T10:00"),
    LocalTime("Asia/Kathmandu", "2026-07-01", 510, "2026-07-01T02:45"),
  ])
  func `local times through changes of the clock`(time: LocalTime) throws {
    let calendar = try #require(VenueCalendar(timeZone: time.zone))
    let utc = try #require(VenueCalendar(timeZone: "UTC"))
    let day = try #require(ServiceDay(time.day))
    let wanted = [time.first, time.last].map { $0.replacing("T", with: " ") }
    let got = [VenueCalendar.Occurrence.first, .last].map {
      utc.text(of: calendar.instant(of: day, minute: time.minute, occurrence: $0))
    }
    #expect(got == wanted)
    if time.minute == 0 { #expect(utc.text(of: calendar.dayStart(day)) == wanted[0]) }
  }

  @Test(arguments: ["Europe/Lisbon", "Africa/Cairo", "America/Havana", "Asia/Tbilisi", "UTC"])
  func `a day starts where the day before ends`(zone: String) throws {
    let calendar = try #require(VenueCalendar(timeZone: zone))
    var day = ServiceDay(year: 2026, month: 1, day: 1)
    for _ in 0..<800 {
      let start = calendar.dayStart(day)
      #expect(calendar.serviceDay(at: start) == day)
      #expect(calendar.serviceDay(at: start.adding(milliseconds: -1)) == day.adding(days: -1))
      day = day.adding(days: 1)
    }
  }

  @Test func `days of the week and sums of days agree with Foundation's`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let epoch = ServiceDay(year: 1970, month: 1, day: 1)
    for number in stride(from: -40_000, through: 120_000, by: 1) {
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
      let day = epoch.adding(days: number)
      // Foundation counts from Sunday, which is 1.
      let weekday = try (#require(parts.weekday) + 5) % 7
      try #require(
        day.year == parts.year && day.month == parts.month && day.day == parts.day
          && day.weekday.rawValue == weekday && day.isOnCalendar
          && day.days(since: epoch) == number, "\(day)")
    }
  }

  @Test func `a zone that nobody knows makes no calendar`() {
    #expect(VenueCalendar(timeZone: "Europe/Atlantis") == nil)
    #expect(VenueCalendar(timeZone: "Europe") == nil, "a directory of zones")
    #expect(VenueCalendar(timeZone: "../zoneinfo/Europe/Lisbon") == nil)
  }
}

extension CalendarTests.LocalTime {
  /// `last` where the time comes twice.
  fileprivate init(
    _ zone: String, _ day: String, _ minute: Int, _ first: String, _ last: String? = nil
  ) {
    self.init(zone: zone, day: day, minute: minute, first: first, last: last ?? first)
  }
}
