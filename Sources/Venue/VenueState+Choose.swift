/// Whom a counter calls next, with whose help, and why.
struct Choice {
  var slot: Int32
  var help: Help
  var reason: CallReason
}

/// A call that a counter could make.
public struct NextCall: Equatable, Sendable {
  public let visit: Visit
  public let reason: CallReason
}

extension VenueState {
  /// The head of one lane, as one counter sees it.
  private struct Candidate {
    var slot: Int32
    var kind: LineKind
    var standing: Standing
    var service: ServiceID
    /// Index into the lanes of the service's line.
    var lane: Int
    var language: LanguageTag
    var comesBack: Bool
  }

  /// Who is called next at `counter`; nil when nobody waits for it who could be understood there.
  ///
  /// The head of all goes, unless the counter speaks the language of somebody of the same rank who
  /// is behind by no more than the window. A client whom the counter does not understand is called
  /// with a mediator or not at all, until the bound for the telephone.
  ///
  /// `leaving` is the visit that the same command finishes: its mediator is free for the next.
  func choose(for counter: Counter, at now: Instant, freeing leaving: VisitID? = nil) -> Choice? {
    let heads = heads(for: counter, at: now)
    let understood = heads.direct
    var others = heads.others.sorted { $0.standing > $1.standing }
    while let candidate = others.popLast() {
      guard let help = help(for: candidate, at: counter, now, leaving) else {
        guard let behind = firstForTelephone(behind: candidate, at: counter, now) else { continue }
        if let understood, understood.standing < behind.standing { continue }
        let place = others.firstIndex { $0.standing < behind.standing } ?? others.count
        others.insert(behind, at: place)
        continue
      }
      if let understood, isWithinWindow(understood.standing, of: candidate.standing) {
        return Choice(slot: understood.slot, help: .direct, reason: .language)
      }
      return Choice(slot: candidate.slot, help: help, reason: reason(for: candidate))
    }
    return understood.map { Choice(slot: $0.slot, help: .direct, reason: reason(for: $0)) }
  }

  /// The first in the lane of `head` who has waited at this stop for as long as the telephone takes:
  /// who came from an earlier stop is ahead by that wait, but has not waited here.
  private func firstForTelephone(
    behind head: Candidate, at counter: Counter, _ now: Instant
  ) -> Candidate? {
    let places = lines[head.service]?.lanes[head.lane].places
    let first = places?.elements.first { place in
      now.milliseconds(since: visits.waitingSince(place.slot)) >= ordering.bounds.telephoneAfter
    }
    guard let first, first.slot != head.slot else { return nil }
    var candidate = head
    candidate.slot = first.slot
    candidate.standing = standing(
      of: first, kind: head.kind, weight: weight(of: head.service, at: counter), now)
    return candidate
  }

  private func weight(of service: ServiceID, at counter: Counter) -> Int64 {
    Int64(counter.weights.first { $0.service == service }?.percent ?? 100)
  }

  private func standing(
    of place: WaitingLine.Place, kind: LineKind, weight: Int64, _ now: Instant
  ) -> Standing {
    var standing = ordering.standing(
      kind, start: place.start, arrival: place.arrival, now: now)
    standing.score *= weight
    return standing
  }

  private func isWithinWindow(_ standing: Standing, of first: Standing) -> Bool {
    // Scores carry two percentages: the rate of the class and the weight of the service.
    standing.rank == first.rank
      && first.score - standing.score <= ordering.bounds.languageWindow * 100 * 100
  }

  /// The first of those whom `counter` understands, and all who are ahead of that one.
  private func heads(
    for counter: Counter, at now: Instant
  ) -> (direct: Candidate?, others: [Candidate]) {
    var direct: Candidate?
    var others: [Candidate] = []
    for service in services(of: counter) {
      guard let line = lines[service], line.count > 0 else { continue }
      let weight = weight(of: service, at: counter)
      for (index, lane) in line.lanes.enumerated() {
        guard let head = lane.places.first, mayCall(lane, counter) else { continue }
        let standing = standing(of: head, kind: lane.kind, weight: weight, now)
        if let direct, direct.standing < standing { continue }
        let candidate = Candidate(
          slot: head.slot, kind: lane.kind, standing: standing, service: service, lane: index,
          language: lane.language, comesBack: lane.comesBackTo == counter.id)
        if !ordering.policy.mindsLanguage || counter.languages.contains(lane.language) {
          direct = candidate
        } else {
          others.append(candidate)
        }
      }
    }
    if let direct { others.removeAll { direct.standing < $0.standing } }
    return (direct, others)
  }

