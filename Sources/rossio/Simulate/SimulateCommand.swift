import Hall
import Simulation
import Venue

/// `rossio simulate`: the same simulated days under several orders of calls.
enum SimulateCommand {
  static let subcommand = Rossio.Subcommand(
    name: "simulate",
    usage: "simulate --venue DIR [--days N] [--visits N] [--seed S] [--compare POLICY,POLICY] "
      + "[--scale-counters] [--assume NAME=VALUE,...] [--assumptions] [--json | --csv]"
  ) { arguments in try await run(arguments) }

  /// More days take hours and say nothing new.
  private static let days = 1...10_000

  private static func run(_ given: Arguments) async throws {
    var arguments = given
    let directory = try arguments.required("--venue")
    let days = try arguments.number("--days", in: Self.days) ?? 40
    let visits =
      try arguments.number("--visits", in: SimulationOptions.visits) ?? ReferenceDay.visitsOfDesign
    let seed = try arguments.number("--seed", in: SimulationOptions.seeds) ?? 1
    let policies = try SimulationOptions.policies(try arguments.option("--compare"))
    let isScaled = try arguments.flag("--scale-counters")
    let format = try SimulationReport.Format(
      json: try arguments.flag("--json"), csv: try arguments.flag("--csv"))
    let assumptions = try SimulationOptions.assumptions(try arguments.option("--assume"))
    let showsAssumptions = try arguments.flag("--assumptions")
    _ = try arguments.positional()
    try arguments.finish()

    var venue = try VenueFiles.load(directory: directory).configuration
    if isScaled {
      let factor = Double(visits) / Double(ReferenceDay.visitsOfDesign)
      venue = venue.withCounters(scaledBy: factor).withMediators(scaledBy: factor)
    }
    if showsAssumptions { for line in assumptions.lines { Terminal.complain(line) } }
    let population = Population(
      venue: venue, meanVisits: Double(visits), seed: UInt64(seed), assumptions: assumptions)
    let began = ContinuousClock.now
    let measures = await Experiment(population: population, days: days).run(policies)
    let report = SimulationReport(
      venue: venue, visits: visits, seed: seed, measures: measures,
      millisecondsPerDay: began.duration(to: .now) / .milliseconds(1)
        / Double(days * policies.count))
    Terminal.say(try report.text(format))
  }
}
