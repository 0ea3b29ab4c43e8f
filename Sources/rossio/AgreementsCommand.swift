import Foundation
import Hall
import Venue

/// `rossio agreements`: who may read what of a visit, in plain words.
enum AgreementsCommand {
  static let subcommand = Rossio.Subcommand(
    name: "agreements", usage: "agreements DIR [--json]"
  ) { arguments in
    var arguments = arguments
    let isJSON = try arguments.flag("--json")
    let directory = try arguments.positional("the venue's directory")[0]
    try arguments.finish()
    let report = AgreementsReport(CheckCommand.load(directory).configuration)
    Terminal.say(isJSON ? try report.json : report.text)
  }
}

/// The agreements of a venue by the agency that reads, as text or as JSON.
struct AgreementsReport {
  private struct Document: Encodable {
    let venue: String
    let readers: [Reader]
    /// Agencies whose part of a visit nobody else may read.
    let read_by_nobody: [AgencyID]
    let otherwise = "denied"
  }

  private struct Reader: Encodable {
    let agency: AgencyID
    let may_read: [Part]
  }

  private struct Part: Encodable {
    let of: AgencyID
    let fields: [Field]
    let hours_after_end: Int
    let purpose: String
  }

  private struct Field: Encodable {
    let field: SharedField
    let takes_consent: Bool
  }

  private let name: String
  private let document: Document

  init(_ venue: VenueConfiguration) {
    name = venue.name
    let readers = venue.agencies.map { reader in
      Reader(
        agency: reader.id,
        may_read: venue.agencies.flatMap { owner in
          venue.agreements.filter { $0.from == owner.id && $0.to == reader.id }
            .map { Self.part($0, of: owner.kind, by: reader.kind) }
        })
    }
    let shared = Set(venue.agreements.map(\.from))
    document = Document(
      venue: venue.id, readers: readers,
      read_by_nobody: venue.agencies.map(\.id).filter { !shared.contains($0) })
  }

  private static func part(
    _ agreement: Agreement, of owner: Agency.Kind, by reader: Agency.Kind
  ) -> Part {
    Part(
      of: agreement.from,
      fields: agreement.fields.map {
        Field(field: $0, takes_consent: $0.takesConsent(of: owner, by: reader))
      },
      hours_after_end: agreement.hours, purpose: agreement.purpose)
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  var text: String {
    let groups = document.readers.filter { !$0.may_read.isEmpty }.map { reader in
      "\(reader.agency) may read, of a visit's part at\n"
        + reader.may_read.map(Self.lines).joined(separator: "\n")
    }
    let idle = document.readers.filter(\.may_read.isEmpty).map(\.agency)
    return
      (["\(name): what agencies may read of each other's part of a visit"] + groups
      + [
        Self.sentence("These read of no other agency", idle),
        Self.sentence("These parts nobody else may read", document.read_by_nobody),
        "Everything that is not named here is denied. Each agency reads its own part.",
      ].compactMap(\.self)).joined(separator: "\n\n")
  }

  private static func lines(_ part: Part) -> String {
    let fields = part.fields.map { words(for: $0.field) }.joined(separator: ", ")
    let hours = part.hours_after_end == 1 ? "1 hour" : "\(part.hours_after_end) hours"
    return """
        \(part.of): \(fields)
          until \(hours) after the stop ends, because: \(part.purpose)
          \(consent(part.fields))
      """
  }

  private static func words(for field: SharedField) -> String {
    switch field {
    case .outcomes: "outcomes (that there is a stop, for which service, and how it ended)"
    case .note: "note (the referral note)"
    case .language: "language"
    case .needs: "needs (what the person asked for at the kiosk)"
    }
  }

  private static func consent(_ fields: [Field]) -> String {
    let guarded = fields.filter(\.takes_consent).map(\.field.rawValue)
    switch guarded.count {
    case 0: return "the client's consent is not needed"
    case fields.count: return "only with the client's consent"
    default: return "\(guarded.joined(separator: ", ")) only with the client's consent"
    }
  }

  private static func sentence(_ start: String, _ agencies: [AgencyID]) -> String? {
    guard !agencies.isEmpty else { return nil }
    return "\(start): \(agencies.map(\.text).joined(separator: ", "))."
  }
}
