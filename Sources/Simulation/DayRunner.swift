public import Venue

/// Runs one day: people of a `DayPlan` meet the daemon's engine, which alone decides who is called.
///
/// Discrete events; nothing is drawn here, so the same plan and configuration give the same outcome.
/// An idle counter asks the engine only when somebody has joined one of its lines, or a minute after
/// the engine has refused although somebody waits.
public struct DayRunner {
  enum Happening {
    case arrive(Int)
    case giveUp(Int, stop: Int)
    case serve(Int)
    case end(Int)
    case missed(Int)
    case ready(Int)
    case beginBreak(Int, DayPlan.Break)
    case endBreak(Int)
    case leaveDuty(Int, DayPlan.Break)
    case goOnDuty(Int)
    case retry(Int)
  }

  enum DeskStatus { case idle, busy, onBreak }

  struct Desk {
    var status = DeskStatus.idle
    var person = -1
    var since = 0.0
    var absence = Absence()
    var hasRetry = false
    /// Who was called here together with the visit.
    var mediator: Int?
  }

  struct Progress {
    var stop = 0
    var joinedAt = 0.0
    var presentAt = 0.0
  }

  let plan: DayPlan
  let assumptions: Assumptions
  var venue: SimulatedVenue
  var agenda = Agenda<Happening>()
  var desks: [Desk]
  var mediators: [MediatorDuty]
  var progress: [Progress]
  var outcome: DayOutcome
  private var lastService = 0.0

  /// `plan` must have been drawn for this configuration.
  public init(venue: VenueConfiguration, plan: DayPlan, assumptions: Assumptions = Assumptions()) {
    self.init(venue: venue, plan: plan, assumptions: assumptions, after: nil)
  }

  /// The day after that of `earlier`: the hall remembers what it has learned.
  init(
    venue: VenueConfiguration, plan: DayPlan, assumptions: Assumptions, after earlier: VenueState?
  ) {
    precondition(plan.desks.count == venue.counters.count, "one desk for each counter")
    precondition(
      plan.mediators.isEmpty || plan.mediators.count == venue.mediators.count,
      "absences of every mediator or of none")
    self.plan = plan
    self.assumptions = assumptions
    self.venue = SimulatedVenue(venue, after: earlier)
    desks = [Desk](repeating: Desk(), count: venue.counters.count)
    mediators = [MediatorDuty](repeating: MediatorDuty(), count: venue.mediators.count)
    progress = [Progress](repeating: Progress(), count: plan.people.count)
    outcome = DayOutcome(
      journeys: plan.people.map {
        DayOutcome.Journey(language: $0.language, isPriority: $0.isPriority)
      },
      busyMinutes: [Double](repeating: 0, count: desks.count),
      openMinutes: [Double](repeating: 0, count: desks.count),
      mediatorBusyMinutes: [Double](repeating: 0, count: mediators.count))
  }

  public static func run(
    venue: VenueConfiguration, plan: DayPlan, assumptions: Assumptions = Assumptions()
  ) -> DayOutcome {
    var runner = DayRunner(venue: venue, plan: plan, assumptions: assumptions)
    return runner.run()
  }

  public mutating func run() -> DayOutcome {
    if !plan.people.isEmpty { agenda.add(.arrive(0), at: plan.people[0].arrivalMinute) }
    // Before the counters: whoever comes on duty in the same minute is there when they call.
    for (mediator, absences) in plan.mediators.enumerated() {
      for pause in absences { agenda.add(.leaveDuty(mediator, pause), at: pause.fromMinute) }
    }
    for (desk, planned) in plan.desks.enumerated() {
      for pause in planned.breaks {
        agenda.add(.beginBreak(desk, pause), at: pause.fromMinute)
      }
    }
    let end = plan.closingMinute + assumptions.overtimeMinutes
    while let (minute, happening) = agenda.next(), minute < end { happen(happening, minute) }
    close()
    return outcome
  }

  private mutating func happen(_ happening: Happening, _ minute: Double) {
    switch happening {
    case .arrive(let person): arrive(person, minute)
    case .giveUp(let person, let stop): giveUp(person, stop, minute)
    case .serve(let desk): venue.act(.start, desk, at: minute)
    case .end(let desk): endService(desk, minute)
    case .missed(let desk): miss(desk, minute)
    case .ready(let desk): ready(desk, minute)
    case .beginBreak(let desk, let pause): beginBreak(desk, pause, minute)
    case .endBreak(let desk): endBreak(desk, minute)
    case .leaveDuty(let mediator, let pause): leaveDuty(mediator, pause, minute)
    case .goOnDuty(let mediator): goOnDuty(mediator, minute)
    case .retry(let desk):
      desks[desk].hasRetry = false
      if desks[desk].status == .idle { callNext(desk, minute) }
    }
  }

  /// Who still waits or is being served when the day is over, and how long counters were open.
  private mutating func close() {
    let end = plan.closingMinute + assumptions.overtimeMinutes
    let last = max(plan.closingMinute, min(lastService, end))
    outcome.overtimeMinutes = last - plan.closingMinute
    outcome.openMinutes = desks.map { last - $0.absence.minutes(until: last) }
    outcome.mediatorDutyMinutes = mediators.map { last - $0.absence.minutes(until: last) }
    for person in plan.people.indices where outcome.journeys[person].end == .expired {
      guard venue.isWaiting(person) else { continue }
      endWait(of: person, at: max(last, progress[person].joinedAt))
    }
  }

  mutating func noteService(at desk: Int, minutes: Double, until minute: Double) {
    outcome.busyMinutes[desk] += minutes
    lastService = max(lastService, minute)
  }
}
