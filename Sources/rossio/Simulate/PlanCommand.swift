import Foundation
import Hall
import Simulation
import Venue

/// `rossio plan`: how many counters, mediators and seats a forecast needs.
enum PlanCommand {
  static let subcommand = Rossio.Subcommand(
    name: "plan",
    usage: "plan --venue DIR [--visits N] [--wait MINUTES] [--share PERCENT] [--days N] "
      + "[--seed S] [--assume NAME=VALUE,...] [--json]"
  ) { arguments in try await run(arguments) }

  private static func run(_ given: Arguments) async throws {
    var arguments = given
    let directory = try arguments.required("--venue")
    let visits =
      try arguments.number("--visits", in: SimulationOptions.visits) ?? ReferenceDay.visits
    let wait = try arguments.number("--wait", in: 1...240) ?? 20
    let share = try arguments.number("--share", in: 1...99) ?? 80
    let days = try arguments.number("--days", in: 2...1_000) ?? 20
    let seed = try arguments.number("--seed", in: SimulationOptions.seeds) ?? 1
    let assumptions = try SimulationOptions.assumptions(try arguments.option("--assume"))
    let isJSON = try arguments.flag("--json")
    _ = try arguments.positional()
    try arguments.finish()

    let venue = try VenueFiles.load(directory: directory).configuration
    let planner = Planner(
      population: Population(
        venue: venue, meanVisits: Double(visits), seed: UInt64(seed), assumptions: assumptions),
      days: days, target: .init(waitMinutes: Double(wait), share: Double(share) / 100))
    let staffing = await planner.run()
    let report = PlanReport(
      venue: venue, visits: visits, wait: wait, share: share, staffing: staffing)
    Terminal.say(isJSON ? try report.json : report.table)
    guard staffing.isMet else {
      throw CommandError(
        "After \(staffing.rounds) rounds some quarter hours still miss the target. Allow a longer "
          + "--wait or a smaller --share.")
    }
  }
}

/// A staffing as a table or as JSON.
struct PlanReport {
  let venue: VenueConfiguration
  let visits: Int
  let wait: Int
  let share: Int
  let staffing: Staffing

  private struct Document: Encodable {
    struct Pool: Encodable {
      let agency: AgencyID
      let services: [ServiceID]
      let counters_by_quarter_hour: [Int]
      let share_in_time: Double
    }
    let venue: String
    let visits_per_day: Int
    let target_wait_minutes: Int
    let target_share_percent: Int
    let is_met: Bool
    let rounds: Int
    let seats: Int
    let mediators: [String: Int]
    let pools: [Pool]
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let document = Document(
        venue: venue.id, visits_per_day: visits, target_wait_minutes: wait,
        target_share_percent: share, is_met: staffing.isMet, rounds: staffing.rounds,
        seats: staffing.seats, mediators: Dictionary(uniqueKeysWithValues: mediators),
        pools: staffing.pools.map {
          Document.Pool(
            agency: $0.agency, services: $0.services, counters_by_quarter_hour: $0.counters,
            share_in_time: ($0.shareInTime * 1_000).rounded() / 1_000)
        })
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  var table: String {
    var lines = [
      "\(venue.id), \(visits) visits a day: \(share) % of calls within \(wait) min in every quarter "
        + "hour; \(staffing.rounds) rounds",
      "counters by quarter hour from opening, one line an hour of four",
    ]
    for pool in staffing.pools {
      let hours = stride(from: 0, to: pool.counters.count, by: 4).map { hour in
        pool.counters[hour..<min(hour + 4, pool.counters.count)].map { "\($0)" }
          .joined(separator: " ")
      }
      let inTime = Int((pool.shareInTime * 100).rounded())
      lines.append(
        "\(pool.agency) (\(pool.services.count) services), at most \(pool.counters.max() ?? 0), "
          + "\(inTime) % in time: " + hours.joined(separator: " | "))
    }
    lines.append("seats: \(staffing.seats)")
    lines.append(
      "mediators: " + mediators.map { "\($0) \($1)" }.joined(separator: ", ")
        + (mediators.isEmpty ? "none" : ""))
    return lines.joined(separator: "\n")
  }

  private var mediators: [(String, Int)] {
    zip(venue.languages, staffing.mediators).filter { $1 > 0 }.map { ($0.text, $1) }
  }
}
