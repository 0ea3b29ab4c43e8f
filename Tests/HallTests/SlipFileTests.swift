import Foundation
import Printing
import Testing
import Venue
import Views

@testable import Hall

@Suite("A venue's slip.json5")
struct SlipFileTests {
  private let fixture: ConfigurationFixture

  init() throws { fixture = try ConfigurationFixture() }

  private func load() throws -> SlipTemplate {
    try VenueFiles.load(directory: fixture.directory).slip
  }

  @Test("may be left out: then the built-in template holds")
  func mayBeLeftOut() throws {
    try fixture.remove("lisbon/slip.json5")
    #expect(try load() == .standard)
  }

  @Test("of the sample venue is the built-in template, and a text of its own")
  func sampleIsStandard() throws {
    let blocks = try load().blocks
    #expect(blocks.filter { $0.kind != .text } == SlipTemplate.standard.blocks)
    let text = try #require(blocks.first { $0.kind == .text })
    #expect(text.size == 24 && text.words.count == 13)
    #expect(text.words["ur"]?.direction == .rightToLeft && text.words["ur"]?.language == "ur")
  }

  /// Each value differs from what it is when left out.
  @Test("is read, field by field")
  func readsFields() throws {
    try fixture.write(
      Data(
        """
        { blocks: [
          "wave", "notice", { block: "code", size: 300 }, { block: "rule", size: 8 },
          { block: "number", size: 100 }, "foot",
          { block: "text", bold: true, words: { \(words) } }, "rule", { block: "text", words: { \(words) } },
        ] }
        """.utf8), to: "lisbon/slip.json5")
    let blocks = try load().blocks
    #expect(
      blocks.map(\.kind) == [
        .wave, .notice, .code, .rule, .number, .foot, .text, .rule, .text,
      ])
    #expect(blocks.map(\.size) == [20, 34, 300, 8, 100, 26, 28, 4, 28])
    #expect(blocks.map(\.isBold).filter(\.self).count == 1 && blocks[6].isBold)
    #expect(blocks.allSatisfy { !$0.hasFoot })
  }

  private var words: String {
    ConfigurationFixture.sampleTags.map { "\"\($0)\": \"\($0)!\"" }.joined(separator: ", ")
  }

  @Test("says the line of each mistake, all at once")
  func tellsLines() throws {
    try fixture.write(
      Data("{ blocks: [\n\"wave\",\n\"nomber\",\n{ block: \"wait\", size: 1 },\n] }".utf8),
      to: "lisbon/slip.json5")
    let problems = fixture.problems()
    #expect(problems.map(\.line) == [3, 4], "\(problems)")
    #expect(problems.allSatisfy { $0.description.contains("slip.json5:") })
  }
}

extension ConfigurationFixture {
  fileprivate static let sampleTags = [
    "pt", "kea", "en", "hi", "bn", "uk", "ne", "ar", "fr", "es", "zh-Hans", "ur", "ti",
  ]
}
