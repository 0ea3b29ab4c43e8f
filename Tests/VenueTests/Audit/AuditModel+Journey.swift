import Venue

/// Issuing, planning, and where a visit goes next.
extension AuditModel {
  func answerIssue(_ request: IssueRequest, _ now: Int64) throws(Refusal) -> [Event] {
    try checkPerson(request)
    try checkPlan(request.stops, done: [])
    for stop in request.stops {
      try checkStop(stop, now)
      try checkDoors(stop.service, now)
    }
    var stops = request.stops
    for place in stops.indices { stops[place].counter = nil }
    if let id = request.voucher {
      try checkVoucher(id, request)
      // A voucher is an appointment for the moment at which it is handed in.
      let service = vouchers.first { $0.visit == id }?.service
      for place in stops.indices
      where stops[place].service == service && stops[place].appointment == nil {
        stops[place].appointment = Instant(milliseconds: now)
      }
    }
    if stops.count > 1 { try checkFinish(stops, request.isPriority, skips: 1, now) }
    let zone = configuration?.kiosks.first { $0.id == request.kiosk }?.zone
    guard
      let first = next(of: stops, request.isPriority, start: now, from: zone, now),
      let service = service(first.service)
    else { throw .planIsEmpty }
    let issue = Issue(
      visit: request.visit, number: try number(for: service), service: service.id,
      language: request.language, isPriority: request.isPriority, kiosk: request.kiosk,
      appointment: first.appointment,
      planned: stops.filter { $0.service != first.service }, people: request.people,
      needs: request.needs, voucher: request.voucher)
    if first.appointment != nil || request.voucher != nil || service.lastTicket == .warn
      || isReachable(service.id, request.isPriority, now)
    {
      return [.issued(issue)]
    }
    if service.lastTicket == .refuse { throw .cannotFinishBeforeClosing(service.id) }
    return [.issued(issue), .returned(request.visit)]
  }

  private func checkPerson(_ request: IssueRequest) throws(Refusal) {
    if request.stops.isEmpty { throw .planIsEmpty }
    if request.stops.count > bounds.stopLimit { throw .tooManyStops(limit: bounds.stopLimit) }
    if request.people < 1 || request.people > bounds.peopleLimit {
      throw .peopleOutOfRange(request.people, limit: bounds.peopleLimit)
    }
    for need in request.needs
    where configuration?.needs.contains(where: { $0.id == need }) != true {
      throw .needUnknown(need)
    }
    for stop in request.stops where service(stop.service) == nil {
      throw .serviceUnknown(stop.service)
    }
    if configuration?.languages.contains(request.language) != true {
      throw .languageUnknown(request.language)
    }
    if let kiosk = request.kiosk,
      configuration?.kiosks.contains(where: { $0.id == kiosk }) != true
    {
      throw .kioskUnknown(kiosk)
    }
    if visit(request.visit) != nil { throw .visitAlreadyExists(request.visit) }
  }

  /// Each service once, constraints on stops of the visit only, and no circle.
  private func checkPlan(_ plan: [PlannedStop], done: [ServiceID]) throws(Refusal) {
    for place in plan.indices where plan[..<place].contains(where: { same($0, plan[place]) }) {
      throw .stopPlannedTwice(plan[place].service)
    }
    for stop in plan {
      for earlier in stop.after
      where !done.contains(earlier) && !plan.contains(where: { $0.service == earlier }) {
        throw .afterUnplanned(stop.service, after: earlier)
      }
    }
    var rest = plan
    while let place = rest.firstIndex(where: { isReady($0, in: rest) }) { rest.remove(at: place) }
    if !rest.isEmpty { throw .planIsCyclic(rest.map(\.service)) }
  }

  private func same(_ left: PlannedStop, _ right: PlannedStop) -> Bool {
    left.service == right.service
  }

  private func isReady(_ stop: PlannedStop, in plan: [PlannedStop]) -> Bool {
    !plan.contains { stop.after.contains($0.service) }
  }

  func checkStop(_ stop: PlannedStop, _ now: Int64) throws(Refusal) {
    guard let service = service(stop.service) else { throw .serviceUnknown(stop.service) }
    if let back = stop.counter, counter(back) == nil { throw .counterUnknown(back) }
    if counters(serving: service.id).isEmpty { throw .serviceHasNoCounter(service.id) }
    if let time = stop.appointment?.milliseconds,
      now - time > Int64(bounds.appointmentGraceMinutes) * 60_000
    {
      throw .appointmentIsPast(service.id, byMinutes: (now - time) / 60_000)
    }
    if let time = stop.appointment?.milliseconds, let spans = spans(of: service.id),
      !spans.contains(where: { $0.opens.milliseconds <= time && time < $0.closes.milliseconds })
    {
      throw .appointmentOutsideHours(service.id)
    }
    if let cap = service.dailyCap, stopsToday(service.id) >= cap {
      throw .serviceIsFull(service.id, cap: cap)
    }
  }

