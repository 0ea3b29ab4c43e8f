import Foundation
import Hall
import Printing
import Synchronization
import Venue
import Views
import Wire

/// `rossio printers probe` and `rossio printers test`: what has to be done once with a new printer.
enum PrinterSetup {
  /// Asks the printer what it can do and writes a profile.
  static func probe(_ arguments: Arguments) throws {
    var arguments = arguments
    let address = try arguments.positional("probe", "the printer's address HOST:PORT")[1]
    let out = try arguments.option("--out")
    try arguments.finish()
    guard let colon = address.lastIndex(of: ":"), colon > address.startIndex,
      let port = UInt16(address[address.index(after: colon)...])
    else { throw ArgumentError("probe takes HOST:PORT, for example 192.168.10.21:9100.") }
    let host = String(address[..<colon])
    if let out, FileManager.default.fileExists(atPath: out) {
      throw CommandError("\(out) is there already; it was left alone. Name another file.")
    }
    let profile = try PrinterProbe.run(host: host, port: port)
    let text = profile.json5(
      comment: """
        \(profile.name): probed at \(address). What is `unverified` was assumed: set widthDots to the
        paper (576 for 80 mm, 384 for 58 mm), cutter to "none" where the paper is torn off, name the
        profile in venue.json5, and look at the test page: rossio printers test PRINTER. A page with
        stripes has lost bytes: set bandByBand to true, and bandRows lower.
        """)
    guard let out else { return Terminal.say(text) }
    do {
      try text.write(toFile: out, atomically: true, encoding: .utf8)
    } catch {
      throw CommandError(
        "\(out) cannot be written: its directory is missing, or closed to you. Leave --out out to see "
          + "the profile here.")
    }
    Terminal.say(
      "\(out): \(profile.name), \(profile.dialect.rawValue), fence \(profile.fence.rawValue).")
  }

  /// Prints a test page and says what became of it: through the daemon that holds the printer, or on a
  /// connection of its own.
  static func test(_ arguments: Arguments) throws {
    var arguments = arguments
    let printer = PrinterID(try arguments.positional("test", "a printer of the venue")[1])
    let data = try arguments.option("--data")
    let named = try arguments.option("--venue")
    guard data == nil || named == nil else {
      throw ArgumentError(
        "Give --data (a daemon runs, and has its venue) or --venue (none does), not both.")
    }
    let directory =
      try named ?? (Installation.directory("Config") + "/lisbon")
    try arguments.finish()
    let (state, evidence) =
      try data.map { try test(printer, throughDaemonOn: $0) } ?? test(printer, of: directory)
    guard state == "printed" else {
      throw CommandError("The test page is \(state): \(evidence).")
    }
    Terminal.say("The test page is printed: \(evidence).")
    Terminal.say(
      "Look at it: both ends of the ruler must be on the paper, and a centimetre must be ten ticks."
    )
  }

  /// How long a test page may take, in seconds.
  private static let patience = 60.0

  private static func test(
    _ printer: PrinterID, of directory: String
  ) throws -> (state: String, evidence: String) {
    let venue = try VenueFiles.load(directory: directory)
    let time = DateFormatter()
    time.dateFormat = "yyyy-MM-dd HH:mm"
    let visit = VisitID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
    guard let job = venue.testJob(for: printer, visit: visit, time: time.string(from: Date())),
      let entry = venue.configuration.printers.first(where: { $0.id == printer }),
      let profile = venue.profiles[entry.profile]
    else { throw unknown(printer, venue) }
    Terminal.complain(
      "A test page for \(printer) of \(directory), at \(entry.host):\(entry.port).")
    let outcome = Outcome()
    let service = try PrintService(
      spool: Spool(path: ":memory:"), printers: [PrinterConfiguration(entry, profile: profile)],
      press: SlipPress(venue.slip), onOutcome: { outcome.set($0) },
      log: { Terminal.complain($0) })
    defer { service.stop() }
    service.enqueue(job)
    var told = ToldWait()
    for _ in 0..<Int(patience / step) {
      if let known = outcome.wait(seconds: step) { return (known.result.rawValue, known.detail) }
      if let state = service.states().first { told.tell(state.detail, canPrint: state.canPrint) }
    }
    let how = service.states().first?.detail ?? ""
    return (
      "not printed",
      "\(how.isEmpty ? "no answer" : how). If a daemon holds the printer, give its --data"
    )
  }

  /// Between two looks, in seconds.
  private static let step = 0.25

  /// Says what a test page waits for: somebody stands at the printer.
  private struct ToldWait {
    private var last = ""

    mutating func tell(_ state: String, canPrint: Bool) {
      guard state != last else { return }
      last = state
      if !canPrint, state != "connecting" {
        Terminal.complain("It waits, for a minute at most: \(state).")
      }
    }
  }

  private static func unknown(_ printer: PrinterID, _ venue: LoadedVenue) -> CommandError {
    let known = venue.configuration.printers.map(\.id.text).joined(separator: ", ")
    return CommandError("The venue has no printer '\(printer)'. It has: \(known).")
  }

  /// Until the daemon knows what became of the page.
  private static func test(
    _ printer: PrinterID, throughDaemonOn data: String
  ) throws -> (state: String, evidence: String) {
    guard let daemon = try AdminClient(data: data) else {
      throw CommandError("No daemon runs on \(data). Leave --data out to print without one.")
    }
    var line: SpoolLine = try daemon.ask(
      "POST", "/printers/test", SlipBody(slip: printer.text, printer: printer))
    var told = ToldWait()
    let end = ContinuousClock.now + .seconds(patience)
    while ["waiting", "printing"].contains(line.state), ContinuousClock.now < end {
      Thread.sleep(forTimeInterval: step)
      let lines: [SpoolLine] = try daemon.ask("/slips/all")
      line = lines.first { $0.key == line.key } ?? line
      let view: PrintersView = try daemon.ask("/printers")
      if let state = view.printers.first(where: { $0.printer == printer }) {
        told.tell(PrintersReport.words(state.state), canPrint: state.canPrint)
      }
    }
    return (line.state, line.evidence ?? "see 'rossio printers list'")
  }

  /// What the printing thread says, for the one that waits.
  private final class Outcome: Sendable {
    private let known = Mutex<JobOutcome?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    func set(_ outcome: JobOutcome) {
      known.withLock { $0 = outcome }
      semaphore.signal()
    }

    func wait(seconds: Double) -> JobOutcome? {
      _ = semaphore.wait(timeout: .now() + seconds)
      return known.withLock { $0 }
    }
  }
}
