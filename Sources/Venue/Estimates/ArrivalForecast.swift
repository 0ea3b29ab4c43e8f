/// Forecasts arrivals by the quarter hour of the local day, 0..<96.
///
/// The forecast of a quarter is the median of its counts on the last six days of the same weekday,
/// times the shrunk ratio of what was seen today to what was expected so far:
///
///     ratio = (seen + k) / (expected + k)   over the quarters before now, k = expected day / 8
///
/// The constant follows from how days vary: if a day's total has variance / mean D and arrivals
/// within the day vary as Poisson, the best linear estimate of the day's factor has
/// k = day / (D - 1). Venues of this kind have D from 6 to 12; 9 is taken.
public struct ArrivalForecast: Equatable, Sendable {
  public static var quarters: Int { 96 }
  public static var daysKept: Int { 6 }
  private static var weekdays: Int { 7 }
  private static var dayShare: Double { 1.0 / 8 }

  /// The weekday of the day being counted, 0..<7; nil before the first `turnDay`.
  public private(set) var weekday: Int?
  /// How many days are kept of each weekday, at most `daysKept`.
  private var kept: [Int]
  /// By weekday, day (oldest first) and quarter; what is not kept is 0.
  private var history: [UInt16]
  private var today: [UInt16]
  /// Derived from the history of `weekday`; nil when it has none.
  private var usual: UsualDay?

  public init() {
    kept = Array(repeating: 0, count: Self.weekdays)
    history = Array(repeating: 0, count: Self.weekdays * Self.daysKept * Self.quarters)
    today = Array(repeating: 0, count: Self.quarters)
  }

  /// Counts one arrival, up to 65,535 a quarter. A quarter outside 0..<96 counts as the nearest.
  public mutating func note(quarter: Int) {
    let quarter = Self.bounded(quarter)
    if today[quarter] < .max { today[quarter] += 1 }
  }

  /// Ends the day that was counted and begins one of `weekday` (0..<7, in any fixed order).
  ///
  /// A day without any arrival was closed, and is not kept. What was noted before the first call
  /// belongs to no weekday, and is dropped. Another weekday is taken modulo 7.
  public mutating func turnDay(weekday next: Int) {
    if let weekday, today.contains(where: { $0 > 0 }) { keep(as: weekday) }
    today = Array(repeating: 0, count: Self.quarters)
    let remainder = next % Self.weekdays
    weekday = remainder < 0 ? remainder + Self.weekdays : remainder
    findUsualDay()
  }

  /// What is expected in `quarter` when it is `now`; nil without history of the weekday.
  ///
  /// A quarter before `now` is what was seen, the running one at least that. Quarters outside
  /// 0..<96 count as the nearest.
  public func expected(quarter: Int, now: Int) -> ArrivalRange? {
    let quarter = Self.bounded(quarter)
    let now = Self.bounded(now)
    let seen = Double(today[quarter])
    guard quarter >= now else { return ArrivalRange(low: seen, expected: seen, high: seen) }
    guard let usual else { return nil }
    let expected = usual.counts[quarter] * ratio(of: usual, now: now)
    let reach = ArrivalRange.tenthDeviations * (usual.dispersion * expected).squareRoot()
    let least = quarter == now ? seen : 0
    return ArrivalRange(
      low: max(least, expected - reach), expected: max(least, expected),
      high: max(least, expected + reach))
  }

  private func ratio(of usual: UsualDay, now: Int) -> Double {
    var seen = 0.0
    var expected = 0.0
    for quarter in 0..<now {
      seen += Double(today[quarter])
      expected += usual.counts[quarter]
    }
    let weight = usual.total * Self.dayShare
    return weight > 0 ? (seen + weight) / (expected + weight) : 1
  }

  private static func bounded(_ quarter: Int) -> Int { min(max(0, quarter), quarters - 1) }
}

extension ArrivalForecast {
  private mutating func keep(as weekday: Int) {
    let start = weekday * Self.daysKept * Self.quarters
    if kept[weekday] == Self.daysKept {
      let end = start + Self.daysKept * Self.quarters
      history.replaceSubrange(start..<end, with: history[(start + Self.quarters)..<end] + today)
    } else {
      let day = start + kept[weekday] * Self.quarters
      history.replaceSubrange(day..<(day + Self.quarters), with: today)
      kept[weekday] += 1
    }
  }

  private mutating func findUsualDay() {
    guard let weekday, kept[weekday] > 0 else {
      usual = nil
      return
    }
    let start = weekday * Self.daysKept * Self.quarters
    usual = UsualDay(history[start..<(start + kept[weekday] * Self.quarters)], days: kept[weekday])
  }
}

extension ArrivalForecast {
  /// The length of `stored`.
  public static var storedCount: Int { 1 + weekdays + (weekdays * daysKept + 1) * quarters }

  /// The whole state, exactly: 4,136 numbers.
  ///
  /// The weekday, 65,535 for none; days kept of each of the seven; their counts by weekday, day
  /// (oldest first) and quarter, 0 where no day is kept; today's 96 counts.
  public var stored: [UInt16] {
    [weekday.map { UInt16($0) } ?? .max] + kept.map { UInt16($0) } + history + today
  }

  /// The state that gave `stored`; nil when no state gives it.
  public init?(stored: [UInt16]) {
    guard stored.count == Self.storedCount, stored[0] == .max || stored[0] < Self.weekdays,
      stored[1...Self.weekdays].allSatisfy({ $0 <= Self.daysKept })
    else { return nil }
    weekday = stored[0] == .max ? nil : Int(stored[0])
    kept = stored[1...Self.weekdays].map { Int($0) }
    history = Array(stored[(1 + Self.weekdays)..<(stored.count - Self.quarters)])
    today = Array(stored[(stored.count - Self.quarters)...])
    for day in 0..<(Self.weekdays * Self.daysKept) {
      let counts = history[(day * Self.quarters)..<((day + 1) * Self.quarters)]
      let isKept = day % Self.daysKept < kept[day / Self.daysKept]
      guard counts.contains(where: { $0 > 0 }) == isKept else { return nil }
    }
    findUsualDay()
  }
}
