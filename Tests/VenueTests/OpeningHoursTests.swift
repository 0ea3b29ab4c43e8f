import Testing

@testable import Venue

/// 2026: 1 January is a Thursday, 23 November a Monday.
@Suite("Opening hours")
struct OpeningHoursTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    var hours: String
    var day: String
    /// Like `510-720 840-1200`, in minutes.
    var spans: String
    var isHoliday = false

    init(_ hours: String, _ day: String, _ spans: String, isHoliday: Bool = false) {
      (self.hours, self.day, self.spans, self.isHoliday) = (hours, day, spans, isHoliday)
    }

    var testDescription: String { "\(hours) on \(day)\(isHoliday ? ", a holiday" : "")" }
  }

  private static let days: [Reading] = [
    Reading("24/7", "2026-11-22", "0-1440"),
    Reading("24/7; PH off", "2026-11-22", "", isHoliday: true),
    Reading("08:30-20:00", "2026-11-22", "510-1200"),
    Reading("Mo-Sa 08:30-20:00", "2026-11-23", "510-1200"),
    Reading("Mo-Sa 08:30-20:00", "2026-11-22", ""),
    Reading("Mo-Sa", "2026-11-28", "0-1440"),
    Reading("Mo,We,Fr 09:00-12:00", "2026-11-25", "540-720"),
    Reading("Mo,We,Fr 09:00-12:00", "2026-11-26", ""),
    Reading("Mo, We - Fr 09:00 - 12:00, 14:00-18:00", "2026-11-26", "540-720 840-1080"),
    Reading("Fr-Mo 09:00-12:00", "2026-11-22", "540-720"),
    Reading("Fr-Mo 09:00-12:00", "2026-11-24", ""),
    Reading("Su-Mo", "2026-11-23", "0-1440"),
    Reading("Su-Mo", "2026-11-24", ""),
    // Holidays.
    Reading("Mo-Sa 08:30-20:00", "2026-11-23", "510-1200", isHoliday: true),
    Reading("Mo-Sa 08:30-20:00; PH off", "2026-11-23", "", isHoliday: true),
    Reading("PH off; Mo-Sa 08:30-20:00", "2026-11-23", "510-1200", isHoliday: true),
    Reading("Mo-Fr,PH 10:00-12:00", "2026-11-22", "600-720", isHoliday: true),
    Reading("Mo-Fr,PH 10:00-12:00", "2026-11-22", ""),
    Reading("PH,Mo closed; Tu 10:00-12:00", "2026-11-24", "600-720", isHoliday: true),
    Reading("Dec PH 10:00-12:00", "2026-12-08", "600-720", isHoliday: true),
    Reading("Dec PH 10:00-12:00", "2026-12-09", ""),
  ]

  private static let dates: [Reading] = [
    Reading("Jul-Aug 09:00-14:00", "2026-07-01", "540-840"),
    Reading("Jul-Aug 09:00-14:00", "2026-08-31", "540-840"),
    Reading("Jul-Aug 09:00-14:00", "2026-09-01", ""),
    Reading("Jul-Aug Mo-Fr 09:00-14:00", "2026-07-05", ""),
    Reading("Nov-Feb", "2028-02-29", "0-1440"),
    Reading("Nov-Feb", "2028-03-01", ""),
    Reading("Jan,Mar-Apr,Dec 24", "2026-12-24", "0-1440"),
    Reading("Jan,Mar-Apr,Dec 24", "2026-12-25", ""),
    Reading("Dec 24 09:00-12:00", "2031-12-24", "540-720"),
    Reading("Mo-Su 08:00-20:00; Dec 24-26 off", "2026-12-26", ""),
    Reading("Mo-Su 08:00-20:00; Dec 24-26 off", "2026-12-27", "480-1200"),
    Reading("Dec 24-Jan 1", "2027-01-01", "0-1440"),
    Reading("Dec 24-Jan 1", "2027-01-02", ""),
    Reading("Dec 24-Jan 1", "2026-12-23", ""),
    Reading("Feb 29", "2028-02-29", "0-1440"),
    Reading("2026 Dec 31 08:00-12:00", "2026-12-31", "480-720"),
    Reading("2026 Dec 31 08:00-12:00", "2027-12-31", ""),
    Reading("2026 Dec 24-26", "2026-12-26", "0-1440"),
    Reading("2026 Dec 24-2027 Jan 3", "2027-01-03", "0-1440"),
    Reading("2026 Dec 24-2027 Jan 3", "2027-12-25", ""),
    Reading("Mo-Fr 08:00-18:00; 2026 Dec 24,2026 Dec 31 08:00-12:00", "2026-12-31", "480-720"),
  ]

  private static let times: [Reading] = [
    Reading("22:00-02:00", "2026-11-23", "1320-1560"),
    Reading("Fr 22:00-02:00; Sa off", "2026-11-27", "1320-1560"),
    Reading("Fr 22:00-02:00; Sa off", "2026-11-28", ""),
    Reading("22:00-00:00", "2026-11-23", "1320-1440"),
    Reading("00:00-24:00", "2026-11-23", "0-1440"),
    Reading("14:00-18:00,08:00-12:00", "2026-11-23", "480-720 840-1080"),
    Reading("08:00-12:00,10:00-14:00", "2026-11-23", "480-840"),
    Reading("08:00-12:00,12:00-14:00", "2026-11-23", "480-840"),
    Reading("08:00-18:00,10:00-11:00", "2026-11-23", "480-1080"),
    Reading("22:00-02:00,00:00-03:00", "2026-11-23", "0-180 1320-1560"),
    // The later rule takes the whole day, not only its times.
    Reading("Mo-Fr 08:00-18:00; We 14:00-16:00", "2026-11-25", "840-960"),
    Reading("We 14:00-16:00; Mo-Fr 08:00-18:00", "2026-11-25", "480-1080"),
    Reading("Mo-Fr 08:00-18:00; We 14:00-16:00; We off", "2026-11-25", ""),
  ]

  @Test("A day has the hours of the last rule that matches it", arguments: days + dates + times)
  func read(_ reading: Reading) throws {
    let day = try #require(ServiceDay(reading.day))
    let spans = try OpeningHours(reading.hours).spans(on: day, isHoliday: reading.isHoliday)
    #expect(spans.map { "\($0.opens)-\($0.closes)" }.joined(separator: " ") == reading.spans)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var hours: String
    var piece: String
    var instead: String

    init(_ hours: String, _ piece: String, _ instead: String) {
      (self.hours, self.piece, self.instead) = (hours, piece, instead)
    }

    var testDescription: String { hours }
  }

  private static let beyond: [Refused] = [
    Refused("Mo-Fr sunrise-18:00", "sunrise", "clock times"),
    Refused("Mo-Fr 08:00-sunset", "sunset", "clock times"),
    Refused("Mo-Fr (sunrise-01:00)-18:00", "(", "clock times"),
    Refused("week 10-20 08:00-18:00", "week", "Mar 2-Apr 26"),
    Refused("Mo[1] 08:00-18:00", "[", "2026 Dec 7"),
    Refused("Mo-Fr 08:00-18:00 || 10:00-12:00", "||", "`;`"),
    Refused("Mo-Fr 08:00-18:00 \"ring; twice\"", "\"ring; twice\"", "remove it"),
    Refused("\"by appointment", "\"by appointment", "remove it"),
    Refused("Mo-Fr 18:00+", "+", "closing time"),
    Refused("Mo-Fr 18:00-22:00+", "+", "closing time"),
    Refused("Mo-Fr 10:00-16:00/01:30", "/", "write out"),
    Refused("SH 08:00-18:00", "SH", "Jul 1-Aug 31"),
    Refused("Mo-Fr,SH 08:00-18:00", "SH", "Jul 1-Aug 31"),
    Refused("easter off", "easter", "2027 Mar 28"),
    Refused("PH -1 day 08:00-12:00", "PH -", "Dec 24"),
    Refused("PH +1 day off", "+", ""),
    Refused("Mo-Fr unknown", "unknown", "`off`"),
    Refused("Mo-Fr 08:00-18:00 open", "open", "remove"),
    Refused("Jul-Aug: Mo 08:00-18:00", ":", "remove"),
    Refused("Mo 08:00-12:00, We 14:00-18:00", ", We", "`;`"),
    Refused("Mo 08:00-12:00, PH off", ", PH", "`;`"),
    Refused("08:00-26:00", "26:00", "`02:00`"),
    Refused("2026 Jul-Aug", "2026 Jul - Aug", ""),
    Refused("2026 08:00-12:00", "2026", "2026 Dec 31"),
    Refused("2026-2027 Mo", "2026", "2026 Dec 31"),
    Refused("PH Mo 08:00-12:00", "Mo", "`,`"),
  ]

  private static let wrong: [Refused] = [
    Refused("", "", "Mo-Sa 08:30-20:00"), Refused("   ", "", "Mo-Sa"),
    Refused(";", ";", "remove it"),
    Refused("Mo-Sa 08:30-20:00;", ";", "remove it"), Refused("off", "off", "`PH off`"),
    Refused("Mo-Fr 08:00-12:00; closed", "closed", "`PH closed`"),
    Refused("PH off", "", "add a rule"), Refused("always", "always", "days are `Mo` to `Su`"),
    Refused("Mo-Sa 8:30-20:00", "8:30", "`08:30`"), Refused("Mo 08:5-09:00", "08:5", "`08:05`"),
    Refused("Mo-Sa 08:30-24:01", "24:01", "`00:01`"), Refused("08:60-09:00", "08:60", "`24:00`"),
    Refused("99999999999999999999:00-09:00", "99999999999999999999:00", "`24:00`"),
    Refused("Mo 08:30-08:30", "08:30-08:30", "`00:00-24:00`"),
    Refused("24:00-02:00", "24:00-02:00", "next day"), Refused("Mo 08:30", "08:30", "08:30-20:00"),
    Refused("Mo 08:30-", "-", "complete"), Refused("Mo 08:30-12:00,", ",", "complete"),
    Refused("mo-sa 08:30-20:00", "mo", "`Mo`"), Refused("Monday 08:30-20:00", "Monday", "`Mo`"),
    Refused("July 08:30-20:00", "July", "`Jul`"),
    Refused("Mo-Xx 08:30-20:00", "Xx", "`Mo` to `Su`"),
    Refused("Mo Sa 08:30-20:00", "Sa", "`,`"), Refused("Mo-We-Fr 08:30-20:00", "-", "remove"),
    Refused("Mo–Fr 08:30-20:00", "–", "write `-`"), Refused("Mo ०८:३०-२०:००", "०८", "remove"),
    Refused("Mo-Mo 08:30-20:00", "Mo", "once"), Refused("Jul-Jul", "Jul", "once"),
    Refused("Mo Jul 08:30-20:00", "Jul", "first"), Refused("Mo 8-20", "8", "`08:30-20:00`"),
    Refused("Mo 24/7", "24/7", ""), Refused("24/7 off", "off", ""),
    Refused("Mo 12:00-13:00 off", "off", "08:30-12:30,14:00-20:00"),
    Refused("08:00-12:00 Mo", "Mo", "before the times"),
    Refused("08:00-12:00 14:00-18:00", "14:00", "`,`"),
    Refused("Dec 24,31 off; Mo", "31", "month of each date"), Refused("24 Dec", "24", "month"),
    Refused("Dec 2026", "2026", "before the month"), Refused("Feb 30", "Feb 30", "`Feb`"),
    Refused("2026 Feb 29", "2026 Feb 29", "`Feb`"), Refused("Dec 0", "Dec 0", "`Dec`"),
    Refused("Dec 26-24", "Dec 26 - 24", "earlier date first"),
    Refused("2026 Dec 31-2026 Dec 24", "2026 Dec 31 - 2026 Dec 24", "earlier date first"),
    Refused("2026 Dec 24-Jan 1", "2026 Dec 24 - Jan 1", "2027 Jan 1"),
    Refused("Jul-Aug 15", "Jul - Aug 15", "Jul 1-Aug 31"),
    Refused("Jul,Mo", "Mo", "behind the dates"),
    Refused("Dec 24-24", "24", "once"),
  ]

  @Test("What is beyond the subset, or wrong, is refused by its name", arguments: beyond + wrong)
  func refuse(_ refused: Refused) throws {
    let problem = try #require(throws: OpeningHoursProblem.self) {
      try OpeningHours(refused.hours)
    }
    #expect(problem.piece == refused.piece)
    #expect(problem.instead.contains(refused.instead) && !problem.reason.isEmpty)
  }

  @Test("A text longer than the limit is refused, and quoted in part only")
  func long() throws {
    let rule = "Mo 08:00-12:00; "
    let text = String(repeating: rule, count: OpeningHours.longestText / rule.utf8.count + 1)
    let problem = try #require(throws: OpeningHoursProblem.self) { try OpeningHours(text) }
    #expect(
      problem.reason.contains("1000") && problem.piece.count == OpeningHoursProblem.longestPiece)
    #expect(throws: Never.self) { try OpeningHours(String(text.dropLast(rule.utf8.count + 2))) }
  }

  @Test("Days that are not on the calendar count as those that they run over to")
  func beyondTheCalendar() {
    let wanted = ServiceDay(year: 2026, month: 3, day: 2)
    for (month, day) in [(2, 30), (15, -363), (-9, 367)] {
      let odd = ServiceDay(year: 2026, month: month, day: day)
      #expect(odd.adding(days: 0) == wanted, "\(month)-\(day)")
      #expect(odd.weekday == .monday && !odd.isOnCalendar)
    }
    #expect(!ServiceDay(year: 2100, month: 2, day: 29).isOnCalendar)
    #expect(ServiceDay(year: 2000, month: 2, day: 29).isOnCalendar)
    #expect(ServiceDay(year: 1, month: 1, day: 1).weekday == .monday)
  }
}
