import Foundation
import Testing
import Venue
import Views

@testable import Hall

@Suite("The sample venue")
struct ConfigurationLisbonTests {
  private let venue: LoadedVenue
  private var configuration: VenueConfiguration { venue.configuration }

  init() throws {
    venue = try VenueFiles.load(directory: lisbonDirectory.path)
  }

  /// Agency, counters, and the mean minutes of its services, as the reference venue is described.
  static let reference: [(agency: AgencyID, counters: Int, minutes: Int)] = [
    ("reception", 7, 4), ("migration", 9, 15), ("social-security", 5, 12), ("tax", 3, 8),
    ("registry", 3, 18), ("health", 2, 12), ("education", 2, 12), ("labour", 2, 14),
    ("legal", 3, 24), ("employment", 3, 20), ("housing", 2, 28), ("victim-support", 1, 40),
  ]

  @Test("has the counters and service times of the reference", arguments: reference)
  func hasReferenceNumbers(agency: AgencyID, counters: Int, minutes: Int) {
    let services = configuration.services.filter { $0.agency == agency }
    #expect(configuration.counters.filter { $0.agency == agency }.count == counters)
    #expect(services.map(\.plannedMinutes).reduce(0, +) == minutes * services.count)
  }

  @Test("has the parts that were promised")
  func hasParts() {
    #expect(configuration.agencies.count == Self.reference.count)
    #expect(configuration.counters.count == 42)
    #expect(configuration.services.count == 31)
    #expect(configuration.kiosks.map(\.id) == ["K1", "K2"])
    #expect(configuration.screens.map(\.id) == ["hall-1", "hall-2", "hall-3", "hall-4"])
    #expect(configuration.printers.map(\.port) == [9100, 9101, 9102])
    #expect(
      configuration.needs.map(\.icon) == ["documents", "work", "family", "health", "home", "taxes"])
    #expect(configuration.policy == .statutory)
    #expect(venue.lexicon.packs.count == 13)
  }

  @Test("serves reception at counters 1 to 7 and nowhere else")
  func servesReception() {
    let serving = configuration.counters.filter { $0.services.contains("reception") }
    #expect(serving.map(\.id.text) == (1...7).map(String.init))
  }

  @Test("gives the busiest agencies the letters that look alike everywhere")
  func givesBestLetters() {
    let letters = Dictionary(
      uniqueKeysWithValues: configuration.agencies.map { ($0.prefix.description, $0.id) })
    #expect(letters["A"] == "social-security" && letters["K"] == "migration")
    #expect(letters["E"] == "employment" && letters["T"] == "tax" && letters["M"] == "legal")
  }

  @Test("hides which neutral service a number is for: several agencies share the letter")
  func sharesNeutralPrefix() {
    let neutral = configuration.services.filter(\.isNeutral)
    #expect(Set(neutral.map(\.agency)).count >= 3)
    #expect(neutral.contains { $0.agency == "victim-support" })
    #expect(configuration.services.allSatisfy { $0.agency != "victim-support" || $0.isNeutral })
  }

  /// Shares of the staff away from reception, in percent.
  static let spoken: [(LanguageTag, Double)] = [
    ("pt", 100), ("en", 55), ("es", 45), ("fr", 25), ("kea", 12), ("uk", 5), ("ar", 3), ("hi", 2),
  ]

  @Test("has staff who speak what the reference says", arguments: spoken)
  func speaks(language: LanguageTag, percent: Double) {
    let speakers = configuration.counters.filter { $0.languages.contains(language) }
    let atReception = speakers.filter { $0.agency == "reception" }.count
    let elsewhere = speakers.count - atReception
    #expect(abs(Double(elsewhere) - percent / 100 * 35) <= 0.5)
    #expect(abs(Double(atReception) - min(1, 3 * percent / 100) * 7) < 1)
  }

  @Test("leads from the kiosk to every service")
  func reachesEveryService() {
    let offered = Set(configuration.needs.flatMap(\.services))
      .union(configuration.kiosks.map(\.personService))
    #expect(offered == Set(configuration.services.map(\.id)))
  }

  @Test("has a pictogram for every need")
  func hasPictograms() {
    let icons = projectDirectory.appending(path: "Displays/shared/icons")
    for need in configuration.needs {
      let file = icons.appending(path: "\(need.icon).svg").path
      #expect(FileManager.default.fileExists(atPath: file), "\(need.id)")
    }
  }

  @Test("answers arrows in the order of the zones")
  func ordersArrows() throws {
    let screen = try #require(configuration.screens.first)
    #expect(screen.arrows.map(\.zone) == configuration.zones.map(\.id))
    #expect(screen.arrows.map(\.points) == [.down, .up, .right, .left])
    #expect(screen.shows.isEmpty)
  }

  @Test("asks nobody who has a neutral matter for documents, and every other service for a few")
  func asksForDocuments() {
    let asking = configuration.services.filter { !$0.documents.isEmpty }
    #expect(asking.allSatisfy { !$0.isNeutral && $0.documents.count <= 6 })
    let silent = configuration.services.filter { $0.documents.isEmpty && !$0.isNeutral }
    #expect(silent.map(\.id) == ["reception"])
    #expect(
      asking.first { $0.id == "tax-number" }?.documents == ["identity", "address-proof"])
  }

  @Test("knows from both kiosks where every zone lies")
  func kiosksHaveArrows() {
    for kiosk in configuration.kiosks {
      #expect(kiosk.arrows.map(\.zone) == configuration.zones.map(\.id))
    }
    #expect(
      configuration.kiosks.map { $0.arrows.map(\.points) } == [
        [.right, .up, .upRight, .upLeft], [.down, .left, .right, .upLeft],
      ])
  }

  /// Journals of that time hold configurations without these keys.
  @Test("is read from the JSON of a time that knew neither documents nor kiosks' arrows")
  func readsOldForm() throws {
    let data = try JSONEncoder().encode(configuration)
    var tree = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for (list, key) in [("services", "documents"), ("kiosks", "arrows")] {
      let entries = try #require(tree[list] as? [[String: Any]])
      #expect(entries.allSatisfy { $0[key] != nil })
      tree[list] = entries.map { $0.filter { $0.key != key } }
    }
    var expected = configuration
    for index in expected.services.indices { expected.services[index].documents = [] }
    for index in expected.kiosks.indices { expected.kiosks[index].arrows = [] }
    let old = try JSONSerialization.data(withJSONObject: tree)
    #expect(try JSONDecoder().decode(VenueConfiguration.self, from: old) == expected)
  }

  @Test("says in its limits and bounds what holds where they are left out")
  func readsLimits() {
    #expect(venue.limits == Limits())
    var bounds = Bounds()
    bounds.telephoneAfterMinutes = 2
    #expect(configuration.bounds == bounds, "but for the one that the file explains")
  }

  /// Easter Sunday of the Gregorian calendar, by the rule that Meeus gives ("Astronomical
  /// Algorithms", chapter 8).
  static func easter(_ year: Int) -> ServiceDay {
    let (golden, century, rest) = (year % 19, year / 100, year % 100)
    let correction = (century - (century + 8) / 25 + 1) / 3
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7
    let late = (golden + 11 * moon + 22 * sunday) / 451
    let days = moon + sunday - 7 * late + 114
    return ServiceDay(year: year, month: days / 31, day: days % 31 + 1)
  }

  @Test("knows the holidays of Portugal and of Lisbon", arguments: [2026, 2027])
  func knowsHolidays(year: Int) {
    let fixed = [
      (1, 1), (4, 25), (5, 1), (6, 10), (6, 13), (8, 15), (10, 5), (11, 1), (12, 1), (12, 8),
      (12, 25),
    ].map { ServiceDay(year: year, month: $0.0, day: $0.1) }
    let movable = [-2, 0, 60].map { Self.easter(year).adding(days: $0) }
    #expect(configuration.holidays.filter { $0.year == year } == (fixed + movable).sorted())
    #expect(Set(configuration.holidays.map(\.year)) == [2026, 2027])
  }

  @Test("says how far every zone is from every other, further by the stairs than on one floor")
  func knowsWalks() {
    var walks: [Set<ZoneID>: Int] = [:]
    for zone in configuration.zones {
      for walk in zone.walks { walks[[zone.id, walk.to]] = walk.seconds }
    }
    #expect(walks.count == 6)
    let onFloor = [walks[["entrance", "main"]], walks[["east", "west"]]].compactMap(\.self)
    let byStairs = walks.filter { !onFloor.contains($0.value) }.map(\.value)
    #expect(onFloor.count == 2 && byStairs.count == 4)
    #expect((onFloor.max() ?? 0) < (byStairs.min() ?? 0))
  }

  @Test("gives a voucher where coming in vain is worst, and caps nothing")
  func knowsLastTickets() {
    let vouchers = configuration.services.filter { $0.lastTicket == .voucher }
    #expect(vouchers.map(\.id) == ["nationality", "confidential-talk"])
    #expect(configuration.services.allSatisfy { $0.lastTicket != .refuse && $0.dailyCap == nil })
  }

  @Test("has words for notes that say nothing of status, nationality or identity")
  func hasNoteCodes() {
    #expect(
      configuration.noteCodes == [
        "papers-checked", "papers-missing", "copies-made", "form-filled", "fee-paid",
        "appointment-made", "second-visit", "needs-interpreter", "needs-reading-aloud", "urgent",
      ])
  }

  @Test("is the same when it went through its own JSON")
  func survivesCoding() throws {
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(VenueConfiguration.self, from: data) == configuration)
  }
}
