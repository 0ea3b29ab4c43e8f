import Foundation
import Testing
import Venue

/// Random hours against a walk through the year, minute by minute, that knows dates and days as words
/// only; and random texts against nothing but the promises of the type.
///
/// `ROSSIO_FUZZ_ROUNDS` asks for more, `ROSSIO_FUZZ_SEED` for the texts of an earlier run.
@Suite("Opening hours at random")
struct OpeningHoursOracleTests {
  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
  }

  private static func random(_ purpose: String) -> (SeededRandom, UInt64) {
    let seed = number("ROSSIO_FUZZ_SEED") ?? UInt64.random(in: 1...UInt64.max)
    print("ROSSIO_FUZZ_SEED=\(seed) \(purpose)")
    return (SeededRandom(seed: seed), seed)
  }

  @Test("Every minute of a year is open or closed as a naive reader says", arguments: [2026, 2028])
  func everyMinute(year: Int) throws {
    var (random, seed) = Self.random("opens the days of \(year)")
    let calendar = NaiveYear(year)
    for _ in 0..<(Self.number("ROSSIO_FUZZ_ROUNDS").map(Int.init) ?? 12) {
      let rules = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        NaiveRule.random(in: calendar, using: &random)
      }
      guard rules.contains(where: { !$0.times.isEmpty }) else { continue }
      let text = rules.map(\.text).joined(
        separator: ["; ", ";"].randomElement(using: &random) ?? ";")
      let hours = try OpeningHours(text)
      for (name, weekday, date) in calendar.days {
        let isHoliday = Int.random(in: 0..<10, using: &random) == 0
        var wanted = [Bool](repeating: false, count: 2 * 1440)
        rules.last { $0.matches(name, weekday, isHoliday) }?.open(&wanted)
        var got = [Bool](repeating: false, count: 2 * 1440)
        let spans = hours.spans(on: date, isHoliday: isHoliday)
        for span in spans { for minute in span.opens..<span.closes { got[minute] = true } }
        try #require(got == wanted, "seed \(seed): `\(text)` on \(date), holiday \(isHoliday)")
        try #require(Self.areInOrder(spans), "seed \(seed): `\(text)` on \(date)")
      }
    }
  }

  @Test("Random bytes and random pieces of the notation give hours or a problem that can be read")
  func anyText() throws {
    var (random, seed) = Self.random("writes opening hours")
    let pieces = [
      "Mo", "Su", "PH", "SH", "off", "closed", "Jan", "Dec", "24/7", "2026", "31", "0", "29", "Feb",
      "08:30", "24:00", "26:00", "-", ",", ";", " ", "||", "|", "+", "/", "[", "]", "(", ":", "\"",
      "week", "easter", "sunset", "é", "–", "\u{301}", "👩‍👧", "\r\n", "\0", "99999999999999999999",
    ]
    var taken = 0
    for round in 0..<(Self.number("ROSSIO_FUZZ_ROUNDS").map { Int($0) * 1_000 } ?? 20_000) {
      let length = Int.random(in: 0...12, using: &random)
      let text =
        round.isMultiple(of: 4)
        ? String(
          decoding: (0..<length * 4).map { _ in UInt8.random(in: 0...255, using: &random) },
          as: UTF8.self)
        : (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      do {
        let hours = try OpeningHours(text)
        taken += 1
        for days in stride(from: 0, to: 400, by: 57) {
          let day = ServiceDay(year: 2026, month: 1, day: 1).adding(days: days)
          let spans = hours.spans(on: day, isHoliday: days.isMultiple(of: 2))
          try #require(Self.areInOrder(spans), "seed \(seed): `\(text)`")
        }
      } catch let problem as OpeningHoursProblem {
        try #require(
          !problem.reason.isEmpty && !problem.instead.isEmpty
            && problem.piece.count <= OpeningHoursProblem.longestPiece, "seed \(seed): `\(text)`")
      }
    }
    #expect(taken > 20, "seed \(seed): some of them are opening hours")
  }

  private static func areInOrder(_ spans: [MinuteSpan]) -> Bool {
    spans.allSatisfy { 0 <= $0.opens && $0.opens < min($0.closes, 1440) && $0.closes <= 2880 }
      && zip(spans, spans.dropFirst()).allSatisfy { $0.closes < $1.opens }
  }
}

/// A year's days by name (`Dec 24`), each with its day of the week, counted one by one.
private struct NaiveYear {
  static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  static let months = [
    ("Jan", 31), ("Feb", 29), ("Mar", 31), ("Apr", 30), ("May", 31), ("Jun", 30), ("Jul", 31),
    ("Aug", 31), ("Sep", 30), ("Oct", 31), ("Nov", 30), ("Dec", 31),
  ]

  let year: Int
  let days: [(name: String, weekday: String, date: ServiceDay)]

