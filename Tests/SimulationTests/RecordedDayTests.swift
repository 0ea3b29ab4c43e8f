import Simulation
import Testing
import Venue

@Suite("A recorded day under another roster")
struct RecordedDayTests {
  private let day = ServiceDay(year: 2026, month: 11, day: 23)

  /// Two people at one counter: 09:00 and 09:01, ten and five minutes of service. With `duty` they
  /// speak Arabic, and a mediator is on duty all day, or leaves at once.
  private func records(duty: Bool? = nil) throws -> [Record] {
    var hall = RecordingHall()
    var venue = try OneServiceVenue(counters: 2, policy: .arrival).configuration
    if duty != nil {
      venue.languages = ["pt", "ar"]
      venue.mediators = [Mediator(id: "m1", languages: ["pt", "ar"])]
    }
    let language: LanguageTag = duty == nil ? "pt" : "ar"
    try hall.perform(.configure(venue))
    try hall.perform(.openDay(day))
    if let duty {
      try hall.perform(.mediator("m1", .goOnDuty))
      if !duty { try hall.perform(.mediator("m1", .goOffDuty)) }
    }
    try hall.perform(.counter("1", .open))
    let visits = (1...2).map { VisitID(high: 9, low: UInt64($0)) }
    try hall.perform(.issue(IssueRequest(visit: visits[0], service: "permit", language: language)))
    try hall.perform(.counter("1", .callNext))
    hall.minute += 1
    try hall.perform(.counter("1", .start))
    try hall.perform(.issue(IssueRequest(visit: visits[1], service: "permit", language: language)))
    hall.minute += 10
    try hall.perform(.counter("1", .callNext))
    try hall.perform(.counter("1", .start))
    hall.minute += 5
    try hall.perform(.counter("1", .finish()))
    try hall.perform(.closeDay)
    return hall.records
  }

  private func found(_ records: [Record], _ day: ServiceDay) throws -> RecordedDay? {
    try RecordedDay.find(day) { body in
      for record in records { try body(record) }
    }
  }

  @Test("Arrivals, service times and shifts are read back, and give the same waits again")
  func same() throws {
    let recorded = try #require(try found(try records(), day))
    #expect(recorded.waitMinutes == [0, 10])
    #expect(recorded.plan.people.map(\.arrivalMinute) == [0, 1])
    #expect(recorded.plan.people.map { $0.errands[0].minutes } == [10, 5])
    let again = DayRunner.run(venue: recorded.venue, plan: recorded.plan)
    #expect(again.journeys.map(\.waitMinutes) == [0, 10])
    #expect(again.calls.map(\.counter) == [0, 0], "the second counter was closed all day")
  }

