import Testing
import Venue
import Views

/// What views tell of mediators, planned stops, reasons and waits.
struct JourneyTests {
  private func dayWithMediator() throws -> SampleDay {
    try SampleDay { venue in
      for index in venue.counters.indices { venue.counters[index].languages = ["pt"] }
      venue.mediators = [Mediator(id: "M1", languages: ["pt", "ar"])]
      venue.outcomes = ["granted", "refused"]
    }
  }

  @Test func `a mediator is named with the visit, and busy in the pool`() throws {
    var day = try dayWithMediator()
    let visit = try day.issue("income", language: "ar")
    #expect(day.fold.console("10", at: day.now)?.mediators.first?.status == .offDuty)
    try day.perform(.mediator("M1", .goOnDuty))
    try day.at("10", .callNext)
    let view = try #require(day.fold.console("10", at: day.now))
    #expect(view.current?.help == .mediator && view.current?.mediator == "M1")
    let line = try #require(view.mediators.first)
    #expect(line.languages == ["pt:self", "ar:self"] && line.counter == "10")
    #expect(view.outcomes == ["granted", "refused"])
    #expect(day.fold.phone(visit.id)?.mediatorComes?.text == "ar:mediatorComes")
    try day.at("10", .finish())
    #expect(day.fold.console("10", at: day.now)?.mediators.first?.counter == nil)
    #expect(day.fold.phone(visit.id)?.mediatorComes == nil)
  }

  @Test func `whoever speaks the counter's language goes first, and the reason says so`() throws {
    var day = try dayWithMediator()
    try day.perform(.mediator("M1", .goOnDuty))
    let foreign = try day.issue("income", language: "ar")
    day.wait(seconds: 60)
    let native = try day.issue("income", language: "pt")
    let view = try #require(day.fold.console("10", at: day.now))
    #expect(view.next.map(\.visit) == [native.id, foreign.id])
    #expect(view.next.map(\.reason) == [.language, .oldest])
    try day.at("10", .callNext)
    #expect(day.fold.console("10", at: day.now)?.current?.reason == .language)
  }

  @Test func `the parts of the reason are the waits here and at earlier stops`() throws {
    var day = try SampleDay(policy: .accumulating)
    try day.issue("permit")
    day.wait(seconds: 300)
    try day.at("1", .callNext)
    day.wait(seconds: 60)
    try day.at("1", .forward(to: "income"))
    day.wait(seconds: 120)
    #expect(day.fold.console("10", at: day.now)?.next.map(\.reason) == [.score])
    try day.at("10", .callNext)
    day.wait(seconds: 30)
    let current = try #require(day.fold.console("10", at: day.now)?.current)
    #expect(current.reason == .score)
    #expect(current.waitedHereMilliseconds == 120_000)
    #expect(current.waitedEarlierMilliseconds == 300_000)
  }

  @Test func `a visit that was sent away comes back to its counter`() throws {
    var day = try SampleDay()
    try day.issue("permit")
    try day.at("1", .callNext)
    try day.at("1", .forward(to: "income", comesBack: true))
    try day.at("10", .callNext)
    let away = try #require(day.fold.console("10", at: day.now)?.current)
    #expect(!away.comesBack)
    #expect(away.planned.map(\.service) == ["permit"] && away.planned.map(\.comesBack) == [true])
    try day.at("10", .finish())
    #expect(day.fold.console("1", at: day.now)?.next.map(\.reason) == [.comesBack])
    try day.at("1", .callNext)
    let back = try #require(day.fold.console("1", at: day.now)?.current)
    #expect(back.comesBack && back.reason == .comesBack)
    #expect(back.hiddenStops == 1, "the desk has no agreement with the tax office")
  }

  @Test func `phone and slip tell the wait as a range, and where to go then`() throws {
    var day = try SampleDay()
    try day.at("10", .open)
    for _ in 0..<3 { try day.issue("income") }
    let visit = try day.issue("income", language: "ar")
    try day.perform(.plan(visit.id, PlannedStop(service: "shelter")))
    let phone = try #require(day.fold.phone(visit.id))
    // Three before, five minutes each, one counter: 20 minutes; half is 10, 1.6 times is 32.
    #expect(phone.expectedWait?.fromMinutes == 10 && phone.expectedWait?.toMinutes == 35)
    #expect(phone.expectedWait?.text.text == "ar:expectedWait 10 35")
    #expect(phone.thenNext?.text == "ar:thenNext")
    let place = try #require(phone.nextPlaces.first)
    #expect(place.place.text == "ar:floor 1 · ar:counter 12")
    #expect(place.service == nil && place.sign == nil, "a neutral service is a place")
    let planned = try #require(day.state.visit(visit.id))
    let slip = day.fold.slip(of: planned, localTime: "", isCopy: false)
    #expect(slip.expectedWait == phone.expectedWait && slip.nextPlaces == phone.nextPlaces)
    #expect(try !encoded(slip).contains("shelter"))
    try day.at("10", .call(visit.id))
    #expect(day.fold.phone(visit.id)?.expectedWait == nil)
  }
}
