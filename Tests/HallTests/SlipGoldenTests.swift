import Canvas
import Foundation
import Printing
import Testing
import Views

@testable import Hall

/// Slips as they were looked at and found good: each glyph with its place, and each dot.
///
/// They are written anew, to be looked at again, by
/// `ROSSIO_GOLDEN=write swift test --filter SlipGoldenTests`.
@Suite("Golden slips")
struct SlipGoldenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")
  private static let writes = ProcessInfo.processInfo.environment["ROSSIO_GOLDEN"] == "write"
  /// Dots that may differ, of a thousand that are ink: another FreeType rounds edges differently.
  private static let tolerance = 10

  private let samples: SlipSamples

  init() throws { samples = try SlipSamples() }

  @Test("have the glyphs and places that were looked at", arguments: SlipSamples.languages)
  func glyphsAreGolden(language: String) throws {
    let slip = try samples.slip(language, .stops)
    let lines = try samples.press().texts(of: slip, widthDots: 576).flatMap(Self.lines)
    let file = Self.folder.appending(path: "slip-\(language).txt")
    if Self.writes { try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file) }
    let golden = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    var text = ""
    for (line, expected) in zip(lines, golden) {
      if expected.hasPrefix("#") { text = expected }
      try #require(line == expected, "the first difference, in \(text)")
    }
    #expect(lines.count == golden.count)
  }

  @Test("have the dots that were looked at", arguments: SlipSamples.languages)
  func dotsAreGolden(language: String) throws {
    let slip = try samples.slip(language, .stops)
    let picture = try samples.press().picture(of: slip, widthDots: 576)
    let file = Self.folder.appending(path: "slip-\(language).png").path
    if Self.writes { try picture.writePNG(to: file) }
    let golden = try Monochrome(pngAt: file)
    try #require(picture.width == golden.width && picture.height == golden.height)
    let ink = golden.bytes.map(\.nonzeroBitCount).reduce(0, +)
    let differing = zip(picture.bytes, golden.bytes).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +)
    #expect(
      ink > 10_000 && differing * 1_000 <= ink * Self.tolerance, "\(differing) of \(ink) dots")
  }

  /// A heading, then for each glyph its family, its number in the font, and its place in dots.
  private static func lines(_ text: PlacedText) -> [String] {
    let glyphs = text.glyphs.map { glyph in
      "\(glyph.family) \(glyph.glyph) \(hundredths(glyph.x)) \(hundredths(glyph.y))"
    }
    return ["# \(text.plain)"] + glyphs
  }

  private static func hundredths(_ value: Double) -> String {
    String(format: "%.2f", value)
  }
}
