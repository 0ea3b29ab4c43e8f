import Foundation
import Simulation
import Venue

/// The outcome of an experiment, as a table for people or as JSON or CSV for programmes.
struct SimulationReport {
  enum Format {
    case table, json, csv

    init(json: Bool, csv: Bool) throws(ArgumentError) {
      guard !(json && csv) else { throw ArgumentError("--json and --csv exclude each other.") }
      self = json ? .json : csv ? .csv : .table
    }
  }

  let venue: VenueConfiguration
  /// Mean of a day.
  let visits: Int
  let seed: Int
  let measures: [Measures]
  /// Of wall-clock time, for one day under one policy, all processors together.
  let millisecondsPerDay: Double

  func text(_ format: Format) throws -> String {
    switch format {
    case .table: table
    case .json: try json
    case .csv: csv
    }
  }
}

// MARK: - JSON

extension SimulationReport {
  private struct Document: Encodable {
    let venue: String
    let days: Int
    let visits_per_day: Int
    let seed: Int
    let counters: Int
    let mediators: Int
    let ms_per_day: Double
    let policies: [Policy]
  }

  private struct Policy: Encodable {
    let policy: String
    let wait_minutes: Wait
    let priority_wait_minutes: Wait
    let other_wait_minutes: Wait
    let languages: [Language]
    let service_level: Double
    let service_level_minutes: Double
    let overtime_minutes: Double
    let utilisation: Double
    let served_per_day: Double
    let left_per_day: Double
    let no_shows_per_day: Double
    let unserved_per_day: Double
    let direct_per_day: Double
    let direct_share: Double
    let mediator_calls_per_day: Double
    let mediator_utilisation: Double
    let telephone_per_day: Double
    let searches_per_day: Double
  }

  private struct Language: Encodable {
    let language: LanguageTag
    let wait_minutes: Wait
  }

  private struct Wait: Encodable {
    let count: Int
    let mean: Double
    let p50: Double
    let p90: Double
    let worst: Double

    init(_ wait: Measures.Wait) {
      count = wait.count
      mean = SimulationReport.rounded(wait.mean)
      p50 = SimulationReport.rounded(wait.p50)
      p90 = SimulationReport.rounded(wait.p90)
      worst = SimulationReport.rounded(wait.worst)
    }
  }

  /// To a hundredth: more digits than that say nothing.
  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  private var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let document = Document(
        venue: venue.id, days: measures.first?.days ?? 0, visits_per_day: visits, seed: seed,
        counters: venue.counters.count, mediators: venue.mediators.count,
        ms_per_day: Self.rounded(millisecondsPerDay),
        policies: measures.map(policy))
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  private func policy(_ measures: Measures) -> Policy {
    Policy(
      policy: measures.policy, wait_minutes: Wait(measures.wait),
      priority_wait_minutes: Wait(measures.priorityWait),
      other_wait_minutes: Wait(measures.otherWait),
      languages: zip(venue.languages, measures.waitByLanguage)
        .filter { $1.count > 0 }.map { Language(language: $0, wait_minutes: Wait($1)) },
      service_level: Self.rounded(measures.serviceLevel),
      service_level_minutes: Measures.serviceLevelMinutes,
      overtime_minutes: Self.rounded(measures.overtimeMinutes),
      utilisation: Self.rounded(measures.utilisation),
      served_per_day: Self.rounded(measures.servedPerDay),
      left_per_day: Self.rounded(measures.leftPerDay),
      no_shows_per_day: Self.rounded(measures.noShowsPerDay),
      unserved_per_day: Self.rounded(measures.unservedPerDay),
      direct_per_day: Self.rounded(measures.help.directPerDay),
      direct_share: Self.rounded(measures.help.directShare),
      mediator_calls_per_day: Self.rounded(measures.help.mediatorPerDay),
      mediator_utilisation: Self.rounded(measures.help.mediatorUtilisation),
      telephone_per_day: Self.rounded(measures.help.telephonePerDay),
      searches_per_day: Self.rounded(measures.help.searchesPerDay))
  }
}

// MARK: - Table and CSV

