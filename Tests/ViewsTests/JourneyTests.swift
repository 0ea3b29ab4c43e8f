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

  @Test func `a mediator sees where to go, and of the client number and language alone`() throws {
    var day = try dayWithMediator()
    let visit = try day.issue("shelter", language: "ar", isPriority: true)
    try day.perform(.mediator("M1", .goOnDuty))
    #expect(day.fold.mediator("M1")?.status == .onDuty && day.fold.mediator("M1")?.call == nil)
    day.wait(seconds: 60)
    try day.at("12", .callNext)
    var view = try #require(day.fold.mediator("M1"))
    let call = try #require(view.call)
    #expect(call.number == visit.number && call.language == "ar" && call.direction == .rightToLeft)
    #expect(call.counter == "12" && call.place.text == "pt:floor 1" && call.ordinal == 1)
    #expect(call.zone.text == "pt:upper" && call.calledAt == day.now && view.busySince == day.now)
    let text = try encoded(view)
    #expect(!text.contains(visit.id.description) && !text.contains("shelter"), "\(text)")
    day.wait(seconds: 90)
    try day.at("12", .recall)
    #expect(day.fold.mediator("M1")?.call?.ordinal == 2)
    day.wait(seconds: 510)
    try day.at("12", .finish())
    view = try #require(day.fold.mediator("M1"))
    #expect(view.call == nil && view.busySince == nil && view.calls == 1)
    #expect(view.workedMilliseconds == 600_000 && view.capMinutes == 360)
    #expect(day.fold.mediator("M9") == nil)
  }

  @Test func `a counter is told where its visit goes next, until it is called there`() throws {
    var day = try SampleDay()
    let visit = try day.issue("permit", language: "ar")
    try day.at("1", .callNext)
    #expect(day.fold.console("1", at: day.now)?.goesOn == nil)
    try day.at("1", .forward(to: "income", comesBack: true))
    let goesOn = try #require(day.fold.console("1", at: day.now)?.goesOn)
    #expect(goesOn.number == visit.number && goesOn.serviceName == "pt:income" && goesOn.comesBack)
    #expect(goesOn.agencyName == "pt:tax" && goesOn.sign?.shape == .disc)
    #expect(
      goesOn.ways.map(\.place.text) == [
        "pt:floor 1 · pt:counterRange 10 11", "ar:floor 1 · ar:counterRange 10 11",
      ])
    #expect(goesOn.ways.map(\.zone.text) == ["pt:upper", "ar:upper"])
    try day.at("10", .callNext)
    #expect(day.fold.console("1", at: day.now)?.goesOn == nil)
  }

  @Test func `an agency without an agreement is not told of a planned stop that is not its own`()
    throws
  {
    var day = try SampleDay()
    for (counter, isReception) in [("1", true), ("10", false)] as [(CounterID, Bool)] {
      let visit = try day.issue("permit")
      try day.perform(.plan(visit.id, PlannedStop(service: "shelter")))
      try day.at(counter, .callNext)
      try day.at(counter, .finish())
      let goesOn = try #require(day.fold.console(counter, at: day.now)?.goesOn)
      #expect(goesOn.serviceName == nil && goesOn.agencyName == nil && goesOn.sign == nil)
      #expect(goesOn.ways.isEmpty != isReception, "reception shows everybody the way")
    }
  }

  @Test func `a slip printed again has the present stop first, and forgets those that are over`()
    throws
  {
    var day = try SampleDay()
    let visit = try day.issue("permit")
    try day.perform(.plan(visit.id, PlannedStop(service: "income")))
    let before = day.fold.slip(
      of: try #require(day.state.visit(visit.id)), localTime: "", isCopy: false)
    #expect(before.service?.text == "pt:permit")
    #expect(before.nextPlaces.map(\.service?.text) == ["pt:income"])
    #expect(before.nextPlaces.first?.sign?.shape == .disc)
    try day.at("1", .callNext)
    try day.at("1", .finish())
    let after = day.fold.slip(
      of: try #require(day.state.visit(visit.id)), localTime: "", isCopy: true)
    #expect(after.service?.text == "pt:income" && after.nextPlaces.isEmpty && after.thenNext == nil)
    #expect(after.number == before.number && after.before?.text == "pt:noneBefore")
  }

  @Test func `reception knows where slips can come out, no other counter does`() throws {
    let day = try SampleDay()
    let reception = try #require(day.fold.console("1", at: day.now))
    #expect(reception.isReception && reception.outlets.map(\.printer) == ["P1"])
    let other = try #require(day.fold.console("10", at: day.now))
    #expect(!other.isReception && other.outlets.isEmpty)
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
    // Three before, five minutes each, one counter: 20 minutes. Nothing is learned yet, so 1.5 spreads
    // of 11 minutes below and 2 above: 3 to 42.
    #expect(phone.expectedWait?.fromMinutes == 0 && phone.expectedWait?.toMinutes == 45)
    #expect(phone.expectedWait?.text.text == "ar:expectedWait 0 45")
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
