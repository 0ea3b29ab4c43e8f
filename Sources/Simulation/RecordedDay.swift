public import Venue

/// A day that has been, read back from its events: who came when, and how long each stop took.
///
/// The plan re-draws it under another roster or policy: arrivals, service times, no-shows, those who
/// gave up, who was on duty when, and how long each counter took between two visits are the recorded
/// ones. It cannot know what a person would have done otherwise: whom
/// the day left unserved is given the planned service time and an endless patience.
public struct RecordedDay: Sendable {
  public let day: ServiceDay
  /// As it was when the day ended.
  public let venue: VenueConfiguration
  public let plan: DayPlan
  /// What was really waited, by visit in order of arrival.
  public let waitMinutes: [Double]
  /// How counter and client really understood each other, at every stop that was served.
  public let help: [Help]

  /// Nil when `read` hands over no such day, or one without a visit. `read` gives every event of
  /// the journal in order to its argument.
  public static func find(
    _ day: ServiceDay, read: ((Record) throws -> Void) throws -> Void
  ) rethrows -> RecordedDay? {
    var state = VenueState()
    var shifts = Shifts()
    var turnovers = Turnovers()
    var ofDay: VenueState?
    try read { record in
      guard ofDay == nil else { return }
      if case .dayOpened = record.event, state.lastDay == day {
        ofDay = state
        return
      }
      state.apply(record)
      if case .dayOpened(let opened) = record.event, opened == day {
        shifts = Shifts()
        turnovers = Turnovers()
      }
      if state.lastDay == day {
        shifts.note(record)
        turnovers.note(record, state)
      }
    }
    let end = ofDay ?? state
    guard end.lastDay == day else { return nil }
    return RecordedDay(end, shifts, turnovers)
  }

  private init?(_ state: VenueState, _ shifts: Shifts, _ turnovers: Turnovers) {
    let visits = Array(state.visitsOfDay)
    guard let venue = state.configuration, let day = state.lastDay, let first = visits.first,
      let last = shifts.last
    else { return nil }
    let origin = min(first.issuedAt, shifts.firstOpening ?? first.issuedAt)
    self.day = day
    self.venue = venue
    let reader = VisitReader(venue: venue, origin: origin, end: last)
    plan = DayPlan(
      people: visits.map(reader.person),
      desks: venue.counters.map { counter in
        DayPlan.Desk(
          breaks: shifts.absences(of: counter.id, from: origin, to: last),
          turnoverMinutes: turnovers.median(of: counter.id))
      },
      mediators: venue.mediators.map { shifts.absences(of: $0.id, from: origin, to: last) },
      closingMinute: minutes(from: origin, to: last))
    waitMinutes = visits.map(reader.waitMinutes)
    help = visits.flatMap { $0.earlier + [$0.stop] }.filter { $0.startedAt != nil }
      .compactMap(\.help)
  }
}

private func minutes(from start: Instant, to end: Instant) -> Double {
  Double(end.milliseconds(since: start)) / 60_000
}

/// When counters were open and mediators on duty.
private struct Shifts {
  private typealias Change = (time: Instant, isThere: Bool)
  private var counters: [CounterID: [Change]] = [:]
  private var mediators: [MediatorID: [Change]] = [:]
  private(set) var firstOpening: Instant?
  private(set) var last: Instant?

  mutating func note(_ record: Record) {
    switch record.event {
    case .counterOpened(let counter):
      firstOpening = firstOpening ?? record.time
      counters[counter, default: []].append((record.time, true))
    case .counterPaused(let counter), .counterClosed(let counter):
      counters[counter, default: []].append((record.time, false))
    case .mediatorChanged(let mediator, let status):
      mediators[mediator, default: []].append((record.time, status == .onDuty))
    case .slipReported, .configured: return
    default: break
    }
    last = record.time
  }

  func absences(
    of counter: CounterID, from origin: Instant, to end: Instant
  ) -> [DayPlan.Break] {
    absences(counters[counter] ?? [], origin, end)
  }

  func absences(
    of mediator: MediatorID, from origin: Instant, to end: Instant
  ) -> [DayPlan.Break] {
    absences(mediators[mediator] ?? [], origin, end)
  }

