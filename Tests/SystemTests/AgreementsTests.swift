import Foundation
import Testing

/// `rossio agreements`: what the venue's agreements come to, for people and for scripts.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AgreementsTests {
  private let venue: VenueCopy
  private let hall: HallDirectory

  init() throws {
    venue = try VenueCopy()
    hall = try HallDirectory(venue: venue.path)
  }

  private func text() throws -> String {
    let (ending, output, errors) = try hall.rossio("agreements", venue.path)
    #expect(ending == .exit(0) && errors.isEmpty, "\(errors)")
    return output
  }

  /// The paragraph of one reading agency.
  private func paragraph(_ agency: String, in text: String) -> String? {
    text.components(separatedBy: "\n\n").first { $0.hasPrefix("\(agency) may read") }
  }

  @Test func `who may read what, until when and why, stands in plain words`() throws {
    #expect(
      paragraph("tax", in: try text()) == """
        tax may read, of a visit's part at
          reception: outcomes (that there is a stop, for which service, and how it ended), \
        language, needs (what the person asked for at the kiosk)
            until 12 hours after the stop ends, because: nobody tells reception's questions again
            the client's consent is not needed
          migration: outcomes (that there is a stop, for which service, and how it ended), language
            until 12 hours after the stop ends, because: the second office knows what the first \
        has settled
            the client's consent is not needed
        """)
  }

  @Test func `where the client's consent is needed, it says for what`() throws {
    let association =
      "{ from: \"legal\", to: \"tax\", fields: [\"language\"], purpose: \"p\", hours: 1 },"
    try venue.replace(
      "agreements: [", with: "agreements: [\n\(association)", in: "agreements.json5")
    let text = try text()
    let tax = try #require(paragraph("tax", in: text))
    #expect(
      tax.hasSuffix(
        """
          legal: language
            until 1 hour after the stop ends, because: p
            only with the client's consent
        """))
    let victims = try #require(paragraph("victim-support", in: text))
    #expect(victims.contains("legal: note (the referral note), language\n"))
    #expect(victims.hasSuffix("note only with the client's consent"))
  }

  @Test func `it ends with what nobody may read, and that the rest is denied`() throws {
    let text = try text()
    #expect(paragraph("reception", in: text) == nil)
    #expect(
      text.hasSuffix(
        """
        These read of no other agency: reception.

        These parts nobody else may read: health, education, labour, employment, housing, \
        victim-support.

        Everything that is not named here is denied. Each agency reads its own part.

        """))
    try FileManager.default.removeItem(atPath: venue.path + "/agreements.json5")
    let none = try self.text()
    #expect(!none.contains("may read, of") && none.contains("nobody else may read: reception, "))
  }

  private struct Document: Decodable {
    struct Reader: Decodable {
      let agency: String
      let may_read: [Part]
    }
    struct Part: Decodable {
      let of: String
      let fields: [Field]
      let hours_after_end: Int
      let purpose: String
    }
    struct Field: Decodable, Equatable {
      let field: String
      let takes_consent: Bool
    }
    let venue: String
    let readers: [Reader]
    let read_by_nobody: [String]
    let otherwise: String
  }

  @Test func `scripts get the same as JSON`() throws {
    let (ending, output, _) = try hall.rossio("agreements", venue.path, "--json")
    #expect(ending == .exit(0))
    let document = try JSONDecoder().decode(Document.self, from: Data(output.utf8))
    #expect(document.venue == "lisbon" && document.otherwise == "denied")
    #expect(document.readers.count == 12)
    #expect(document.readers.map(\.may_read.count).reduce(0, +) == 18)
    let part = try #require(document.readers.first { $0.agency == "victim-support" }?.may_read.last)
    #expect(part.of == "legal" && part.hours_after_end == 12 && part.purpose.hasPrefix("one story"))
    #expect(
      part.fields == [
        .init(field: "note", takes_consent: true), .init(field: "language", takes_consent: false),
      ])
    #expect(document.read_by_nobody.count == 6 && document.read_by_nobody.contains("health"))
  }

  @Test func `a venue with a mistake gets the words of rossio check, and nothing else`() throws {
    try venue.replace("to: \"migration\"", with: "to: \"migraton\"", in: "agreements.json5")
    let check = try hall.rossio("check", venue.path)
    let said = try hall.rossio("agreements", venue.path, "--json")
    #expect(said.ending == .exit(1) && said.output.isEmpty)
    #expect(said.errors == check.errors && said.errors.contains("did you mean `migration`?"))
    #expect(try hall.rossio("agreements").ending == .exit(64))
  }
}
