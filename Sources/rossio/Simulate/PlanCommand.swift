import Foundation
import Hall
import Simulation
import Venue

/// `rossio plan`: how many counters, mediators and seats a forecast needs.
enum PlanCommand {
  static let subcommand = Rossio.Subcommand(
    name: "plan",
    usage: "plan --venue DIR [--visits N] [--wait MINUTES] [--share PERCENT] "
      + "[--interpreted PERCENT] [--seated PERCENT] [--days N] [--seed S]"
      + " [--assume NAME=VALUE,...] [--json]"
  ) { arguments in try await run(arguments) }

  private static func run(_ given: Arguments) async throws {
    var arguments = given
    let directory = try arguments.required("--venue")
    let visits =
      try arguments.number("--visits", in: SimulationOptions.visits) ?? ReferenceDay.visits
    let wait = try arguments.number("--wait", in: 1...240) ?? 20
    let share = try arguments.number("--share", in: 1...99) ?? 80
    let interpreted = try arguments.number("--interpreted", in: 0...99) ?? 90
    let seated = try arguments.number("--seated", in: 1...100) ?? 99
    let days = try arguments.number("--days", in: 2...1_000) ?? 20
    let seed = try arguments.number("--seed", in: SimulationOptions.seeds) ?? 1
    let assumptions = try SimulationOptions.assumptions(try arguments.option("--assume"))
    let isJSON = try arguments.flag("--json")
    _ = try arguments.positional()
    try arguments.finish()

    let venue = try VenueFiles.load(directory: directory).configuration
    let target = Planner.Target(
      waitMinutes: Double(wait), share: Double(share) / 100,
      interpretedShare: Double(interpreted) / 100, seatedShare: Double(seated) / 100)
    let planner = Planner(
      population: Population(
        venue: venue, meanVisits: Double(visits), seed: UInt64(seed), assumptions: assumptions),
      days: days, target: target)
    let staffing = await planner.run()
    let report = PlanReport(venue: venue, visits: visits, target: target, staffing: staffing)
    Terminal.say(isJSON ? try report.json : report.table)
    guard staffing.isMet else {
      throw CommandError(
        "After \(staffing.rounds) rounds some target is still missed. Allow a longer --wait, or a "
          + "smaller --share or --interpreted.")
    }
  }
}
