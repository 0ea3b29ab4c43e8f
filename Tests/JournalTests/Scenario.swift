import Foundation
import Venue

/// SplitMix64: the same seed gives the same numbers on every machine.
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

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}

/// A directory that goes away with this object; in memory where Linux offers that, because hundreds
/// of journals that sync a shared disk take minutes.
final class ScratchDirectory {
  let path: String

  /// Containers often give their memory file system 64 MiB only: large journals go to the disk.
  init(isLarge: Bool = false) throws {
    let files = FileManager.default
    let base =
      !isLarge && files.isWritableFile(atPath: "/dev/shm")
      ? "/dev/shm" : files.temporaryDirectory.path
    path = base + "/rossio-journal-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func mode(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A small hall in which random things happen, by the rules.
struct Scenario {
  private(set) var state = VenueState()
  private var random: SeededRandom
  private var now = Instant(milliseconds: 1_795_420_800_000)
  private var day = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// At least `count` records that go on from those before.
  mutating func records(_ count: Int) -> [Record] {
    var records: [Record] = []
    while records.count < count { records += step() }
    return records
  }

  mutating func closeDay() -> [Record] { perform(.closeDay) }

  private mutating func step() -> [Record] {
    now = now.adding(milliseconds: Int64.random(in: 0...4_000, using: &random))
    if state.configuration == nil { return perform(.configure(.sample)) }
    if state.openDay == nil {
      day += 1
      return perform(.openDay(ServiceDay(year: 2026, month: 1 + day / 28, day: 1 + day % 28)))
    }
    switch Int.random(in: 0..<1_000, using: &random) {
    case 0: return perform(.closeDay)
    case 1...350: return perform(.issue(randomIssue()))
    case 351...380: return randomVisit().map { perform(.resume($0)) } ?? []
    case 381...400: return randomVisit().map { perform(.leave($0)) } ?? []
    case 401...420:
      let outcomes = SlipReport.Outcome.allCases
      return randomVisit().map {
        perform(
          .reportSlip(
            SlipReport(
              visit: $0, printer: "P1", outcome: outcomes[pick(outcomes.count)], isCopy: false)))
      } ?? []
    default: return perform(.counter(CounterID("\(1 + pick(4))"), randomAction()))
    }
  }

  private mutating func perform(_ command: Command) -> [Record] {
    guard let events = try? state.decide(command, at: now) else { return [] }
    return events.map { event in
      let record = Record(sequence: state.sequence + 1, time: now, event: event)
      state.apply(record)
      return record
    }
  }

  private mutating func randomIssue() -> IssueRequest {
    let services: [ServiceID] = ["reception", "work", "family"]
    return IssueRequest(
      visit: VisitID(high: random.next(), low: random.next()), service: services[pick(3)],
      language: pick(2) == 0 ? "pt" : "zh-Hans", isPriority: pick(5) == 0,
      kiosk: pick(2) == 0 ? "K1" : nil)
  }

  private mutating func randomAction() -> CounterAction {
    switch pick(20) {
    case 0: .open
    case 1: .pause
    case 2: .close
    case 3...7: .callNext
    case 8: randomVisit().map { .call($0) } ?? .callNext
    case 9: .recall
    case 10, 11: .start
    case 12: .noShow
    case 13: .park
    case 14: .forward(to: pick(2) == 0 ? "work" : "family")
    case 15, 16: .undo
    default: .finish()
    }
  }

  private mutating func randomVisit() -> VisitID? {
    let visits = state.visitsOfDay.suffix(30)
    return visits.randomElement(using: &random)?.id
  }

  private mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
}

extension VenueConfiguration {
  /// Two agencies, three services, four counters.
  static let sample: VenueConfiguration = {
    guard let a = Prefix("A"), let b = Prefix("B"), let n = Prefix("N") else { fatalError() }
    func counter(_ id: CounterID, _ agency: AgencyID, _ services: [ServiceID]) -> Counter {
      Counter(
        id: id, label: id.text, agency: agency, zone: "hall", languages: ["pt"],
        services: services)
    }
    func service(_ id: ServiceID, _ agency: AgencyID, neutral: Bool = false) -> Service {
      Service(
        id: id, agency: agency, isNeutral: neutral, plannedMinutes: 10,
        hours: "Mo-Sa 08:30-20:00")
    }
    return VenueConfiguration(
      id: "sample", name: "Praça / Площа", hostLanguage: "pt", languages: ["pt", "zh-Hans"],
      timeZone: "Europe/Lisbon", publicURL: "http://127.0.0.1:8080",
      numbering: Numbering(skips: [13], neutralPrefix: n), policy: .statutory,
      zones: [Zone(id: "hall", floor: 0)],
      agencies: [
        Agency(id: "desk", prefix: a, sign: AgencySign(shape: .disc, color: "#005A9C")),
        Agency(id: "jobs", prefix: b, sign: AgencySign(shape: .bar, color: "#7A3E00")),
      ],
      services: [
        service("reception", "desk"), service("work", "jobs"),
        service("family", "jobs", neutral: true),
      ],
      counters: [
        counter("1", "desk", ["reception"]), counter("2", "jobs", ["work", "family"]),
        counter("3", "jobs", ["family"]), counter("4", "desk", ["reception", "work"]),
      ],
      needs: [Need(id: "help", icon: "help", services: ["reception"])],
      kiosks: [Kiosk(id: "K1", zone: "hall", printer: "P1", personService: "reception")],
      screens: [
        Screen(
          id: "hall-1", zone: "hall", arrows: [ZoneArrow(zone: "hall", points: .up)], shows: [],
          widthMillimetres: 1_200, viewingDistanceMillimetres: 8_000)
      ],
      printers: [
        Printer(id: "P1", host: "127.0.0.1", port: 9_100, profile: "generic-escpos-80mm")
      ])
  }()
}
