import Testing
import Venue

/// The smallest scenario of each fault that the audit found in the engine, and that was mended.
@Suite("Faults that the audit found") struct MendedRuleTests {
  private let id = VisitID(high: 9, low: 9)

  private func venue(_ policy: CallPolicy = .arrival) throws -> VenueConfiguration {
    var venue = try smallVenue(policy: policy)
    venue.mediators = [Mediator(id: "M1", languages: ["pt", "ar"])]
    return venue
  }

  private func called(_ events: [Event]?) -> VisitID? {
    if case .called(let visit, _, _, _) = events?.last { visit } else { nil }
  }

  @Test("one who has waited for the telephone is behind one who has not")
  func headWaitsForTelephone() throws {
    var hall = try TestHall(venue())
    try hall.perform(.mediator("M1", .goOnDuty))
    let moved = try hall.issue("reception", language: "ar")
    let other = try hall.issue("income", language: "ar")
    let waiting = try hall.issue("permit", language: "ar")
    try hall.perform(.counter("1", .call(moved.id)))
    hall.wait(seconds: 1_200)
    try hall.perform(.counter("1", .forward(to: "permit")))
    try hall.perform(.counter("3", .call(other.id)))
    #expect(called(try? hall.perform(.counter("1", .callNext))) == waiting.id)
  }

  @Test("scores are never rounded: one millisecond more of waiting goes first")
  func equalScores() throws {
    var venue = try venue(.accumulating)
    venue.bounds.ordinaryRatePercent = 50
    venue.bounds.creditPercent = 0
    venue.counters[0].languages = ["pt", "ar"]
    var hall = try TestHall(venue)
    try hall.issue("reception")
    try hall.perform(.counter("1", .callNext))
    // In another lane than the first: within one, the start decides anyway.
    let longer = try hall.issue("permit", language: "ar")
    hall.now = hall.now.adding(milliseconds: 1)
    try hall.perform(.counter("1", .forward(to: "permit")))
    // They have waited 1,001 and 1,000 milliseconds: half of either is 500 in whole milliseconds.
    hall.now = hall.now.adding(milliseconds: 1_000)
    #expect(called(try? hall.perform(.counter("1", .callNext))) == longer.id)
  }

  @Test("Steps of one millisecond at one counter are taken back together, as one command")
  func sameMillisecond() throws {
    var hall = try TestHall(venue())
    let first = try hall.issue("reception")
    let second = try hall.issue("reception")
    try hall.perform(.counter("1", .call(first.id)))
    hall.wait(seconds: 60)
    try hall.perform(.counter("1", .finish()))
    try hall.perform(.counter("1", .call(second.id)))
    let undone = try? hall.perform(.counter("1", .undo))
    #expect(undone == [.undone(second.id, at: "1"), .undone(first.id, at: "1")])
  }

  @Test("a stop that was planned and begins by a forward is one stop")
  func capOfPlanned() throws {
    var venue = try venue()
    venue.services[2].dailyCap = 2
    var hall = try TestHall(venue)
    try hall.perform(
      .issue(
        IssueRequest(
          visit: id, stops: [PlannedStop(service: "reception"), PlannedStop(service: "income")],
          language: "pt")))
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .forward(to: "income")))
    try hall.issue("income")
  }

  @Test("a forward that was taken back is no stop")
  func capOfUndone() throws {
    var venue = try venue()
    venue.services[2].dailyCap = 1
    var hall = try TestHall(venue)
    try hall.issue("reception")
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .forward(to: "income")))
    hall.wait(seconds: 1)
    try hall.perform(.counter("1", .undo))
    try hall.issue("income")
  }

  @Test("a stop to which the visit comes back is planned")
  func capOfComingBack() throws {
    var venue = try venue()
    venue.services[0].dailyCap = 2
    var hall = try TestHall(venue)
    try hall.issue("reception")
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .forward(to: "income", comesBack: true)))
    #expect(throws: Refusal.serviceIsFull("reception", cap: 2)) { try hall.issue("reception") }
  }

  @Test("one open counter is one, however often it names a service")
  func assignedTwice() throws {
    var hall = try TestHall(venue())
    try hall.issue("income")
    try hall.perform(.counter("3", .callNext))
    try hall.perform(.counter("3", .serve(["income", "income"])))
    let wait = hall.state.expectedWait(
      for: "income", isPriority: false, startingAt: hall.now, at: hall.now)
    #expect(wait == 300_000)
  }

  @Test("an appointment before the other stop is over goes first")
  func appointment() throws {
    var hall = try TestHall(venue())
    try hall.issue("permit")
    try hall.perform(.counter("1", .callNext))
    let time = hall.now.adding(milliseconds: 7 * 60_000)
    // The permit would begin in 5 minutes and take 5.
    try hall.perform(
      .issue(
        IssueRequest(
          visit: id,
          stops: [
            PlannedStop(service: "permit"), PlannedStop(service: "income", appointment: time),
          ], language: "pt")))
    #expect(hall.state.visit(id)?.stop.service == "income")
  }

  @Test("the planned stop comes back to its counter by a forward, too")
  func forwardBack() throws {
    var hall = try TestHall(venue())
    let visit = try hall.issue("reception")
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .forward(to: "income", comesBack: true)))
    try hall.perform(.counter("3", .callNext))
    try hall.perform(.counter("3", .forward(to: "reception")))
    #expect(hall.state.visit(visit.id)?.stop.comesBackTo == "1")
  }
}

