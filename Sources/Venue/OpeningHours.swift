/// When a service is open, in the notation of OpenStreetMap's key `opening_hours`.
///
/// The subset that venues need: rules separated by `;`, each `24/7` or, in this order and each part
/// optional, dates (`Jul-Aug`, `Dec 24`, `Dec 24-Jan 1`, `2026 Dec 31`), days (`Mo-Fr`, `Sa,PH`) and
/// times (`08:30-12:30,14:00-20:00`) or `off`. Without times the whole day is open. The rest of the
/// notation is refused by an `OpeningHoursProblem`.
///
/// As in OpenStreetMap's specification a later rule takes the place of earlier ones on every day that
/// it matches, whatever its times. `Mo` matches a Monday that is a public holiday too, so `PH off`
/// belongs last.
public struct OpeningHours: Equatable, Sendable {
  /// Bytes of UTF-8 that are read at most; hours that a person can survey take some hundred.
  public static let longestText = 1_000

  private let rules: [OpeningRule]

  public init(_ text: String) throws(OpeningHoursProblem) {
    var parser = try OpeningHoursParser(text)
    rules = try parser.rules()
  }

  /// When it is open on `day`: sorted, disjoint, with a break between each two; empty when closed.
  ///
  /// A span belongs to the day on which it opens. `Fr 22:00-02:00` gives Friday the span 1320 to
  /// 1560 and Saturday nothing, even where Saturday or a holiday is `off`.
  public func spans(on day: ServiceDay, isHoliday: Bool) -> [MinuteSpan] {
    rules.last { $0.matches(day, isHoliday: isHoliday) }?.spans ?? []
  }

  /// True when some span ends on the day after it began.
  public var reachesPastMidnight: Bool {
    rules.contains { $0.spans.contains { $0.closes > MinuteSpan.dayMinutes } }
  }
}

/// From opening to closing, in minutes of the venue's wall clock after the midnight that begins a day.
public struct MinuteSpan: Hashable, Sendable {
  /// From 0 to 1439.
  public let opens: Int
  /// Later than `opens`; from 1440 on it is a time of the next day. The minute itself is closed.
  public let closes: Int

  public init(opens: Int, closes: Int) {
    self.opens = opens
    self.closes = closes
  }

  static let dayMinutes = 24 * 60
  static let wholeDay = MinuteSpan(opens: 0, closes: dayMinutes)

  /// The same minutes, sorted, each in one span only.
  static func merged(_ spans: [MinuteSpan]) -> [MinuteSpan] {
    spans.sorted { $0.opens < $1.opens }.reduce(into: []) { merged, span in
      guard let last = merged.last, span.opens <= last.closes else { return merged.append(span) }
      merged[merged.count - 1] = MinuteSpan(
        opens: last.opens, closes: max(last.closes, span.closes))
    }
  }
}
