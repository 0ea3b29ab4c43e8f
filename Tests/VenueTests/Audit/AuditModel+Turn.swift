import Venue

/// How far ahead somebody is.
struct AuditPlace: Equatable {
  /// 0 before 1 before 2.
  var rank: Int
  /// Milliseconds times percent; more goes first.
  var score: Int64
  /// Sequence of the event that issued the visit; less goes first.
  var order: UInt64

  func isBefore(_ other: AuditPlace) -> Bool {
    if rank != other.rank { return rank < other.rank }
    if score != other.score { return score > other.score }
    return order < other.order
  }
}

/// Whose turn it is, and who is before whom.
extension AuditModel {
  enum Kind { case ordinary, priority, appointment }

  struct Turn {
    var visit: AuditVisit
    var help: Help
    var reason: CallReason
  }

  private func kind(of visit: AuditVisit) -> Kind {
    if visit.stop.appointment != nil { return .appointment }
    return visit.isPriority ? .priority : .ordinary
  }

  /// From when somebody counts as waiting, in milliseconds.
  private func start(of visit: AuditVisit) -> Int64 {
    if let time = visit.stop.appointment { return time }
    guard policy == .accumulating else { return visit.issued }
    return visit.stop.since - credit(for: visit.earlier)
  }

  /// What the waits at stops that are over count for, in milliseconds.
  func credit(for stops: [AuditStop]) -> Int64 {
    var waits: Int64 = 0
    for stop in stops {
      guard let end = stop.firstCall ?? stop.ended else { continue }
      waits += max(0, end - stop.since)
    }
    return waits * Int64(bounds.creditPercent) / 100
  }

  func place(of visit: AuditVisit, at now: Int64) -> AuditPlace {
    place(kind(of: visit), start: start(of: visit), order: visit.order, at: now)
  }

  func place(_ kind: Kind, start: Int64, order: UInt64, at now: Int64) -> AuditPlace {
    let waited = now - start
    let isDue = kind != .appointment || waited >= 0
    if policy == .accumulating {
      let isOrdinary = kind == .ordinary
      let rate = isOrdinary ? bounds.ordinaryRatePercent : bounds.priorityRatePercent
      let advance = isOrdinary ? 0 : Int64(bounds.headStartMinutes) * 60_000
      return AuditPlace(
        rank: isDue ? 1 : 2, score: waited * Int64(rate) + advance * 100, order: order)
    }
    let goesFirst = kind == .appointment || (kind == .priority && policy == .statutory)
    return AuditPlace(rank: !isDue ? 2 : goesFirst ? 0 : 1, score: waited * 100, order: order)
  }

  /// How many who wait for the same service go before this one, at the time of the last event.
  func peopleBefore(_ visit: AuditVisit) -> Int? {
    guard visit.status == .waiting else { return nil }
    let mine = place(of: visit, at: time)
    return visits.filter {
      $0.status == .waiting && $0.stop.service == visit.stop.service
        && place(of: $0, at: time).isBefore(mine)
    }.count
  }

  /// Whose turn it is at `counter`, when those in `gone` wait no more and `leaving` is done.
  func turn(
    at counter: Counter, _ now: Int64, leaving: VisitID?, gone: [VisitID] = []
  ) -> Turn? {
    let mine = services(of: counter)
    let line = visits.filter { visit in
      guard visit.status == .waiting, !gone.contains(visit.id) else { return false }
      guard mine.contains(visit.stop.service) else { return false }
      guard let back = visit.stop.comesBackTo, back != counter.id else { return true }
      return !isOpen(back)
    }
    var understood: [(visit: AuditVisit, place: AuditPlace, help: Help)] = []
    for visit in line {
      guard let help = help(for: visit, at: counter, now, leaving) else { continue }
      understood.append((visit, weighted(visit, at: counter, now), help))
    }
    understood.sort { $0.place.isBefore($1.place) }
    guard let first = understood.first else { return nil }
    let window = Int64(bounds.languageWindowMinutes) * 60_000
    if first.help != .direct,
      let near = understood.first(where: {
        $0.help == .direct && $0.place.rank == first.place.rank
          && first.place.score - $0.place.score <= window * 100 * 100
      })
    {
      return Turn(visit: near.visit, help: .direct, reason: .language)
    }
    let reason = reason(for: first.visit, first.place, counter)
    return Turn(visit: first.visit, help: first.help, reason: reason)
  }

