import Testing
import Venue

/// A second, simple model of the hall that shares no code with the engine: arrays that are scanned.
private struct Auditor {
  struct Person {
    let id: VisitID
    let number: String
    let isPriority: Bool
    var service: String
    var place: Place = .waiting
  }

  enum Place: Equatable {
    case waiting, parked, missed, over
    case at(String)
  }

  let policy: CallPolicy
  let serves: [String: [String]]
  var people: [Person] = []
  var numbers: Set<String> = []

  /// Whom the counter must call: scan everybody.
  func expectedNext(at counter: String) -> VisitID? {
    let mine = people.filter {
      $0.place == .waiting && serves[counter, default: []].contains($0.service)
    }
    if policy == .statutory, let first = mine.first(where: \.isPriority) { return first.id }
    return mine.first?.id
  }

  func whoIsAt(_ counter: String) -> Int? { people.firstIndex { $0.place == .at(counter) } }

  func peopleBefore(_ id: VisitID) -> Int? {
    guard let me = people.firstIndex(where: { $0.id == id }), people[me].place == .waiting else {
      return nil
    }
    return people.indices.count { other in
      guard other != me, people[other].place == .waiting,
        people[other].service == people[me].service
      else { return false }
      let both = (people[other].isPriority, people[me].isPriority)
      if policy == .statutory, both.0 != both.1 { return both.0 }
      return other < me
    }
  }
}

@Suite("The engine against an auditor that shares no code with it")
struct AuditorTests {
  @Test(
    "Random days: order, uniqueness, one counter a visit, replay and snapshots",
    arguments: 1...60)
  func randomDay(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let policy: CallPolicy = seed.isMultiple(of: 2) ? .statutory : .arrival
    let venue = try smallVenue(policy: policy, skips: [4, 13])
    var hall = try TestHall(venue)
    var auditor = Auditor(
      policy: policy,
      serves: Dictionary(
        uniqueKeysWithValues: venue.counters.map { ($0.id.text, $0.services.map(\.text)) }))
    for step in 0..<400 {
      hall.now = hall.now.adding(milliseconds: Int64.random(in: 0...9_000, using: &random))
      try act(&hall, &auditor, &random)
      try compare(hall, auditor, "seed \(seed), step \(step)")
    }
    var replayed = VenueState()
    for record in hall.records { replayed.apply(record) }
    #expect(replayed.snapshot == hall.state.snapshot, "seed \(seed)")
    let middle = hall.records.count / 2
    var half = VenueState()
    for record in hall.records[..<middle] { half.apply(record) }
    var restored = VenueState(snapshot: half.snapshot)
    for record in hall.records[middle...] { restored.apply(record) }
    #expect(restored.snapshot == hall.state.snapshot, "seed \(seed), from a snapshot")
    #expect(
      restored.nextCalls(for: "1", limit: 9, at: hall.now)
        == hall.state.nextCalls(for: "1", limit: 9, at: hall.now))
  }

  private func act(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ random: inout SeededRandom
  ) throws {
    let counter = ["1", "2", "3"].randomElement(using: &random) ?? "1"
    switch Int.random(in: 0..<14, using: &random) {
    case 0..<5:
      let service = ["reception", "permit", "income", "shelter"].randomElement(using: &random)
      let visit = try hall.issue(
        ServiceID(service ?? "permit"), isPriority: Int.random(in: 0..<6, using: &random) == 0)
      #expect(auditor.numbers.insert(visit.number.description).inserted, "a number came twice")
      auditor.people.append(
        Auditor.Person(
          id: visit.id, number: visit.number.description, isPriority: visit.isPriority,
          service: visit.stop.service.text))
    case 5..<8: try callNext(&hall, &auditor, counter)
    case 8: try end(&hall, &auditor, counter, .finish(), .over)
    case 9: try end(&hall, &auditor, counter, .park, .parked)
    case 10: try end(&hall, &auditor, counter, .noShow, .missed)
    case 11: try forward(&hall, &auditor, counter, &random)
    case 12: try resume(&hall, &auditor, &random)
    default: try leave(&hall, &auditor, &random)
    }
  }

  private func callNext(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ counter: String
  ) throws {
    let expected = auditor.expectedNext(at: counter)
    let before = auditor.whoIsAt(counter)
    let events = (try? hall.perform(.counter(CounterID(counter), .callNext))) ?? []
    var called: VisitID?
    if case .called(let id, _, _, _) = events.last { called = id }
    #expect(called == expected)
    if let before { auditor.people[before].place = .over }
    if let index = auditor.people.firstIndex(where: { $0.id == expected }) {
      auditor.people[index].place = .at(counter)
    }
  }

  private func end(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ counter: String, _ action: CounterAction,
    _ place: Auditor.Place
  ) throws {
    guard let index = auditor.whoIsAt(counter) else {
      #expect(throws: Refusal.counterIsFree(CounterID(counter))) {
        try hall.perform(.counter(CounterID(counter), action))
      }
      return
    }
    try hall.perform(.counter(CounterID(counter), action))
    auditor.people[index].place = place
  }

  private func forward(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ counter: String,
    _ random: inout SeededRandom
  ) throws {
    let target = ["reception", "income"].randomElement(using: &random) ?? "income"
    guard let index = auditor.whoIsAt(counter), auditor.people[index].service != target else {
      return
    }
    try hall.perform(.counter(CounterID(counter), .forward(to: ServiceID(target))))
    auditor.people[index].place = .waiting
    auditor.people[index].service = target
  }

  private func resume(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ random: inout SeededRandom
  ) throws {
    let aside = auditor.people.indices.filter {
      [.parked, .missed].contains(auditor.people[$0].place)
    }
    guard let index = aside.randomElement(using: &random) else { return }
    try hall.perform(.resume(auditor.people[index].id))
    auditor.people[index].place = .waiting
  }

  private func leave(
    _ hall: inout TestHall, _ auditor: inout Auditor, _ random: inout SeededRandom
  ) throws {
    let waiting = auditor.people.indices.filter { auditor.people[$0].place == .waiting }
    guard let index = waiting.randomElement(using: &random) else { return }
    try hall.perform(.leave(auditor.people[index].id))
    auditor.people[index].place = .over
  }

  private func compare(_ hall: TestHall, _ auditor: Auditor, _ place: Comment) throws {
    for counter in ["1", "2", "3"] {
      let here = auditor.whoIsAt(counter).map { auditor.people[$0].id }
      #expect(hall.state.counterState(CounterID(counter))?.visit == here, place)
      let next = hall.state.nextCalls(for: CounterID(counter), limit: 1, at: hall.now).first?.visit
        .id
      #expect(next == auditor.expectedNext(at: counter), place)
    }
    if let someone = auditor.people.last, let visit = hall.state.visit(someone.id) {
      #expect(hall.state.peopleBefore(visit) == auditor.peopleBefore(someone.id), place)
    }
  }
}
