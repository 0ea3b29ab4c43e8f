import Venue

extension SeededRandom {
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// Some of these, in their order.
  mutating func some<Part>(of parts: [Part], percent: Int) -> [Part] {
    parts.filter { _ in chance(percent) }
  }
}

/// A small venue drawn at random.
struct AuditVenue {
  private var random: SeededRandom
  private var languages: [LanguageTag] = []
  private var zones: [ZoneID] = []
  private var agencies: [AgencyID] = []
  private var services: [Service] = []

  static func draw(_ random: inout SeededRandom) -> VenueConfiguration? {
    var venue = AuditVenue(random: random)
    defer { random = venue.random }
    return venue.configuration()
  }

  private init(random: SeededRandom) { self.random = random }

  private mutating func configuration() -> VenueConfiguration? {
    guard let neutral = Prefix("T") else { return nil }
    languages = Array((["pt", "ar", "ne", "uk", "hi"] as [LanguageTag])[..<random.number(2...5)])
    zones = Array((["hall", "first", "yard"] as [ZoneID])[..<random.number(1...3)])
    agencies = Array((["desk", "tax", "work", "home"] as [AgencyID])[..<random.number(2...4)])
    let policies: [CallPolicy] = [.arrival, .statutory, .accumulating, .accumulating]
    let policy = policies.randomElement(using: &random) ?? .arrival
    let agencies = drawAgencies()
    services = (0..<random.number(3...7)).map { drawService($0) }
    let counters = (0..<random.number(3...8)).map { drawCounter($0) }
    return VenueConfiguration(
      id: "audit", name: "Audit", hostLanguage: "pt", languages: languages,
      timeZone: "Europe/Lisbon", publicURL: "http://127.0.0.1",
      numbering: Numbering(
        skips: random.some(of: [2, 4, 5, 13, 9_999_995], percent: 40), neutralPrefix: neutral),
      policy: policy, zones: drawZones(), agencies: agencies, services: services,
      counters: counters, needs: [Need(id: "papers", icon: "papers", services: [])],
      kiosks: random.some(of: zones, percent: 70).map {
        Kiosk(id: KioskID("K-\($0)"), zone: $0, printer: "P", personService: services[0].id)
      },
      screens: [], printers: [], bounds: Self.bounds(&random), mediators: drawMediators(),
      outcomes: ["settled", "papers-missing"])
  }

  static func bounds(_ random: inout SeededRandom) -> Bounds {
    var bounds = Bounds()
    bounds.languageWindowMinutes = random.number(0...10)
    bounds.telephoneAfterMinutes = random.number(0...15)
    bounds.headStartMinutes = random.number(0...30)
    bounds.priorityRatePercent = random.number(20...160)
    bounds.ordinaryRatePercent = random.chance(50) ? 100 : random.number(20...150)
    bounds.creditPercent = random.number(0...10) * 10
    bounds.appointmentGraceMinutes = random.number(0...20)
    bounds.earlyIssueMinutes = random.number(0...60)
    bounds.overtimeMinutes = random.number(0...40)
    bounds.voucherDays = random.number(0...4)
    bounds.walkSeconds = random.number(0...600)
    bounds.stopLimit = random.chance(25) ? random.number(1...2) : random.number(3...8)
    bounds.peopleLimit = random.number(1...6)
    return bounds
  }

  private mutating func drawZones() -> [Zone] {
    zones.enumerated().map { place, id in
      let walks = zones[..<place].compactMap { other in
        random.chance(60) ? Walk(to: other, seconds: random.number(0...900)) : nil
      }
      return Zone(id: id, floor: 0, walks: walks)
    }
  }

  private mutating func drawAgencies() -> [Agency] {
    zip(agencies, ["A", "E", "K", "M"]).compactMap { id, letter in
      guard let prefix = Prefix(letter) else { return nil }
      let mandate = random.chance(60) ? nil : random.some(of: agencies, percent: 40)
      return Agency(
        id: id, prefix: prefix, sign: AgencySign(shape: .bar, color: "#1D4E9E"), mandate: mandate)
    }
  }

  private mutating func drawService(_ place: Int) -> Service {
    Service(
      id: ServiceID("s\(place)"), agency: agencies.randomElement(using: &random) ?? "desk",
      isNeutral: random.chance(15), plannedMinutes: random.number(1...20), hours: "24/7",
      dailyCap: random.chance(20) ? random.number(2...15) : nil,
      lastTicket: [.warn, .refuse, .refuse, .voucher].randomElement(using: &random) ?? .warn)
  }

  private mutating func drawCounter(_ place: Int) -> Counter {
    let ids = services.map(\.id)
    let known = random.some(of: languages, percent: 40)
    return Counter(
      id: CounterID("c\(place)"), label: "\(place)",
      agency: agencies.randomElement(using: &random) ?? "desk",
      zone: zones.randomElement(using: &random) ?? "hall",
      languages: known.isEmpty || random.chance(45) ? ["pt"] : known,
      services: random.some(of: ids, percent: random.number(25...80)).shuffled(using: &random),
      weights: random.some(of: ids, percent: random.chance(30) ? 60 : 0).map {
        ServiceWeight(service: $0, percent: random.chance(20) ? 1 : random.number(30...300))
      })
  }

  private mutating func drawMediators() -> [Mediator] {
    (0..<min(4, random.number(0...5))).map { place in
      let tongues = Array(languages.shuffled(using: &random)[..<min(2, languages.count)])
      let rest = languages.filter { !tongues.contains($0) }
      return Mediator(
        id: MediatorID("m\(place)"), languages: tongues + random.some(of: rest, percent: 30),
        mandate: random.chance(60) ? [] : random.some(of: agencies, percent: 50),
        loadCapMinutes: random.chance(50) ? 360 : random.number(1...25))
    }
  }
}
