extension DayRunner {
  mutating func arrive(_ person: Int, _ minute: Double) {
    let next = person + 1
    if next < plan.people.count {
      agenda.add(.arrive(next), at: plan.people[next].arrivalMinute)
    }
    guard !plan.people[person].errands.isEmpty,
      venue.issue(person: person, plan.people[person], at: minute)
    else {
      outcome.journeys[person].end = .refused
      return
    }
    join(person, stop: 0, minute)
    wakeDesks(of: plan.people[person].errands[0].service, minute)
  }

  /// The person now waits for the stop; the engine has heard of it, and no counter has asked since.
  mutating func join(_ person: Int, stop: Int, _ minute: Double) {
    let errand = plan.people[person].errands[stop]
    progress[person] = Progress(
      stop: stop, joinedAt: minute, presentAt: minute + errand.walkMinutes)
    let patience =
      plan.people[person].patienceMinutes - outcome.journeys[person].waitMinutes
    if patience < .infinity {
      agenda.add(.giveUp(person, stop: stop), at: minute + max(0, patience))
    }
  }

  mutating func giveUp(_ person: Int, _ stop: Int, _ minute: Double) {
    guard progress[person].stop == stop, outcome.journeys[person].end == .expired,
      venue.leave(person, at: minute)
    else { return }
    endWait(of: person, at: minute)
    outcome.journeys[person].end = .left
  }

  /// Without a call.
  mutating func endWait(of person: Int, at minute: Double) {
    let wait = DayOutcome.Unanswered(
      service: plan.people[person].errands[progress[person].stop].service,
      fromMinute: progress[person].joinedAt, toMinute: minute)
    outcome.journeys[person].waitMinutes += wait.minutes
    outcome.unanswered.append(wait)
  }

  /// Idle counters ask, the one that has been idle longest first, until one has called.
  mutating func wakeDesks(of service: Int, _ minute: Double) {
    guard minute >= 0 else { return wakeAtOpening(service) }
    guard let first = longestIdle(of: service), !callNext(first, minute) else { return }
    let others = venue.countersOfService[service].filter {
      $0 != first && desks[$0].status == .idle
    }
    for desk in others.sorted(by: { hasIdledLonger($0, than: $1) }) where callNext(desk, minute) {
      return
    }
  }

  /// Before opening nobody calls: the counter looks when the doors open.
  private mutating func wakeAtOpening(_ service: Int) {
    for desk in venue.countersOfService[service] { retry(desk, at: 0) }
  }

  private func longestIdle(of service: Int) -> Int? {
    var best: Int?
    for desk in venue.countersOfService[service] where desks[desk].status == .idle {
      if best.map({ desks[desk].since < desks[$0].since }) ?? true { best = desk }
    }
    return best
  }

  /// Of two that have idled equally long, the one that is configured first.
  func hasIdledLonger(_ desk: Int, than other: Int) -> Bool {
    (desks[desk].since, desk) < (desks[other].since, other)
  }
}
