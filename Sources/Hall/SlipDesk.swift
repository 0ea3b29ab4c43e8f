import Printing
import SQLite
import Synchronization
import Venue
import Views
import Wire

/// A visit whose number has to come out of a printer.
struct SlipOrder: Equatable, Sendable {
  var visit: VisitID
  var printer: PrinterID
  var isCopy: Bool
}

/// Takes slips from the hall to the printers, and what becomes of them back to the hall.
///
/// Nothing here can delay the hall: slips go into memory, and a thread of the print service writes
/// them to its spool. What operators ask for waits for the disk, on their own thread.
final class SlipDesk: Sendable {
  private let service = Mutex<PrintService?>(nil)
  private let waiting = Mutex<[PrinterID: Int]>([:])

  /// A printer with more slips waiting is given no more: hours of a busy kiosk. The kiosk says that
  /// there is no paper, and the number is on its screen.
  private static let waitingLimit = 400

  /// Starts the printers. From now on their states and outcomes go to `hall`.
  func start(
    spool path: String, printers: [PrinterConfiguration], template: SlipTemplate, hall: Hall,
    log: Log
  ) throws {
    let spool = try Self.withSpool(path) { spool in
      // Before anything new can be known of them.
      for states in [[Spool.State.unknown, .waiting], [.discarded]] as [Set] {
        for entry in try spool.entries(in: states).reversed() { Self.note(entry, hall) }
      }
      return spool
    }
    let models = Dictionary(printers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let service = try PrintService(
      spool: spool, printers: printers, press: SlipPress(template), now: { hall.clock.now() },
      onOutcome: { Self.note($0, hall, log) },
      onStateChange: { [weak self] state in self?.note(state.id, models[state.id], hall) },
      log: { log.info($0) })
    self.service.withLock { $0 = service }
    // What came before this line was not told.
    for state in service.states() { note(state.id, models[state.id], hall) }
  }

  /// True when a spool has slips of visits, of this day or of the last ones.
  static func hasSlips(spool path: String) throws -> Bool {
    try withSpool(path) { spool in
      try spool.entries(in: Set(Spool.State.allCases)).contains { !$0.isTest }
    }
  }

  /// Opens the spool for `body`. A damaged one is told with the way out.
  private static func withSpool<Result>(
    _ path: String, _ body: (Spool) throws -> Result
  ) throws -> Result {
    do {
      return try body(Spool(path: path))
    } catch let error as SQLiteError where [.corrupt, .notADatabase].contains(error.kind) {
      throw UsageError(
        "\(error). The numbers are safe, they are in the journal. Move \(path) away, with \(path)-wal "
          + "and \(path)-shm where they are there, and start again: slips of the last minute come by "
          + "themselves, and others that are missing with 'rossio printers reprint NUMBER'.")
    }
  }

  /// False when `printer` has more than enough to do.
  func accepts(_ printer: PrinterID) -> Bool {
    waiting.withLock { $0[printer, default: 0] } < Self.waitingLimit
  }

  /// `key` makes the job unique: the same one again is printed once. Recent ones are given again
  /// after a restart; most of them are in the spool, which has counted them.
  func take(
    _ order: SlipOrder, _ slip: SlipView, copyMark: Phrase, key: String, isRecent: Bool = false
  ) {
    if !isRecent { waiting.withLock { $0[order.printer, default: 0] += 1 } }
    service.withLock { $0 }?.enqueue(
      PrintJob(key: key, printer: order.printer, slip: slip, copyMark: copyMark))
  }

  func stop() { service.withLock { $0.take() }?.stop() }

  /// Reports what the spool knows and the hall was not told: a process before this one ended between
  /// the commits of the two. Without it a slip on paper would stay in doubt for ever, or one in doubt
  /// be shown to nobody.
  func reportUntold(to hall: Hall) async throws {
    let open = await hall.openSlips
    for (visit, report) in open where report.outcome == .unknown {
      guard let printed = try Self.newest(.printed, of: entries(of: visit)) else { continue }
      Self.report(printed, as: .printed, to: hall)
    }
    for entry in try entries(in: [.unknown]).reversed() where open[entry.visit] == nil {
      guard try Self.newest(.printed, of: entries(of: entry.visit)) == nil,
        await hall.slipOwner(named: "\(entry.visit)") != nil
      else { continue }
      Self.report(entry, as: .unknown, to: hall)
    }
  }

  /// The newest of `jobs` in `state`; nil when one that is open came after it.
  private static func newest(_ state: Spool.State, of jobs: [SpoolEntry]) -> SpoolEntry? {
    let found = jobs.filter { $0.state == state }.max { $0.changed < $1.changed }
    guard let found else { return nil }
    let open: Set<Spool.State> = [.waiting, .printing, .unknown]
    return jobs.contains { open.contains($0.state) && $0.changed > found.changed } ? nil : found
  }

  private static func report(
    _ entry: SpoolEntry, as outcome: SlipReport.Outcome, to hall: Hall
  ) {
    let report = SlipReport(
      visit: entry.visit, printer: entry.printer, outcome: outcome, isCopy: entry.isCopy)
    hall.submit(Submission(command: .reportSlip(report), asker: "printing") { _ in })
  }
}

// MARK: - News for the hall

extension SlipDesk {
  private static func note(_ outcome: JobOutcome, _ hall: Hall, _ log: Log) {
    guard !outcome.isTest else {
      return log.info("A test page is \(outcome.result.rawValue): \(outcome.detail).")
    }
    if outcome.result != .printed {
      // Not its key: the visit in that opens the phone page.
      log.warning(
        "The slip of \(outcome.number) is \(outcome.result.rawValue) on \(outcome.printer): "
          + "\(outcome.detail).")
    }
    let report = SlipReport(outcome)
    if report.outcome.isOpen {
      let note = DeviceStates.SlipNote(
        printer: outcome.printer, since: hall.clock.now(), reason: outcome.reason?.rawValue,
        evidence: outcome.detail)
      Task { await hall.noteSlip(note, on: outcome.visit) }
    }
    // In the inbox before this returns, so that a stop cannot lose it.
    hall.submit(Submission(command: .reportSlip(report), asker: "printing") { _ in })
  }