extension SimulationReport {
  /// One row a policy and group: everybody, priority, each language. Figures of the whole day stand
  /// in the row of everybody.
  private var csv: String {
    let waits = ["visits", "mean_minutes", "p50_minutes", "p90_minutes", "worst_minutes"]
    var rows = [["policy", "group"] + waits + Self.dayFigures.map(\.0)]
    for measure in measures {
      for (place, (group, wait)) in groups(of: measure).enumerated() {
        let figures = [wait.mean, wait.p50, wait.p90, wait.worst].map { "\(Self.rounded($0))" }
        let ofDay = Self.dayFigures.map { place == 0 ? "\(Self.rounded($0.1(measure)))" : "" }
        rows.append([measure.policy, group, "\(wait.count)"] + figures + ofDay)
      }
    }
    return rows.map { $0.joined(separator: ",") }.joined(separator: "\n")
  }

  private static var dayFigures: [(String, (Measures) -> Double)] {
    [
      ("service_level", \.serviceLevel), ("overtime_minutes", \.overtimeMinutes),
      ("utilisation", \.utilisation), ("served_per_day", \.servedPerDay),
      ("left_per_day", \.leftPerDay), ("no_shows_per_day", \.noShowsPerDay),
      ("unserved_per_day", \.unservedPerDay), ("direct_per_day", \.help.directPerDay),
      ("direct_share", \.help.directShare), ("mediator_calls_per_day", \.help.mediatorPerDay),
      ("mediator_utilisation", \.help.mediatorUtilisation),
      ("telephone_per_day", \.help.telephonePerDay), ("searches_per_day", \.help.searchesPerDay),
    ]
  }

  private func groups(of measure: Measures) -> [(String, Measures.Wait)] {
    [("all", measure.wait), ("priority", measure.priorityWait), ("other", measure.otherWait)]
      + zip(venue.languages, measure.waitByLanguage).map { ($0.text, $1) }
      .filter { $0.1.count > 0 }
  }

  private var table: String {
    var lines = [
      "\(venue.id), \(measures.first?.days ?? 0) days, \(visits) visits a day, seed \(seed), "
        + "\(venue.counters.count) counters, \(venue.mediators.count) mediators, "
        + "\(Self.rounded(millisecondsPerDay)) ms a day",
      "total wait of a visit in minutes (worst: mean of each day's longest)",
      row("", measures.map(\.policy)),
    ]
    for (place, group) in measures.first.map(groups(of:))?.enumerated().map({ $0 }) ?? [] {
      lines.append(
        row(
          "\(group.0) mean/p90/worst",
          measures.map { measure in
            let wait = groups(of: measure)[place].1
            return [wait.mean, wait.p90, wait.worst].map { "\(Int($0.rounded()))" }
              .joined(separator: "/")
          }))
    }
    for (name, figure) in Self.figures { lines.append(row(name, measures.map(figure))) }
    return lines.joined(separator: "\n")
  }

  private static var figures: [(String, (Measures) -> String)] {
    [
      ("wait p50", { "\(Int($0.wait.p50.rounded()))" }),
      ("calls within 30 min", { percent($0.serviceLevel) }),
      ("utilisation", { percent($0.utilisation) }),
      ("overtime min", { "\(Int($0.overtimeMinutes.rounded()))" }),
      ("served a day", { "\(Int($0.servedPerDay.rounded()))" }),
      ("left a day", { "\(Self.rounded($0.leftPerDay))" }),
      ("no-shows a day", { "\(Self.rounded($0.noShowsPerDay))" }),
      ("unserved a day", { "\(Self.rounded($0.unservedPerDay))" }),
      ("own language a day", { "\(Int($0.help.directPerDay.rounded()))" }),
      ("own language", { percent($0.help.directShare) }),
      ("with mediator a day", { "\(Int($0.help.mediatorPerDay.rounded()))" }),
      ("mediator utilisation", { percent($0.help.mediatorUtilisation) }),
      ("telephone a day", { "\(Int($0.help.telephonePerDay.rounded()))" }),
      ("searches a day", { "\(Int($0.help.searchesPerDay.rounded()))" }),
    ]
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((share * 100).rounded())) %"
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    let padded = cells.map { String(repeating: " ", count: max(1, 16 - $0.count)) + $0 }
    return name + String(repeating: " ", count: max(1, 26 - name.count)) + padded.joined()
  }
}
