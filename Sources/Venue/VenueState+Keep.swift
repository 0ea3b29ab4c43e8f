/// What is kept in step with visits and configuration: lines, calls, undo steps, counts.
extension VenueState {
  /// The only way to change a visit: leaves its line and joins the one where it belongs then.
  mutating func change(_ id: VisitID, _ body: (inout Visit) -> Void) {
    guard let slot = visits.slot(of: id) else {
      preconditionFailure("events name visits of the day")
    }
    let before = visits[slot]
    leaveLine(before, slot)
    var visit = before
    visit.revision = sequence
    // What is taken back comes with its old revision: the steps before it can be taken back too.
    body(&visit)
    visits[slot] = visit
    countStops(of: before, visit)
    moveMediator(from: before.mediator, to: visit.mediator, visit: id)
    let isNewStop = visit.earlier.count > before.earlier.count
    if before.status == .waiting, isNewStop || visit.status != .waiting {
      learnWait(of: before, slot, isCalled: visit.status == .called)
    }
    join(visit, slot)
    if isNewStop { tellWait(of: visit, slot) }
  }

  /// A stop counts from when it is planned; one that is cancelled while it is planned, or taken back,
  /// counts no more.
  private mutating func countStops(of before: Visit, _ after: Visit) {
    guard
      before.earlier.count != after.earlier.count || before.planned.count != after.planned.count
        || before.stop.service != after.stop.service
    else { return }
    for service in before.services { stopsOfDay[service, default: 0] -= 1 }
    for service in after.services { stopsOfDay[service, default: 0] += 1 }
  }

  mutating func join(_ visit: Visit, _ slot: Int32) {
    if visit.isSetAside { setAside.insert(slot) }
    guard visit.status == .waiting else { return }
    lines[visit.stop.service, default: WaitingLine()].insert(
      visit, slot: slot, start: ordering.start(of: visit), kind: ordering.kind(of: visit))
  }

  mutating func leaveLine(_ visit: Visit, _ slot: Int32) {
    if visit.isSetAside { setAside.remove(slot) }
    guard visit.status == .waiting else { return }
    lines[visit.stop.service]?.remove(
      visit, start: ordering.start(of: visit), kind: ordering.kind(of: visit))
  }

  /// What follows from the configuration and today's assignments.
  mutating func derive() {
    ordering = Ordering(
      policy: configuration?.policy ?? .arrival, bounds: configuration?.bounds ?? Bounds())
    countersOfService = [:]
    var groups: [CounterGroup] = []
    for counter in configuration?.counters ?? [] {
      let services = Self.distinct(services(of: counter))
      for service in services { countersOfService[service, default: []].append(counter.id) }
      if let group = groups.firstIndex(where: { $0.services == services }) {
        groups[group].counters.append(counter.id)
      } else {
        groups.append(CounterGroup(services: services, counters: [counter.id]))
      }
    }
    groupsOfService = [:]
    for group in groups {
      for service in group.services { groupsOfService[service, default: []].append(group) }
    }
  }

  /// Each once, in the order of the first.
  private static func distinct(_ services: [ServiceID]) -> [ServiceID] {
    var seen: Set<ServiceID> = []
    return services.filter { seen.insert($0).inserted }
  }

  /// Lines follow from the visits and the policy: after a restart or a new policy they are rebuilt.
  mutating func rebuildLines() {
    lines = [:]
    setAside = SortedChunks()
    for slot in 0..<Int32(visits.count) { join(visits[slot], slot) }
  }

  mutating func remember(_ id: VisitID, at counter: CounterID) {
    guard let before = visit(id) else { return }
    let step = UndoStep(
      before: before, wasHere: counters[counter]?.visit == id, sequence: sequence, time: time)
    counters[counter]?.undo.append(step)
    if let depth = counters[counter]?.undo.count, depth > CounterState.undoDepth {
      counters[counter]?.undo.removeFirst()
    }
  }

  /// A visit stands once among the recent calls: with its newest call.
  mutating func noteCall(_ id: VisitID, sequence noted: UInt64? = nil) {
    guard let visit = visit(id), let counter = visit.stop.counter, let at = visit.stop.calledAt
    else { return }
    recentCalls.removeAll { $0.visit == id }
    let call = RecentCall(
      visit: id, number: visit.number, service: visit.stop.service, counter: counter, time: at,
      ordinal: visit.stop.calls, sequence: noted ?? sequence)
    let place = recentCalls.lastIndex { $0.sequence < call.sequence }.map { $0 + 1 } ?? 0
    recentCalls.insert(call, at: place)
    if recentCalls.count > Self.recentCallLimit { recentCalls.removeFirst() }
  }
}
