import Venue

/// A venue of two agencies, four services and three counters.
func smallVenue(
  policy: CallPolicy = .statutory, skips: [Int32] = []
) throws -> VenueConfiguration {
  func prefix(_ letter: String) throws -> Prefix {
    guard let prefix = Prefix(letter) else { throw FixtureError() }
    return prefix
  }
  func service(_ id: ServiceID, _ agency: AgencyID, isNeutral: Bool = false) -> Service {
    Service(
      id: id, agency: agency, isNeutral: isNeutral, plannedMinutes: 5, hours: "Mo-Sa 08:30-20:00")
  }
  func counter(_ id: CounterID, _ agency: AgencyID, _ services: [ServiceID]) -> Counter {
    Counter(
      id: id, label: id.text, agency: agency, zone: "hall", languages: ["pt"], services: services)
  }
  return VenueConfiguration(
    id: "small", name: "Small", hostLanguage: "pt", languages: ["pt", "ar"],
    timeZone: "Europe/Lisbon", publicURL: "http://127.0.0.1",
    numbering: Numbering(skips: skips, neutralPrefix: try prefix("T")), policy: policy,
    zones: [Zone(id: "hall", floor: 0)],
    agencies: [
      Agency(id: "desk", prefix: try prefix("A"), sign: AgencySign(shape: .bar, color: "#1D4E9E")),
      Agency(id: "tax", prefix: try prefix("K"), sign: AgencySign(shape: .disc, color: "#E69F00")),
    ],
    services: [
      service("reception", "desk"), service("permit", "desk"), service("income", "tax"),
      service("shelter", "tax", isNeutral: true),
    ],
    counters: [
      counter("1", "desk", ["reception", "permit"]), counter("2", "desk", ["reception"]),
      counter("3", "tax", ["income", "shelter"]),
    ],
    needs: [], kiosks: [], screens: [], printers: [])
}

struct FixtureError: Error {}

/// A small deterministic source of randomness: xorshift64*, from Vigna's paper of 2014.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// A venue under test: decides, applies, keeps the records, and its own time.
struct TestHall {
  var state = VenueState()
  var records: [Record] = []
  var now = Instant(milliseconds: 1_000)
  private var drawn: UInt64 = 0

  init(_ configuration: VenueConfiguration, day: ServiceDay? = nil) throws {
    try perform(.configure(configuration))
    try perform(.openDay(day ?? ServiceDay(year: 2026, month: 11, day: 23)))
  }

  @discardableResult
  mutating func perform(_ command: Command) throws -> [Event] {
    let events = try state.decide(command, at: now)
    for event in events {
      let record = Record(sequence: state.sequence + 1, time: now, event: event)
      state.apply(record)
      records.append(record)
    }
    return events
  }

  mutating func wait(seconds: Int64) { now = now.adding(milliseconds: seconds * 1000) }

  @discardableResult
  mutating func issue(
    _ service: ServiceID, language: LanguageTag = "pt", isPriority: Bool = false
  ) throws -> Visit {
    drawn += 1
    let id = VisitID(high: 7, low: drawn)
    try perform(
      .issue(
        IssueRequest(visit: id, service: service, language: language, isPriority: isPriority)))
    guard let visit = state.visit(id) else { throw FixtureError() }
    return visit
  }

  /// The number that the counter has after calling next; nil when nobody waits.
  mutating func callNext(_ counter: CounterID) throws -> String? {
    let events = try perform(.counter(counter, .callNext))
    guard case .called(let id, _, _, _) = events.last else { return nil }
    return state.visit(id)?.number.description
  }

  func status(_ visit: Visit) -> Visit.Status? { state.visit(visit.id)?.status }
}
