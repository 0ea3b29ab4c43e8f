import Venue

extension DayRunner {
  /// When the engine holds somebody back, the counter asks again after so many minutes.
  private static let retryMinutes = 1.0

  /// True when somebody was called.
  @discardableResult
  mutating func callNext(_ desk: Int, _ minute: Double) -> Bool {
    guard let person = venue.callNext(desk, at: minute) else {
      if venue.hasWaiting(desk) { retry(desk, at: minute + Self.retryMinutes) }
      return false
    }
    let stop = progress[person].stop
    let errand = plan.people[person].errands[stop]
    let wait = minute - progress[person].joinedAt
    outcome.journeys[person].waitMinutes += wait
    outcome.calls.append(
      DayOutcome.Call(
        person: person, service: errand.service, counter: desk, minute: minute,
        waitMinutes: wait))
    desks[desk].status = .busy
    desks[desk].person = person
    guard !errand.isNoShow else {
      agenda.add(.missed(desk), at: minute + assumptions.noShowMinutes)
      return true
    }
    plan(errand, of: person, at: desk, calledAt: minute)
    return true
  }

  private mutating func plan(
    _ errand: DayPlan.Errand, of person: Int, at desk: Int, calledAt minute: Double
  ) {
    let start = max(minute, progress[person].presentAt) + errand.approachMinutes
    var minutes = errand.minutes / plan.desks[desk].speed
    if !venue.speaks[desk][plan.people[person].language] {
      outcome.searches += 1
      minutes += assumptions.searchMinutes
    }
    agenda.add(.serve(desk), at: start)
    agenda.add(.end(desk), at: start + minutes)
    note(service: minutes, at: desk, until: start + minutes)
  }

  /// The visit goes on to its next stop, or is over; the counter calls the next one.
  mutating func endService(_ desk: Int, _ minute: Double) {
    let person = desks[desk].person
    let next = progress[person].stop + 1
    if next < plan.people[person].errands.count {
      let service = venue.services[plan.people[person].errands[next].service]
      if venue.act(.forward(to: service), desk, at: minute) {
        release(desk, minute)
        join(person, stop: next, minute)
        return
      }
    }
    venue.act(.finish, desk, at: minute)
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
    desks[desk].status = .idle
    desks[desk].since = minute
    if let minutes = desks[desk].breakDue {
      desks[desk].breakDue = nil
      beginBreak(desk, minutes, minute)
    } else {
      callNext(desk, minute)
    }
  }

  mutating func beginBreak(_ desk: Int, _ minutes: Double, _ minute: Double) {
    switch desks[desk].status {
    case .onBreak: break
    case .busy: desks[desk].breakDue = (desks[desk].breakDue ?? 0) + minutes
    case .idle:
      venue.act(.pause, desk, at: minute)
      desks[desk].status = .onBreak
      desks[desk].brokenMinutes += minutes
      agenda.add(.endBreak(desk), at: minute + minutes)
    }
  }

  mutating func endBreak(_ desk: Int, _ minute: Double) {
    venue.act(.open, desk, at: minute)
    desks[desk].status = .idle
    desks[desk].since = minute
    callNext(desk, minute)
  }

  /// One retry at a time for each counter.
  mutating func retry(_ desk: Int, at minute: Double) {
    guard !desks[desk].hasRetry else { return }
    desks[desk].hasRetry = true
    agenda.add(.retry(desk), at: minute)
  }
}
