import Feed
import Foundation
import Glibc
import Hall
import Journal
import Printing
import Synchronization
import Venue
import VirtualPrinters

/// The processes of a demo: daemon, virtual printers, a hall display.
final class DemoHall {
  /// Counters that the demo leaves to whoever tries the console: one of an agency, one of reception.
  static let visitorsCounter: CounterID = "12"
  static let visitorsReception: CounterID = "7"
  private static let managerLogin = "gestao"
  private static let managerSecret = "rossio-demo"
  /// The demo's days open five minutes before the hall does.
  static let opening = "08:25"

  private let options: DemoOptions
  private let data: String
  private let venue: LoadedVenue
  private let venueDirectory: String
  private var printers: [(id: PrinterID, printer: VirtualPrinter)] = []
  private let slips = Tally()
  private var daemon: Process?
  private var display: Process?
  private let log: FileHandle

  init(_ options: DemoOptions) throws {
    self.options = options
    data = options.data ?? NSTemporaryDirectory() + "rossio-demo-\(getpid())"
    venueDirectory = try Installation.directory("Config") + "/lisbon"
    venue = try VenueFiles.load(directory: venueDirectory)
    try FileManager.default.createDirectory(
      atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let path = data + "/rossiod.log"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let log = FileHandle(forWritingAtPath: path) else {
      throw CommandError("The log \(path) cannot be written.")
    }
    self.log = log
    try startPrinters()
  }

  /// One service day after another, until it is stopped.
  func run() throws {
    let access = try DemoAccess(data: data, venue: venue.configuration)
    try access.addManager(Self.managerLogin, Self.managerSecret)
    let end = options.minutes.map { ContinuousClock.now + .seconds($0 * 60) }
    var day = try firstDay()
    var port = Self.isTaken(options.port) ? 0 : options.port
    var totals = DemoTotals()
    while true {
      port = try startDaemon(on: day, port: port)
      if display == nil { try startDisplay(port, access) }
      Terminal.say(welcome(port, day))
      var simulation = DemoDay(
        venue: venue.configuration, day: day, speed: Double(options.speed), seed: options.seed,
        access: access, port: port, end: end)
      let wantsMore = simulation.run()
      totals.add(simulation.totals)
      stopDaemon()
      guard wantsMore else { break }
      day = next(day)
    }
    Terminal.say(totals.summary(slips: slips.count, errors: errorLines()))
    if totals.unexpected > 0 || errorLines() > 0 {
      throw CommandError("Something went wrong; see \(data)/rossiod.log.")
    }
  }

  func stop() {
    stopDaemon()
    display?.terminate()
    display?.waitUntilExit()
    for printer in printers { printer.printer.stop() }
    if options.data == nil, errorLines() == 0 { try? FileManager.default.removeItem(atPath: data) }
  }
}

// MARK: - Processes

extension DemoHall {
  private func startPrinters() throws {
    for printer in venue.configuration.printers {
      let virtual = try VirtualPrinter(
        port: 0, model: .fast(widthDots: venue.profiles[printer.profile]?.widthDots ?? 576),
        folder: data + "/slips-" + printer.id.text
      ) { [slips] _ in slips.add() }
      printers.append((printer.id, virtual))
    }
  }

  /// The port that it listens on.
  private func startDaemon(on day: ServiceDay, port: UInt16) throws -> UInt16 {
    var arguments = [
      "daemon", "--venue", venueDirectory, "--data", data, "--listen", "127.0.0.1:\(port)",
      "--displays", try Installation.directory("Displays"),
      "--clock", "\(day)T\(Self.opening)", "--speed", String(options.speed),
    ]
    for (id, printer) in printers {
      arguments += ["--printer", "\(id)=127.0.0.1:\(printer.port)"]
    }
    let (process, line) = try startOrExplain(arguments)
    daemon = process
    guard let colon = line.lastIndex(of: ":"), let port = UInt16(line[line.index(after: colon)...])
    else { throw CommandError("rossiod did not say where it listens, but: \(line)") }
    return port
  }

