import FoundationEssentials
import HTTP
import Journal
import Printing
import Synchronization
import Venue
import Views
import Wire

/// A running hall with everything around it: journal, clock, printers, HTTP, administrators' socket.
public final class Daemon: Sendable {
  public let port: UInt16
  let hall: Hall

  private let server: Server
  private let admin: Server
  private let slips: SlipDesk
  private let keeper: Task<Void, Never>

  private init(
    hall: Hall, server: Server, admin: Server, slips: SlipDesk, keeper: Task<Void, Never>
  ) {
    self.hall = hall
    self.server = server
    self.admin = admin
    self.slips = slips
    self.keeper = keeper
    port = server.port ?? 0
  }

  /// Starts a daemon, or says in plain words why not. A configuration that is not right is refused
  /// before anything is touched.
  public static func start(
    _ options: DaemonOptions, log: Log, fail: @escaping @Sendable (String) -> Never
  ) async throws -> Daemon {
    let venue = try VenueFiles.load(directory: options.venue)
    guard let calendar = VenueCalendar(timeZone: venue.configuration.timeZone) else {
      throw UsageError("The system does not know the time zone \(venue.configuration.timeZone).")
    }
    let pages = try Pages(directory: options.displaysDirectory())
    let clockStart = try startOfClock(options, calendar)
    try Server.check(.tcp(host: options.host, port: options.port))
    try refuseLostJournal(options)
    let journal = try Journal.open(directory: options.data)
    let state = try journal.loadState()
    let access = try AccessStore(directory: options.data)
    let notes = try NoteStore(directory: options.data)
    let clock = makeClock(options, from: clockStart, calendar, after: state.time, log)
    let publisher = Publisher()
    let slips = SlipDesk()
    let recent = try recentIssues(in: journal)
    let hall = Hall(
      journal: journal, state: state, lexicon: venue.lexicon, calendar: calendar, clock: clock,
      publisher: publisher, outputs: Hall.Outputs(slips: slips, fail: fail), log: log)
    try await configure(hall, venue.configuration)
    await hall.noteBlindScreens(venue.configuration.screens.map(\.id))
    publisher.attach(to: hall)
    try slips.start(
      spool: options.data + "/spool.sqlite",
      printers: try options.printers(of: venue), template: venue.slip, hall: hall, log: log)
    try await slips.reportUntold(to: hall)
    await hall.turnDay()
    await hall.printRecent(recent)
    await sweep(notes, hall)

    let operators = OperatorDesk(hall: hall, slips: slips)
    let service = HallService(
      hall: hall, access: access, notes: notes, operators: operators, venue: venue)
    let server = try Server(
      serverConfiguration(options, venue.limits, service, log), router: service.router(pages: pages)
    )
    let admin = try Server(
      adminConfiguration(options, log),
      router: AdminService(
        access: access, operators: operators, loaded: venue, log: log
      ).router())
    Task.detached(priority: .background) { warnOfSlips(venue, log) }
    return Daemon(
      hall: hall, server: server, admin: admin, slips: slips, keeper: keepDay(hall, notes))
  }

  /// Stops in the order in which nothing that was accepted is lost: no new requests, answers out,
  /// then the hall, then the printers.
  public func stop() async {
    keeper.cancel()
    admin.stop()
    server.stop()
    slips.stop()
    await hall.stop()
  }
}

// MARK: - Parts of the start

extension Daemon {
  /// Events before the end of the journal among which issues are looked for whose slip may not have
  /// reached the spool: some seconds' worth under the greatest load.
  private static let recentEvents: UInt64 = 2_000
  /// A slip that is older was in the spool.
  private static let recentMilliseconds: Int64 = 60_000

  /// Without its journal the hall would give numbers out again that are on paper.
  private static func refuseLostJournal(_ options: DaemonOptions) throws {
    let (journal, spool) = (options.data + "/journal.sqlite", options.data + "/spool.sqlite")
    guard !FileManager.default.fileExists(atPath: journal),
      FileManager.default.fileExists(atPath: spool), try SlipDesk.hasSlips(spool: spool)
    else { return }
    throw UsageError(
      "\(journal) is missing, and spool.sqlite beside it has slips: their numbers would be given out "
        + "again. Put the journal back from the last backup; for a hall without a past, start with an "
        + "empty directory.")
  }

