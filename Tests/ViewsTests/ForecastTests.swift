import Testing
import Venue
import Views

/// The manager's figures of what comes, and of how true was what people were told.
@Suite struct ForecastTests {
  @Test func `quarters that are over show what was seen, from first opening to last closing`()
    throws
  {
    var day = try SampleDay()
    let start = day.now.adding(milliseconds: -9 * 3_600_000)
    let open = OpenSpan(
      opens: start.adding(milliseconds: 9 * 3_600_000),
      closes: start.adding(milliseconds: 11 * 3_600_000))
    let hours = DayHours(
      dayStart: start, services: [ServiceHours(service: "income", spans: [open])])
    try day.perform(.setHours(hours))
    for count in [3, 1, 2] {
      for _ in 0..<count { try day.issue("income") }
      day.wait(seconds: 15 * 60)
    }
    let view = day.fold.dashboard(at: day.now)
    #expect(view.quarter == 39)
    #expect(view.arrivals.map(\.quarter) == Array(36...43))
    #expect(view.arrivals.map(\.expected) == [3, 1, 2, nil, nil, nil, nil, nil])
    #expect(view.arrivals.allSatisfy { $0.low == $0.expected && $0.high == $0.expected })
  }

  @Test func `each first call counts once, and holds if it came within what was told`() throws {
    var day = try SampleDay()
    try day.at("10", .open)
    // The first is told "at once": no range that could be learned from. Then 0 to 27 minutes, 0 to 38.
    for _ in 0..<4 { try day.issue("income") }
    try day.at("10", .callNext)
    day.wait(seconds: 20 * 60)
    try day.at("10", .callNext)
    #expect(day.fold.dashboard(at: day.now).ranges == DashboardView.Ranges(count: 1, held: 1))
    day.wait(seconds: 300 * 60)
    try day.at("10", .callNext)
    try day.at("10", .recall)
    #expect(day.fold.dashboard(at: day.now).ranges == DashboardView.Ranges(count: 2, held: 1))
    try day.at("10", .undo)
    try day.at("10", .undo)
    try day.at("10", .callNext)
    #expect(day.fold.dashboard(at: day.now).ranges.count == 2, "a call taken back teaches once")
  }

  @Test func `mediators are counted by what they do`() throws {
    var day = try SampleDay()
    var venue = try #require(day.state.configuration)
    venue.mediators = ["m1", "m2", "m3"].map { Mediator(id: $0, languages: ["pt", "ar"]) }
    try day.perform(.configure(venue))
    try day.perform(.mediator("m1", .goOnDuty))
    try day.perform(.mediator("m2", .takeBreak))
    let pool = day.fold.dashboard(at: day.now).mediators
    #expect(pool.onDuty == 1 && pool.onBreak == 1 && pool.offDuty == 1 && pool.busy == 0)
  }
}
