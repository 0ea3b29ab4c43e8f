import Venue

/// Draws commands at random, right ones and wrong ones, by what the model knows.
struct AuditDraw {
  var random: SeededRandom
  /// The venue as it was at first; later ones depart from it.
  let venue: VenueConfiguration
  /// Times are multiples of this, in milliseconds. By the ten seconds, bounds are met exactly.
  let grain: Int64
  private(set) var now: Int64 = 1_000_000_000
  var drawn: UInt64 = 0
  /// Where the last command was given: often the next one is, too.
  var lastCounter: CounterID?
  /// What follows the last command at once.
  private var pending: Command?

  static let firstDay = ServiceDay(year: 2028, month: 2, day: 27)

  init(venue: VenueConfiguration, random: SeededRandom) {
    self.venue = venue
    self.random = random
    grain = self.random.chance(40) ? 10_000 : 1
  }

  mutating func next(_ model: AuditModel) -> Audit.Step {
    let recent = model.desks.filter { now - ($0.steps.last?.time ?? 0) <= 20_000 }.map(\.id)
    if let command = pending {
      pending = nil
      return (now, command)
    }
    if random.chance(recent.isEmpty ? 1 : 12) { return drawUndo(recent, model) }
    if random.chance(6), let step = drawAtBound(model) { return step }
    now += step()
    if model.openDay == nil, random.chance(80) { return (now, drawOpen(model)) }
    let command: Command =
      switch random.number(0...99) {
      case 0..<28: drawIssue(model)
      case 28..<66: drawCounter(model)
      case 66..<69: .resume(someVisit(model) { $0.isAside })
      case 69..<71: .leave(someVisit(model) { $0.status == .waiting || $0.status == .parked })
      case 71..<76: .plan(someVisit(model) { !$0.isOver }, drawStop(model))
      case 76..<80: drawCancel(model)
      case 80..<82: drawConsent(model)
      case 82..<90: drawMediator(model)
      case 90..<92: .settleClosed
      case 92..<94: .setHours(drawHours(model))
      case 94: drawReport(model)
      case 95..<98: .configure(drawConfiguration(model))
      case 98: random.chance(50) ? .closeDay : .settleClosed
      default: drawOpen(model)
      }
    return (now, command)
  }

  /// Often nothing, sometimes long, and now and then just the bound of an undo.
  private mutating func step() -> Int64 {
    let length: Int64 =
      switch random.number(0...99) {
      case 0..<20: 0
      case 20..<32: Int64(random.number(1...40))
      case 32..<60: Int64(random.number(41...9_000))
      case 60..<66: 10_000 + Int64(random.number(0...1))
      case 66..<88: Int64(random.number(9_000...120_000))
      case 88..<97: Int64(random.number(1...10)) * 60_000
      default: Int64(random.number(600_000...2_400_000))
      }
    return (length + grain / 2) / grain * grain
  }

  /// So many minutes from now, by the grain.
  mutating func moment(_ minutes: ClosedRange<Int>) -> Instant {
    let length = Int64(random.number(minutes)) * 60_000 + Int64(random.number(0...59_999))
    let exact = random.chance(30) ? length / 60_000 * 60_000 : length
    return Instant(milliseconds: now + exact / grain * grain)
  }

  /// One that fits, else anyone, else nobody's name.
  mutating func someVisit(
    _ model: AuditModel, where fits: (AuditVisit) -> Bool
  ) -> VisitID {
    let roll = random.number(0...99)
    let some = roll < 85 ? model.visits.filter(fits) : []
    let anyone = roll < 95 ? model.visits.randomElement(using: &random) : nil
    return some.randomElement(using: &random)?.id ?? anyone?.id ?? VisitID(high: 0, low: 404)
  }

  mutating func someService() -> ServiceID {
    random.chance(2) ? "nothing" : venue.services.randomElement(using: &random)?.id ?? "s0"
  }

  /// Soon after something else, mostly where that was.
  private mutating func drawUndo(
    _ recent: [CounterID], _ model: AuditModel
  ) -> Audit.Step {
    now +=
      Int64([0, 0, 1, 4_000, 10_000, 10_001].randomElement(using: &random) ?? 0) / grain * grain
    let counter = recent.randomElement(using: &random) ?? lastCounter ?? "c0"
    let undo = Command.counter(random.chance(95) ? counter : "c1", .undo)
    // Whoever interpreted may have gone by then.
    guard random.chance(30), let mediator = model.desk(counter)?.steps.last?.before.mediator else {
      return (now, undo)
    }
    pending = undo
    return (now, .mediator(mediator, random.chance(50) ? .takeBreak : .goOffDuty))
  }

  /// Two stops of which the second would begin just when its service closes.
  private mutating func drawPlanAtClosing(
    _ model: AuditModel, of last: ServiceID, _ closes: Int64
  ) -> Audit.Step? {
    guard let first = venue.services.randomElement(using: &random)?.id, first != last,
      case .issue(var request) = drawIssue(model, for: first)
    else { return nil }
    request.stops.append(PlannedStop(service: last, after: [first]))
    let waits = [first, last].map {
      model.expectedWait($0, request.isPriority, start: now, now)
    }
    return (closes - waits[0] - waits[1] - (model.paces[first] ?? 0), .issue(request))
  }

