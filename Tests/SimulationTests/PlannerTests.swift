import Testing
import Venue

@testable import Simulation

@Suite("Planner and measures")
struct PlannerTests {
  @Test("A plan meets its target, and opens more where more come")
  func plan() async throws {
    let venue = try OneServiceVenue(counters: 2, policy: .arrival).configuration
    let planner = Planner(
      population: Population(venue: venue, meanVisits: 200, seed: 3), days: 6,
      target: .init(waitMinutes: 15, share: 0.8))
    let staffing = await planner.run()
    #expect(staffing.isMet)
    let pool = try #require(staffing.pools.first)
    #expect(pool.shareInTime >= 0.8)
    #expect(pool.counters.count == 46)
    #expect(pool.counters.allSatisfy { $0 >= 1 })
    let morning = pool.counters[..<14].reduce(0, +)
    let evening = pool.counters[32...].reduce(0, +)
    #expect(morning > evening, "22 and 26 % come in the morning, 13 and 8 % in the evening")
    #expect(staffing.seats > 0)
    #expect(staffing.mediators.isEmpty, "all speak the one language")
  }

  @Test("Mediators are people: one who speaks two languages is counted once and covers both")
  func mediators() async throws {
    var venue = try OneServiceVenue(counters: 12, policy: .arrival).configuration
    venue.languages = ["pt", "ar", "fr"]
    let single: [[LanguageTag]] = [["pt", "ar"], ["pt", "fr"]]
    let double: [[LanguageTag]] = [["pt", "ar", "fr"]]
    var counts: [Int] = []
    for profiles in [single, double] {
      venue.mediators = profiles.map { Mediator(id: "a", languages: $0) }
      let target = Planner.Target(waitMinutes: 15, share: 0.8, interpretedShare: 0.6)
      let planner = Planner(
        population: Population(venue: venue, meanVisits: 300, seed: 3), days: 4, target: target)
      let staffing = await planner.run()
      #expect(staffing.isMet)
      #expect(staffing.interpreting[0].calls == 0, "every counter speaks the host's language")
      for sum in staffing.interpreting.dropFirst() {
        #expect(sum.calls > 10 && Double(sum.inPerson) >= 0.6 * Double(sum.calls))
      }
      #expect(staffing.mediators.allSatisfy { profiles.contains($0.languages) })
      #expect(Set(staffing.mediators.map(\.id)).count == staffing.mediators.count)
      counts.append(staffing.mediators.count)
    }
    #expect(counts[0] >= 2 && counts[1] >= 1 && counts[1] < counts[0], "people: \(counts)")
  }

  @Test("Where nobody of the roster speaks a language, one person with the host's is planned for")
  func profiles() throws {
    var venue = try OneServiceVenue(counters: 1, policy: .arrival).configuration
    venue.languages = ["pt", "ar", "fr", "uk"]
    venue.mediators = ["a", "b"].map { Mediator(id: MediatorID($0), languages: ["fr", "ar"]) }
    #expect(Planner.profiles(of: venue) == [["fr", "ar"], ["pt", "uk"]])
  }

  @Test("Seats are for those who wait at once, called in the end or not")
  func seats() {
    var outcome = DayOutcome(journeys: [], busyMinutes: [], openMinutes: [])
    func call(_ minute: Double, _ wait: Double) -> DayOutcome.Call {
      DayOutcome.Call(
        person: 0, service: 0, counter: 0, minute: minute, waitMinutes: wait, endMinute: minute,
        help: .direct, isNoShow: false)
    }
    outcome.calls = [call(3, 4), call(5, 3), call(600, 0)]
    outcome.unanswered = [.init(service: 0, fromMinute: 2, toMinute: 4.5)]
    let waiting = Planner.waitingByMinute(outcome)
    #expect(Array(waiting[..<6]) == [1, 1, 3, 2, 2, 0], "who waits at the door is among them")
    #expect(waiting.count == 690 && waiting[6...].allSatisfy { $0 == 0 })
  }

