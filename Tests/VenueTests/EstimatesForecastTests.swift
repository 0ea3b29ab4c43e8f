import Foundation
import Testing

@testable import Venue

@Suite("Forecast of arrivals")
struct EstimatesForecastTests {
  @Test("It beats last week's day and the median unscaled, and its ranges hold", arguments: 1...3)
  func beatsLastWeek(seed: Int) {
    var weeks = SyntheticWeeks(seed: UInt64(seed))
    let score = weeks.run(weeks: 40, warmUp: 7)
    print("forecast, seed \(seed): \(score)")
    #expect(score.forecastError < score.lastWeekError, "seed \(seed)")
    #expect(score.forecastError < score.medianError, "seed \(seed)")
    #expect((0.75...0.88).contains(score.coverage), "seed \(seed)")
  }

  @Test("Median and ratio, by hand")
  func byHand() throws {
    var forecast = ArrivalForecast()
    forecast.turnDay(weekday: 2)
    #expect(forecast.expected(quarter: 40, now: 30) == nil)
    for count in [9, 4, 20, 6, 8, 7, 10] {
      for _ in 0..<count { forecast.note(quarter: 40) }
      for _ in 0..<(2 * count) { forecast.note(quarter: 41) }
      forecast.turnDay(weekday: 2)
    }
    // The first day is forgotten: 4 6 7 8 10 20 have the median 7.5, their doubles 15.
    #expect(forecast.expected(quarter: 40, now: 40)?.expected == 7.5)
    for _ in 0..<15 { forecast.note(quarter: 40) }
    // k = 22.5 / 8 = 2.8125; ratio = (15 + 2.8125) / (7.5 + 2.8125).
    let next = try #require(forecast.expected(quarter: 41, now: 41))
    #expect(abs(next.expected - 15 * 17.8125 / 10.3125) < 1e-12)
    #expect(next.low < next.expected && next.expected < next.high)
    let seen = forecast.expected(quarter: 40, now: 41)
    #expect(seen == ArrivalRange(low: 15, expected: 15, high: 15))
    #expect(forecast.expected(quarter: 50, now: 41)?.expected == 0)
  }

  @Test("Closed days are not kept, weekdays are apart, odd quarters and weekdays are bounded")
  func edges() {
    var forecast = ArrivalForecast()
    forecast.note(quarter: 5)
    forecast.turnDay(weekday: 0)
    forecast.turnDay(weekday: 0)
    #expect(forecast.expected(quarter: 5, now: 0) == nil, "noted before the first day, then closed")
    forecast.note(quarter: .min)
    forecast.note(quarter: .max)
    forecast.turnDay(weekday: 1)
    #expect(forecast.expected(quarter: 0, now: 0) == nil, "another weekday")
    forecast.turnDay(weekday: -7)
    #expect(forecast.weekday == 0)
    #expect(forecast.expected(quarter: .min, now: .min)?.expected == 1)
    #expect(forecast.expected(quarter: .max, now: .min)?.expected == 1)
    for _ in 0..<70_000 { forecast.note(quarter: 3) }
    #expect(forecast.expected(quarter: 3, now: 4)?.expected == 65_535)
  }

  @Test("It comes back from its stored form; what no forecast stores is refused")
  func roundTrip() throws {
    var random = SeededRandom(seed: 11)
    var forecast = ArrivalForecast()
    for day in 0..<60 {
      let stored = forecast.stored
      #expect(stored.count == ArrivalForecast.storedCount && stored.count == 4_136)
      let restored = try #require(ArrivalForecast(stored: stored))
      #expect(restored == forecast && restored.stored == stored)
      forecast.turnDay(weekday: day % 7)
      for _ in 0..<200 { forecast.note(quarter: Int.random(in: 32..<80, using: &random)) }
    }
    let stored = forecast.stored
    #expect(ArrivalForecast(stored: []) == nil)
    #expect(ArrivalForecast(stored: stored + [0]) == nil)
    for (index, value) in [(0, 7), (1, 7), (1, 2), (1, 0)] as [(Int, UInt16)] {
      var wrong = stored
      wrong[index] = value
      #expect(ArrivalForecast(stored: wrong) == nil, "\(value) at \(index)")
    }
  }
}