  /// What an earlier process left: in doubt, waiting to be printed again, or failed. What a person has
  /// settled has no reason any more.
  private static func note(_ entry: SpoolEntry, _ hall: Hall) {
    let isOpen =
      switch entry.state {
      case .unknown: true
      case .discarded: entry.reason != nil
      case .waiting, .printing, .printed: entry.attempts > 0
      }
    guard isOpen else { return }
    let note = DeviceStates.SlipNote(
      printer: entry.printer, since: entry.changed, reason: entry.reason?.rawValue,
      evidence: entry.evidence, isRetried: entry.state == .waiting)
    Task { await hall.noteSlip(note, on: entry.visit) }
  }

  /// News may overtake each other on their way to the hall, so they carry no state: the hall takes the
  /// present one when it has its turn.
  private func note(_ id: PrinterID, _ printer: PrinterConfiguration?, _ hall: Hall) {
    guard let present = state(of: id) else { return }
    waiting.withLock { $0[id] = present.waitingJobs }
    Task {
      await hall.devicesChanged { [self] devices in
        guard let state = state(of: id) else { return }
        let news = Self.shown(state, printer, at: hall.clock.now())
        devices.printers[id] = news.goingOn(from: devices.printers[id])
      }
    }
  }

  private func state(of id: PrinterID) -> PrinterState? {
    service.withLock { $0 }?.states().first { $0.id == id }
  }

  private static func shown(
    _ state: PrinterState, _ printer: PrinterConfiguration?, at now: Instant
  ) -> DeviceStates.PrinterState {
    var shown = DeviceStates.PrinterState(
      word: state.word, canPrint: state.canPrint, since: state.since, waiting: state.waitingJobs,
      nearEndSince: state.isPaperNearEnd ? now : nil,
      unprovenSince: state.isUnproven ? now : nil, slipsLeft: state.slipsLeft)
    if let printer {
      shown.model = printer.profile.name
      shown.address = "\(printer.host):\(printer.port)"
    }
    return shown
  }
}

// MARK: - What operators ask for

extension SlipDesk {
  /// What is in the spool, newest first: of one visit or of all, in `states` or in any.
  func entries(
    in states: Set<Spool.State>? = nil, of visit: VisitID? = nil
  ) throws -> [SpoolEntry] {
    try running.entries(in: states ?? Set(Spool.State.allCases), of: visit)
  }

  /// Throws `SpoolRefusal`.
  func retry(key: String, on printer: PrinterID) throws {
    try running.retry(key: key, on: printer)
  }

  /// Throws `SpoolRefusal`.
  func discard(key: String) throws { try running.discard(key: key) }

  /// A page that tries a printer.
  func test(_ job: PrintJob) throws { try running.enqueue(job) }

  private var running: PrintService {
    get throws {
      guard let service = service.withLock({ $0 }) else {
        throw Problem(
          status: 503, name: "stopping",
          detail: "The daemon is stopping. Nothing was done. Try again in a few seconds.")
      }
      return service
    }
  }
}

extension SlipReport {
  fileprivate init(_ outcome: JobOutcome) {
    let result: Outcome =
      switch outcome.result {
      case .printed: .printed
      case .unknown: .unknown
      case .failed: .failed
      case .discarded: .discarded
      }
    self.init(
      visit: outcome.visit, printer: outcome.printer, outcome: result, isCopy: outcome.isCopy)
  }
}

extension DeviceStates.PrinterState {
  /// What was so before has been so since then.
  fileprivate func goingOn(from before: Self?) -> Self {
    var shown = self
    if nearEndSince != nil { shown.nearEndSince = before?.nearEndSince ?? nearEndSince }
    if unprovenSince != nil { shown.unprovenSince = before?.unprovenSince ?? unprovenSince }
    return shown
  }
}

extension PrinterState {
  /// The state word of views: the fault where there is one, else the condition.
  fileprivate var word: String {
    if faults.contains(.paperOut) { return "paperOut" }
    if faults.contains(.coverOpen) { return "coverOpen" }
    if faults.contains(.cutter) { return "cutterFailed" }
    if faults.contains(.offline) { return "offline" }
    if !faults.isEmpty { return "error" }
    return condition.rawValue
  }
}