  private func weighted(_ visit: AuditVisit, at counter: Counter, _ now: Int64) -> AuditPlace {
    var place = place(of: visit, at: now)
    let weight = counter.weights.first { $0.service == visit.stop.service }
    place.score *= Int64(weight?.percent ?? 100)
    return place
  }

  private func reason(
    for visit: AuditVisit, _ place: AuditPlace, _ counter: Counter
  ) -> CallReason {
    if visit.stop.comesBackTo == counter.id { return .comesBack }
    if visit.stop.appointment != nil, place.rank < 2 { return .appointment }
    if policy == .accumulating { return .score }
    return place.rank == 0 ? .priority : .oldest
  }
}

// MARK: - Understanding each other

extension AuditModel {
  /// Nil while it is worth waiting for somebody who understands.
  private func help(
    for visit: AuditVisit, at counter: Counter, _ now: Int64, _ leaving: VisitID?
  ) -> Help? {
    if counter.languages.contains(visit.language) { return .direct }
    if let mediator = interpreter(visit.language, counter, now, leaving: leaving) {
      return .mediator(mediator)
    }
    if now - visit.stop.since >= Int64(bounds.telephoneAfterMinutes) * 60_000 { return .telephone }
    let mediatorMayCome = (configuration?.mediators ?? []).contains { mediator in
      switch obstacle(to: mediator, visit.language, counter, now) {
      case nil, .mediatorIsElsewhere: true
      default: false
      }
    }
    let colleagueMay = counters(serving: visit.stop.service).contains {
      $0.id != counter.id && isOpen($0.id) && $0.languages.contains(visit.language)
    }
    return mediatorMayCome || colleagueMay ? nil : .telephone
  }

  /// Of the mediators who can come now the one with the fewest languages, then the least load.
  func interpreter(
    _ language: LanguageTag, _ counter: Counter, _ now: Int64, leaving: VisitID?
  ) -> MediatorID? {
    let able = (configuration?.mediators ?? []).filter {
      obstacle(to: $0, language, counter, now, leaving: leaving) == nil
    }
    let fewest = able.map(\.languages.count).min()
    let special = able.filter { $0.languages.count == fewest }
    let loads = special.map { able in
      mediators.first { $0.id == able.id }?.load(at: now) ?? 0
    }
    guard let least = loads.min(), let place = loads.firstIndex(of: least) else { return nil }
    return special[place].id
  }

  /// Why this mediator cannot come.
  func obstacle(
    to mediator: Mediator, _ language: LanguageTag, _ counter: Counter, _ now: Int64,
    leaving: VisitID? = nil
  ) -> Refusal? {
    guard let state = mediators.first(where: { $0.id == mediator.id }) else {
      return .mediatorUnknown(mediator.id)
    }
    if state.status != .onDuty { return .mediatorNotOnDuty(mediator.id) }
    if !mediator.mandate.isEmpty, !mediator.mandate.contains(counter.agency) {
      return .mediatorOutsideMandate(mediator.id, counter.agency)
    }
    let shared = mediator.languages.filter { counter.languages.contains($0) && $0 != language }
    if shared.isEmpty || !mediator.languages.contains(language) {
      return .mediatorLacksLanguage(mediator.id, language)
    }
    if state.load(at: now) >= Int64(mediator.loadCapMinutes) * 60_000 {
      return .mediatorAtLoadCap(mediator.id)
    }
    if let with = state.visit, with != leaving, let place = visit(with)?.stop.counter {
      return .mediatorIsElsewhere(mediator.id, counter: place)
    }
    return nil
  }
}
