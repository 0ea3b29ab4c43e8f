import Venue

/// Checks by events alone that the promises of the hall were kept.
///
/// An independent model: it shares no code with `VenueState`, knows no policy, and holds only who is
/// where. A journal that passes can be applied to a `VenueState` without a trap.
struct Audit {
  private(set) var days = 0
  private(set) var visits = 0

  private var openDay: ServiceDay?
  private var lastDay: ServiceDay?
  private var counters: Set<CounterID> = []
  private var services: Set<ServiceID> = []
  /// Numbers of the day.
  private var issued: Set<TicketNumber> = []
  /// Visits of the day.
  private var places: [VisitID: Place] = [:]
  private var visitAt: [CounterID: VisitID] = [:]
  private var mediators: Set<MediatorID> = []
  /// Whom each mediator is with.
  private var mediatorWith: [MediatorID: VisitID] = [:]
  /// What could be taken back, the newest last.
  private var steps: [CounterID: [Step]] = [:]

  private struct Place {
    var counter: CounterID?
    /// Who interprets there.
    var mediator: MediatorID?
    /// Sequence of the last event of this visit.
    var touched: UInt64
  }

  private struct Step {
    let visit: VisitID
    let before: Place
    let sequence: UInt64
  }

  /// A broken promise, to be read after "event 7".
  private struct Breach: Error {
    let words: String
    init(_ words: String) { self.words = words }
  }

  /// What is wrong with `record` after all those before it; nil when nothing is.
  mutating func check(_ record: Record) -> JournalFault? {
    do throws(Breach) {
      try follow(record)
      return nil
    } catch {
      return JournalFault(sequence: Int64(clamping: record.sequence), words: error.words)
    }
  }

  private mutating func follow(_ record: Record) throws(Breach) {
    switch record.event {
    case .configured(let configuration): try configure(configuration)
    case .dayOpened(let day): try open(day)
    case .dayClosed(let day): try close(day)
    case .issued(let issue): try take(issue, record.sequence)
    case .called(let visit, let counter, let help, _):
      try call(visit, counter, help.mediator, record.sequence)
    case .recalled(let visit, let counter), .started(let visit, let counter):
      try move(visit, from: counter, to: counter, record.sequence)
    case .finished(let visit, let counter, _, let next):
      if let next { try mustKnow(next) }
      try move(visit, from: counter, to: nil, record.sequence)
    case .missed(let visit, let counter),
      .parked(let visit, let counter):
      try move(visit, from: counter, to: nil, record.sequence)
    case .forwarded(let visit, let counter, let service, _):
      try mustKnow(service)
      try move(visit, from: counter, to: nil, record.sequence)
    case .undone(let visit, let counter): try undo(visit, counter)
    case .resumed(let visit), .left(let visit), .returned(let visit):
      if let counter = try place(of: visit).counter {
        throw Breach("moves visit \(visit), which is at counter \(counter)")
      }
      places[visit]?.touched = record.sequence
    case .stopPlanned(let visit, let stop):
      try mustKnow(stop.service)
      _ = try place(of: visit)
      places[visit]?.touched = record.sequence
    case .stopCancelled(let visit, _, let next):
      if let next { try mustKnow(next) }
      _ = try place(of: visit)
      places[visit]?.touched = record.sequence
    case .consented(let visit, _):
      _ = try place(of: visit)
      places[visit]?.touched = record.sequence
    case .mediatorChanged(let mediator, _): try mustKnow(mediator)
    case .mediatorJoined(let visit, let counter, let mediator):
      try mustKnow(mediator)
      try move(visit, from: counter, to: counter, joining: mediator, record.sequence)
    case .counterAssigned(let counter, let assigned):
      try mustKnow(counter)
      for service in assigned { try mustKnow(service) }
    case .hoursSet(let hours):
      for entry in hours.services { try mustKnow(entry.service) }
    case .expired(let visit):
      _ = try place(of: visit)
      try put(visit, Place(counter: nil, touched: record.sequence))
    case .counterOpened(let counter): try mustKnow(counter)
    case .counterPaused(let counter), .counterClosed(let counter): try mustBeFree(counter)
    case .slipReported(let report): _ = try place(of: report.visit)
    }
  }
}

// MARK: - Days

extension Audit {
  private mutating func configure(_ configuration: VenueConfiguration) throws(Breach) {
    counters = Set(configuration.counters.map(\.id))
    services = Set(configuration.services.map(\.id))
    mediators = Set(configuration.mediators.map(\.id))
    steps = steps.filter { counters.contains($0.key) }
    for counter in visitAt.keys.sorted() where !counters.contains(counter) {
      throw Breach("takes away counter \(counter), at which there is a visit")
    }
  }

  private mutating func open(_ day: ServiceDay) throws(Breach) {
    if let openDay { throw Breach("opens day \(day) while \(openDay) is open") }
    if let lastDay, day <= lastDay { throw Breach("opens day \(day) after day \(lastDay)") }
    openDay = day
    lastDay = day
    days += 1
    issued = []
    places = [:]
    visitAt = [:]
    mediatorWith = [:]
    steps = [:]
  }

