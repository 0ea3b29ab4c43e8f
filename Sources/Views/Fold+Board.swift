public import Venue

extension Fold {
  /// What `screen` shows; nil when the venue has no such screen.
  public func board(_ screen: ScreenID) -> BoardView? {
    guard let configuration = state.configuration,
      let screen = configuration.screens.first(where: { $0.id == screen })
    else { return nil }
    let languages = [host] + configuration.languages.filter { $0 != host }
    let calls = state.recentCalls.reversed().compactMap { call(of: $0, on: screen) }
    return BoardView(
      venue: configuration.name, screen: screen.id,
      headings: headings(in: languages),
      earlierCalls: lexicon.phrase(.earlierCalls, in: host),
      sentences: languages.map { lexicon.phrase(.goWhenCalled, in: $0) },
      asOf: lexicon.phrase(.asOf, in: host),
      askReception: languages.map { lexicon.phrase(.askReception, in: $0) },
      calls: Array(calls.prefix(BoardView.callLimit)),
      widthMillimetres: screen.widthMillimetres,
      viewingDistanceMillimetres: screen.viewingDistanceMillimetres)
  }

  /// "Ticket" in the most used languages, but in each script once before any a second time, so that
  /// as many people as possible find a word that they can read.
  private func headings(in languages: [LanguageTag]) -> [Phrase] {
    var scripts: Set<String> = []
    var firsts: [LanguageTag] = []
    var others: [LanguageTag] = []
    for language in languages {
      let isNew = scripts.insert(lexicon.packs[language]?.script ?? "Latn").inserted
      if isNew { firsts.append(language) } else { others.append(language) }
    }
    let chosen = Set((firsts + others).prefix(BoardView.headingLimit))
    return languages.filter(chosen.contains).map { lexicon.phrase(.ticket, in: $0) }
  }

  private func call(of call: RecentCall, on screen: Screen) -> BoardView.Call? {
    guard let counter = state.counter(call.counter),
      screen.shows.isEmpty || screen.shows.contains(counter.zone)
    else { return nil }
    let service = state.service(call.service)
    let named = service.flatMap { $0.isNeutral ? nil : state.agency($0.agency) }
    return BoardView.Call(
      number: call.number, counter: counter.label, calledAt: call.time, ordinal: call.ordinal,
      arrow: screen.arrows.first { $0.zone == counter.zone }?.points,
      sign: named?.sign, agency: named.map { lexicon.name(of: $0.id, in: host) },
      place: floorPhrase(of: counter.zone, in: host),
      again: call.ordinal > 1
        ? lexicon.phrase(.callAgain, in: host, ["n": String(call.ordinal)]) : nil,
      isSilent: service?.isNeutral ?? false,
      isOver: state.counterState(call.counter)?.visit != call.visit)
  }
}
