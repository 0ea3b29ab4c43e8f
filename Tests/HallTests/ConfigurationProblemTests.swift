import Foundation
import Testing
import Venue
import Views

@testable import Hall

/// One slip of the pen and the one complaint that it must bring.
struct Slip: Sendable, CustomTestStringConvertible {
  var name: String
  var file = "lisbon/venue.json5"
  var old: String
  var new: String
  var path: String
  var what: String
  var mend: String

  var testDescription: String { name }
}

@Suite("A venue with a mistake")
struct ConfigurationProblemTests {
  @Test("is told exactly that mistake, its place and its mend", arguments: slips)
  func tellsMistake(_ slip: Slip) throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace(slip.old, with: slip.new, in: slip.file)
    let problems = fixture.problems()
    try #require(problems.count == 1, "\(ConfigurationProblems(problems))")
    let problem = problems[0]
    #expect(problem.file.hasSuffix("/" + slip.file))
    #expect(problem.path == slip.path)
    #expect(problem.what.contains(slip.what), "\(problem)")
    #expect(problem.mend.contains(slip.mend), "\(problem)")
    #expect(problem.line != nil || problem.what.contains("is missing"))
  }

  @Test("is told all of them at once, from top to bottom")
  func tellsAll() throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace("timeZone: \"Europe/Lisbon\"", with: "timeZone: \"Lisbon\"", in: venueFile)
    try fixture.replace("prefix: \"K\"", with: "prefix: \"O\"", in: venueFile)
    try fixture.replace("port: 9101", with: "port: 0", in: venueFile)
    try fixture.replace("ticket: \"Ticket\"", with: "tickt: \"Ticket\"", in: "languages/en.json5")
    try fixture.remove("lisbon/names/ti.json5")
    let problems = fixture.problems()
    #expect(
      problems.map(\.path) == [
        "timeZone", "agencies[1].prefix", "printers[1].port", "words.tickt", "",
      ])
    #expect(Set(problems.map(\.file)).count == 3)
  }

  @Test("is told the line of each")
  func tellsLine() throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace("port: 9101", with: "port: 99999", in: venueFile)
    let text = try String(contentsOf: fixture.url(venueFile), encoding: .utf8)
    let line = try #require(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("99999") })
    let problem = try #require(fixture.problems().first)
    #expect(problem.line == line + 1)
    #expect(
      problem.description
        == "\(fixture.directory)/venue.json5:\(line + 1): printers[1].port: 99999 is out of range."
        + " Mend: write a whole number from 1 to 65535.")
  }

  @Test("is told on one line, whatever the file holds")
  func tellsOnOneLine() throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace(
      "  policy:", with: "  \"a\\n\\u001B[2J\\u202E\": 1,\n  policy:", in: venueFile)
    let problem = try #require(fixture.problems().first)
    #expect(!problem.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }

  @Test("is told no more than a person reads, however many keys are unknown")
  func tellsFew() throws {
    let fixture = try ConfigurationFixture()
    let keys = (0..<20_000).map { "k\($0): 0," }.joined()
    try fixture.replace("  policy:", with: "  \(keys)\n  policy:", in: venueFile)
    #expect(fixture.problems().count == ObjectReader.unknownLimit)
  }

  @Test(
    "is told in plain words that a file is no file to be read",
    arguments: [
      (Data([0xC3, 0x28]), "not UTF-8"), (Data("[1]".utf8), "no object"),
      (Data("1".utf8), "no object"),
      (Data(repeating: 0x20, count: 1_048_577), "larger than 1048576 bytes"),
    ])
  func tellsUnreadable(contents: Data, what: String) throws {
    let fixture = try ConfigurationFixture()
    try fixture.write(contents, to: venueFile)
    let problems = fixture.problems()
    #expect(problems.count == 1)
    #expect(problems.first?.what.contains(what) == true, "\(problems)")
  }

  @Test("is told that there is no venue in a directory")
  func tellsNoVenue() {
    let problems = #expect(throws: ConfigurationProblems.self) {
      try VenueFiles.load(directory: "/nonexistent")
    }
    #expect(
      problems?.description == "/nonexistent/venue.json5: the file is not there or cannot be read."
        + " Mend: put it there, or let the user who runs this read it.")
  }

  @Test("does not blame what refers to a broken entry")
  func doesNotCascade() throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace(
      "id: \"migration\", prefix", with: "id: \"mi gration\", prefix", in: venueFile)
    #expect(fixture.problems().map(\.path) == ["agencies[1].id"])
  }

  @Test("is told that a language has neither words nor names")
  func tellsMissingPack() throws {
    let fixture = try ConfigurationFixture()
    try fixture.replace("\"ur\", \"ti\"]", with: "\"ur\", \"ti\", \"ro\"]", in: venueFile)
    let problems = fixture.problems()
    #expect(
      problems.map { URL(fileURLWithPath: $0.file).pathComponents.suffix(2).joined(separator: "/") }
        == ["languages/ro.json5", "names/ro.json5", "lisbon/slip.json5"])
    #expect(problems.prefix(2).allSatisfy { $0.what.contains("not there") })
    #expect(problems.last?.what == "the key `ro` is missing", "a text of the slip lacks it, too")
  }

  @Test("may bring its own words for a language")
  func readsOwnWords() throws {
    let fixture = try ConfigurationFixture()
    try FileManager.default.createDirectory(
      at: fixture.url("lisbon/languages"), withIntermediateDirectories: false)
    try FileManager.default.moveItem(
      at: fixture.url("languages/en.json5"), to: fixture.url("lisbon/languages/en.json5"))
    try fixture.replace("\"Ticket\"", with: "\"Number\"", in: "lisbon/languages/en.json5")
    let venue = try VenueFiles.load(directory: fixture.directory + "/")
    #expect(venue.lexicon.phrase(.ticket, in: "en").text == "Number")
    #expect(venue.lexicon.phrase(.ticket, in: "pt").text == "Senha")
  }

  @Test("takes words for staff from its own language, then the host's, then English")
  func readsStaffWords() throws {
    let fixture = try ConfigurationFixture()
    for (tag, staff) in [
      ("en", "a: \"A\", b: \"B\", c: \"C\""), ("pt", "a: \"Á\", b: \"Bê\""),
      ("fr", "a: \"Â\""),
    ] {
      try fixture.replace(
        "  words: {", with: "  staff: { \(staff) },\n  words: {", in: "languages/\(tag).json5")
    }
    let venue = try VenueFiles.load(directory: fixture.directory)
    let french = try #require(venue.lexicon.packs["fr"]).words
    #expect([french["a"], french["b"], french["c"]] == ["Â", "Bê", "C"])
  }
}

private let venueFile = "lisbon/venue.json5"