  @Test("A staffing is one of quarter hours, and a service has the counters of all its pools")
  func quarters() {
    let staffing = Staffing(pools: [
      .init(agency: "a", services: ["x", "y"], counters: [1, 0, 2]),
      .init(agency: "b", services: ["y"], counters: [0, 3, 1]),
    ])
    #expect(staffing.counters(of: "x") == [1, 0, 2])
    #expect(staffing.counters(of: "y") == [1, 3, 3])
    #expect(staffing.counters(of: "z").isEmpty)
    let absent = staffing.desks().map { $0.breaks.map { ($0.fromMinute, $0.minutes) } }
    #expect(absent.count == 2 + 3)
    #expect(absent[1].map(\.0) == [-60, 15] && absent[1].map(\.1) == [75, 15])
    #expect(absent[2].map(\.0) == [-60] && absent[2].map(\.1) == [75])
    #expect(absent[4].map(\.0) == [-60, 30] && absent[4].map(\.1) == [75, 15 + 1_440])
  }

  @Test("Who leaves uncalled after the service level's time counts against it")
  func serviceLevel() async throws {
    let venue = try OneServiceVenue(counters: 1, policy: .arrival)
    // All at once: one served from minute 0 to 100, one who gives up after 40 and one after 20.
    var patience = [Double.infinity, 40, 20].makeIterator()
    let outcome = await venue.run(people: 3, rate: 1e9, seed: 1) { _ in
      .init(minutes: 100, patience: patience.next() ?? .infinity)
    }
    #expect(outcome.unanswered.map { $0.minutes.rounded() } == [20, 40])
    let measures = Measures(policy: "", outcomes: [outcome], languages: 1)
    #expect(measures.serviceLevel == 0.5)
  }

  @Test("Waits of a visit are summed up by group, the worst as a mean over days")
  func measures() async throws {
    let venue = try OneServiceVenue(counters: 1, policy: .statutory)
    var outcomes: [DayOutcome] = []
    for minutes in [2.0, 4] {
      outcomes.append(
        await venue.run(people: 3, rate: 1e9, seed: 1) { _ in .init(minutes: minutes) })
    }
    let measures = Measures(policy: "statutory", outcomes: outcomes, languages: 1)
    // Three at once, two or four minutes each: waits 0, 2, 4 and 0, 4, 8.
    #expect(abs(measures.wait.mean - 3) < 0.001)
    #expect(abs(measures.wait.p50 - 2) < 0.001)
    #expect(abs(measures.wait.worst - 6) < 0.001)
    #expect(measures.priorityWait.count == 0)
    #expect(measures.servedPerDay == 3)
    #expect(measures.serviceLevel == 1)
  }
}

@Suite("Running a day")
struct DayRunnerTests {
  @Test("Who is forwarded may be called to the same desk at once, for the next stop")
  func sameDesk() throws {
    var venue = try OneServiceVenue(counters: 1, policy: .arrival).configuration
    var second = venue.services[0]
    second.id = "second"
    venue.services.append(second)
    venue.counters[0].services.append("second")
    let errands = [
      DayPlan.Errand(service: 0, minutes: 4), DayPlan.Errand(service: 1, minutes: 6),
    ]
    let person = DayPlan.Person(
      arrivalMinute: 0, language: 0, isPriority: false, patienceMinutes: .infinity,
      errands: errands)
    let plan = DayPlan(people: [person, person], desks: [DayPlan.Desk()], closingMinute: 60)
    let outcome = DayRunner.run(venue: venue, plan: plan)
    #expect(outcome.calls.map(\.person) == [0, 0, 1, 1], "the forwarded keep their place")
    #expect(outcome.calls.map(\.service) == [0, 1, 0, 1])
    #expect(outcome.calls.map(\.minute) == [0, 4, 10, 14])
    #expect(outcome.journeys.map(\.waitMinutes) == [0, 10])
    #expect(outcome.journeys.allSatisfy { $0.end == .served })
    #expect(outcome.busyMinutes == [20])
  }
}
