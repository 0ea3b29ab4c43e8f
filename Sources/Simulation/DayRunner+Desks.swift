import Venue

extension DayRunner {
  /// When the engine holds somebody back, the counter asks again after so many minutes, or as soon
  /// as a mediator is free: its console then shows whom it may call.
  private static let retryMinutes = 1.0

  /// True when somebody was called.
  @discardableResult
  mutating func callNext(_ desk: Int, _ minute: Double) -> Bool {
    guard let (person, given) = venue.callNext(desk, at: minute) else {
      if venue.hasWaiting(desk) { retry(desk, at: minute + Self.retryMinutes) }
      return false
    }
    let stop = progress[person].stop
    let errand = plan.people[person].errands[stop]
    let wait = minute - progress[person].joinedAt
    outcome.journeys[person].waitMinutes += wait
    desks[desk].status = .busy
    desks[desk].person = person
    let help = venue.help(given, at: desk, language: plan.people[person].language)
    let end: Double
    if errand.isNoShow {
      end = minute + assumptions.noShowMinutes
      agenda.add(.missed(desk), at: end)
    } else {
      end = plan(errand, of: person, at: desk, calledAt: minute, help)
    }
    if case .mediator(let mediator) = help { engage(mediator, at: desk, minute, until: end) }
    outcome.calls.append(
      DayOutcome.Call(
        person: person, service: errand.service, counter: desk, minute: minute,
        waitMinutes: wait, endMinute: end, help: help, isNoShow: errand.isNoShow))
    return true
  }

  /// The minute at which the counter will be free again.
  private mutating func plan(
    _ errand: DayPlan.Errand, of person: Int, at desk: Int, calledAt minute: Double,
    _ help: DayOutcome.Help
  ) -> Double {
    let start = max(minute, progress[person].presentAt) + errand.approachMinutes
    var minutes = errand.minutes / plan.desks[desk].speed
    switch help {
    case .direct, .mediator: break
    case .telephone: minutes += assumptions.telephoneMinutes
    case .search: minutes += assumptions.searchMinutes
    }
    agenda.add(.serve(desk), at: start)
    agenda.add(.end(desk), at: start + minutes)
    noteService(at: desk, minutes: minutes, until: start + minutes)
    return start + minutes
  }

  /// The visit goes on to its next stop, or is over; the counter calls the next one.
  mutating func endService(_ desk: Int, _ minute: Double) {
    let person = desks[desk].person
    if !venue.forwards {
      guard let service = venue.finish(desk, person: person, at: minute),
        let stop = plan.people[person].errands.firstIndex(where: { $0.service == service })
      else {
        outcome.journeys[person].end = .served
        return release(desk, minute)
      }
      join(person, stop: stop, minute)
      release(desk, minute)
      return wakeDesks(of: service, minute)
    }
    let next = progress[person].stop + 1
    if next < plan.people[person].errands.count {
      let service = plan.people[person].errands[next].service
      if venue.act(.forward(to: venue.services[service]), desk, at: minute) {
        join(person, stop: next, minute)
        release(desk, minute)
        wakeDesks(of: service, minute)
        return
      }
    }
    venue.act(.finish(), desk, at: minute)
    outcome.journeys[person].end = .served
    release(desk, minute)
  }

  mutating func miss(_ desk: Int, _ minute: Double) {
    venue.act(.noShow, desk, at: minute)
    outcome.journeys[desks[desk].person].end = .noShow
    release(desk, minute)
  }

  private mutating func release(_ desk: Int, _ minute: Double) {
    desks[desk].person = -1
    let mediator = desks[desk].mediator
    desks[desk].mediator = nil
    let isAway = mediator.map { release(mediator: $0, minute) } ?? true
    let turnover = plan.desks[desk].turnoverMinutes
    if turnover > 0 {
      agenda.add(.ready(desk), at: minute + turnover)
    } else {
      ready(desk, minute)
    }
    if let mediator, !isAway { askAgain(for: mediator, minute) }
  }

  /// The counter is done with its last visit and takes its break or the next visit.
  mutating func ready(_ desk: Int, _ minute: Double) {
    desks[desk].status = .idle
    desks[desk].since = minute
    if !takesBreak(desk, minute) { callNext(desk, minute) }
  }

  /// Counters that were held back, the one that has been idle longest first, until one has taken the
  /// mediator.
  mutating func askAgain(for mediator: Int, _ minute: Double) {
    guard !mediators[mediator].isBusy else { return }
    let held = desks.indices.filter { desks[$0].hasRetry && desks[$0].status == .idle }
    for desk in held.sorted(by: { hasIdledLonger($0, than: $1) }) {
      callNext(desk, minute)
      if mediators[mediator].isBusy { return }
    }
  }

  mutating func beginBreak(_ desk: Int, _ pause: DayPlan.Break, _ minute: Double) {
    desks[desk].absence.note(pause)
    if desks[desk].status == .idle { _ = takesBreak(desk, minute) }
  }

  /// Begins what is due of rest and absence; false when nothing is.
  private mutating func takesBreak(_ desk: Int, _ minute: Double) -> Bool {
    guard let end = desks[desk].absence.begin(at: minute) else { return false }
    venue.act(.pause, desk, at: minute)
    desks[desk].status = .onBreak
    agenda.add(.endBreak(desk), at: end)
    return true
  }

  mutating func endBreak(_ desk: Int, _ minute: Double) {
    desks[desk].status = .idle
    desks[desk].since = minute
    guard !takesBreak(desk, minute) else { return }
    venue.act(.open, desk, at: minute)
    callNext(desk, minute)
  }

  /// One retry at a time for each counter.
  mutating func retry(_ desk: Int, at minute: Double) {
    guard !desks[desk].hasRetry else { return }
    desks[desk].hasRetry = true
    agenda.add(.retry(desk), at: minute)
  }
}