  init(_ year: Int) {
    self.year = year
    // 1 January is a Thursday in 2026, a Saturday in 2028.
    let first = year == 2026 ? 3 : 5
    var days: [(name: String, weekday: String, date: ServiceDay)] = []
    for (number, (month, length)) in Self.months.enumerated() {
      for day in 1...(number == 1 && year == 2026 ? 28 : length) {
        let date = ServiceDay(year: year, month: number + 1, day: day)
        days.append(("\(month) \(day)", Self.weekdays[(first + days.count) % 7], date))
      }
    }
    self.days = days
  }
}

/// A rule as its text, the names that it matches, and its times.
private struct NaiveRule {
  var text: String
  /// Names of dates; nil for all.
  var dates: Set<String>?
  /// Days of the week, and `PH`; nil for all.
  var days: Set<String>?
  /// Minutes after midnight, the second perhaps of the next day; empty for `off`.
  var times: [(Int, Int)]

  func matches(_ name: String, _ weekday: String, _ isHoliday: Bool) -> Bool {
    if let dates, !dates.contains(name) { return false }
    guard let days else { return true }
    return days.contains(weekday) || (isHoliday && days.contains("PH"))
  }

  func open(_ minutes: inout [Bool]) {
    for minute in minutes.indices where times.contains(where: { $0.0 <= minute && minute < $0.1 }) {
      minutes[minute] = true
    }
  }

  static func random(in year: NaiveYear, using random: inout SeededRandom) -> NaiveRule {
    var rule = NaiveRule(text: "", times: [])
    if Int.random(in: 0..<8, using: &random) == 0 {
      return NaiveRule(text: "24/7", times: [(0, 1440)])
    }
    var parts: [String] = []
    if Bool.random(using: &random) {
      let items = (0...Int.random(in: 0...2, using: &random)).map { _ in date(year, &random) }
      parts.append(items.map(\.0).joined(separator: ","))
      rule.dates = Set(items.flatMap(\.1))
    }
    if Bool.random(using: &random) {
      let items = (0...Int.random(in: 0...2, using: &random)).map { _ in weekday(&random) }
      parts.append(items.map(\.0).joined(separator: ","))
      rule.days = Set(items.flatMap(\.1))
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where !parts.isEmpty: parts.append("off")
    case 1 where !parts.isEmpty: rule.times = [(0, 1440)]
    default:
      let items = (0...Int.random(in: 0...2, using: &random)).map { _ in span(&random) }
      parts.append(items.map(\.0).joined(separator: ","))
      rule.times = items.map { ($0.1, $0.2) }
    }
    rule.text = parts.joined(separator: " ")
    return rule
  }

  private static func date(
    _ year: NaiveYear, _ random: inout SeededRandom
  ) -> (String, [String]) {
    let names = NaiveYear.months.flatMap { month, length in (1...length).map { "\(month) \($0)" } }
    let first = Int.random(in: 0..<names.count, using: &random)
    let last = Int.random(in: 0..<names.count, using: &random)
    let months = [first, last].map { String(names[$0].prefix(3)) }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return (names[first], [names[first]])
    case 1:
      return (months[0], names.filter { $0.hasPrefix(months[0]) })
    case 2 where months[0] != months[1]:
      let all = NaiveYear.months.map(\.0)
      let walked = walk(all, from: months[0], through: months[1])
      return ("\(months[0])-\(months[1])", names.filter { walked.contains(String($0.prefix(3))) })
    case 3:
      let day = year.days[min(first, year.days.count - 1)]
      return ("\(year.year) \(day.name)", [day.name])
    default:
      guard months[0] != months[1] || first < last else { return (names[first], [names[first]]) }
      let end = months[0] == months[1] ? String(names[last].dropFirst(4)) : names[last]
      return ("\(names[first])-\(end)", walk(names, from: names[first], through: names[last]))
    }
  }

  private static func weekday(_ random: inout SeededRandom) -> (String, [String]) {
    let first = Int.random(in: 0..<8, using: &random)
    let last = Int.random(in: 0..<7, using: &random)
    guard first < 7 else { return ("PH", ["PH"]) }
    let names = NaiveYear.weekdays
    guard first != last else { return (names[first], [names[first]]) }
    return ("\(names[first])-\(names[last])", walk(names, from: names[first], through: names[last]))
  }

  private static func span(_ random: inout SeededRandom) -> (String, Int, Int) {
    let opens = Int.random(in: 0..<1440, using: &random)
    let length = Int.random(in: 1..<1440, using: &random)
    let closes = (opens + length) % 1440
    let isMidnight = closes == 0 && Bool.random(using: &random)
    return (
      clock(opens) + "-" + (isMidnight ? "24:00" : clock(closes)), opens, opens + length
    )
  }

  private static func clock(_ minutes: Int) -> String {
    "\(100 + minutes / 60)".suffix(2) + ":" + "\(100 + minutes % 60)".suffix(2)
  }

  /// The names from one to another, around the end where need be.
  private static func walk(_ names: [String], from first: String, through last: String) -> [String]
  {
    var walked: [String] = []
    for name in names + names where !walked.isEmpty || name == first {
      walked.append(name)
      if name == last { break }
    }
    return walked
  }
}