  /// From before the opening, and wherever the counter was not open or the mediator not on duty.
  private func absences(
    _ changes: [Change], _ origin: Instant, _ end: Instant
  ) -> [DayPlan.Break] {
    let hour: Int64 = 3_600_000
    var absentSince: Instant? = origin.adding(milliseconds: -hour)
    var breaks: [DayPlan.Break] = []
    func close(_ since: Instant, _ until: Instant) {
      breaks.append(
        DayPlan.Break(
          fromMinute: minutes(from: origin, to: since), minutes: minutes(from: since, to: until),
          endsOnTime: true))
    }
    for change in changes {
      if change.isThere, let since = absentSince {
        close(since, change.time)
        absentSince = nil
      } else if !change.isThere {
        absentSince = absentSince ?? change.time
      }
    }
    if let absentSince { close(absentSince, max(end, absentSince).adding(milliseconds: 24 * hour)) }
    return breaks
  }
}

/// How long counters took from the end of a visit to the next call, while somebody waited for them.
private struct Turnovers {
  private var ends: [CounterID: Instant] = [:]
  private var gaps: [CounterID: [Double]] = [:]

  /// `state` is that after the event.
  mutating func note(_ record: Record, _ state: VenueState) {
    switch record.event {
    case .finished(_, let counter, _, _), .missed(_, let counter), .parked(_, let counter),
      .forwarded(_, let counter, _, _):
      let services = state.counter(counter).map(state.services(of:)) ?? []
      let somebodyWaits = services.contains { state.waitingCount(for: $0) > 0 }
      ends[counter] = somebodyWaits ? record.time : nil
    case .called(_, let counter, _, _):
      guard let end = ends.removeValue(forKey: counter) else { return }
      gaps[counter, default: []].append(minutes(from: end, to: record.time))
    case .counterPaused(let counter), .counterClosed(let counter): ends[counter] = nil
    default: break
    }
  }

  /// In minutes; the mean would count the waits for a mediator too. 0 where nothing is known.
  func median(of counter: CounterID) -> Double {
    guard let gaps = gaps[counter]?.sorted(), !gaps.isEmpty else { return 0 }
    return gaps[gaps.count / 2]
  }
}

/// Turns recorded visits into people of a plan.
private struct VisitReader {
  let origin: Instant
  let end: Instant
  private let services: [ServiceID: Int]
  private let planned: [Double]
  private let languages: [LanguageTag: Int]

  init(venue: VenueConfiguration, origin: Instant, end: Instant) {
    self.origin = origin
    self.end = end
    services = Dictionary(
      venue.services.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    planned = venue.services.map { Double($0.plannedMinutes) }
    languages = Dictionary(
      venue.languages.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func person(_ visit: Visit) -> DayPlan.Person {
    let stops = visit.earlier + [visit.stop]
    let gaveUp = visit.stop.outcome == .left
    // Whom the day left unserved had more to do.
    let isOver = visit.status.isClosed && visit.status != .expired
    let rest = isOver ? [] : visit.planned.map(\.service)
    return DayPlan.Person(
      arrivalMinute: minutes(from: origin, to: visit.issuedAt),
      language: languages[visit.language] ?? 0, isPriority: visit.isPriority,
      patienceMinutes: gaveUp ? waitMinutes(visit) : .infinity,
      errands: merged(
        stops.compactMap(errand)
          + rest.compactMap { services[$0] }.map {
            DayPlan.Errand(service: $0, minutes: planned[$0])
          }))
  }

  /// A visit that came back to a service has one stop there, as long as both: no plan has one twice.
  private func merged(_ errands: [DayPlan.Errand]) -> [DayPlan.Errand] {
    errands.reduce(into: []) { merged, errand in
      guard let place = merged.firstIndex(where: { $0.service == errand.service }) else {
        return merged.append(errand)
      }
      merged[place].minutes += errand.minutes
    }
  }

  private func errand(_ stop: Stop) -> DayPlan.Errand? {
    guard let service = services[stop.service] else { return nil }
    var errand = DayPlan.Errand(
      service: service, minutes: planned[service], isNoShow: stop.outcome == .missed)
    if let called = stop.calledAt, let started = stop.startedAt {
      errand.approachMinutes = max(0, minutes(from: called, to: started))
    }
    if let began = stop.startedAt ?? stop.calledAt, let ended = stop.endedAt,
      stop.outcome == .finished || stop.outcome == .forwarded
    {
      errand.minutes = max(0, minutes(from: began, to: ended))
    }
    return errand
  }

  /// All stops together: up to the first call, or to the end of who was never called.
  func waitMinutes(_ visit: Visit) -> Double {
    (visit.earlier + [visit.stop]).reduce(0) { total, stop in
      total
        + minutes(from: stop.waitingSince, to: stop.firstCalledAt ?? stop.endedAt ?? end)
    }
  }
}
