import Testing
import Venue

/// The small venue with Arabic clients, a mediator for each office, and bounds that tests can see.
private func journeyVenue(_ policy: CallPolicy = .statutory) throws -> VenueConfiguration {
  var venue = try smallVenue(policy: policy)
  venue.mediators = [
    Mediator(id: "M1", languages: ["pt", "ar"]),
    Mediator(id: "M2", languages: ["pt", "ar"], mandate: ["tax"]),
  ]
  venue.outcomes = ["settled"]
  return venue
}

private func called(_ events: [Event]) -> (visit: VisitID, help: Help, reason: CallReason)? {
  for case .called(let visit, _, let help, let reason) in events { return (visit, help, reason) }
  return nil
}

@Suite("Journeys under one number") struct JourneyTests {
  private let id = VisitID(high: 9, low: 9)

  private func issue(_ stops: [PlannedStop], _ language: LanguageTag = "pt") -> Command {
    .issue(IssueRequest(visit: id, stops: stops, language: language))
  }

  @Test("A finished stop sends the visit on, to where the expected wait is shortest")
  func goesOn() throws {
    var hall = try TestHall(journeyVenue())
    for _ in 0..<3 { try hall.issue("permit") }
    try hall.perform(
      issue([
        PlannedStop(service: "reception"), PlannedStop(service: "permit", after: ["reception"]),
        PlannedStop(service: "income", after: ["reception"]),
      ]))
    let number = hall.state.visit(id)?.number
    #expect(hall.state.visit(id)?.stop.service == "reception")
    try hall.perform(.counter("2", .call(id)))
    try hall.perform(.counter("2", .finish(outcome: "settled")))
    let visit = try #require(hall.state.visit(id))
    #expect(visit.stop.service == "income", "three people wait for the permit")
    #expect(visit.status == .waiting)
    #expect(visit.number == number)
    #expect(visit.earlier.map(\.code) == ["settled"])
    try hall.perform(.counter("2", .undo))
    #expect(hall.state.visit(id)?.stop.service == "reception")
    #expect(hall.state.visit(id)?.planned.count == 2)
  }