  /// Stops begun or planned today.
  func stopsToday(_ service: ServiceID) -> Int {
    var count = 0
    for visit in visits {
      let all = visit.earlier.map(\.service) + [visit.stop.service] + visit.planned.map(\.service)
      count += all.filter { $0 == service }.count
    }
    return count
  }

  private func checkVoucher(_ id: VisitID, _ request: IssueRequest) throws(Refusal) {
    guard let today = openDay, let voucher = vouchers.first(where: { $0.visit == id }) else {
      throw .voucherUnknown(id)
    }
    let age = Self.dayNumber(today) - Self.dayNumber(voucher.day)
    guard age <= bounds.voucherDays,
      request.stops.contains(where: { $0.service == voucher.service })
    else { throw .voucherUnknown(id) }
    if age <= 0 { throw .voucherIsForToday(id) }
  }

  /// The Julian day number at noon (Fliegel and Van Flandern, 1968).
  static func dayNumber(_ day: ServiceDay) -> Int {
    let shift = (day.month - 14) / 12
    return (1461 * (day.year + 4800 + shift)) / 4 + (367 * (day.month - 2 - 12 * shift)) / 12
      - (3 * ((day.year + 4900 + shift) / 100)) / 4 + day.day - 32_075
  }

  private func number(for service: Service) throws(Refusal) -> TicketNumber {
    let own = configuration?.agencies.first { $0.id == service.agency }?.prefix
    guard let prefix = service.isNeutral ? configuration?.numbering.neutralPrefix : own else {
      throw .planIsEmpty
    }
    let given = visits.filter { $0.number.prefix == prefix }.map(\.number.value)
    var value = max(given.max() ?? 0, numbersGone[prefix] ?? 0) + 1
    while configuration?.numbering.skips.contains(value) == true { value += 1 }
    if value > 9_999_999 { throw .numbersExhausted(prefix) }
    return TicketNumber(prefix: prefix, value: value)
  }

  func answerPlan(
    _ visit: AuditVisit, _ stop: PlannedStop, _ now: Int64
  ) throws(Refusal) -> [Event] {
    if visit.isOver { throw .visitIsClosed(visit.number, visit.status) }
    if visit.stop.service == stop.service {
      throw .alreadyAtService(visit.number, stop.service)
    }
    try checkStop(stop, now)
    let done = visit.earlier.map(\.service) + [visit.stop.service]
    try checkPlan(visit.planned + [stop], done: done)
    if done.count + visit.planned.count + 1 > bounds.stopLimit {
      throw .tooManyStops(limit: bounds.stopLimit)
    }
    try checkFinish(visit.planned + [stop], visit.isPriority, skips: 0, now)
    return [.stopPlanned(visit.id, stop)]
  }

  func answerCancel(
    _ visit: AuditVisit, _ service: ServiceID, _ now: Int64
  ) throws(Refusal) -> [Event] {
    if visit.isOver { throw .visitIsClosed(visit.number, visit.status) }
    if visit.planned.contains(where: { $0.service == service }) {
      return [.stopCancelled(visit.id, service)]
    }
    if visit.stop.service != service { throw .stopNotPlanned(visit.number, service) }
    if visit.status == .called || visit.status == .serving { throw whereabouts(visit) }
    guard let next = next(after: visit, from: nil, now) else {
      throw .lastStop(visit.number)
    }
    return [.stopCancelled(visit.id, service, next: next.service)]
  }
}

// MARK: - The next stop

extension AuditModel {
  /// Where a visit goes whose present stop is over now. Its wait there counts from when it came to
  /// the building, or from now less the credit for the stops that are over then.
  func next(after visit: AuditVisit, from zone: ZoneID?, _ now: Int64) -> PlannedStop? {
    var start = visit.issued
    if policy == .accumulating {
      var present = visit.stop
      present.ended = now
      start = now - credit(for: visit.earlier + [present])
    }
    return next(of: visit.planned, visit.isPriority, start: start, from: zone, now)
  }

  /// The stop that begins soonest, the walk included; of equals the one named first.
  private func next(
    of plan: [PlannedStop], _ isPriority: Bool, start: Int64, from zone: ZoneID?, _ now: Int64
  ) -> PlannedStop? {
    let ready = plan.filter { isReady($0, in: plan) }
    let begins = ready.map { stop -> Int64 in
      let walk = walk(from: zone, to: stop.service)
      if let time = stop.appointment?.milliseconds { return max(time - now, walk) }
      return walk + expectedWait(stop.service, isPriority, start: start, now)
    }
    guard let soonest = begins.min(), let place = begins.firstIndex(of: soonest) else { return nil }
    let best = ready[place]
    if best.appointment != nil { return best }
    // An appointment that would begin before the other stop is over goes first.
    let over = soonest + (paces[best.service] ?? 0)
    let due = ready.indices.filter { ready[$0].appointment != nil && begins[$0] < over }
    return due.min { begins[$0] < begins[$1] }.map { ready[$0] } ?? best
  }

