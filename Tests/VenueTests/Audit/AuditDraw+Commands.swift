import Venue

/// Tickets, counters, and changes of the venue.
extension AuditDraw {
  mutating func drawIssue(_ model: AuditModel, for service: ServiceID? = nil) -> Command {
    drawn += 1
    var request = IssueRequest(
      visit: VisitID(high: 1, low: drawn),
      stops: service.map { [PlannedStop(service: $0)] } ?? drawStops(),
      language: random.chance(2) ? "xx" : venue.languages.randomElement(using: &random) ?? "pt")
    if random.chance(2) { request.visit = someVisit(model) { _ in true } }
    request.isPriority = random.chance(25)
    if random.chance(20) { request.people = random.number(1...model.bounds.peopleLimit) }
    if random.chance(2) { request.people = random.number(0...1) * (model.bounds.peopleLimit + 1) }
    if random.chance(20) { request.needs = [random.chance(10) ? "nothing" : "papers"] }
    if random.chance(50) { request.kiosk = venue.kiosks.randomElement(using: &random)?.id }
    if random.chance(2) { request.kiosk = "K-nowhere" }
    if service == nil, random.chance(25), let voucher = model.vouchers.randomElement(using: &random)
    {
      request.voucher = voucher.visit
      if random.chance(85) { request.stops = [PlannedStop(service: voucher.service)] }
    } else if random.chance(1) {
      request.voucher = VisitID(high: 0, low: 405)
    }
    return .issue(request)
  }

  private mutating func drawStops() -> [PlannedStop] {
    var count =
      switch random.number(0...99) {
      case 0..<1: 0
      case 1..<60: 1
      case 60..<80: 2
      case 80..<93: 3
      default: random.number(4...8)
      }
    var services = venue.services.map(\.id).shuffled(using: &random)
    if random.chance(3) { services.insert(someService(), at: 0) }
    count = min(count, services.count)
    let isCircle = count > 0 && random.chance(3)
    return services[..<count].enumerated().map { place, service in
      var stop = drawTimes(of: PlannedStop(service: service))
      if place > 0, random.chance(25) { stop.after = [services[random.number(0...place - 1)]] }
      if random.chance(3) { stop.after.append(someService()) }
      if isCircle { stop.after = [services[(place + 1) % count]] }
      return stop
    }
  }

  private mutating func drawTimes(of stop: PlannedStop) -> PlannedStop {
    var stop = stop
    if random.chance(15) { stop.appointment = moment(-25...60) }
    if random.chance(20) {
      stop.counter =
        random.chance(15) ? "nowhere" : venue.counters.randomElement(using: &random)?.id
    }
    return stop
  }

  /// A stop to be added to a visit, now and then one that makes a circle.
  mutating func drawStop(_ model: AuditModel) -> PlannedStop {
    var stop = drawTimes(of: PlannedStop(service: someService()))
    if random.chance(30) { stop.after = [someService()] }
    return stop
  }

  mutating func drawCounter(_ model: AuditModel) -> Command {
    let ids = venue.counters.map(\.id)
    let busy = model.desks.filter { $0.visit != nil }.map(\.id)
    var counter = ids.randomElement(using: &random) ?? "c0"
    let action: CounterAction
    switch random.number(0...99) {
    case 0..<38: action = .callNext
    case 38..<78:
      if random.chance(90), let one = busy.randomElement(using: &random) { counter = one }
      action = drawAction(model, at: counter)
    case 78..<80:
      counter = lastCounter ?? counter
      action = .undo
    case 80..<88: action = .call(someVisit(model) { $0.status == .waiting || $0.isAside })
    case 88..<95: action = [.open, .open, .pause, .close].randomElement(using: &random) ?? .open
    default: action = .serve(drawServices(model, at: counter))
    }
    if random.chance(1) { counter = "nowhere" }
    lastCounter = counter
    return .counter(counter, action)
  }

  /// What can be done about the visit at a counter.
  private mutating func drawAction(_ model: AuditModel, at counter: CounterID) -> CounterAction {
    switch random.number(0...99) {
    case 0..<14: return .start
    case 14..<32:
      let codes: [OutcomeCode] = random.chance(10) ? ["unheard-of"] : ["settled"]
      return .finish(outcome: random.chance(50) ? nil : codes[0])
    case 32..<38: return .recall
    case 38..<46: return .noShow
    case 46..<54: return .park
    case 54..<78:
      let visit = model.desk(counter)?.visit.flatMap { model.visit($0) }
      let planned = random.chance(30) ? visit?.planned.randomElement(using: &random)?.service : nil
      return .forward(to: planned ?? someService(), comesBack: random.chance(50))
    default:
      let free = model.mediators.filter { $0.status == .onDuty && $0.visit == nil }.map(\.id)
      let anyone = venue.mediators.map(\.id) + (random.chance(20) ? ["nobody"] : [])
      let pool = random.chance(60) && !free.isEmpty ? free : anyone
      return .take(pool.randomElement(using: &random) ?? "m0")
    }
  }

  private mutating func drawServices(_ model: AuditModel, at counter: CounterID) -> [ServiceID] {
    if random.chance(15), let known = model.counter(counter) { return model.services(of: known) }
    var services = random.some(of: venue.services.map(\.id), percent: random.number(10...90))
    if random.chance(10), let twice = services.first { services.append(twice) }
    if random.chance(5) { services.append("nothing") }
    return services
  }

  /// The first venue again, or the present one with one thing changed.
  mutating func drawConfiguration(_ model: AuditModel) -> VenueConfiguration {
    var new = random.chance(25) ? venue : model.configuration ?? venue
    switch random.number(0...9) {
    case 0:
      new.policy = [.arrival, .statutory, .accumulating].randomElement(using: &random) ?? .arrival
    case 1, 2: new.bounds = AuditVenue.bounds(&random)
    case 3:
      guard new.services.count > 1, let gone = new.services.randomElement(using: &random) else {
        break
      }
      new.services.removeAll { $0.id == gone.id }
      for place in new.counters.indices {
        new.counters[place].services.removeAll { $0 == gone.id }
        new.counters[place].weights.removeAll { $0.service == gone.id }
      }
    case 4:
      guard new.counters.count > 1, let gone = new.counters.randomElement(using: &random) else {
        break
      }
      new.counters.removeAll { $0.id == gone.id }
    case 5:
      let gone = new.mediators.randomElement(using: &random)?.id
      new.mediators.removeAll { $0.id == gone }
    case 6:
      for place in new.counters.indices where random.chance(50) {
        new.counters[place].languages = [venue.languages.randomElement(using: &random) ?? "pt"]
      }
    case 7:
      for place in new.services.indices {
        new.services[place].plannedMinutes = random.number(1...20)
      }
    case 8: new.counters.shuffle(using: &random)
    default: break
    }
    return new
  }
}
