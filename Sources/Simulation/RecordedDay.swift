public import Venue

/// A day that has been, read back from its events: who came when, and how long each stop took.
///
/// The plan re-draws it under another roster or policy: arrivals, service times, no-shows and those
/// who gave up are the recorded ones. It cannot know what a person would have done otherwise: whom
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
    var ofDay: VenueState?
    try read { record in
      guard ofDay == nil else { return }
      if case .dayOpened = record.event, state.lastDay == day {
        ofDay = state
        return
      }
      state.apply(record)
      if case .dayOpened(let opened) = record.event, opened == day { shifts = Shifts() }
      if state.lastDay == day { shifts.note(record) }
    }
    let end = ofDay ?? state
    guard end.lastDay == day else { return nil }
    return RecordedDay(end, shifts)
  }

  private init?(_ state: VenueState, _ shifts: Shifts) {
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
        DayPlan.Desk(breaks: shifts.absences(of: counter.id, from: origin, to: last))
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
    let rest = visit.status == .expired ? visit.planned.map(\.service) : []
    return DayPlan.Person(
      arrivalMinute: minutes(from: origin, to: visit.issuedAt),
      language: languages[visit.language] ?? 0, isPriority: visit.isPriority,
      patienceMinutes: gaveUp ? waitMinutes(visit) : .infinity,
      errands: stops.compactMap(errand)
        + rest.compactMap { services[$0] }.map {
          DayPlan.Errand(service: $0, minutes: planned[$0])
        })
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
