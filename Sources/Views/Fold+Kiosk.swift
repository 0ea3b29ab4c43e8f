public import Venue

extension Fold {
  /// What `kiosk` offers; nil when the venue has no such kiosk.
  public func kiosk(_ kiosk: KioskID) -> KioskView? {
    guard let configuration = state.configuration, let kiosk = state.kiosk(kiosk) else {
      return nil
    }
    return KioskView(
      venue: configuration.name, kiosk: kiosk.id, hostLanguage: host,
      languages: lexicon.offered(configuration.languages),
      needs: configuration.needs.map {
        KioskView.Need(id: $0.id, icon: $0.icon, services: $0.services)
      },
      offers: configuration.services.map(offer), personService: kiosk.personService,
      isDayOpen: state.openDay != nil,
      canPrint: devices.canPrint(for: kiosk.printer, in: configuration))
  }

  private func offer(_ service: Service) -> KioskView.Offer {
    let counters = state.counters(serving: service.id)
    let zone = counters.first.flatMap { state.counter($0)?.zone }
    let range = ticketRange(for: service.id)
    return KioskView.Offer(
      service: service.id, agency: service.agency, isNeutral: service.isNeutral,
      sign: sign(of: service.id),
      waiting: state.waitingCount(for: service.id),
      isStaffed: state.openCounters(serving: service.id) > 0, floor: zone.flatMap(floor) ?? 0,
      zone: zone ?? "",
      hours: service.hours, tickets: tickets(for: service.id), waitFromMinutes: range?.from,
      waitToMinutes: range?.to)
  }

  private func tickets(for service: ServiceID) -> [KioskView.TicketSpan]? {
    let early = Int64(state.configuration?.bounds.earlyIssueMinutes ?? 0) * 60_000
    return state.hours?.services.first { $0.service == service }?.spans.map { span in
      KioskView.TicketSpan(from: span.opens.adding(milliseconds: -early), until: span.closes)
    }
  }
}

extension Lexicon {
  /// How many languages keep the venue's order of use.
  private static let mostUsedLanguages = 6

  /// The most used languages first, then the others by script: fixed places that people remember.
  public func offered(_ languages: [LanguageTag]) -> [KioskView.Language] {
    let all = languages.map { tag in
      KioskView.Language(
        tag: tag, endonym: endonym(of: tag), direction: direction(of: tag),
        script: packs[tag]?.script ?? "Latn")
    }
    let rest = all.dropFirst(Self.mostUsedLanguages)
    return all.prefix(Self.mostUsedLanguages)
      + rest.sorted { ($0.script, $0.endonym) < ($1.script, $1.endonym) }
  }
}