/// Where the documents speak, but not plainly enough for the model: it does as the engine does.
@Suite("Rules that the audit found in doubt, and that were settled") struct SettledRuleTests {
  private let id = VisitID(high: 9, low: 9)

  private func hall(_ stops: [PlannedStop] = []) throws -> TestHall {
    var hall = try TestHall(smallVenue(policy: .arrival))
    if stops.isEmpty { return hall }
    try hall.perform(.issue(IssueRequest(visit: id, stops: stops, language: "pt")))
    return hall
  }

  private func close(_ service: ServiceID, of hall: TestHall, _ spans: [OpenSpan]) -> Command {
    .setHours(
      DayHours(dayStart: hall.now, services: [ServiceHours(service: service, spans: spans)]))
  }

  @Test("A ticket comes back to no counter (PlannedStop.counter)")
  func counterOfFirstStop() throws {
    var hall = try hall([PlannedStop(service: "reception", counter: "1")])
    try hall.perform(.counter("1", .open))
    #expect(hall.state.visit(id)?.stop.comesBackTo == nil)
  }

  @Test("A ticket for a counter that is not there is refused, as in a plan")
  func counterUnknown() throws {
    var hall = try hall()
    let stops = [
      PlannedStop(service: "reception"), PlannedStop(service: "income", counter: "nowhere"),
    ]
    #expect(throws: Refusal.counterUnknown("nowhere")) {
      try hall.perform(.issue(IssueRequest(visit: id, stops: stops, language: "pt")))
    }
  }

  @Test("Who hands a voucher in goes first at the voucher's service (Voucher)")
  func voucher() throws {
    var hall = try hall()
    let closes = hall.now.adding(milliseconds: 60_000)
    try hall.perform(close("income", of: hall, [OpenSpan(opens: hall.now, closes: closes)]))
    let late = try hall.issue("income")
    hall.wait(seconds: 7_200)
    try hall.perform(.settleClosed)
    try hall.perform(.closeDay)
    try hall.perform(.openDay(ServiceDay(year: 2026, month: 11, day: 24)))
    try hall.issue("income")
    let stops = [PlannedStop(service: "reception"), PlannedStop(service: "income")]
    var request = IssueRequest(visit: id, stops: stops, language: "pt")
    request.voucher = late.id
    try hall.perform(.issue(request))
    if hall.state.visit(id)?.stop.service == "reception" {
      try hall.perform(.counter("1", .callNext))
      try hall.perform(.counter("1", .finish()))
    }
    try hall.perform(.counter("3", .callNext))
    #expect(hall.state.counterState("3")?.visit == id)
  }

  @Test("An appointment is kept for no more than the grace (Bounds.appointmentGraceMinutes)")
  func lateAppointment() throws {
    let time = Instant(milliseconds: 600_000)
    var hall = try hall([
      PlannedStop(service: "reception"),
      PlannedStop(service: "income", after: ["reception"], appointment: time),
    ])
    try hall.perform(.counter("1", .callNext))
    hall.wait(seconds: 3_600)
    try hall.perform(.counter("1", .finish()))
    #expect(hall.state.visit(id)?.stop.appointment == nil)
  }

  @Test("A parked visit is at no counter, whatever a refusal says")
  func parked() throws {
    var hall = try hall([PlannedStop(service: "reception"), PlannedStop(service: "income")])
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .park))
    let number = try #require(hall.state.visit(id)?.number)
    let answer = Outcome { () throws(Refusal) in
      try hall.state.decide(.cancelStop(id, "reception"), at: hall.now)
    }
    #expect(answer != .refused(.visitIsElsewhere(number, counter: "1")))
  }

  @Test(
    "A plan whose last stop would begin after closing is refused by name")
  func planBeyondClosing() throws {
    var venue = try smallVenue(policy: .arrival)
    venue.services[2].lastTicket = .refuse
    #expect(venue.services[2].id == "income")
    var hall = try TestHall(venue)
    // The permit takes five minutes at a free counter; then the income desk has closed.
    try hall.perform(.counter("1", .open))
    try hall.perform(.counter("3", .open))
    let closes = hall.now.adding(milliseconds: 4 * 60_000)
    try hall.perform(close("income", of: hall, [OpenSpan(opens: hall.now, closes: closes)]))
    let first = PlannedStop(service: "permit")
    let last = PlannedStop(service: "income", after: ["permit"])
    #expect(throws: Refusal.cannotFinishBeforeClosing("income")) {
      try hall.perform(.issue(IssueRequest(visit: id, stops: [first, last], language: "pt")))
    }
    #expect(Refusal.cannotFinishBeforeClosing("income").explanation.contains("plan fewer stops"))
    let early = hall.now.adding(milliseconds: 6 * 60_000)
    try hall.perform(close("income", of: hall, [OpenSpan(opens: hall.now, closes: early)]))
    try hall.perform(.issue(IssueRequest(visit: id, stops: [first, last], language: "pt")))
    #expect(hall.state.visit(id)?.planned == [last])
  }

  @Test("Nobody is reached at a service that is closed all day (ServiceHours)")
  func closedAllDay() throws {
    var hall = try hall()
    try hall.perform(close("income", of: hall, []))
    #expect(!hall.state.isReachable("income", isPriority: false, at: hall.now))
  }

  @Test("A service to which an undo can bring a visit back is in use")
  func undoToRemovedService() throws {
    var hall = try hall([PlannedStop(service: "permit")])
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .forward(to: "income")))
    var venue = try smallVenue(policy: .arrival)
    venue.services.removeAll { $0.id == "permit" }
    venue.counters[0].services = ["reception"]
    #expect(throws: Refusal.serviceInUse("permit")) { try hall.perform(.configure(venue)) }
    try hall.perform(.counter("1", .undo))
    #expect(hall.state.visit(id)?.stop.service == "permit")
  }

  @Test("A service to which a missed visit can be taken up again is in use")
  func resumeAtRemovedService() throws {
    var hall = try hall([PlannedStop(service: "permit")])
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .noShow))
    var venue = try smallVenue(policy: .arrival)
    venue.services.removeAll { $0.id == "permit" }
    venue.counters[0].services = ["reception"]
    #expect(throws: Refusal.serviceInUse("permit")) { try hall.perform(.configure(venue)) }
    try hall.perform(.resume(id))
    #expect(hall.state.visit(id)?.stop.service == "permit")
  }

  @Test("A counter with a visit is open, also after an undo (Refusal.counterIsBusy)")
  func undoAtClosedCounter() throws {
    var hall = try hall([PlannedStop(service: "permit")])
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .finish()))
    try hall.perform(.counter("1", .close))
    _ = try? hall.perform(.counter("1", .undo))
    let counter = try #require(hall.state.counterState("1"))
    #expect(counter.visit == nil || counter.status == .open)
  }

  @Test("A mediator who left the roster and came back begins at zero")
  func minutesOfDay() throws {
    var venue = try smallVenue(policy: .arrival)
    venue.mediators = [Mediator(id: "M1", languages: ["pt", "ar"])]
    var hall = try TestHall(venue)
    try hall.perform(.mediator("M1", .goOnDuty))
    try hall.issue("reception", language: "ar")
    try hall.perform(.counter("1", .callNext))
    hall.wait(seconds: 600)
    try hall.perform(.counter("1", .finish()))
    try #require(hall.state.mediatorState("M1")?.workedMilliseconds == 600_000)
    try hall.perform(.configure(smallVenue(policy: .arrival)))
    try hall.perform(.configure(venue))
    #expect(hall.state.mediatorState("M1")?.workedMilliseconds == 0)
  }
}
