import Simulation
import Testing
import Venue

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
    #expect(staffing.mediators == [0], "all speak the one language")
  }

  @Test("Waits of a visit are summed up by group, the worst as a mean over days")
  func measures() throws {
    let venue = try OneServiceVenue(counters: 1, policy: .statutory)
    let outcomes = [2.0, 4].map { minutes in
      venue.run(people: 3, rate: 1e9, seed: 1) { _ in (minutes, false, .infinity) }
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
