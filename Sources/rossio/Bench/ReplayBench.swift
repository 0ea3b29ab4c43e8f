import Foundation
import Hall
import Journal
import Simulation
import Venue

/// `rossio bench replay`: how fast a journal becomes state again, chain and all.
struct ReplayBench: Bench {
  static let name = "replay"
  let seconds: Double

  struct Report: Encodable {
    var events = 0
    var events_per_s = 0.0
    var ready_ms = 0.0
    /// The limit in the same run: reading the rows and checking the chain, without the venue.
    var read_only_per_s = 0.0
    var replay_share_of_read = 0.0
    var equal = false
  }

  /// Events in the journal that is replayed: a day of some 100,000 visits.
  private static let events = 400_000

  func run() throws -> Report {
    let directory = NSTemporaryDirectory() + "rossio-bench-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let venue = try VenueFiles.load(directory: try Installation.directory("Config") + "/lisbon")
    let hash = try fill(directory, venue.configuration)
    var report = Report()
    let deadline = ContinuousClock.now + .seconds(seconds)
    repeat {
      let journal = try Journal.open(directory: directory)
      let began = ContinuousClock.now
      let state = try journal.loadState()
      let took = began.duration(to: .now) / .seconds(1)
      report.events = Int(state.sequence)
      report.events_per_s = max(report.events_per_s, Double(state.sequence) / took)
      report.ready_ms = Double(state.sequence) / report.events_per_s * 1000
      report.equal = stateHash(of: state.snapshot) == hash
      let reading = ContinuousClock.now
      var read = 0
      try journal.replay { _ in read += 1 }
      let rate = Double(read) / (reading.duration(to: .now) / .seconds(1))
      report.read_only_per_s = max(report.read_only_per_s, rate)
      try journal.close()
    } while ContinuousClock.now < deadline
    report.replay_share_of_read = report.events_per_s / report.read_only_per_s
    return report
  }

  /// Writes a long day; the hash of its state.
  private func fill(_ directory: String, _ venue: VenueConfiguration) throws -> [UInt8] {
    let journal = try Journal.open(directory: directory)
    var state = VenueState()
    var random = RandomSource(seed: 1)
    var batch: [Record] = []
    var now = Instant(milliseconds: 1_764_000_000_000)
    func perform(_ command: Command) throws {
      guard let events = try? state.decide(command, at: now) else { return }
      for event in events {
        let record = Record(sequence: state.sequence + 1, time: now, event: event)
        state.apply(record)
        batch.append(record)
      }
      guard batch.count >= 256 else { return }
      try journal.append(batch)
      batch.removeAll(keepingCapacity: true)
    }
    try perform(.configure(venue))
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
    while state.sequence < Self.events {
      now = now.adding(milliseconds: 100)
      let id = VisitID(high: random.next(), low: random.next())
      let service = venue.services[Int(random.next() % UInt64(venue.services.count))].id
      try perform(.issue(IssueRequest(visit: id, service: service, language: "pt")))
      let counter = venue.counters[Int(random.next() % UInt64(venue.counters.count))].id
      for action in [CounterAction.callNext, .start] { try perform(.counter(counter, action)) }
    }
    try journal.append(batch)
    try journal.close()
    return stateHash(of: state.snapshot)
  }
}