  @Test("A visit that is to come back is left to its counter while that is open")
  func comesBack() throws {
    var hall = try TestHall(journeyVenue())
    let visit = try hall.issue("reception")
    try hall.perform(.counter("1", .call(visit.id)))
    try hall.perform(.counter("1", .forward(to: "income", comesBack: true)))
    try hall.perform(.counter("3", .callNext))
    try hall.perform(.counter("3", .finish()))
    #expect(hall.state.visit(visit.id)?.stop.comesBackTo == "1")
    #expect(throws: Refusal.nobodyCallable("2")) {
      try hall.perform(.counter("2", .open)); try hall.perform(.counter("2", .callNext))
    }
    let events = try hall.perform(.counter("1", .callNext))
    #expect(called(events)?.reason == .comesBack)
  }

  @Test("Plans that cannot be walked are refused by name")
  func refusals() throws {
    var venue = try journeyVenue()
    venue.agencies[0].mandate = []
    venue.services[3].dailyCap = 1
    var hall = try TestHall(venue)
    let a = PlannedStop(service: "permit", after: ["income"])
    let b = PlannedStop(service: "income", after: ["permit"])
    func refused(_ command: Command, as refusal: Refusal) {
      #expect(throws: refusal) { try hall.perform(command) }
    }
    refused(issue([a, b]), as: .planIsCyclic(["permit", "income"]))
    refused(issue([a]), as: .afterUnplanned("permit", after: "income"))
    refused(issue([]), as: .planIsEmpty)
    let twice = PlannedStop(service: "permit")
    refused(issue([twice, twice]), as: .stopPlannedTwice("permit"))
    hall.wait(seconds: 7_200)
    let past = PlannedStop(
      service: "permit", appointment: hall.now.adding(milliseconds: -1_200_000))
    refused(issue([past]), as: .appointmentIsPast("permit", byMinutes: 20))
    try hall.issue("shelter")
    refused(issue([PlannedStop(service: "shelter")]), as: .serviceIsFull("shelter", cap: 1))
    let visit = try hall.issue("reception")
    try hall.perform(.counter("1", .callNext))
    refused(
      .counter("1", .forward(to: "income")), as: .forwardOutsideMandate("desk", "income"))
    refused(.cancelStop(visit.id, "reception"), as: .visitIsElsewhere(visit.number, counter: "1"))
  }

  @Test("A visit at the limit of stops may still go to a stop of its own plan")
  func stopLimit() throws {
    var venue = try journeyVenue()
    venue.bounds.stopLimit = 2
    var hall = try TestHall(venue)
    try hall.perform(
      issue([
        PlannedStop(service: "reception"), PlannedStop(service: "permit", after: ["reception"]),
      ]))
    try hall.perform(.counter("1", .callNext))
    #expect(throws: Refusal.tooManyStops(limit: 2)) {
      try hall.perform(.counter("1", .forward(to: "income")))
    }
    try hall.perform(.counter("1", .forward(to: "permit")))
    #expect(hall.state.visit(id)?.stop.service == "permit")
  }

  @Test("A return voucher lapses after its days")
  func voucherLapses() throws {
    for (days, isGood) in [(14, true), (15, false)] {
      var hall = try TestHall(journeyVenue(), day: ServiceDay(year: 2026, month: 12, day: 20))
      try hall.perform(
        .setHours(
          DayHours(
            dayStart: hall.now,
            services: [
              ServiceHours(
                service: "income",
                spans: [OpenSpan(opens: hall.now, closes: hall.now.adding(milliseconds: 60_000))])
            ])))
      let visit = try hall.issue("income")
      hall.wait(seconds: 7_200)
      try hall.perform(.settleClosed)
      try hall.perform(.closeDay)
      try hall.perform(.openDay(ServiceDay(year: 2027, month: 1, day: days - 11)))
      var request = IssueRequest(visit: id, service: "income", language: "pt")
      request.voucher = visit.id
      if isGood {
        try hall.perform(.issue(request))
      } else {
        #expect(throws: Refusal.voucherUnknown(visit.id)) { try hall.perform(.issue(request)) }
      }
    }
  }

  @Test("After closing there are no tickets, and who still waits keeps a return voucher")
  func vouchers() throws {
    var hall = try TestHall(journeyVenue())
    let closes = hall.now.adding(milliseconds: 3_600_000)
    try hall.perform(
      .setHours(
        DayHours(
          dayStart: hall.now,
          services: [
            ServiceHours(service: "income", spans: [OpenSpan(opens: hall.now, closes: closes)])
          ])))
    let visit = try hall.issue("income")
    hall.now = closes
    #expect(throws: Refusal.serviceClosed("income")) { try hall.issue("income") }
    #expect(try hall.perform(.settleClosed).isEmpty)
    hall.wait(seconds: 3_600)
    #expect(try hall.perform(.settleClosed) == [.returned(visit.id)])
    try hall.perform(.closeDay)
    try hall.perform(.openDay(ServiceDay(year: 2026, month: 11, day: 24)))
    try hall.issue("income")
    var request = IssueRequest(visit: id, service: "income", language: "pt")
    request.voucher = visit.id
    try hall.perform(.issue(request))
    #expect(called(try hall.perform(.counter("3", .callNext)))?.visit == id)
    request.visit = VisitID(high: 9, low: 10)
    #expect(throws: Refusal.voucherUnknown(visit.id)) { try hall.perform(.issue(request)) }
  }
}

