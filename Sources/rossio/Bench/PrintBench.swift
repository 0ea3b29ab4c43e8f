import Foundation
import Hall
import Printing
import Synchronization
import Venue
import Views

/// `rossio bench print`: from a slip to its bytes, from the attempt's commit to the first byte, and
/// sixty printers at once.
struct PrintBench: Bench {
  static let name = "print"
  let seconds: Double

  struct Report: Encodable {
    /// Layout, all bands, encoding, warm: the median over the venue's languages and services.
    var slip_ms_p50 = 0.0
    var slip_ms_p99 = 0.0
    /// Of the slowest language, by its median.
    var slip_ms_p50_slowest_language = 0.0
    var slowest_language = ""
    /// Until the first band can leave.
    var first_band_ms_p50 = 0.0
    var rows = 0
    /// The limit: paper at 150 mm a second, and what share of that time the processor takes.
    var paper_ms = 0.0
    var slip_share_of_paper = 0.0
    /// From the attempt on disk to its first body byte at the printer.
    var first_byte_ms_p50 = 0.0
    var first_byte_ms_p99 = 0.0
    /// On the wire, of a slip of 70 mm, and as one raster picture.
    var bytes = 0
    var naive_bytes = 0
    var bytes_share = 0.0
    var printers = 0
    var slips_per_s = 0.0
    var slips_per_s_wanted = 0.0
    var printed_ms_p50 = 0.0
    var printed_ms_p99 = 0.0
    var not_printed = 0
    var most_waiting = 0
    var processor_share = 0.0
    var resident_mb_start = 0.0
    var resident_mb_end = 0.0
    /// One-row commits a second of bare SQLite on this disk: three a slip are the least.
    var commits_per_s_limit = 0.0
  }

  /// A slip of 70 mm at 203 dpi.
  private static let referenceRows = 559

  func run() throws -> Report {
    let venue = try VenueFiles.load(directory: try Installation.directory("Config") + "/lisbon")
    var report = Report()
    try drawing(venue, &report)
    try wire(venue, &report)
    try load(venue, &report)
    report.commits_per_s_limit = try CommitLimit.measure(seconds: 1).single
    return report
  }

  // MARK: Drawing

  private func drawing(_ venue: LoadedVenue, _ report: inout Report) throws {
    let press = SlipPress(venue.slip)
    let profile = PrinterProfile()
    var all: [Double] = []
    var first: [Double] = []
    var rows: [Int] = []
    for language in venue.configuration.languages {
      var times: [Double] = []
      for service in venue.configuration.services.prefix(12) {
        let slip = try Self.slip(service.id, language, venue)
        for round in 0..<6 {
          var numbered = slip
          numbered.number = TicketNumber("B\(100 + round)") ?? slip.number
          let began = ContinuousClock.now
          let pressed = try press.press(numbered, widthDots: profile.widthDots)
          _ = try pressed.band(0..<min(profile.bandRows, pressed.heightDots))
          let band = began.duration(to: .now) / .milliseconds(1)
          let whole = ContinuousClock.now
          _ = try press.bytes(of: numbered, for: profile)
          guard round > 1 else { continue }
          times.append(whole.duration(to: .now) / .milliseconds(1))
          first.append(band)
          rows.append(pressed.heightDots)
        }
      }
      let median = Self.percentile(times, 0.5)
      if median > report.slip_ms_p50_slowest_language {
        report.slip_ms_p50_slowest_language = median
        report.slowest_language = language.text
      }
      all += times
    }
    report.slip_ms_p50 = Self.percentile(all, 0.5)
    report.slip_ms_p99 = Self.percentile(all, 0.99)
    report.first_band_ms_p50 = Self.percentile(first, 0.5)
    report.rows = rows.sorted()[rows.count / 2]
    report.paper_ms = Double(report.rows) / 1.2
    report.slip_share_of_paper = report.slip_ms_p50 / report.paper_ms
  }

  static func slip(
    _ service: ServiceID, _ language: LanguageTag, _ venue: LoadedVenue
  ) throws -> SlipView {
    do {
      return try SampleSlip([service], language: language, kiosk: "K1").view(in: venue)
    } catch {
      throw CommandError(error.explanation)
    }
  }

  static func percentile(_ values: [Double], _ share: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  // MARK: Bytes

  /// Scaled from the slip that is nearest to 70 mm.
  private func wire(_ venue: LoadedVenue, _ report: inout Report) throws {
    let press = SlipPress(venue.slip)
    let profile = PrinterProfile()
    let slips = try venue.configuration.services.map {
      try Self.slip($0.id, venue.configuration.hostLanguage, venue)
    }
    let heights = try slips.map { try press.press($0, widthDots: profile.widthDots).heightDots }
    guard
      let nearest = heights.indices.min(by: {
        abs(heights[$0] - Self.referenceRows) < abs(heights[$1] - Self.referenceRows)
      })
    else { return }
    let bytes = try press.bytes(of: slips[nearest], for: profile).count
    report.bytes = bytes * Self.referenceRows / heights[nearest]
    report.naive_bytes = Self.referenceRows * profile.widthDots / 8
    report.bytes_share = Double(report.bytes) / Double(report.naive_bytes)
  }

  // MARK: Sixty printers

  private static let printers = 60
  private static let slipsPerSecond = 5.0

  private func load(_ venue: LoadedVenue, _ report: inout Report) throws {
    let load = try PrintLoad(venue: venue, printers: Self.printers)
    defer { load.stop() }
    report.printers = Self.printers
    report.slips_per_s_wanted = Double(Self.printers) * Self.slipsPerSecond
    // Fonts, caches and connections first.
    try load.run(seconds: 2, perSecond: report.slips_per_s_wanted)
    load.forget()
    report.resident_mb_start = Self.residentMegabytes
    let processor = ProcessFigures.processorMilliseconds(getpid())
    let began = ContinuousClock.now
    try load.run(seconds: seconds, perSecond: report.slips_per_s_wanted)
    let took = began.duration(to: .now) / .milliseconds(1)
    let used = ProcessFigures.processorMilliseconds(getpid()) - processor
    report.processor_share = used / took
    report.resident_mb_end = Self.residentMegabytes
    let outcome = load.outcome
    report.slips_per_s = Double(outcome.printed.count) / took * 1_000
    report.printed_ms_p50 = Self.percentile(outcome.printed, 0.5)
    report.printed_ms_p99 = Self.percentile(outcome.printed, 0.99)
    report.first_byte_ms_p50 = Self.percentile(outcome.firstBytes, 0.5)
    report.first_byte_ms_p99 = Self.percentile(outcome.firstBytes, 0.99)
    report.not_printed = outcome.notPrinted
    report.most_waiting = outcome.mostWaiting
  }

  private static var residentMegabytes: Double {
    ProcessFigures.kilobytes("VmRSS", in: "/proc/self/status") / 1_024
  }
}