  /// The daemon's own words when it does not start.
  private func startOrExplain(_ arguments: [String]) throws -> (process: Process, line: String) {
    do {
      return try ChildProcess.start(Installation.thisProgramme, arguments, errors: log)
    } catch {
      let text = (try? String(contentsOfFile: data + "/rossiod.log", encoding: .utf8)) ?? ""
      let words = text.split(separator: "\n").filter { $0.hasPrefix("<3>") }.map { $0.dropFirst(3) }
      throw CommandError(words.isEmpty ? "\(error)" : words.joined(separator: "\n"))
    }
  }

  private func stopDaemon() {
    daemon?.terminate()
    daemon?.waitUntilExit()
    daemon = nil
  }

  private var hasScreen: Bool {
    let environment = ProcessInfo.processInfo.environment
    return !options.wantsFiles
      && (environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil)
  }

  private func startDisplay(_ port: UInt16, _ access: DemoAccess) throws {
    let tokenFile = data + "/hall-1.token"
    try Data((access.displayToken + "\n").utf8).write(to: URL(fileURLWithPath: tokenFile))
    let process = Process()
    process.executableURL = Installation.thisProgramme
    process.arguments = [
      "display", "--server", "http://127.0.0.1:\(port)", "--screen", "hall-1", "--token-file",
      tokenFile,
    ]
    process.arguments? += hasScreen ? ["--windowed"] : ["--png", data + "/board.png", "--mute"]
    if !hasScreen {
      // Told which driver to use, SDL does not complain about those that it finds missing.
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["SDL_VIDEODRIVER": "offscreen"]) { _, new in new }
    }
    process.standardOutput = log
    process.standardError = log
    try process.run()
    display = process
  }

  private static func isTaken(_ port: UInt16) -> Bool {
    port != 0 && (try? LoadGenerator(port: port, clients: [])) == nil
  }

  /// Lines of priority error in the daemon's log.
  private func errorLines() -> Int {
    let text = (try? String(contentsOfFile: data + "/rossiod.log", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").count { $0.hasPrefix("<3>") }
  }
}

// MARK: - Days and words

extension DemoHall {
  /// Monday, 23 November 2026, or the day after the last one in a directory that is used again.
  private func firstDay() throws -> ServiceDay {
    let first = ServiceDay(year: 2026, month: 11, day: 23)
    guard FileManager.default.fileExists(atPath: data + "/journal.sqlite"),
      let last = try Journal.loadState(directory: data).lastDay
    else { return first }
    return next(last)
  }

  /// The next day on which some service is open; tomorrow where none ever is.
  private func next(_ day: ServiceDay) -> ServiceDay {
    let days = (1...14).map { day.adding(days: $0) }
    let hours = venue.configuration.services.compactMap { try? OpeningHours($0.hours) }
    let open = days.first { day in
      let isHoliday = venue.configuration.holidays.contains(day)
      return hours.contains { !$0.spans(on: day, isHoliday: isHoliday).isEmpty }
    }
    return open ?? days[0]
  }

  private func welcome(_ port: UInt16, _ day: ServiceDay) -> String {
    let address = "http://127.0.0.1:\(port)"
    let board = hasScreen ? "in its window" : data + "/board.png"
    return """

      \(venue.configuration.name) on \(day), \(options.speed) times real time. Ctrl-C ends the demo.

        Log in first   \(address)/login/      \(Self.managerLogin) / \(Self.managerSecret)   (the pages below use this login)
        Kiosk          \(address)/kiosk/?id=K1
        Counter        \(address)/counter/?id=\(Self.visitorsCounter)   (this one is left to you)
        Reception      \(address)/counter/?id=\(Self.visitorsReception)   (and this one: V builds a visit of several stops)
        Mediator       \(address)/mediator/?id=m3   (Hindi, Bengali: called before long)
        Board          \(address)/board/?screen=hall-1
        Manager        \(address)/manager/
        A phone        take a ticket at the kiosk; its page is \(address)/phone/ and the visit's id
                       (rossio journal --data \(data))
        Native board   \(board)
        Slips          \(data)/slips-*/
        Daemon's log   \(data)/rossiod.log

      """
  }
}

/// A count that threads share.
private final class Tally: Sendable {
  private let value = Mutex(0)

  var count: Int { value.withLock { $0 } }
  func add() { value.withLock { $0 += 1 } }
}
