import Foundation
import Venue

/// The venue's calendar: which service day an instant belongs to, and how local time is written.
struct VenueCalendar: Sendable {
  private let zone: TimeZone
  private let calendar: Calendar

  /// Nil when the system knows no such time zone.
  init?(timeZone name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.zone = zone
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  /// The day on the venue's calendar; a day begins at the venue's midnight, or at the first instant
  /// after it where summer time skips midnight.
  func serviceDay(at instant: Instant) -> ServiceDay {
    let parts = parts(of: instant)
    return ServiceDay(year: parts.year ?? 1, month: parts.month ?? 1, day: parts.day ?? 1)
  }

  func utcOffsetMinutes(at instant: Instant) -> Int {
    zone.secondsFromGMT(for: Self.date(instant)) / 60
  }

  /// `2026-11-23 10:02`
  func text(of instant: Instant) -> String {
    let parts = parts(of: instant)
    return serviceDay(at: instant).description + " " + Self.twoDigits(parts.hour ?? 0) + ":"
      + Self.twoDigits(parts.minute ?? 0)
  }

  /// The instant of a local time such as `2026-11-23T09:00`; nil for anything else, and for a time
  /// that summer time skips.
  func instant(ofLocal text: String) -> Instant? {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, let day = ServiceDay(halves[0]) else { return nil }
    let time = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 2, let hour = Int(time[0]), let minute = Int(time[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    let parts = DateComponents(
      year: day.year, month: day.month, day: day.day, hour: hour, minute: minute)
    guard let date = calendar.date(from: parts) else { return nil }
    let instant = Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    let isReal = self.text(of: instant) == "\(day) \(halves[1])"
    return isReal ? instant : nil
  }

  private func parts(of instant: Instant) -> DateComponents {
    calendar.dateComponents([.year, .month, .day, .hour, .minute], from: Self.date(instant))
  }

  private static func date(_ instant: Instant) -> Date {
    Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