  private mutating func close(_ day: ServiceDay) throws(Breach) {
    guard openDay == day else { throw Breach("closes day \(day), which is not open") }
    if let (counter, visit) = visitAt.min(by: { $0.key < $1.key }) {
      throw Breach("closes day \(day) while visit \(visit) is at counter \(counter)")
    }
    openDay = nil
  }
}

// MARK: - Visits and counters

extension Audit {
  private mutating func take(_ issue: Issue, _ sequence: UInt64) throws(Breach) {
    guard let openDay else { throw Breach("issues \(issue.number) while no day is open") }
    guard issued.insert(issue.number).inserted else {
      throw Breach("issues \(issue.number) for the second time on \(openDay)")
    }
    guard services.contains(issue.service) else {
      throw Breach("issues \(issue.number) for the unknown service \(issue.service)")
    }
    for stop in issue.planned { try mustKnow(stop.service) }
    guard places[issue.visit] == nil else {
      throw Breach("issues visit \(issue.visit) for the second time on \(openDay)")
    }
    places[issue.visit] = Place(counter: nil, touched: sequence)
    visits += 1
  }

  private mutating func call(
    _ visit: VisitID, _ counter: CounterID, _ mediator: MediatorID?, _ sequence: UInt64
  ) throws(Breach) {
    if let mediator { try mustKnow(mediator) }
    guard openDay != nil else { throw Breach("calls visit \(visit) while no day is open") }
    let before = try place(of: visit)
    if let other = before.counter {
      throw Breach("calls visit \(visit) to counter \(counter), but it is at \(other)")
    }
    try mustBeFree(counter)
    remember(visit, before, at: counter, sequence)
    try put(visit, Place(counter: counter, mediator: mediator, touched: sequence))
  }

  /// A visit at a counter stays there, with whom it was unless `joining` comes, or goes away from it.
  private mutating func move(
    _ visit: VisitID, from counter: CounterID, to target: CounterID?,
    joining: MediatorID? = nil, _ sequence: UInt64
  ) throws(Breach) {
    let before = try place(of: visit)
    guard before.counter == counter else {
      throw Breach("is of visit \(visit) at counter \(counter), where it is not")
    }
    remember(visit, before, at: counter, sequence)
    let mediator = target == nil ? nil : joining ?? before.mediator
    try put(visit, Place(counter: target, mediator: mediator, touched: sequence))
  }

  private mutating func undo(_ visit: VisitID, _ counter: CounterID) throws(Breach) {
    guard let step = steps[counter]?.popLast(), step.visit == visit else {
      throw Breach("takes back an action at counter \(counter) that was not the last")
    }
    guard try place(of: visit).touched == step.sequence else {
      throw Breach("takes back what visit \(visit) has left behind")
    }
    if let target = step.before.counter, let other = visitAt[target], other != visit {
      throw Breach("brings visit \(visit) back to counter \(target), where \(other) is")
    }
    try put(visit, step.before)
  }

  private mutating func put(_ visit: VisitID, _ place: Place) throws(Breach) {
    if let mediator = place.mediator, let other = mediatorWith[mediator], other != visit {
      throw Breach("takes mediator \(mediator), who is with visit \(other), to visit \(visit)")
    }
    if let old = places[visit]?.mediator { mediatorWith[old] = nil }
    if let new = place.mediator { mediatorWith[new] = visit }
    if let old = places[visit]?.counter { visitAt[old] = nil }
    if let new = place.counter { visitAt[new] = visit }
    places[visit] = place
  }

  private mutating func remember(
    _ visit: VisitID, _ before: Place, at counter: CounterID, _ sequence: UInt64
  ) {
    let step = Step(visit: visit, before: before, sequence: sequence)
    steps[counter, default: []].append(step)
    if steps[counter, default: []].count > CounterState.undoDepth {
      steps[counter]?.removeFirst()
    }
  }

  private func place(of visit: VisitID) throws(Breach) -> Place {
    guard let place = places[visit] else {
      throw Breach("is of visit \(visit), which was not issued on this day")
    }
    return place
  }

  private func mustKnow(_ service: ServiceID) throws(Breach) {
    guard services.contains(service) else { throw Breach("is of the unknown service \(service)") }
  }

  private func mustKnow(_ mediator: MediatorID) throws(Breach) {
    guard mediators.contains(mediator) else {
      throw Breach("is of the unknown mediator \(mediator)")
    }
  }

  private func mustKnow(_ counter: CounterID) throws(Breach) {
    guard counters.contains(counter) else { throw Breach("is of the unknown counter \(counter)") }
  }

  private func mustBeFree(_ counter: CounterID) throws(Breach) {
    try mustKnow(counter)
    guard let other = visitAt[counter] else { return }
    throw Breach("is of counter \(counter), where visit \(other) is")
  }
}
