import Testing
import Venue
import Views

/// SplitMix64: the same seed gives the same day on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

/// The languages of the sample venue, the most used first.
let sampleLanguages: [LanguageTag] = [
  "pt", "kea", "en", "hi", "bn", "uk", "ar", "zh-Hans", "es",
]

/// Two floors, three agencies, four services of which one is neutral, five counters, three screens.
func sampleVenue(policy: CallPolicy = .statutory) throws -> VenueConfiguration {
  func prefix(_ letter: String) throws -> Prefix { try #require(Prefix(letter)) }
  func service(_ id: ServiceID, _ agency: AgencyID, isNeutral: Bool = false) -> Service {
    Service(
      id: id, agency: agency, isNeutral: isNeutral, plannedMinutes: 5, hours: "Mo-Sa 08:30-20:00")
  }
  func counter(
    _ id: CounterID, _ agency: AgencyID, _ zone: ZoneID, _ services: [ServiceID]
  ) -> Counter {
    Counter(
      id: id, label: id.text, agency: agency, zone: zone, languages: sampleLanguages,
      services: services)
  }
  func screen(_ id: ScreenID, _ arrows: [ZoneArrow], shows: [ZoneID]) -> Screen {
    Screen(
      id: id, zone: "ground", arrows: arrows, shows: shows, widthMillimetres: 941,
      viewingDistanceMillimetres: 6_000)
  }
  return VenueConfiguration(
    id: "sample", name: "Rossio", hostLanguage: "pt",
    languages: sampleLanguages,
    timeZone: "Europe/Lisbon", publicURL: "https://hall.example",
    numbering: Numbering(skips: [4], neutralPrefix: try prefix("N")), policy: policy,
    zones: [Zone(id: "ground", floor: 0), Zone(id: "upper", floor: 1)],
    agencies: [
      Agency(
        id: "desk", prefix: try prefix("A"), sign: AgencySign(shape: .bar, color: "#1D4E9E"),
        kind: .reception),
      Agency(id: "tax", prefix: try prefix("K"), sign: AgencySign(shape: .disc, color: "#E69F00")),
      Agency(id: "aid", prefix: try prefix("V"), sign: AgencySign(shape: .ring, color: "#009E73")),
    ],
    services: [
      service("reception", "desk"), service("permit", "desk"), service("income", "tax"),
      service("shelter", "aid", isNeutral: true),
    ],
    counters: [
      counter("1", "desk", "ground", ["reception", "permit"]),
      counter("2", "desk", "ground", ["reception"]),
      counter("10", "tax", "upper", ["income", "permit"]),
      counter("11", "tax", "upper", ["income"]), counter("12", "aid", "upper", ["shelter"]),
    ],
    needs: [Need(id: "papers", icon: "documents", services: ["permit", "income"])],
    kiosks: [Kiosk(id: "K1", zone: "ground", printer: "P1", personService: "reception")],
    screens: [
      screen(
        "all",
        [ZoneArrow(zone: "ground", points: .down), ZoneArrow(zone: "upper", points: .up)],
        shows: []),
      screen("ground", [ZoneArrow(zone: "ground", points: .left)], shows: ["ground"]),
      screen("upper", [], shows: ["upper"]),
    ],
    printers: [
      Printer(id: "P1", host: "127.0.0.1", port: 9_100, profile: "generic-escpos-80mm")
    ],
    agreements: [
      Agreement(
        from: "desk", to: "tax", fields: [.outcomes, .language], purpose: "one journey", hours: 24)
    ])
}

/// Packs whose every text tells its language and its key, so that a test sees where a text is from.
func sampleLexicon() -> Lexicon {
  let scripts: [(LanguageTag, String, Direction)] = [
    ("pt", "Latn", .leftToRight), ("kea", "Latn", .leftToRight), ("en", "Latn", .leftToRight),
    ("hi", "Deva", .leftToRight), ("bn", "Beng", .leftToRight), ("uk", "Cyrl", .leftToRight),
    ("ar", "Arab", .rightToLeft), ("zh-Hans", "Hans", .leftToRight), ("es", "Latn", .leftToRight),
  ]
  let packs = scripts.map { tag, script, direction in
    func text(_ key: String) -> String { "\(tag):\(key)" }
    let words = Term.allCases.map { term in
      (term.rawValue, text(term.rawValue) + values(of: term).map { " {\($0)}" }.joined())
    }
    return LanguagePack(
      tag: tag, endonym: text("self"), direction: direction, script: script, reviewer: "",
      reviewed: "", words: Dictionary(uniqueKeysWithValues: words),
      agencies: ["desk": text("desk"), "tax": text("tax"), "aid": text("aid")],
      services: [
        "reception": text("reception"), "permit": text("permit"), "income": text("income"),
        "shelter": text("shelter"),
      ],
      needs: ["papers": text("papers")],
      zones: ["ground": text("ground"), "upper": text("upper")])
  }
  return Lexicon(hostLanguage: "pt", packs: packs)
}

private func values(of term: Term) -> [String] {
  switch term {
  case .counter, .floor, .callAgain, .peopleBefore, .comeBack: ["n"]
  case .counterRange, .expectedWait: ["from", "to"]
  case .goWhenCalled: ["number"]
  case .asOf: ["time"]
  case .sharedWith: ["from", "to"]
  case .ticket, .earlierCalls, .oneBefore, .noneBefore, .followOnPhone, .copy, .askReception,
    .yourNumber, .thenNext, .mediatorComes, .mayCloseFirst, .haveWithYou, .sharedOutcomes,
    .sharedNote,
    .sharedLanguage, .sharedNeeds, .anotherOffice:
    []
  }
}

/// A day at the sample venue: decides, applies, keeps the records and its own time.
struct SampleDay {
  var state = VenueState()
  var records: [Record] = []
  var now = Instant(milliseconds: 1_795_424_400_000)
  private var drawn: UInt64 = 0

  /// `change` may alter the sample venue before it is configured.
  init(
    policy: CallPolicy = .statutory, changing change: (inout VenueConfiguration) -> Void = { _ in }
  ) throws {
    var venue = try sampleVenue(policy: policy)
    change(&venue)
    try perform(.configure(venue))
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
  }

  var fold: Fold { Fold(state: state, lexicon: sampleLexicon()) }

  @discardableResult
  mutating func perform(_ command: Command) throws -> [Event] {
    let events = try state.decide(command, at: now)
    for event in events {
      let record = Record(sequence: state.sequence + 1, time: now, event: event)
      state.apply(record)
      records.append(record)
    }
    return events
  }

  mutating func wait(seconds: Int64) { now = now.adding(milliseconds: seconds * 1_000) }

  @discardableResult
  mutating func issue(
    _ service: ServiceID, language: LanguageTag = "pt", isPriority: Bool = false
  ) throws -> Visit {
    drawn += 1
    let id = VisitID(high: drawn &* 0x9E37_79B9_7F4A_7C15, low: drawn &* 0xBF58_476D_1CE4_E5B9)
    try perform(
      .issue(
        IssueRequest(visit: id, service: service, language: language, isPriority: isPriority)))
    return try #require(state.visit(id))
  }

  mutating func at(_ counter: CounterID, _ action: CounterAction) throws {
    try perform(.counter(counter, action))
  }

  /// Something that may happen in a hall, or nothing where the rules refuse it.
  mutating func happen(_ random: inout SeededRandom) {
    // Short steps among long ones: an action can be taken back within ten seconds only.
    let bound: Int64 = random.below(2) == 0 ? 90_000 : 3_000
    now = now.adding(milliseconds: Int64.random(in: 0...bound, using: &random))
    let counters: [CounterID] = ["1", "2", "10", "11", "12"]
    let counter = counters[random.below(counters.count)]
    switch random.below(24) {
    case 0..<7:
      let services: [ServiceID] = ["reception", "permit", "income", "shelter"]
      let languages: [LanguageTag] = ["pt", "ar", "hi"]
      _ = try? issue(
        services[random.below(4)], language: languages[random.below(3)],
        isPriority: random.below(6) == 0)
    case 7..<12: try? at(counter, .callNext)
    case 12: try? at(counter, .recall)
    case 13..<15: try? at(counter, .start)
    case 15: try? at(counter, .noShow)
    case 16: try? at(counter, .park)
    case 17: try? at(counter, .forward(to: random.below(2) == 0 ? "income" : "shelter"))
    case 18: try? at(counter, random.below(2) == 0 ? .pause : .close)
    case 19: if let id = someone(&random) { _ = try? perform(.resume(id)) }
    case 20: if let id = someone(&random) { _ = try? perform(.leave(id)) }
    case 21: try? at(counter, .undo)
    case 22: if let id = someone(&random) { try? at(counter, .call(id)) }
    default: try? at(counter, .finish())
    }
  }

  private func someone(_ random: inout SeededRandom) -> VisitID? {
    Array(state.visitsOfDay).randomElement(using: &random)?.id
  }
}