  /// A visit that comes back to one counter is left to it while that counter is open.
  private func mayCall(_ lane: WaitingLine.Lane, _ counter: Counter) -> Bool {
    guard let target = lane.comesBackTo, target != counter.id else { return true }
    return counters[target]?.status != .open
  }

  /// How a client whom `counter` does not understand could be helped; nil for not yet.
  private func help(
    for candidate: Candidate, at counter: Counter, _ now: Instant, _ leaving: VisitID?
  ) -> Help? {
    if let mediator = freeMediator(for: candidate.language, at: counter, now, leaving: leaving) {
      return .mediator(mediator)
    }
    let waited = now.milliseconds(since: visits.waitingSince(candidate.slot))
    guard waited < ordering.bounds.telephoneAfter else { return .telephone }
    return isWorthWaiting(for: candidate, at: counter, now) ? nil : .telephone
  }

  /// True while somebody is busy who could help this client soon: a mediator on duty, or another
  /// open counter that serves the same and speaks the language. Else the telephone comes at once.
  private func isWorthWaiting(
    for candidate: Candidate, at counter: Counter, _ now: Instant
  ) -> Bool {
    let mediatorMayCome = index.mediators(for: candidate.language).contains { mediator in
      fault(in: mediator, for: candidate.language, at: counter, now, waitsForEnd: true) == nil
    }
    if mediatorMayCome { return true }
    return counters(serving: candidate.service).contains { id in
      id != counter.id && counters[id]?.status == .open
        && index.counters[id]?.languages.contains(candidate.language) == true
    }
  }

  private func reason(for candidate: Candidate) -> CallReason {
    if candidate.comesBack { return .comesBack }
    if candidate.kind == .appointment, candidate.standing.rank != 2 { return .appointment }
    if ordering.policy == .accumulating { return .score }
    return candidate.standing.rank == 0 ? .priority : .oldest
  }

  /// The mediator who would be taken: free, on duty, below the cap, with mandate and languages; of
  /// several the one with the fewest languages, then the least load, then the roster's order.
  func freeMediator(
    for language: LanguageTag, at counter: Counter, _ now: Instant, leaving: VisitID? = nil
  ) -> MediatorID? {
    var best: (mediator: Mediator, load: Int64)?
    for mediator in index.mediators(for: language) {
      guard let state = mediators[mediator.id],
        fault(in: mediator, for: language, at: counter, now, freeing: leaving) == nil
      else { continue }
      let load = state.workedMilliseconds(at: now)
      if let found = best,
        (found.mediator.languages.count, found.load) <= (mediator.languages.count, load)
      {
        continue
      }
      best = (mediator, load)
    }
    return best?.mediator.id
  }

  /// Why this mediator cannot come to `counter` for a client of this language.
  ///
  /// Who is with the visit `leaving`, or with whomever if `waitsForEnd`, counts as free.
  func fault(
    in mediator: Mediator, for language: LanguageTag, at counter: Counter, _ now: Instant,
    freeing leaving: VisitID? = nil, waitsForEnd: Bool = false
  ) -> Refusal? {
    guard let state = mediators[mediator.id] else { return .mediatorUnknown(mediator.id) }
    guard state.status == .onDuty else { return .mediatorNotOnDuty(mediator.id) }
    guard mediator.mandate.isEmpty || mediator.mandate.contains(counter.agency) else {
      return .mediatorOutsideMandate(mediator.id, counter.agency)
    }
    guard mediator.languages.contains(language),
      mediator.languages.contains(where: { $0 != language && counter.languages.contains($0) })
    else { return .mediatorLacksLanguage(mediator.id, language) }
    guard state.workedMilliseconds(at: now) < Int64(mediator.loadCapMinutes) * 60_000 else {
      return .mediatorAtLoadCap(mediator.id)
    }
    guard !waitsForEnd, let visit = state.visit, visit != leaving,
      let place = self.visit(visit)?.stop.counter
    else { return nil }
    return .mediatorIsElsewhere(mediator.id, counter: place)
  }

  /// How a visit that the staff picked is understood: the best there is at once.
  func helpAtOnce(for visit: Visit, at counter: Counter, _ now: Instant) -> Help {
    if counter.languages.contains(visit.language) { return .direct }
    return freeMediator(for: visit.language, at: counter, now).map(Help.mediator) ?? .telephone
  }
}
