import Foundation
import Journal
import Simulation
import Venue

/// `rossio what-if`: a recorded day again, under another roster, other mediators or another policy.
enum WhatIfCommand {
  static let subcommand = Rossio.Subcommand(
    name: "what-if", usage: "what-if DIR --day YYYY-MM-DD --with changes.json5"
  ) { arguments in
    var arguments = arguments
    let dayText = try arguments.required("--day")
    let file = try arguments.required("--with")
    let directory = try arguments.positional("the daemon's data directory")[0]
    try arguments.finish()
    guard let day = ServiceDay(dayText) else {
      throw ArgumentError("--day has the form 2026-11-23, not '\(dayText)'.")
    }
    let change = try read(file)
    let recorded = try RecordedDay.find(day) { body in
      try Journal.read(directory: directory, body)
    }
    guard let recorded else {
      throw CommandError("The journal in \(directory) has no visit on \(day).")
    }
    let problems = change.problems(in: recorded.venue)
    guard problems.isEmpty else {
      throw CommandError("\(file): " + problems.joined(separator: "; ") + ".")
    }
    Terminal.say(compare(recorded, change))
  }

  /// A larger file is not one that a person wrote.
  private static let byteLimit = 1_048_576

  private static func read(_ file: String) throws -> RosterChange {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      let data = try Data(contentsOf: URL(filePath: file))
      // Foundation reads beyond the end of a text that is a bare number, so an object is required.
      guard data.count <= byteLimit, data.contains(UInt8(ascii: "{")) else {
        throw CommandError("\(file) holds no object of at most \(byteLimit) bytes.")
      }
      return try decoder.decode(RosterChange.self, from: data)
    } catch let error as DecodingError {
      throw CommandError(
        "\(file) cannot be read: \(reason(error)) It has a form like "
          + "{ policy: \"accumulating\", add: { migration: 2 }, close: [\"12\"] }.")
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError("\(file) cannot be read. Is it there, and a file?")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return "\(path.isEmpty ? "the whole" : path) is of another kind than is expected."
    case .keyNotFound(_, let context), .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      let text = (path.isEmpty ? "" : "\(path): ") + context.debugDescription
      return text.hasSuffix(".") ? text : text + "."
    @unknown default: return "\(error)"
    }
  }

  private static func compare(_ recorded: RecordedDay, _ change: RosterChange) -> String {
    var assumptions = Assumptions()
    // Recorded service times hold whatever was spent on finding or ringing up an interpreter.
    assumptions.searchMinutes = 0
    assumptions.telephoneMinutes = 0
    // Nobody is served after the record ends: what the day left undone stays comparable.
    assumptions.overtimeMinutes = 0
    let again = DayRunner.run(
      venue: recorded.venue, plan: recorded.plan, assumptions: assumptions)
    let changed = change.applied(to: recorded.venue, recorded.plan)
    let other = DayRunner.run(
      venue: changed.venue, plan: changed.plan, assumptions: assumptions)
    let measured = [again, other].map {
      Measures(policy: "", outcomes: [$0], languages: recorded.venue.languages.count)
    }
    let rows =
      [recordedRow(recorded)]
      + zip(["simulated as it was", "simulated with changes"], measured).map { row($0, $1) }
    let heads = [
      "mean", "p50", "p90", "worst", "served", "unserved", "direct", "mediator", "telephone",
    ]
    return
      (["\(recorded.day), \(recorded.plan.people.count) visits; total wait in minutes"]
      + [line("", heads)] + rows).joined(separator: "\n")
  }

  private static func recordedRow(_ recorded: RecordedDay) -> String {
    let direct = recorded.help.count { $0 == .direct }
    let telephone = recorded.help.count { $0 == .telephone }
    let help = [direct, recorded.help.count - direct - telephone, telephone]
    return line(
      "recorded",
      waits(Measures.Wait(minutes: recorded.waitMinutes)) + ["", ""] + help.map { "\($0)" })
  }

  private static func row(_ name: String, _ measures: Measures) -> String {
    let help = measures.help
    // What peers search for counts as telephone: both are an interpreter who is not in the building.
    let counts = [
      measures.servedPerDay, measures.unservedPerDay, help.directPerDay, help.mediatorPerDay,
      help.telephonePerDay + help.searchesPerDay,
    ]
    return line(name, waits(measures.wait) + counts.map { "\(Int($0))" })
  }

  private static func waits(_ wait: Measures.Wait) -> [String] {
    [wait.mean, wait.p50, wait.p90, wait.worst].map { "\(Int($0.rounded()))" }
  }

  private static func line(_ name: String, _ cells: [String]) -> String {
    name + String(repeating: " ", count: max(1, 24 - name.count))
      + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
  }
}