  @Test("A second counter takes the second person at once")
  func change() throws {
    let recorded = try #require(try found(try records(), day))
    var change = try JSON.change(#"{"add": {"desk": 1}}"#)
    #expect(change.problems(in: recorded.venue).isEmpty)
    var (venue, plan) = change.applied(to: recorded.venue, recorded.plan)
    #expect(venue.counters.count == 3)
    let other = DayRunner.run(venue: venue, plan: plan)
    #expect(other.journeys.map(\.waitMinutes) == [0, 0])
    change = try JSON.change(#"{"close": ["1"]}"#)
    (venue, plan) = change.applied(to: recorded.venue, recorded.plan)
    let closed = DayRunner.run(venue: venue, plan: plan)
    #expect(closed.calls.isEmpty)
    #expect(closed.journeys.map(\.waitMinutes) == [16, 15])
  }

  @Test("Names that the venue does not have are told, all at once")
  func problems() throws {
    let venue = try OneServiceVenue(counters: 1, policy: .arrival).configuration
    let change = try JSON.change(
      #"{"close": ["9"], "add": {"bank": 1, "desk": 0}, "languages": {"1": ["xx"]}}"#)
    #expect(
      change.problems(in: venue) == [
        "'desk' can be given 1 to 300 counters, not 0", "no counter is of agency 'bank'",
        "the venue does not offer the language 'xx'", "there is no counter '9'",
      ])
  }

  @Test("What a counter takes between two visits, what comes back and what is unfinished are kept")
  func faithful() throws {
    var hall = RecordingHall()
    try hall.perform(
      .configure(
        try OneServiceVenue(counters: 1, policy: .arrival, weights: [100, 100]).configuration))
    try hall.perform(.openDay(day))
    let visits = (1...2).map { VisitID(high: 9, low: UInt64($0)) }
    for visit in visits {
      try hall.perform(.issue(IssueRequest(visit: visit, service: "permit", language: "pt")))
    }
    try hall.perform(.plan(visits[1], PlannedStop(service: "permit-2")))
    for step in [
      (VisitID?.none, CounterAction.forward(to: "permit-2", comesBack: true)),
      (visits[0], .finish()),
      (visits[0], .finish()),
    ] {
      try hall.perform(.counter("1", step.0.map { .call($0) } ?? .callNext))
      try hall.perform(.counter("1", .start))
      hall.minute += 4
      try hall.perform(.counter("1", step.1))
      hall.minute += 1
    }
    let recorded = try #require(try found(hall.records, day))
    #expect(recorded.plan.desks[0].turnoverMinutes == 1)
    #expect(recorded.plan.people[0].errands.map(\.service) == [0, 1])
    #expect(recorded.plan.people[0].errands.map(\.minutes) == [8, 4], "it came back to the first")
    #expect(recorded.plan.people[1].errands.map(\.service) == [0, 1], "it waits still")
    let outcome = DayRunner.run(venue: recorded.venue, plan: recorded.plan)
    #expect(outcome.calls.map(\.minute) == [0, 9, 14, 20])
    #expect(outcome.busyMinutes == [8 + 4 + 5 + 5])
  }

  @Test("Mediators are on duty when they were; the change adds, removes and teaches others")
  func mediators() throws {
    let with = try #require(try found(try records(duty: true), day))
    #expect(with.help == [.mediator("m1"), .mediator("m1")])
    let without = try #require(try found(try records(duty: false), day))
    #expect(without.help == [.telephone, .telephone])
    func help(_ recorded: RecordedDay, _ text: String) throws -> [DayOutcome.Help] {
      let change = try JSON.change(text)
      #expect(change.problems(in: recorded.venue).isEmpty)
      let (venue, plan) = change.applied(to: recorded.venue, recorded.plan)
      return DayRunner.run(venue: venue, plan: plan).calls.map(\.help)
    }
    let same = #"{"policy": "arrival"}"#
    #expect(try help(with, same) == [.mediator(0), .mediator(0)])
    #expect(try help(without, same) == [.telephone, .telephone])
    #expect(
      try help(with, #"{"withoutMediators": ["m1"]}"#) == [.telephone, .telephone])
    #expect(
      try help(without, #"{"addMediators": [{"languages": ["ar", "pt"], "count": 2}]}"#)
        == [.mediator(1), .mediator(2)], "of equals the one with less load")
    #expect(
      try help(
        without,
        #"{"addMediators": [{"languages": ["ar", "pt"], "loadCapMinutes": 4}]}"#)
        == [.mediator(1), .telephone], "the load cap is the engine's")
    #expect(try help(with, #"{"languages": {"1": ["pt", "ar"]}}"#) == [.direct, .direct])
  }

  @Test(
    "What a change does not understand is refused in plain words",
    arguments: [
      (#"{"tempo": 2}"#, "'tempo' is none of policy, add, close, services, languages"),
      (#"{"policy": "fifo"}"#, "'fifo' is none of arrival, statutory, accumulating, peer"),
      (
        #"{"addMediators": [{"languages": ["ar", "pt"], "roster": "24/7"}]}"#,
        "'roster' is none of languages, count, mandate, loadCapMinutes"
      ),
      (#"{"addMediators": [{}]}"#, "languages"),
    ])
  func refused(text: String, says: String) {
    let error = #expect(throws: DecodingError.self) { try JSON.change(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(says))
  }

  @Test(
    "Changes that contradict each other or the venue are told",
    arguments: [
      ("{}", "it changes nothing; it can name policy"),
      (#"{"close": ["1"], "languages": {"1": ["pt"]}}"#, "counter '1' is closed and changed"),
      (#"{"services": {"1": []}}"#, "counter '1' is given no service"),
      (#"{"languages": {"1": []}}"#, "counter '1' is given no language"),
      (#"{"withoutMediators": ["m9"]}"#, "there is no mediator 'm9'"),
      (
        #"{"withoutMediators": ["m1"], "mediatorLanguages": {"m1": ["pt", "ar"]}}"#,
        "mediator 'm1' is taken away and changed"
      ),
      (#"{"mediatorLanguages": {"m1": ["pt", "zz"]}}"#, "does not offer the language 'zz'"),
      (#"{"addMediators": [{"languages": ["pt"]}]}"#, "between two languages at least"),
      (
        #"{"addMediators": [{"languages": ["pt", "ar"], "mandate": ["bank"]}]}"#,
        "there is no agency 'bank'"
      ),
      (#"{"addMediators": [{"languages": ["pt", "ar"], "count": 0}]}"#, "1 to 300 mediators"),
      (
        #"{"addMediators": [{"languages": ["pt", "ar"], "count": 9223372036854775807}]}"#,
        "1 to 300 mediators"
      ),
      (
        #"{"addMediators": [{"languages": ["pt", "ar"], "loadCapMinutes": 0}]}"#,
        "loadCapMinutes is 1 at least"
      ),
    ])
  func contradictions(text: String, says: String) throws {
    let recorded = try #require(try found(try records(duty: true), day))
    let problems = try JSON.change(text).problems(in: recorded.venue)
    #expect(problems.count == 1)
    #expect(problems.first?.contains(says) == true, "\(problems)")
  }

  @Test("A day that was not, is not found")
  func missing() throws {
    #expect(try found(try records(), ServiceDay(year: 2026, month: 11, day: 24)) == nil)
    #expect(try found([], day) == nil)
  }
}

/// Decides, applies and keeps the records.
private struct RecordingHall {
  var state = VenueState()
  var records: [Record] = []
  var minute: Int64 = 0

  mutating func perform(_ command: Command) throws {
    let now = Instant(milliseconds: 1_795_424_400_000 + minute * 60_000)
    for event in try state.decide(command, at: now) {
      let record = Record(sequence: state.sequence + 1, time: now, event: event)
      state.apply(record)
      records.append(record)
    }
  }
}
