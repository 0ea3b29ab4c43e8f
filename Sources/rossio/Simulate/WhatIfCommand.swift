import Foundation
import Journal
import Simulation
import Venue

/// `rossio what-if`: a recorded day again, under another roster or policy.
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
    let keys = RosterChange.Key.allCases.map(\.rawValue)
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    do {
      let data = try Data(contentsOf: URL(filePath: file))
      // Foundation reads beyond the end of a text that is a bare number, so an object is required.
      guard data.count <= byteLimit, data.contains(UInt8(ascii: "{")) else {
        throw CommandError("\(file) holds no object of at most \(byteLimit) bytes.")
      }
      let given = try decoder.decode([String: AnyValue].self, from: data)
      if let strange = given.keys.sorted().first(where: { !keys.contains($0) }) {
        throw CommandError("\(file): '\(strange)' is none of \(keys.joined(separator: ", ")).")
      }
      return try decoder.decode(RosterChange.self, from: data)
    } catch let error as DecodingError {
      throw CommandError("\(file) cannot be read: \(reason(error))")
    }
  }

  /// Any value: only the keys around it matter.
  private struct AnyValue: Decodable { init(from decoder: any Decoder) {} }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return (path.isEmpty ? "" : "\(path): ") + context.debugDescription
    @unknown default: return "\(error)"
    }
  }

  private static func compare(_ recorded: RecordedDay, _ change: RosterChange) -> String {
    var assumptions = Assumptions()
    // Recorded service times hold whatever was spent on finding an interpreter.
    assumptions.searchMinutes = 0
    // Nobody is served after the record ends: what the day left undone stays comparable.
    assumptions.overtimeMinutes = 0
    let again = DayRunner.run(
      venue: recorded.venue, plan: recorded.plan, assumptions: assumptions)
    let changed = change.applied(to: recorded.venue, recorded.plan)
    let other = DayRunner.run(
      venue: changed.venue, plan: changed.plan, assumptions: assumptions)
    let columns = [again, other].map {
      Measures(policy: "", outcomes: [$0], languages: recorded.venue.languages.count)
    }
    let real = Measures.Wait(minutes: recorded.waitMinutes)
    let rows =
      [("recorded", real, "", "")]
      + zip(["simulated as it was", "simulated with changes"], columns).map {
        ($0, $1.wait, "\(Int($1.servedPerDay))", "\(Int($1.unservedPerDay))")
      }
    let head =
      "\(recorded.day), \(recorded.plan.people.count) visits; total wait in minutes\n"
      + line("", ["mean", "p50", "p90", "worst", "served", "unserved"])
    return
      ([head]
      + rows.map { name, wait, served, unserved in
        let figures = [wait.mean, wait.p50, wait.p90, wait.worst].map { "\(Int($0.rounded()))" }
        return line(name, figures + [served, unserved])
      }).joined(separator: "\n")
  }

  private static func line(_ name: String, _ cells: [String]) -> String {
    name + String(repeating: " ", count: max(1, 24 - name.count))
      + cells.map { String(repeating: " ", count: max(1, 10 - $0.count)) + $0 }.joined()
  }
}
