import Canvas
import Foundation
import Printing
import Testing
import Venue
import Views

@testable import Hall

/// The page that tries a printer.
@Suite("Test page")
struct TestPageTests {
  private static let visit = VisitID(high: 1, low: 2)

  @Test(
    "has rulers from edge to edge, a line in every language of the venue, and a QR code",
    arguments: [384, 420, 512, 576, 640])
  func page(width: Int) throws {
    let venue = try VenueFiles.load(directory: lisbonDirectory.path)
    let job = try #require(venue.testJob(for: "P1", visit: Self.visit, time: "2026-11-29 17:00"))
    #expect(job.isTest && job.slip.testPage?.samples.count == venue.configuration.languages.count)
    let press = SlipPress(venue.slip)
    let texts = try press.texts(of: job.slip, widthDots: width)
    #expect(texts.allSatisfy { $0.missingGlyphs == 0 && !$0.isEllipsized })
    let picture = try press.picture(of: job.slip, widthDots: width)
    // A ruler is inked from the first dot to the last; twice, above and below.
    let rulers = (0..<picture.height).filter { y in (0..<width).allSatisfy { picture[$0, y] } }
    #expect(rulers.count == 4, "two lines of two dots: \(rulers)")
    let ticks = (0..<width).filter { picture[$0, (rulers.first ?? 0) + 30] }
    #expect(
      ticks.prefix(4) == [0, 1, 80, 81] && ticks.last == width - 1, "a centimetre is 80 dots")
    let path = FileManager.default.temporaryDirectory.path + "/page-\(UUID()).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture.writePNG(to: path)
    #expect(try zbarReading(path) == venue.configuration.publicURL + "/\n")
  }

  @Test("is no slip of a printer that the venue has not")
  func unknownPrinter() throws {
    let venue = try VenueFiles.load(directory: lisbonDirectory.path)
    #expect(venue.testJob(for: "P9", visit: Self.visit, time: "now") == nil)
  }
}
