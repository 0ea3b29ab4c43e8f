public import Printing
public import Venue
import Views
import Wire

extension LoadedVenue {
  /// A page that tries `printer`, as a job of its own; `time` is what it says of when.
  ///
  /// Its visit is nobody's. Nil for a printer that the venue has not.
  public func testJob(for id: PrinterID, visit: VisitID, time: String) -> PrintJob? {
    guard let printer = configuration.printers.first(where: { $0.id == id }),
      let profile = profiles[printer.profile]
    else { return nil }
    let host = configuration.hostLanguage
    let words = configuration.languages.map { tag in
      var phrase = lexicon.phrase(.followOnPhone, in: tag)
      phrase.text = lexicon.endonym(of: tag) + " · " + phrase.text
      return phrase
    }
    guard let number = TicketNumber("T001") else { return nil }
    let blank = lexicon.phrase(.copy, in: host)
    var slip = SlipView(
      visit: visit, number: number, place: blank, follow: blank,
      address: configuration.publicURL, issued: time, shortCode: visit.shortCode)
    slip.testPage = TestPage(
      printer: id.text, facts: Self.facts(profile, printer, time), samples: words,
      address: configuration.publicURL + "/")
    return PrintJob(key: "\(visit):test", printer: id, slip: slip, copyMark: blank)
  }

  private static func facts(
    _ profile: PrinterProfile, _ printer: Printer, _ time: String
  ) -> [String] {
    let millimetres = profile.widthDots / profile.dotsPerMillimetre
    return [
      "\(printer.host):\(printer.port) · \(time)", "\(profile.name) (\(printer.profile))",
      "\(profile.widthDots) dots · \(millimetres) mm · \(profile.dialect.rawValue)",
      "fence \(profile.fence.rawValue) · bands of \(profile.bandRows) · \(profile.cutter.rawValue) cut",
    ]
  }
}

extension OperatorDesk {
  /// Hands `printer` a test page; what becomes of it stands among the slips, under the key.
  func test(_ printer: PrinterID, of venue: LoadedVenue) async throws -> SpoolLine {
    let now = hall.clock.now()
    let visit = VisitID(
      high: .random(in: .min ... .max), low: .random(in: .min ... .max))
    guard let job = venue.testJob(for: printer, visit: visit, time: hall.calendar.text(of: now))
    else {
      let known = venue.configuration.printers.map(\.id.text).joined(separator: ", ")
      throw Problem(
        status: 404, name: "printer-unknown",
        detail: "The venue has no printer '\(printer.text.prefix(64))'. It has: \(known).")
    }
    try slips.test(job)
    return SpoolLine(
      key: job.key, number: job.slip.number, isTest: true, printer: printer, state: "waiting",
      copy: false,
      attempts: 0, created: now, changed: now, reason: nil, evidence: nil)
  }
}
