import Simulation
import Testing
import Venue

@Suite("Mediators on a simulated day")
struct MediatorTests {
  /// Counters speak Portuguese; who comes speaks Arabic, and one mediator speaks both.
  private func venue(counters: Int = 1) throws -> VenueConfiguration {
    var bounds = Bounds()
    bounds.telephoneAfterMinutes = 60
    var venue = try OneServiceVenue(counters: counters, policy: .arrival, bounds: bounds)
      .configuration
    venue.languages = ["pt", "ar"]
    venue.mediators = [Mediator(id: "m1", languages: ["pt", "ar"])]
    return venue
  }

  private func plan(
    _ venue: VenueConfiguration, arrivals: [Double], absences: [DayPlan.Break]
  ) -> DayPlan {
    DayPlan(
      people: arrivals.map {
        DayPlan.Person(
          arrivalMinute: $0, language: 1, isPriority: false, patienceMinutes: .infinity,
          errands: [DayPlan.Errand(service: 0, minutes: 10)])
      }, desks: venue.counters.map { _ in DayPlan.Desk() }, mediators: [absences],
      closingMinute: 200)
  }

  @Test("Outside the roster the telephone interprets, within it the mediator comes")
  func roster() throws {
    let venue = try venue()
    let absence = DayPlan.Break(fromMinute: -60, minutes: 120, endsOnTime: true)
    let outcome = DayRunner.run(
      venue: venue, plan: plan(venue, arrivals: [10, 70], absences: [absence]))
    #expect(outcome.calls.map(\.help) == [.telephone, .mediator(0)])
    #expect(outcome.mediatorBusyMinutes == [10])
    #expect(outcome.mediatorDutyMinutes == [140], "the first hour of two hundred minutes is off")
  }

  @Test("A break that is due begins when the visit is over, and lasts as long as it is")
  func rest() throws {
    let venue = try venue()
    let rest = DayPlan.Break(fromMinute: 5, minutes: 30)
    let outcome = DayRunner.run(
      venue: venue, plan: plan(venue, arrivals: [0, 20, 41], absences: [rest]))
    #expect(outcome.calls.map(\.help) == [.mediator(0), .telephone, .mediator(0)])
    #expect(outcome.mediatorDutyMinutes == [170])
  }

  @Test("A counter that was held back calls in the minute in which the mediator is free")
  func held() throws {
    let venue = try venue(counters: 2)
    var given = plan(venue, arrivals: [0, 2.5], absences: [])
    given.desks[0].breaks = [DayPlan.Break(fromMinute: 5, minutes: 60)]
    let outcome = DayRunner.run(venue: venue, plan: given)
    #expect(outcome.calls.map(\.minute) == [0, 10])
    #expect(outcome.calls.map(\.counter) == [0, 1])
    #expect(outcome.calls.map(\.help) == [.mediator(0), .mediator(0)])
    #expect(outcome.mediatorBusyMinutes == [20])
  }

  @Test("A mediator who comes on duty is called at once to a counter that was held back")
  func back() throws {
    var venue = try venue(counters: 2)
    venue.mediators.append(Mediator(id: "m2", languages: ["pt", "ar"]))
    var given = plan(venue, arrivals: [0, 5.5], absences: [])
    given.people[0].errands[0].minutes = 50
    given.mediators = [[DayPlan.Break(fromMinute: -60, minutes: 80, endsOnTime: true)], []]
    let outcome = DayRunner.run(venue: venue, plan: given)
    #expect(outcome.calls.map(\.help) == [.mediator(1), .mediator(0)])
    #expect(outcome.calls.map(\.minute) == [0, 20])
  }

  @Test("Measures tell own language, mediators, telephone and peers' searches apart")
  func measures() throws {
    let venue = try venue()
    let absence = DayPlan.Break(fromMinute: -60, minutes: 120, endsOnTime: true)
    var given = plan(venue, arrivals: [10, 70, 100], absences: [absence])
    given.people[2].language = 0
    var peer = venue
    peer.policy = .peer
    let help = [venue, peer].map { venue in
      Measures(
        policy: "", outcomes: [DayRunner.run(venue: venue, plan: given)], languages: 2
      ).help
    }
    #expect(help.map(\.directPerDay) == [1, 1])
    #expect(help.map(\.mediatorPerDay) == [1, 0])
    #expect(help.map(\.telephonePerDay) == [1, 0])
    #expect(help.map(\.searchesPerDay) == [0, 2])
    #expect(abs(help[0].directShare - 1.0 / 3) < 1e-9)
    #expect(abs(help[0].mediatorUtilisation - 10.0 / 140) < 1e-9)
  }

  @Test("Midday breaks of the pool are staggered, rosters leave gaps of their own")
  func absences() throws {
    var venue = try venue()
    venue.mediators = (1...4).map { Mediator(id: MediatorID("m\($0)"), languages: ["pt", "ar"]) }
    venue.mediators[2].roster = "Mo-Fr 10:00-13:00,14:00-16:00; Sa off"
    let population = Population(venue: venue, meanVisits: 50, seed: 9)
    let plan = population.plan(day: 0)
    let rests = plan.mediators.map { $0.filter { !$0.endsOnTime } }
    #expect(rests.allSatisfy { $0.map(\.minutes) == [30] })
    let starts = rests.flatMap { $0.map(\.fromMinute) }.sorted()
    #expect(starts.first.map { $0 >= 180 } == true && starts.last.map { $0 < 315 } == true)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 > 30 }, "never two at once")
    // 08:30 is minute 0.
    let gaps = plan.mediators[2].filter(\.endsOnTime)
    #expect(gaps.map { $0.fromMinute + $0.minutes } == [90, 330, 1_440])
    #expect(gaps.map(\.fromMinute) == [-120, 270, 450])
    #expect(plan.mediators[0].count { $0.endsOnTime } == 0)
  }

  @Test("A scaled pool is copied in turn, each mediator with an id of its own")
  func scaling() throws {
    var venue = try venue()
    venue.mediators.append(Mediator(id: "m2", languages: ["pt", "ar"], loadCapMinutes: 5))
    for (factor, count) in [(21.4, 43), (1, 2), (0.4, 1), (0.01, 1)] {
      let scaled = venue.withMediators(scaledBy: factor)
      #expect(scaled.mediators.count == count)
      #expect(Set(scaled.mediators.map(\.id)).count == count)
      #expect(scaled.mediators.count { $0.loadCapMinutes == 5 } == count / 2)
    }
    venue.mediators = []
    #expect(venue.withMediators(scaledBy: 3).mediators.isEmpty)
  }
}
