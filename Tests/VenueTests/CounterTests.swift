import Testing
import Venue

@Suite("Counters")
struct CounterTests {
  @Test("Whoever came first is called first; by law, priority goes before")
  func order() throws {
    var hall = try TestHall(try smallVenue(policy: .statutory))
    for isPriority in [false, false, true, false, true] {
      try hall.issue("reception", isPriority: isPriority)
    }
    let numbers = try (0..<5).map { _ in try hall.callNext("2") }
    #expect(numbers == ["A003", "A005", "A001", "A002", "A004"])
    var plain = try TestHall(try smallVenue(policy: .arrival))
    for isPriority in [false, false, true] { try plain.issue("reception", isPriority: isPriority) }
    #expect(try (0..<3).map { _ in try plain.callNext("2") } == ["A001", "A002", "A003"])
  }

  @Test("A counter of several services takes whoever of them waits longest")
  func severalServices() throws {
    var hall = try TestHall(try smallVenue())
    for service: ServiceID in ["permit", "reception", "permit", "income"] {
      try hall.issue(service)
    }
    #expect(try (0..<3).map { _ in try hall.callNext("1") } == ["A001", "A002", "A003"])
    #expect(try hall.callNext("1") == nil)
    #expect(throws: Refusal.nobodyWaiting("1")) { try hall.callNext("1") }
  }

  @Test("Calling next finishes the visit before, opens the counter, and both can be taken back")
  func callNextAndUndo() throws {
    var hall = try TestHall(try smallVenue())
    let first = try hall.issue("reception")
    let second = try hall.issue("reception")
    _ = try hall.callNext("2")
    #expect(hall.state.counterState("2")?.status == .open)
    try hall.perform(.counter("2", .start))
    hall.wait(seconds: 20)
    _ = try hall.callNext("2")
    #expect(hall.status(first) == .done)
    #expect(hall.status(second) == .called)
    hall.wait(seconds: 10)
    try hall.perform(.counter("2", .undo))
    #expect(hall.status(first) == .serving)
    #expect(hall.status(second) == .waiting)
    #expect(hall.state.counterState("2")?.visit == first.id)
    #expect(hall.state.recentCalls.map(\.visit) == [first.id])
    #expect(throws: Refusal.nothingToUndo("2")) { try hall.perform(.counter("2", .undo)) }
  }

  @Test("What is older than ten seconds, or was touched elsewhere, is not taken back")
  func undoEnds() throws {
    var hall = try TestHall(try smallVenue())
    let visit = try hall.issue("reception")
    _ = try hall.callNext("2")
    hall.wait(seconds: 10)
    hall.now = hall.now.adding(milliseconds: 1)
    #expect(throws: Refusal.nothingToUndo("2")) { try hall.perform(.counter("2", .undo)) }
    try hall.perform(.counter("2", .forward(to: "income")))
    _ = try hall.callNext("3")
    #expect(throws: Refusal.nothingToUndo("2")) { try hall.perform(.counter("2", .undo)) }
    #expect(hall.state.counterState("3")?.visit == visit.id)
  }

  @Test("A forwarded visit keeps its number and its place by arrival")
  func forward() throws {
    var hall = try TestHall(try smallVenue())
    let early = try hall.issue("reception")
    hall.wait(seconds: 60)
    try hall.issue("income")
    _ = try hall.callNext("2")
    try hall.perform(.counter("2", .start))
    try hall.perform(.counter("2", .forward(to: "income")))
    #expect(try hall.callNext("3") == early.number.description)
    let visit = try #require(hall.state.visit(early.id))
    #expect(visit.earlier.map(\.service) == ["reception"])
    #expect(visit.earlier.first?.outcome == .forwarded)
  }

