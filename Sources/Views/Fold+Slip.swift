public import Venue

extension Fold {
  /// The paper of `visit` as `printer` prints it; `localTime` is its time of issue as the venue
  /// writes it.
  public func slip(
    of visit: Visit, localTime: String, isCopy: Bool, on printer: PrinterID? = nil
  ) -> SlipView {
    let isVoucher = state.voucher(of: visit.id) != nil
    let isForeign = visit.language != host
    let isNamed = !(state.service(visit.stop.service)?.isNeutral ?? true)
    return SlipView(
      visit: visit.id, number: visit.number,
      service: isNamed ? lexicon.name(of: visit.stop.service, in: visit.language) : nil,
      serviceInHostLanguage: isNamed && isForeign
        ? lexicon.name(of: visit.stop.service, in: host) : nil,
      place: place(of: visit.stop.service, in: visit.language),
      placeInHostLanguage: isForeign ? place(of: visit.stop.service, in: host) : nil,
      before: state.peopleBefore(visit).map { before($0, in: visit.language) },
      follow: lexicon.phrase(.followOnPhone, in: visit.language),
      address: (state.configuration?.publicURL ?? "") + "/phone/" + visit.id.description,
      issued: localTime, shortCode: visit.id.shortCode,
      copy: isCopy ? copyMark(in: visit.language) : nil,
      expectedWait: expectedWait(of: visit), thenNext: thenNext(of: visit),
      nextPlaces: nextPlaces(of: visit), notice: notice(to: visit),
      isVoucher: isVoucher, noticeInHostLanguage: isVoucher && isForeign ? comeBack(in: host) : nil,
      arrow: printer.flatMap { arrow(to: visit.stop.service, from: $0) },
      documents: documents(for: visit), shares: shares(of: visit))
  }

  /// What the page of one visit shows; nil when the day has no such visit.
  public func phone(_ id: VisitID) -> PhoneView? {
    guard let visit = state.visit(id) else { return nil }
    let isNeutral = state.service(visit.stop.service)?.isNeutral ?? true
    let people = state.peopleBefore(visit)
    let isCalled = visit.status == .called || visit.status == .serving
    let counter = isCalled ? visit.stop.counter.flatMap { state.counter($0) } : nil
    return PhoneView(
      venue: state.configuration?.name ?? "", number: visit.number, status: visit.status,
      language: visit.language, direction: lexicon.direction(of: visit.language),
      service: isNeutral ? nil : lexicon.name(of: visit.stop.service, in: visit.language),
      place: place(of: visit.stop.service, in: visit.language), peopleBefore: people,
      before: people.map { before($0, in: visit.language) }, counter: counter?.label,
      calledAt: isCalled ? visit.stop.calledAt : nil,
      yourNumber: lexicon.phrase(.yourNumber, in: visit.language),
      goWhenCalled: lexicon.phrase(.goWhenCalled, in: visit.language),
      expectedWait: expectedWait(of: visit), thenNext: thenNext(of: visit),
      nextPlaces: nextPlaces(of: visit),
      mediatorComes: visit.mediator == nil
        ? nil : lexicon.phrase(.mediatorComes, in: visit.language),
      notice: notice(to: visit), shares: shares(of: visit))
  }

  private func notice(to visit: Visit) -> Phrase? {
    if state.voucher(of: visit.id) != nil { return comeBack(in: visit.language) }
    return state.mayComeTooLate(visit) ? lexicon.phrase(.mayCloseFirst, in: visit.language) : nil
  }

  private func comeBack(in language: LanguageTag) -> Phrase {
    let days = state.configuration?.bounds.voucherDays ?? Bounds().voucherDays
    return lexicon.phrase(.comeBack, in: language, ["n": String(days)])
  }

  /// The way to `service` from the kiosks of `printer`; nil when they do not agree, since a slip does
  /// not know in front of which of them its reader stands.
  private func arrow(to service: ServiceID, from printer: PrinterID) -> Arrow? {
    guard let zone = zone(of: service) else { return nil }
    let kiosks = (state.configuration?.kiosks ?? []).filter { $0.printer == printer }
    let arrows = kiosks.map { kiosk in kiosk.arrows.first { $0.zone == zone }?.points }
    guard let first = arrows.first, arrows.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// Of the present stop and those that are planned. A neutral service asks for nothing on paper.
  private func documents(for visit: Visit) -> DocumentList? {
    var ids: [DocumentID] = []
    for stop in [visit.stop.service] + visit.planned.map(\.service) {
      guard let service = state.service(stop), !service.isNeutral else { continue }
      ids += service.documents.filter { !ids.contains($0) }
    }
    guard !ids.isEmpty else { return nil }
    return DocumentList(
      heading: lexicon.phrase(.haveWithYou, in: visit.language),
      names: ids.map { lexicon.name(of: $0, in: visit.language) })
  }

  private func expectedWait(of visit: Visit) -> WaitRange? {
    guard let range = state.expectedRange(of: visit) else { return nil }
    let (from, to) = WaitRange.minutes(of: range)
    return WaitRange(
      fromMinutes: from, toMinutes: to,
      text: lexicon.phrase(
        .expectedWait, in: visit.language, ["from": String(from), "to": String(to)]))
  }

  private func nextPlaces(of visit: Visit) -> [NextPlace] {
    visit.planned.map { stop in
      let sign = sign(of: stop.service)
      return NextPlace(
        sign: sign,
        service: sign == nil ? nil : lexicon.name(of: stop.service, in: visit.language),
        place: place(of: stop.service, in: visit.language))
    }
  }

  private func thenNext(of visit: Visit) -> Phrase? {
    visit.planned.isEmpty ? nil : lexicon.phrase(.thenNext, in: visit.language)
  }

  private func before(_ people: Int, in language: LanguageTag) -> Phrase {
    switch people {
    case 0: lexicon.phrase(.noneBefore, in: language)
    case 1: lexicon.phrase(.oneBefore, in: language)
    default: lexicon.phrase(.peopleBefore, in: language, ["n": String(people)])
    }
  }

  /// "Copy" in both languages, the client's first.
  public func copyMark(in language: LanguageTag) -> Phrase {
    var mark = lexicon.phrase(.copy, in: language)
    let hostMark = lexicon.phrase(.copy, in: host)
    if mark.text != hostMark.text { mark.text += " · " + hostMark.text }
    return mark
  }

  /// "Floor 1 · counters 10 to 14": the counters of the service in its first counter's zone.
  func place(of service: ServiceID, in language: LanguageTag) -> Phrase {
    let counters = state.counters(serving: service).compactMap { state.counter($0) }
    guard let zone = zone(of: service) else {
      return lexicon.phrase(.floor, in: language, ["n": "0"])
    }
    var phrase = floorPhrase(of: zone, in: language)
    let labels = counters.filter { $0.zone == zone }.map(\.label)
    let numbers = labels.compactMap { Int($0) }.sorted()
    if numbers.count == labels.count, let low = numbers.first, let high = numbers.last, low < high {
      let range = lexicon.phrase(
        .counterRange, in: language, ["from": String(low), "to": String(high)])
      phrase.text += " · " + range.text
    } else {
      let one = lexicon.phrase(.counter, in: language, ["n": labels.joined(separator: ", ")])
      phrase.text += " · " + one.text
    }
    return phrase
  }
  /// The zone to which people are sent for `service`: that of its first counter.
  private func zone(of service: ServiceID) -> ZoneID? {
    state.counters(serving: service).first.flatMap { state.counter($0) }?.zone
  }
}
