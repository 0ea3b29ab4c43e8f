import Foundation
import Testing
import Venue

@testable import Hall

@Suite("What the rules of the hall go by, in a venue's files")
struct ConfigurationRuleTests {
  private let fixture: ConfigurationFixture

  init() throws { fixture = try ConfigurationFixture() }

  private func load() throws -> VenueConfiguration {
    try VenueFiles.load(directory: fixture.directory).configuration
  }

  /// Each value differs from what it is when left out.
  @Test("is read, field by field")
  func readsFields() throws {
    for (old, new) in [
      ("earlyIssueMinutes: 60", "earlyIssueMinutes: 0"),
      ("overtimeMinutes: 60", "overtimeMinutes: 45"), ("voucherDays: 14", "voucherDays: 30"),
      ("\"2026-01-01\"", "\"2028-02-29\""), ("\"papers-checked\"", "\"brings-contract\""),
      ("walks: { main: 45, east: 120, west: 120 }", "walks: { west: 200, main: 0 }"),
      ("{ id: \"west\", floor: 1 }", "{ id: \"west\", floor: 1, walks: { entrance: 200 } }"),
      (
        "{ id: \"migration\", prefix",
        "{ id: \"migration\", mandate: [\"tax\", \"housing\"], prefix"
      ),
      ("{ id: \"tax\", prefix", "{ id: \"tax\", mandate: [], prefix"),
      ("agency: \"tax\", minutes: 6", "agency: \"tax\", minutes: 6, dailyCap: 100000"),
      ("agency: \"tax\", minutes: 10", "agency: \"tax\", minutes: 10, lastTicket: \"refuse\""),
      ("{ id: \"18\"", "{ id: \"18\", weights: { \"tax-return\": 1, \"tax-number\": 1000 }"),
      ("{ id: \"m2\"", "{ id: \"m2\", mandate: [\"tax\"]"),
    ] { try fixture.replace(old, with: new, in: "lisbon/venue.json5") }
    let venue = try load()
    #expect(venue.bounds.earlyIssueMinutes == 0 && venue.bounds.overtimeMinutes == 45)
    #expect(venue.bounds.voucherDays == 30)
    #expect(venue.holidays.first == ServiceDay(year: 2028, month: 2, day: 29))
    #expect(venue.holidays.count == 28)
    #expect(venue.noteCodes.prefix(2) == ["brings-contract", "papers-missing"])
    #expect(walks(venue, "entrance") == ["main": 0, "west": 200])
    #expect(walks(venue, "west") == ["entrance": 200])
    let mandates = venue.agencies.compactMap { agency in agency.mandate.map { (agency.id, $0) } }
    #expect(
      Dictionary(uniqueKeysWithValues: mandates) == ["migration": ["tax", "housing"], "tax": []])
    #expect(venue.services.filter { $0.dailyCap != nil }.map(\.id) == ["tax-number"])
    #expect(venue.services.first { $0.id == "tax-number" }?.dailyCap == 100_000)
    #expect(venue.services.first { $0.id == "tax-return" }?.lastTicket == .refuse)
    let weighted = venue.counters.filter { !$0.weights.isEmpty }
    #expect(weighted.map(\.id) == ["18"])
    #expect(
      weighted.first?.weights == [
        ServiceWeight(service: "tax-number", percent: 1_000),
        ServiceWeight(service: "tax-return", percent: 1),
      ])
    #expect(venue.mediators.map(\.mandate).filter { !$0.isEmpty } == [["tax"]])
  }

  private func walks(_ venue: VenueConfiguration, _ zone: ZoneID) -> [ZoneID: Int]? {
    venue.zones.first { $0.id == zone }.map { zone in
      Dictionary(uniqueKeysWithValues: zone.walks.map { ($0.to, $0.seconds) })
    }
  }

  @Test("may be left out, all of it")
  func readsDefaults() throws {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let url = fixture.url("lisbon/venue.json5")
    var venue = try #require(
      try decoder.decode(JSONValue.self, from: try Data(contentsOf: url)).members)
    for key in ["bounds", "holidays", "noteCodes", "outcomes", "mediators"] { venue[key] = nil }
    for (list, key) in [("zones", "walks"), ("services", "lastTicket")] {
      guard case .list(let entries) = venue[list] else { continue }
      venue[list] = .list(
        entries.map { entry in
          var members = entry.members ?? [:]
          members[key] = nil
          return .object(members)
        })
    }
    try fixture.write(try JSONEncoder().encode(venue), to: "lisbon/venue.json5")
    try fixture.remove("lisbon/agreements.json5")
    let read = try load()
    #expect(read.bounds == Bounds() && read.holidays.isEmpty && read.noteCodes.isEmpty)
    #expect(read.outcomes.isEmpty && read.mediators.isEmpty && read.agreements.isEmpty)
    #expect(read.zones.allSatisfy { $0.walks.isEmpty })
    #expect(read.agencies.allSatisfy { $0.mandate == nil })
    #expect(read.services.allSatisfy { $0.dailyCap == nil && $0.lastTicket == .warn })
    #expect(read.counters.allSatisfy { $0.weights.isEmpty })
  }

  @Test("is not blamed where it refers to a broken entry")
  func doesNotCascade() throws {
    try fixture.replace(
      "{ id: \"tax\", prefix", with: "{ id: \"tax\", mandate: [\"migration\"], prefix",
      in: "lisbon/venue.json5")
    try fixture.replace(
      "id: \"migration\", prefix", with: "id: \"mi gration\", prefix", in: "lisbon/venue.json5")
    try fixture.replace(
      "{ id: \"west\", floor: 1 }", with: "{ id: \"we st\", floor: 1 }", in: "lisbon/venue.json5")
    #expect(fixture.problems().map(\.path) == ["zones[3].id", "agencies[1].id"])
  }
}

extension JSONValue {
  fileprivate var members: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }
}