  /// Just when a bound is met, what meets it.
  private mutating func drawAtBound(_ model: AuditModel) -> Audit.Step? {
    var steps: [Audit.Step] = []
    for entry in model.hours?.services ?? [] {
      for span in entry.spans {
        let opens = span.opens.milliseconds - Int64(model.bounds.earlyIssueMinutes) * 60_000
        steps.append((opens, drawIssue(model, for: entry.service)))
      }
      guard let closes = entry.spans.last?.closes.milliseconds else { continue }
      steps.append((closes + Int64(model.bounds.overtimeMinutes) * 60_000, .settleClosed))
      let wait = model.told[entry.service] ?? 0
      steps.append((closes - wait, drawIssue(model, for: entry.service)))
      if let step = drawPlanAtClosing(model, of: entry.service, closes) { steps.append(step) }
    }
    for visit in model.visits where visit.status == .waiting {
      let counter = model.counters(serving: visit.stop.service).randomElement(using: &random)
      let bound = visit.stop.since + Int64(model.bounds.telephoneAfterMinutes) * 60_000
      if let counter { steps.append((bound, .counter(counter.id, .callNext))) }
      let window = visit.issued + Int64(model.bounds.languageWindowMinutes) * 60_000
      steps.append((window, drawIssue(model, for: visit.stop.service)))
    }
    for state in model.mediators {
      guard state.visit != nil, let mediator = venue.mediators.first(where: { $0.id == state.id })
      else { continue }
      let left = Int64(mediator.loadCapMinutes) * 60_000 - state.worked
      let counter = model.visit(state.visit ?? VisitID(high: 0, low: 0))?.stop.counter ?? "c0"
      for _ in 0..<4 { steps.append((state.busySince + left, .counter(counter, .callNext))) }
    }
    steps = steps.filter { now <= $0.now && $0.now <= now + 7_200_000 && $0.now % grain == 0 }
    guard let step = steps.randomElement(using: &random) else { return nil }
    now = step.now + (random.chance(20) ? grain : 0)
    return (now, step.command)
  }

  private mutating func drawOpen(_ model: AuditModel) -> Command {
    guard let last = model.lastDay else { return .openDay(Self.firstDay) }
    return .openDay(last.adding(days: random.number(-1...3)))
  }

  private mutating func drawCancel(_ model: AuditModel) -> Command {
    let id = someVisit(model) { !$0.isOver && !$0.planned.isEmpty }
    let visit = model.visit(id)
    let stops = (visit?.planned.map(\.service) ?? []) + (visit.map { [$0.stop.service] } ?? [])
    let known = random.chance(90) ? stops.randomElement(using: &random) : nil
    return .cancelStop(id, known ?? someService())
  }

  private mutating func drawConsent(_ model: AuditModel) -> Command {
    let agencies = venue.agencies.map(\.id) + (random.chance(20) ? ["nobody"] : [])
    let from = agencies.randomElement(using: &random) ?? "desk"
    let to = agencies.randomElement(using: &random) ?? "desk"
    return .consent(
      someVisit(model) { _ in true }, Consent(from: from, to: to, fields: [.outcomes]))
  }

  private mutating func drawMediator(_ model: AuditModel) -> Command {
    let busy = model.mediators.filter { $0.visit != nil }.map(\.id)
    let all = venue.mediators.map(\.id) + (random.chance(5) ? ["nobody"] : [])
    let chosen = random.chance(20) ? busy.randomElement(using: &random) : nil
    let actions: [MediatorAction] = [.goOnDuty, .goOnDuty, .goOnDuty, .takeBreak, .goOffDuty]
    return .mediator(
      chosen ?? all.randomElement(using: &random) ?? "m0",
      actions.randomElement(using: &random) ?? .goOnDuty)
  }

  private mutating func drawReport(_ model: AuditModel) -> Command {
    .reportSlip(
      SlipReport(
        visit: someVisit(model) { _ in true }, printer: "P",
        outcome: SlipReport.Outcome.allCases.randomElement(using: &random) ?? .printed,
        isCopy: random.chance(10)))
  }

  /// Days of the whole venue are rare: doors are about to open, open, about to close, or closed.
  private mutating func drawHours(_ model: AuditModel) -> DayHours {
    if random.chance(10), let hours = model.hours { return hours }
    let services =
      random.some(of: venue.services.map(\.id), percent: 60) + (random.chance(5) ? ["nothing"] : [])
    let entries = services.map { service -> ServiceHours in
      var spans: [OpenSpan] = []
      var opens = moment(random.chance(70) ? -240 ... -30 : -30...90)
      for _ in 0..<random.number(random.chance(10) ? 0...0 : 1...2) {
        let closes = opens.adding(milliseconds: Int64(random.number(1...480)) * 60_000)
        spans.append(OpenSpan(opens: opens, closes: closes))
        opens = closes.adding(milliseconds: Int64(random.number(10...120)) * 60_000)
      }
      return ServiceHours(service: service, spans: spans)
    }
    return DayHours(dayStart: Instant(milliseconds: 0), services: entries)
  }
}
