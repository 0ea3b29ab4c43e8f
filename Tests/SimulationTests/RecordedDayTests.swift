import Simulation
import Testing
import Venue

@Suite("A recorded day under another roster")
struct RecordedDayTests {
  private let day = ServiceDay(year: 2026, month: 11, day: 23)

  /// Two people at one counter: 09:00 and 09:01, ten and five minutes of service.
  private func records() throws -> [Record] {
    var hall = RecordingHall()
    try hall.perform(.configure(try OneServiceVenue(counters: 2, policy: .arrival).configuration))
    try hall.perform(.openDay(day))
    try hall.perform(.counter("1", .open))
    let visits = (1...2).map { VisitID(high: 9, low: UInt64($0)) }
    try hall.perform(.issue(IssueRequest(visit: visits[0], service: "permit", language: "pt")))
    try hall.perform(.counter("1", .callNext))
    hall.minute += 1
    try hall.perform(.counter("1", .start))
    try hall.perform(.issue(IssueRequest(visit: visits[1], service: "permit", language: "pt")))
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
