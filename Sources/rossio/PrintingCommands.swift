import Canvas
import Foundation
import Hall
import Printing
import Venue
import Views

/// `rossio preview`: the slip of a service as it comes out of the printer, as a PNG.
enum PreviewCommand {
  static let subcommand = Rossio.Subcommand(
    name: "preview",
    usage:
      "preview --out FILE [--venue DIR] [--service ID] [--then ID,ID] [--language TAG] [--kiosk ID] [--agreed FROM:TO:FIELD,FIELD] [--width DOTS] [--copy] [--voucher]"
  ) { arguments in
    var arguments = arguments
    let out = try arguments.required("--out")
    let directory =
      try arguments.option("--venue") ?? (try Installation.directory("Config") + "/lisbon")
    let service = ServiceID(try arguments.option("--service") ?? "reception")
    let later = (try arguments.option("--then") ?? "").split(separator: ",")
    let language = try arguments.option("--language").map { LanguageTag($0) }
    let kiosk = try arguments.option("--kiosk").map { KioskID($0) }
    let width = try arguments.number("--width", in: SlipLayout.widths) ?? 576
    let consent = try arguments.option("--agreed").map(consent)
    let isCopy = try arguments.flag("--copy")
    let isVoucher = try arguments.flag("--voucher")
    try arguments.finish()
    let venue = try VenueFiles.load(directory: directory)
    var sample = SampleSlip(
      [service] + later.map { ServiceID(String($0)) },
      language: language ?? venue.configuration.hostLanguage,
      kiosk: kiosk ?? venue.configuration.kiosks.first?.id)
    sample.consent = consent
    sample.isCopy = isCopy
    sample.isVoucher = isVoucher
    try check(sample, in: venue.configuration)
    let folder = URL(fileURLWithPath: out).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw CommandError(
        "\(out) cannot be written: there is no directory \(folder), or it is closed to you.")
    }
    try SlipPress(venue.slip).picture(of: slip(sample, venue), widthDots: width).writePNG(to: out)
  }

  private static func slip(_ sample: SampleSlip, _ venue: LoadedVenue) throws -> SlipView {
    do {
      return try sample.view(in: venue)
    } catch {
      throw CommandError(error.explanation)
    }
  }

  /// Names what the venue has not, and what it has instead.
  private static func check(_ sample: SampleSlip, in venue: VenueConfiguration) throws {
    for service in sample.services {
      try check(service, "service", among: venue.services.map(\.id))
    }
    try check(sample.language, "language", among: venue.languages)
    if let kiosk = sample.kiosk { try check(kiosk, "kiosk", among: venue.kiosks.map(\.id)) }
    guard let consent = sample.consent else { return }
    let agreement = venue.agreements.first { $0.from == consent.from && $0.to == consent.to }
    for field in consent.fields where agreement?.fields.contains(field) != true {
      throw CommandError(
        "No agreement lets '\(consent.to)' read the field '\(field.rawValue)' of "
          + "'\(consent.from)'; see rossio agreements.")
    }
  }

  private static func check<ID: Identifier>(_ id: ID, _ kind: String, among known: [ID]) throws {
    guard !known.contains(id) else { return }
    let list = known.map(\.text).joined(separator: ", ")
    throw CommandError("The venue has no \(kind) '\(id)'. It has: \(list).")
  }

  private static func consent(_ text: String) throws -> Consent {
    let parts = text.split(separator: ":").map(String.init)
    let fields = parts.last?.split(separator: ",").map { SharedField(rawValue: String($0)) } ?? []
    guard parts.count == 3, !fields.contains(nil) else {
      let known = SharedField.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandError(
        "--agreed takes FROM:TO:FIELD,FIELD with two agencies and of these fields: \(known).")
    }
    return Consent(
      from: AgencyID(parts[0]), to: AgencyID(parts[1]), fields: fields.compactMap(\.self))
  }
}