  /// To the nearest of its counters.
  private func walk(from zone: ZoneID?, to service: ServiceID) -> Int64 {
    guard let zone else { return 0 }
    let ways = counters(serving: service).map { counter -> Int in
      if counter.zone == zone { return 0 }
      let there = seconds(from: zone, to: counter.zone)
      return there ?? seconds(from: counter.zone, to: zone) ?? bounds.walkSeconds
    }
    return Int64(ways.min() ?? 0) * 1_000
  }

  private func seconds(from: ZoneID, to: ZoneID) -> Int? {
    configuration?.zones.first { $0.id == from }?.walks.last { $0.to == to }?.seconds
  }

  /// (Work ahead + the time of one service) / open counters, all of them while none is; nothing if
  /// nobody is ahead and a counter is free.
  ///
  /// Ahead are those whom these counters call before, at any service that they serve; where other
  /// open counters serve them too, these have the share of their number.
  func expectedWait(
    _ service: ServiceID, _ isPriority: Bool, start: Int64, _ now: Int64
  ) -> Int64 {
    guard let pace = paces[service] else { return 0 }
    let me = place(isPriority ? .priority : .ordinary, start: start, order: UInt64.max, at: now)
    func work(at line: ServiceID) -> Int64 {
      let before = visits.filter {
        $0.status == .waiting && $0.stop.service == line && place(of: $0, at: now).isBefore(me)
      }
      return Int64(before.count) * (paces[line] ?? 0)
    }
    let open = (configuration?.counters ?? []).filter { isOpen($0.id) }
    let ours = open.reduce(0) { $0 + times($1, serves: service) }
    guard ours > 0 else {
      return (work(at: service) + pace) / Int64(max(1, counters(serving: service).count))
    }
    var ahead: Int64 = 0
    for line in configuration?.services.map(\.id) ?? [] {
      let all = open.reduce(0) { $0 + times($1, serves: line) }
      let shared = open.reduce(0) { $0 + times($1, serves: service) * times($1, serves: line) }
      if shared > 0 { ahead += work(at: line) * Int64(shared) / Int64(all) }
    }
    let isOneFree = open.contains { times($0, serves: service) > 0 && desk($0.id)?.visit == nil }
    return ahead == 0 && isOneFree ? 0 : (ahead + pace) / Int64(ours)
  }
}

// MARK: - Hours

extension AuditModel {
  /// One stop after the other as the hall would send there, by the waits of now: none that refuses
  /// late tickets may begin after its closing. The first `skips` are judged elsewhere.
  private func checkFinish(
    _ plan: [PlannedStop], _ isPriority: Bool, skips: Int, _ now: Int64
  ) throws(Refusal) {
    var order: [PlannedStop] = []
    var rest = plan
    while let stop = next(of: rest, isPriority, start: now, from: nil, now) {
      order.append(stop)
      rest.removeAll { $0.service == stop.service }
    }
    var clock = now
    for (place, stop) in order.enumerated() {
      if let time = stop.appointment?.milliseconds {
        clock = max(clock, time)
      } else {
        clock += expectedWait(stop.service, isPriority, start: now, now)
      }
      if place >= skips, service(stop.service)?.lastTicket == .refuse,
        let closes = closing(of: stop.service), clock > closes
      {
        throw .cannotFinishBeforeClosing(stop.service)
      }
      clock += paces[stop.service] ?? 0
    }
  }
}

extension AuditModel {
  private func spans(of service: ServiceID) -> [OpenSpan]? {
    hours?.services.first { $0.service == service }?.spans
  }

  /// Milliseconds; nil without hours.
  func closing(of service: ServiceID) -> Int64? { spans(of: service)?.last?.closes.milliseconds }

  private func checkDoors(_ service: ServiceID, _ now: Int64) throws(Refusal) {
    guard let spans = spans(of: service) else { return }
    let coming = spans.filter { $0.closes.milliseconds > now }
    guard let opens = coming.map(\.opens.milliseconds).min() else { throw .serviceClosed(service) }
    if opens - now > Int64(bounds.earlyIssueMinutes) * 60_000 {
      throw .serviceNotOpenYet(service, inMinutes: (opens - now) / 60_000)
    }
  }

  func isReachable(_ service: ServiceID, _ isPriority: Bool, _ now: Int64) -> Bool {
    guard hours?.services.contains(where: { $0.service == service }) == true else { return true }
    guard let closes = closing(of: service) else { return false }
    let wait = told[service] ?? expectedWait(service, isPriority, start: now, now)
    return now + wait <= closes
  }
}