@Suite("Mediators are called with the counter") struct MediatorTests {
  @Test("The call takes both; the mediator is free when the visit leaves, and in one place only")
  func together() throws {
    var hall = try TestHall(journeyVenue())
    try hall.perform(.mediator("M1", .goOnDuty))
    let first = try hall.issue("reception", language: "ar")
    let second = try hall.issue("income", language: "ar")
    #expect(called(try hall.perform(.counter("1", .callNext)))?.help == .mediator("M1"))
    #expect(hall.state.mediatorState("M1")?.visit == first.id)
    #expect(throws: Refusal.nobodyCallable("3")) {
      try hall.perform(.counter("3", .open)); try hall.perform(.counter("3", .callNext))
    }
    #expect(throws: Refusal.mediatorIsElsewhere("M1", counter: "1")) {
      try hall.perform(.mediator("M1", .takeBreak))
    }
    try hall.perform(.counter("1", .finish()))
    #expect(called(try hall.perform(.counter("3", .callNext)))?.visit == second.id)
    #expect(hall.state.mediatorState("M1")?.visit == second.id)
    #expect(throws: Refusal.mediatorIsElsewhere("M1", counter: "3")) {
      try hall.perform(.counter("1", .undo))
    }
  }

  @Test("The telephone comes after the bound, and at once where nobody could ever come")
  func telephone() throws {
    var hall = try TestHall(journeyVenue())
    try hall.issue("reception", language: "ar")
    #expect(called(try hall.perform(.counter("1", .callNext)))?.help == .telephone)
    try hall.perform(.mediator("M1", .goOnDuty))
    try hall.issue("reception", language: "ar")
    #expect(called(try hall.perform(.counter("1", .callNext)))?.help == .mediator("M1"))
    try hall.issue("reception", language: "ar")
    #expect(called((try? hall.perform(.counter("2", .callNext))) ?? []) == nil)
    hall.wait(seconds: 600)
    #expect(called(try hall.perform(.counter("2", .callNext)))?.help == .telephone)
  }

  @Test("A client who is understood goes ahead of one who is not, within six minutes only")
  func window() throws {
    var hall = try TestHall(journeyVenue())
    try hall.perform(.mediator("M1", .goOnDuty))
    let foreign = try hall.issue("reception", language: "ar")
    hall.wait(seconds: 360)
    let understood = try hall.issue("reception")
    let next = called(try hall.perform(.counter("1", .callNext)))
    #expect(next?.visit == understood.id)
    #expect(next?.reason == .language)
    hall.wait(seconds: 1)
    try hall.issue("reception")
    #expect(called(try hall.perform(.counter("1", .callNext)))?.visit == foreign.id)
  }

  @Test("Credit for earlier waits and a head start decide under the accumulating policy")
  func accumulating() throws {
    var hall = try TestHall(journeyVenue(.accumulating))
    let moved = try hall.issue("reception")
    hall.wait(seconds: 3_000)
    try hall.perform(.counter("1", .callNext))
    hall.wait(seconds: 60)
    let fresh = try hall.issue("income")
    hall.wait(seconds: 2_000)
    try hall.perform(.counter("1", .forward(to: "income")))
    let priority = try hall.issue("income", isPriority: true)
    // Scores: 0.7 x 3,000 s = 2,100; 2,000; 900.
    for expected in [moved, fresh, priority] {
      #expect(called(try hall.perform(.counter("3", .callNext)))?.visit == expected.id)
    }
  }

  @Test("The call that a call-next ends counts for the load cap")
  func loadCap() throws {
    var venue = try journeyVenue()
    venue.mediators[0].loadCapMinutes = 10
    var hall = try TestHall(venue)
    try hall.perform(.mediator("M1", .goOnDuty))
    try hall.issue("reception", language: "ar")
    try hall.perform(.counter("1", .callNext))
    try hall.issue("reception", language: "ar")
    hall.wait(seconds: 600)
    #expect(called(try hall.perform(.counter("1", .callNext)))?.help == .telephone)
    #expect(hall.state.mediatorState("M1")?.workedMilliseconds == 600_000)
  }

  @Test("What is taken back brings no mediator out of a break, and counts no call twice")
  func undo() throws {
    var hall = try TestHall(journeyVenue())
    try hall.perform(.mediator("M1", .goOnDuty))
    try hall.issue("reception", language: "ar")
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .finish()))
    try hall.perform(.counter("1", .undo))
    #expect(hall.state.mediatorState("M1")?.calls == 1)
    #expect(hall.state.mediatorState("M1")?.visit != nil)
    hall.wait(seconds: 1)
    try hall.perform(.counter("1", .finish()))
    try hall.perform(.mediator("M1", .takeBreak))
    #expect(throws: Refusal.mediatorNotOnDuty("M1")) {
      try hall.perform(.counter("1", .undo))
    }
    try hall.perform(.mediator("M1", .goOnDuty))
    try hall.perform(.counter("1", .undo))
    hall.wait(seconds: 60)
    try hall.perform(.counter("1", .finish()))
    try hall.issue("reception", language: "ar")
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .undo))
    #expect(hall.state.mediatorState("M1")?.calls == 1, "the call that was taken back is none")
  }
}
