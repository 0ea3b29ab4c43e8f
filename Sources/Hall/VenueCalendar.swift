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

  func utcOffsetMinutes(at instant: Instant) -> Int { local(instant).utcOffsetSeconds / 60 }

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
    let instant = instant(of: day, minute: Int(hour) * 60 + Int(minute))
    return self.text(of: instant) == "\(day) \(halves[1])" ? instant : nil
  }

  /// Which instant is meant by a local time that comes twice, when summer time ends.
  enum Occurrence: Sendable {
    case first, last
  }

  /// The first instant of `day`: midnight, or where summer time skips it the first after it.
  func dayStart(_ day: ServiceDay) -> Instant { instant(of: day, minute: 0) }

  /// The instant at which the venue's clocks show `minute` minutes after the midnight of `day`; from
  /// 1440 on they show it on the next days.
  ///
  /// It is what the clock shows that counts, not how long the day has lasted: 540 is nine o'clock on
  /// days of 23 and 25 hours too. A time that summer time skips gives the first instant after the
  /// gap. Of a time that comes twice take the first to open and the last to close.
  func instant(
    of day: ServiceDay, minute: Int, occurrence: Occurrence = .first
  ) -> Instant {
    let wall = Int64(day.daysSince1970) * Self.dayMilliseconds + Int64(minute) * 60_000
    // Offsets are between -12 and +14 hours, and zones do not change theirs twice in two days.
    let around = [-1, 1].map { days in
      utcOffset(at: Instant(milliseconds: wall + days * Self.dayMilliseconds))
    }
    let candidates = around.map { Instant(milliseconds: wall - $0) }.sorted()
    let matches = candidates.filter { self.wall(at: $0) == wall }
    return (occurrence == .first ? matches.first : matches.last)
      ?? firstInstant(showing: wall, between: candidates[0], and: candidates[1])
  }

  /// The first instant after `early`, to the second, whose clock shows `wall` or later; `late` is one.
  private func firstInstant(
    showing wall: Int64, between early: Instant, and late: Instant
  ) -> Instant {
    var (early, late) = (early.milliseconds / 1000, late.milliseconds / 1000)
    while early + 1 < late {
      let middle = early + (late - early) / 2
      if self.wall(at: Instant(milliseconds: middle * 1000)) >= wall {
        late = middle
      } else {
        early = middle
      }
    }
    return Instant(milliseconds: late * 1000)
  }

  /// What the venue's clocks show, as if they stood in UTC: milliseconds since 1970.
  private func wall(at instant: Instant) -> Int64 { instant.milliseconds + utcOffset(at: instant) }

  /// Milliseconds ahead of UTC.
  private func utcOffset(at instant: Instant) -> Int64 {
    Int64(local(instant).utcOffsetSeconds) * 1000
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  private struct LocalTime {
    var day: ServiceDay
    var hour: Int32
    var minute: Int32
    var utcOffsetSeconds: Int
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
      hour: local.tm_hour, minute: local.tm_min, utcOffsetSeconds: local.tm_gmtoff)
  }

  private static let current = Mutex("")

  private static func twoDigits(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