  @Test("Parked and missed visits can be resumed or called by name; done ones cannot")
  func setAside() throws {
    var hall = try TestHall(try smallVenue())
    let parked = try hall.issue("reception")
    let missed = try hall.issue("reception")
    _ = try hall.callNext("1")
    try hall.perform(.counter("1", .park))
    _ = try hall.callNext("1")
    try hall.perform(.counter("1", .noShow))
    #expect(hall.status(parked) == .parked)
    #expect(hall.status(missed) == .left)
    #expect(hall.state.visitsSetAside.map(\.id) == [parked.id, missed.id])
    try hall.perform(.resume(parked.id))
    #expect(try hall.callNext("2") == parked.number.description)
    try hall.perform(.counter("1", .call(missed.id)))
    #expect(hall.status(missed) == .called)
    try hall.perform(.counter("1", .finish()))
    #expect(throws: Refusal.visitIsClosed(missed.number, .done)) {
      try hall.perform(.resume(missed.id))
    }
  }

  @Test("Each misuse has its own refusal and changes nothing")
  func refusals() throws {
    var hall = try TestHall(try smallVenue())
    let visit = try hall.issue("reception")
    let stranger = VisitID(high: 9, low: 9)
    func refuses(_ command: Command, _ refusal: Refusal) {
      let before = hall.state.snapshot
      #expect(throws: refusal) { try hall.perform(command) }
      #expect(hall.state.snapshot == before)
    }
    func request(_ service: ServiceID, _ language: LanguageTag, _ id: VisitID) -> Command {
      .issue(IssueRequest(visit: id, service: service, language: language))
    }
    refuses(request("nowhere", "pt", stranger), .serviceUnknown("nowhere"))
    refuses(request("reception", "xx", stranger), .languageUnknown("xx"))
    refuses(request("reception", "pt", visit.id), .visitAlreadyExists(visit.id))
    refuses(.counter("9", .callNext), .counterUnknown("9"))
    refuses(.counter("1", .finish()), .counterIsFree("1"))
    refuses(.counter("3", .call(visit.id)), .counterDoesNotServe("3", "reception"))
    refuses(.counter("1", .call(stranger)), .visitUnknown(stranger))
    refuses(.leave(stranger), .visitUnknown(stranger))
    refuses(.resume(visit.id), .visitIsWaiting(visit.number))
    refuses(.counter("1", .undo), .nothingToUndo("1"))
    _ = try hall.callNext("1")
    refuses(.counter("2", .call(visit.id)), .visitIsElsewhere(visit.number, counter: "1"))
    refuses(.leave(visit.id), .visitIsElsewhere(visit.number, counter: "1"))
    refuses(.counter("1", .close), .counterIsBusy("1", with: visit.number))
    refuses(.counter("1", .forward(to: "reception")), .alreadyAtService(visit.number, "reception"))
    refuses(.counter("1", .forward(to: "nowhere")), .serviceUnknown("nowhere"))
    try hall.perform(.counter("1", .start))
    refuses(.counter("1", .noShow), .visitIsBeingServed(visit.number))
    refuses(.counter("1", .recall), .visitIsBeingServed(visit.number))
    var smaller = try smallVenue()
    smaller.services.removeAll { $0.id == "reception" }
    refuses(.configure(smaller), .serviceInUse("reception"))
    smaller = try smallVenue()
    smaller.counters.removeAll { $0.id == "1" }
    refuses(.configure(smaller), .counterInUse("1"))
    try hall.perform(.closeDay)
    refuses(request("reception", "pt", stranger), .dayNotOpen)
    refuses(.resume(visit.id), .dayNotOpen)
    refuses(.leave(visit.id), .dayNotOpen)
    refuses(.counter("1", .callNext), .dayNotOpen)
    #expect(hall.status(visit) == .expired)
  }

  @Test("Every refusal has a name of its own and a sentence")
  func names() {
    let number = TicketNumber(prefix: Prefix(code: 65) ?? fixturePrefix, value: 1)
    let day = ServiceDay(year: 2026, month: 1, day: 1)
    let id = VisitID(high: 0, low: 0)
    let all: [Refusal] = [
      .dayNotOpen, .dayAlreadyOpen(day), .dayIsPast(day, last: day), .serviceUnknown("s"),
      .languageUnknown("l"), .counterUnknown("c"), .kioskUnknown("k"), .visitUnknown(id),
      .visitAlreadyExists(id), .nobodyWaiting("c"), .counterIsFree("c"),
      .counterIsBusy("c", with: number), .visitIsElsewhere(number, counter: "c"),
      .visitIsClosed(number, .done), .visitIsWaiting(number), .visitIsBeingServed(number),
      .serviceHasNoCounter("s"), .counterDoesNotServe("c", "s"), .alreadyAtService(number, "s"),
      .nothingToUndo("c"), .numbersExhausted(number.prefix), .serviceInUse("s"),
      .counterInUse("c"),
    ]
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.allSatisfy { $0.explanation.hasSuffix(".") && $0.explanation.count > 10 })
  }

  private var fixturePrefix: Prefix { preconditionFailure("A is a prefix") }
}
