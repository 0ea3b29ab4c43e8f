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
      "preview --out FILE [--venue DIR] [--service ID] [--then ID,ID] [--language TAG] [--agreed FROM:TO:FIELD,FIELD] [--width DOTS] [--copy]"
  ) { arguments in
    var arguments = arguments
    let out = try arguments.required("--out")
    let directory =
      try arguments.option("--venue") ?? (try Installation.directory("Config") + "/lisbon")
    let service = ServiceID(try arguments.option("--service") ?? "reception")
    let later = (try arguments.option("--then") ?? "").split(separator: ",")
    let services = [service] + later.map { ServiceID(String($0)) }
    let language = try arguments.option("--language").map { LanguageTag($0) }
    let width = try arguments.number("--width", in: SlipLayout.widths) ?? 576
    let consent = try arguments.option("--agreed").map(consent)
    let isCopy = try arguments.flag("--copy")
    try arguments.finish()
    let venue = try VenueFiles.load(directory: directory)
    for service in services
    where !venue.configuration.services.contains(where: { $0.id == service }) {
      let known = venue.configuration.services.map(\.id.text).joined(separator: ", ")
      throw CommandError("The venue has no service '\(service)'. It has: \(known).")
    }
    if let language, !venue.configuration.languages.contains(language) {
      let known = venue.configuration.languages.map(\.text).joined(separator: ", ")
      throw CommandError("The venue has no language '\(language)'. It has: \(known).")
    }
    if let consent {
      let agreement = venue.configuration.agreements.first {
        $0.from == consent.from && $0.to == consent.to
      }
      for field in consent.fields where agreement?.fields.contains(field) != true {
        throw CommandError(
          "No agreement lets '\(consent.to)' read the field '\(field.rawValue)' of "
            + "'\(consent.from)'; see rossio agreements.")
      }
    }
    let folder = URL(fileURLWithPath: out).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw CommandError(
        "\(out) cannot be written: there is no directory \(folder), or it is closed to you.")
    }
    let slip = try slip(
      of: services, in: language ?? venue.configuration.hostLanguage, venue, consent,
      isCopy: isCopy)
    try SlipPress().picture(of: slip, widthDots: width).writePNG(to: out)
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

  /// The fifth slip for the first of `services`, with the others to follow, on a morning when nobody has been called yet.
  private static func slip(
    of services: [ServiceID], in language: LanguageTag, _ venue: LoadedVenue, _ consent: Consent?,
    isCopy: Bool
  ) throws -> SlipView {
    var state = VenueState()
    let now = Instant(milliseconds: 1_764_000_000_000)
    func perform(_ command: Command) throws {
      do {
        for event in try state.decide(command, at: now) {
          state.apply(Record(sequence: state.sequence + 1, time: now, event: event))
        }
      } catch {
        throw CommandError(error.explanation)
      }
    }
    try perform(.configure(venue.configuration))
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
    for counter in venue.configuration.counters where counter.services.contains(services[0]) {
      try perform(.counter(counter.id, .open))
    }
    for low in UInt64(1)...5 {
      let id = VisitID(high: 0x1234_5678_9ABC_DEF0, low: low &* 0x9E37_79B9_7F4A_7C15)
      // Each stop after the one before, so that the first of them is first.
      let stops = services.enumerated().map { index, service in
        PlannedStop(service: service, after: Array(services.prefix(index)))
      }
      try perform(.issue(IssueRequest(visit: id, stops: stops, language: language)))
    }
    if let consent, let visit = Array(state.visitsOfDay).last {
      try perform(.consent(visit.id, consent))
    }
    guard let visit = Array(state.visitsOfDay).last else {
      throw CommandError("No visit was issued for '\(services[0])'.")
    }
    return Fold(state: state, lexicon: venue.lexicon)
      .slip(of: visit, localTime: "2026-11-23 10:02", isCopy: isCopy)
  }
}