/// Mean errors of what is left of the day, as shares of it, and the share of quarters in range.
struct ForecastScore: CustomStringConvertible {
  var forecastErrors: [Double] = []
  var lastWeekErrors: [Double] = []
  /// Of the median of six weeks, not scaled by what was seen today.
  var medianErrors: [Double] = []
  var held = RangeCoverage()

  var forecastError: Double { Self.mean(forecastErrors) }
  var lastWeekError: Double { Self.mean(lastWeekErrors) }
  var medianError: Double { Self.mean(medianErrors) }
  var coverage: Double { held.share ?? 0 }

  var description: String {
    let shares = [forecastError, lastWeekError, medianError, coverage].map {
      ($0 * 1_000).rounded() / 10
    }
    return "error, last week's, median's, held \(shares) %"
  }

  private static func mean(_ errors: [Double]) -> Double {
    errors.reduce(0, +) / Double(errors.count)
  }
}

/// Six days a week from 08:30 to 20:00, 1,060 arrivals, Saturdays 700; a day's total varies about
/// eight times as much as Poisson's, and each quarter as Poisson's given the day.
struct SyntheticWeeks {
  var random: SeededRandom
  var forecast = ArrivalForecast()
  var lastWeek: [Int: [Int]] = [:]
  var score = ForecastScore()

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func run(weeks: Int, warmUp: Int) -> ForecastScore {
    for week in 0..<weeks {
      for weekday in 0..<6 {
        let counts = day(mean: weekday == 5 ? 700 : 1_060)
        forecast.turnDay(weekday: weekday)
        live(counts, lastWeek: week >= warmUp ? lastWeek[weekday] : nil)
        lastWeek[weekday] = counts
      }
    }
    return score
  }

  /// Notes the day's arrivals; with `lastWeek`, scores every forecast from 10:00 to 17:00.
  private mutating func live(_ counts: [Int], lastWeek: [Int]?) {
    for now in 0..<96 {
      if let lastWeek, (40...68).contains(now) { judge(counts, lastWeek: lastWeek, now: now) }
      for _ in 0..<counts[now] { forecast.note(quarter: now) }
    }
  }

  private mutating func judge(_ counts: [Int], lastWeek: [Int], now: Int) {
    let left = Double(counts[now...].reduce(0, +))
    var expected = 0.0
    var median = 0.0
    for quarter in now..<80 {
      median += forecast.expected(quarter: quarter, now: 0)?.expected ?? 0
      guard let range = forecast.expected(quarter: quarter, now: now) else { continue }
      expected += range.expected
      let count = Double(counts[quarter])
      score.held.count(range.low <= count && count <= range.high)
    }
    score.forecastErrors.append(abs(expected - left) / left)
    score.medianErrors.append(abs(median - left) / left)
    score.lastWeekErrors.append(abs(Double(lastWeek[now...].reduce(0, +)) - left) / left)
  }

  private mutating func day(mean: Double) -> [Int] {
    // A gamma factor of mean 1 and variance 7 / mean, as a sum of exponentials.
    let shape = Int(mean / 7)
    let factor = (0..<shape).map { _ in exponential() }.reduce(0, +) / Double(shape)
    return (0..<96).map { quarter in
      guard (34..<80).contains(quarter) else { return 0 }
      let weight = quarter < 48 ? 1.4 : 0.825
      return poisson(mean: mean / 46 * weight * factor)
    }
  }

  private mutating func poisson(mean: Double) -> Int {
    var count = 0
    var time = exponential()
    while time < mean {
      count += 1
      time += exponential()
    }
    return count
  }

  private mutating func exponential() -> Double {
    -log(1 - Double.random(in: 0..<1, using: &random))
  }
}
