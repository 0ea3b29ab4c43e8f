/// The configuration, ready to be looked up. Derived, so it is no part of the state.
struct VenueIndex: Sendable {
  let services: [ServiceID: Service]
  let agencies: [AgencyID: Agency]
  let counters: [CounterID: Counter]
  let countersOfService: [ServiceID: [CounterID]]
  let languages: Set<LanguageTag>
  let kiosks: [KioskID: Kiosk]
  let mediators: [MediatorID: Mediator]
  private let mediatorsOfLanguage: [LanguageTag: [Mediator]]
  let needs: Set<NeedID>
  let outcomes: Set<OutcomeCode>
  /// Seconds between zones, in the direction in which they are configured.
  let walks: [ZoneID: [ZoneID: Int]]
  let skips: Set<Int32>
  private let neutralPrefix: Prefix?

  init(_ configuration: VenueConfiguration?) {
    services = Self.byID(configuration?.services ?? [], \.id)
    agencies = Self.byID(configuration?.agencies ?? [], \.id)
    counters = Self.byID(configuration?.counters ?? [], \.id)
    kiosks = Self.byID(configuration?.kiosks ?? [], \.id)
    mediators = Self.byID(configuration?.mediators ?? [], \.id)
    var mediatorsOfLanguage: [LanguageTag: [Mediator]] = [:]
    for mediator in configuration?.mediators ?? [] {
      for language in mediator.languages {
        mediatorsOfLanguage[language, default: []].append(mediator)
      }
    }
    self.mediatorsOfLanguage = mediatorsOfLanguage
    needs = Set((configuration?.needs ?? []).map(\.id))
    outcomes = Set(configuration?.outcomes ?? [])
    var walks: [ZoneID: [ZoneID: Int]] = [:]
    for zone in configuration?.zones ?? [] {
      for walk in zone.walks { walks[zone.id, default: [:]][walk.to] = walk.seconds }
    }
    self.walks = walks
    languages = Set(configuration?.languages ?? [])
    skips = Set(configuration?.numbering.skips ?? [])
    neutralPrefix = configuration?.numbering.neutralPrefix
    var countersOfService: [ServiceID: [CounterID]] = [:]
    for counter in configuration?.counters ?? [] {
      for service in counter.services {
        countersOfService[service, default: []].append(counter.id)
      }
    }
    self.countersOfService = countersOfService
  }

  /// The prefix of tickets for `service`: its agency's, or the venue's neutral one.
  func prefix(of service: Service) -> Prefix? {
    service.isNeutral ? neutralPrefix : agencies[service.agency]?.prefix
  }

  /// Mediators who interpret from and to `language`, in the roster's order.
  func mediators(for language: LanguageTag) -> [Mediator] { mediatorsOfLanguage[language] ?? [] }

  private static func byID<Part, ID: Hashable>(_ parts: [Part], _ id: (Part) -> ID) -> [ID: Part] {
    Dictionary(parts.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