  /// `rossio check` refuses what is warned of here. All other slips come out, and numbers are on the
  /// kiosk's screen: a hall that opens at nine does not wait for the mend of one text.
  private static func warnOfSlips(_ venue: LoadedVenue, _ log: Log) {
    let problems = SlipCheck.problems(of: venue)
    guard let first = problems.first else { return }
    log.warning(
      "\(problems.count) kinds of slips cannot be printed, and will be told as failed; rossio check "
        + "tells all, with the mend. The first: \(first)")
  }

  private static func recentIssues(in journal: Journal) throws -> [Issue] {
    guard let last = journal.lastTime else { return [] }
    var issues: [Issue] = []
    let start = journal.lastSequence - min(journal.lastSequence, recentEvents)
    try journal.replay(after: start) { record in
      guard case .issued(let issue) = record.event, issue.kiosk != nil,
        last.milliseconds(since: record.time) <= recentMilliseconds
      else { return }
      issues.append(issue)
    }
    return issues
  }

  /// Where a simulated clock starts; nil for the machine's own.
  private static func startOfClock(
    _ options: DaemonOptions, _ calendar: VenueCalendar
  ) throws -> Instant? {
    guard let text = options.clock else {
      return options.speed.map { _ in
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
      }
    }
    guard let local = calendar.instant(ofLocal: text) else {
      throw UsageError("--clock takes a local time such as 2026-11-23T09:00, not '\(text)'.")
    }
    return local
  }

  private static func makeClock(
    _ options: DaemonOptions, from start: Instant?, _ calendar: VenueCalendar,
    after last: Instant, _ log: Log
  ) -> any HallClock {
    guard var start else {
      let clock = WallClock(notBefore: last)
      if clock.aheadMilliseconds > clockTolerance {
        log.error(
          "The machine's clock says \(calendar.text(of: last.adding(milliseconds: -clock.aheadMilliseconds))), "
            + "but the journal already goes to \(calendar.text(of: last)). Set the clock right. "
            + "Until it has caught up the hall's time runs at half speed; nothing is lost.")
      }
      return clock
    }
    if start < last {
      log.warning("The journal already goes to \(calendar.text(of: last)): the clock starts there.")
      start = last
    }
    let speed = options.speed ?? 1
    log.info("Simulated clock: starts at \(calendar.text(of: start)), \(speed) times real time.")
    return SimulatedClock(start: start, speed: speed)
  }

  /// A clock that is behind the journal by less is nothing to report.
  private static let clockTolerance: Int64 = 2_000

  private static func configure(_ hall: Hall, _ configuration: VenueConfiguration) async throws {
    let reply = await hall.perform(.configure(configuration))
    guard reply.status < 300 else {
      let problem: Problem? = try? JSON.decode(from: reply.body)
      throw UsageError(
        "The configuration cannot be used now: \(problem?.detail ?? "the journal refused it").")
    }
  }

  private static func serverConfiguration(
    _ options: DaemonOptions, _ limits: Limits, _ service: HallService, _ log: Log
  ) -> ServerConfiguration {
    var configuration = ServerConfiguration(address: .tcp(host: options.host, port: options.port))
    configuration.connectionLimit = limits.connections
    configuration.connectionLimitPerAddress = limits.connectionsPerAddress
    configuration.heartbeat = { JSON.encode(service.hall.heartbeat()) }
    configuration.errorPage = { status, reason in
      Response(
        Problem(
          status: status, name: "request-refused",
          detail: reason.prefix(1).uppercased() + reason.dropFirst() + "."))
    }
    return configuration
  }

  private static func adminConfiguration(_ options: DaemonOptions, _ log: Log)
    -> ServerConfiguration
  {
    var configuration = ServerConfiguration(
      address: .unix(path: options.data + "/" + AdminSocket.name))
    configuration.threads = 1
    return configuration
  }

  private static func sweep(_ notes: NoteStore, _ hall: Hall) async {
    await notes.sweep(hall.log) { await hall.partsOver($0) }
  }

  /// Turns the day when the venue's calendar does, keeps the dashboard's figures young, and ends
  /// notes whose time is over.
  private static func keepDay(_ hall: Hall, _ notes: NoteStore) -> Task<Void, Never> {
    Task {
      while !Task.isCancelled {
        await hall.turnDay()
        await hall.refreshDashboard()
        await sweep(notes, hall)
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }
}

/// Where administrators reach a running daemon.
public enum AdminSocket {
  /// Under the data directory.
  public static let name = "admin.sock"
}
