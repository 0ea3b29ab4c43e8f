import Foundation
import Journal
import Synchronization
import Testing
import Venue
import Views
import Wire

@testable import Hall

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
}

/// A directory that goes away with this object.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "rossio-hall-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A clock that a test sets, to any time, and that moves on by `step` with each reading.
final class TestClock: HallClock {
  let speed = 1.0
  let isSimulated = true
  private let time: Mutex<Int64>
  private let step: Int64

  init(_ milliseconds: Int64, step: Int64 = 0) {
    time = Mutex(milliseconds)
    self.step = step
  }

  func now() -> Venue.Instant {
    time.withLock { time in
      defer { time += step }
      return Venue.Instant(milliseconds: time)
    }
  }

  func set(_ milliseconds: Int64) { time.withLock { $0 = milliseconds } }
}

/// Lines that a daemon would log.
final class LogBook: Sendable {
  private let written = Mutex<[String]>([])
  var lines: [String] { written.withLock { $0 } }
  var log: Log { Log { line in self.written.withLock { $0.append(line) } } }
}

/// 2026-11-23 09:00 in Lisbon.
let morning: Int64 = 1_795_424_400_000

/// Twenty counters for one service, and one for another.
func crowdedVenue() throws -> VenueConfiguration {
  let prefix = try #require(Prefix("A"))
  let neutral = try #require(Prefix("N"))
  func counter(_ number: Int, _ services: [ServiceID]) -> Counter {
    Counter(
      id: CounterID("\(number)"), label: "\(number)", agency: "desk", zone: "hall",
      languages: ["pt"], services: services)
  }
  func service(_ id: ServiceID) -> Service {
    Service(id: id, agency: "desk", isNeutral: false, plannedMinutes: 4, hours: "Mo-Sa 09:00-20:00")
  }
  return VenueConfiguration(
    id: "crowded", name: "Rossio", hostLanguage: "pt", languages: ["pt"],
    timeZone: "Europe/Lisbon", publicURL: "http://127.0.0.1",
    numbering: Numbering(skips: [13], neutralPrefix: neutral), policy: .statutory,
    zones: [Zone(id: "hall", floor: 0)],
    agencies: [Agency(id: "desk", prefix: prefix, sign: AgencySign(shape: .bar, color: "#1D4E9E"))],
    services: [service("reception"), service("advice")],
    counters: (1...20).map { counter($0, ["reception"]) } + [counter(21, ["advice"])],
    needs: [], kiosks: [], screens: [], printers: [])
}

/// A hall over a journal on disk, as the daemon has it, with clock and outputs in a test's hands.
struct TestHall {
  let hall: Hall
  let clock: TestClock
  let book: LogBook

  /// Opens the journal in `directory`; several may follow each other, as restarts do.
  static func open(
    in directory: ScratchDirectory, clock: TestClock = TestClock(morning), turnsDay: Bool = true,
    slips: SlipDesk = SlipDesk()
  ) async throws -> TestHall {
    let book = LogBook()
    let calendar = try #require(VenueCalendar(timeZone: "Europe/Lisbon"))
    let hall = try makeHall(directory, clock, calendar, book, slips)
    let test = TestHall(hall: hall, clock: clock, book: book)
    _ = await hall.perform(.configure(try crowdedVenue()))
    if turnsDay { await hall.turnDay() }
    return test
  }

  private static func makeHall(
    _ directory: ScratchDirectory, _ clock: TestClock, _ calendar: VenueCalendar, _ book: LogBook,
    _ slips: SlipDesk
  ) throws -> Hall {
    let journal = try Journal.open(directory: directory.path)
    let state = try journal.loadState()
    return Hall(
      journal: journal, state: state, lexicon: Lexicon(hostLanguage: "pt", packs: []),
      calendar: calendar, clock: clock, publisher: Publisher(),
      outputs: Hall.Outputs(slips: slips, fail: { fatalError($0) }), log: book.log)
  }

  func ask(
    _ command: Command, asker: String = "kiosk:K1", key: String? = nil, hash: [UInt8] = []
  ) async -> HallReply {
    await withCheckedContinuation { continuation in
      hall.submit(
        Submission(command: command, asker: asker, key: key, requestHash: hash) {
          continuation.resume(returning: $0)
        })
    }
  }

  func stop() async { await hall.stop() }
}

/// A command that issues a number to a visit of a random name.
func issue(_ service: ServiceID = "reception", isPriority: Bool = false) -> Command {
  .issue(
    IssueRequest(
      visit: VisitID(high: .random(in: 0...(.max)), low: .random(in: 0...(.max))),
      service: service, language: "pt", isPriority: isPriority))
}

extension HallReply {
  /// The body as an independent reader finds it; empty when it is no object.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
  }

  subscript(_ field: String) -> String? { json[field] as? String }
}

/// All records of the journal in `directory`.
func records(in directory: ScratchDirectory) throws -> [Record] {
  var records: [Record] = []
  try Journal.read(directory: directory.path) { records.append($0) }
  return records
}
