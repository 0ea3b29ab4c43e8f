import FoundationEssentials
import Glibc
import Synchronization
import Venue

/// The venue's calendar: which service day an instant belongs to, and how local time is written.
///
/// Built on the C library's zones, which cost a hundredth of the memory that ICU's take.
struct VenueCalendar: Sendable {
  private let zone: String

  /// Names of the zones that have a place of their own on the map.
  static var knownZones: [String] {
    guard let table = try? String(contentsOfFile: directory + "zone.tab", encoding: .utf8) else {
      return []
    }
    return table.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      line.split(separator: "\t").dropFirst(2).first.map(String.init)
    }
  }

  private static let directory = "/usr/share/zoneinfo/"

  /// Nil when the system knows no such time zone.
  init?(timeZone name: String) {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "/"):
        true
      default: false
      }
    }
    var isDirectory = false
    guard isPlain, !name.isEmpty, !name.hasPrefix("/"),
      FileManager.default.fileExists(atPath: Self.directory + name, isDirectory: &isDirectory),
      !isDirectory
    else { return nil }
    zone = name
  }

  /// The day on the venue's calendar; a day begins at the venue's midnight, or at the first instant
  /// after it where summer time skips midnight.
  func serviceDay(at instant: Instant) -> ServiceDay { local(instant).day }

  func utcOffsetMinutes(at instant: Instant) -> Int { local(instant).utcOffsetMinutes }

  /// `2026-11-23 10:02`
  func text(of instant: Instant) -> String {
    let local = local(instant)
    return local.day.description + " " + Self.twoDigits(local.hour) + ":"
      + Self.twoDigits(local.minute)
  }

  /// The instant of a local time such as `2026-11-23T09:00`; nil for anything else, and for a time
  /// that summer time skips. Of a time that comes twice, the first.
  func instant(ofLocal text: String) -> Instant? {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, let day = ServiceDay(halves[0]) else { return nil }
    let time = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 2, let hour = Int32(time[0]), let minute = Int32(time[1]),
      (0..<24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    // As if in UTC, then corrected by the offsets around it; the earlier instant is tried first.
    let guess = Self.utcMilliseconds(day, hour: hour, minute: minute)
    let wanted = "\(day) \(halves[1])"
    let offsets = [-24, 24].map { hours in
      utcOffsetMinutes(at: Instant(milliseconds: guess + hours * 3_600_000))
    }
    return offsets.sorted(by: >).lazy
      .map { Instant(milliseconds: guess - Int64($0) * 60_000) }
      .first { self.text(of: $0) == wanted }
  }

  private struct LocalTime {
    var day: ServiceDay
    var hour: Int32
    var minute: Int32
    var utcOffsetMinutes: Int
  }

  private func local(_ instant: Instant) -> LocalTime {
    var seconds = time_t((Double(instant.milliseconds) / 1000).rounded(.down))
    var local = unsafe tm()
    // The C library has one zone for the whole process: whoever asks for another sets it first.
    Self.current.withLock { current in
      if current != zone {
        unsafe setenv("TZ", ":" + zone, 1)
        tzset()
        current = zone
      }
      _ = unsafe localtime_r(&seconds, &local)
    }
    return unsafe LocalTime(
      day: ServiceDay(
        year: Int(local.tm_year) + 1900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday)),
      hour: local.tm_hour, minute: local.tm_min, utcOffsetMinutes: local.tm_gmtoff / 60)
  }

  private static let current = Mutex("")

  private static func utcMilliseconds(_ day: ServiceDay, hour: Int32, minute: Int32) -> Int64 {
    var parts = unsafe tm()
    unsafe parts.tm_year = Int32(day.year - 1900)
    unsafe parts.tm_mon = Int32(day.month - 1)
    unsafe parts.tm_mday = Int32(day.day)
    unsafe parts.tm_hour = hour
    unsafe parts.tm_min = minute
    return unsafe Int64(timegm(&parts)) * 1000
  }

  private static func twoDigits(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
