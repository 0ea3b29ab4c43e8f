import Foundation
import Simulation
import Venue

/// A staffing as a table or as JSON.
struct PlanReport {
  let venue: VenueConfiguration
  let visits: Int
  let target: Planner.Target
  let staffing: Staffing

  /// People who interpret between the same languages.
  private var teams: [(languages: [LanguageTag], people: Int)] {
    var teams: [(languages: [LanguageTag], people: Int)] = []
    for mediator in staffing.mediators {
      if let place = teams.firstIndex(where: { $0.languages == mediator.languages }) {
        teams[place].people += 1
      } else {
        teams.append((mediator.languages, 1))
      }
    }
    return teams
  }

  private func people(covering language: LanguageTag) -> Int {
    staffing.mediators.count { $0.languages.contains(language) }
  }

  private var interpreted: [(LanguageTag, Staffing.Interpreting)] {
    zip(venue.languages, staffing.interpreting).filter { $1.calls > 0 }
  }

  private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}

// MARK: - JSON

extension PlanReport {
  private struct Document: Encodable {
    struct Pool: Encodable {
      let agency: AgencyID
      let services: [ServiceID]
      let counters_by_quarter_hour: [Int]
      let share_in_time: Double
    }
    struct Service: Encodable {
      let service: ServiceID
      let counters_by_quarter_hour: [Int]
    }
    struct Team: Encodable {
      let languages: [LanguageTag]
      let people: Int
    }
    struct Language: Encodable {
      let language: LanguageTag
      let mediators_who_cover_it: Int
      let calls_interpreted: Int
      let share_in_person: Double
    }
    let venue: String
    let visits_per_day: Int
    let target_wait_minutes: Int
    let target_share_percent: Int
    let target_interpreted_percent: Int
    let target_seated_percent: Int
    let is_met: Bool
    let rounds: Int
    let seats: Int
    let mediators: Int
    let mediator_teams: [Team]
    let mediator_languages: [Language]
    let pools: [Pool]
    let services: [Service]
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  private var document: Document {
    Document(
      venue: venue.id, visits_per_day: visits, target_wait_minutes: Int(target.waitMinutes),
      target_share_percent: Self.percent(target.share),
      target_interpreted_percent: Self.percent(target.interpretedShare),
      target_seated_percent: Self.percent(target.seatedShare), is_met: staffing.isMet,
      rounds: staffing.rounds, seats: staffing.seats, mediators: staffing.mediators.count,
      mediator_teams: teams.map { Document.Team(languages: $0.languages, people: $0.people) },
      mediator_languages: interpreted.map { language, sum in
        Document.Language(
          language: language, mediators_who_cover_it: people(covering: language),
          calls_interpreted: sum.calls, share_in_person: Self.thousandths(sum.shareInPerson))
      },
      pools: staffing.pools.map {
        Document.Pool(
          agency: $0.agency, services: $0.services, counters_by_quarter_hour: $0.counters,
          share_in_time: Self.thousandths($0.shareInTime))
      },
      services: venue.services.map {
        Document.Service(
          service: $0.id, counters_by_quarter_hour: staffing.counters(of: $0.id))
      })
  }

  private static func thousandths(_ share: Double) -> Double { (share * 1_000).rounded() / 1_000 }
}

extension Staffing.Interpreting {
  fileprivate var shareInPerson: Double { Double(inPerson) / Double(max(1, calls)) }
}

// MARK: - Table

extension PlanReport {
  var table: String {
    var lines = [
      "\(venue.id), \(visits) visits a day: \(Self.percent(target.share)) % of calls within "
        + "\(Int(target.waitMinutes)) min in every quarter hour; \(staffing.rounds) rounds",
      "counters by quarter hour from opening, one block an hour of four",
    ]
    for pool in staffing.pools {
      lines.append(
        "\(pool.agency) (\(pool.services.map(\.text).joined(separator: ", "))), at most "
          + "\(pool.counters.max() ?? 0), \(Self.percent(pool.shareInTime)) % in time")
      lines.append("  " + Self.hours(of: pool.counters).joined(separator: " | "))
    }
    lines.append(
      "seats: \(staffing.seats), for all who wait at once in \(Self.percent(target.seatedShare)) % "
        + "of the opening hours")
    return (lines + mediatorLines).joined(separator: "\n")
  }

  private static func hours(of counters: [Int]) -> [String] {
    stride(from: 0, to: counters.count, by: 4).map { hour in
      counters[hour..<min(hour + 4, counters.count)].map { "\($0)" }.joined(separator: " ")
    }
  }

  private var mediatorLines: [String] {
    let count = staffing.mediators.count
    var lines = [
      "mediators: \(count) \(count == 1 ? "person" : "people"), so that "
        + "\(Self.percent(target.interpretedShare)) % of the calls that need one have one"
    ]
    for team in teams {
      lines.append("  \(team.people) x " + team.languages.map(\.text).joined(separator: " "))
    }
    for (language, sum) in interpreted {
      let people = people(covering: language)
      lines.append(
        "  \(language.text): \(people) of them, \(Self.percent(sum.shareInPerson)) % of "
          + "\(sum.calls) calls in person")
    }
    return lines
  }
}
