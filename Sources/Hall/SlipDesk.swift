import Printing
import Synchronization
import Venue
import Views

/// A visit whose number has to come out of a printer.
struct SlipOrder: Equatable, Sendable {
  var visit: VisitID
  var printer: PrinterID
  var isCopy: Bool
}

/// Takes slips from the hall to the printers, and what becomes of them back to the hall.
///
/// Nothing here can delay the hall: slips go into memory, and a thread of the print service writes
/// them to its spool.
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
    let service = try PrintService(
      spool: try Spool(path: path), printers: printers, press: SlipPress(template),
      now: { hall.clock.now() },
      onOutcome: { outcome in
        if outcome.result != .printed {
          log.warning(
            "A slip is \(outcome.result.rawValue) on \(outcome.printer): \(outcome.detail).")
        }
        // In the inbox before this returns, so that a stop cannot lose it.
        hall.submit(
          Submission(command: .reportSlip(SlipReport(outcome)), asker: "printing") { _ in })
      },
      onStateChange: { [weak self] state in self?.note(state, hall, log) },
      log: { log.info($0) })
    for state in service.states() { note(state, hall, log) }
    self.service.withLock { $0 = service }
  }

  private func note(_ state: PrinterState, _ hall: Hall, _ log: Log) {
    waiting.withLock { $0[state.id] = state.waitingJobs }
    let shown = DeviceStates.PrinterState(
      word: state.word, canPrint: state.canPrint, since: state.since, waiting: state.waitingJobs)
    Task { await hall.devicesChanged { $0.printers[state.id] = shown } }
  }

  /// False when `printer` has more than enough to do.
  func accepts(_ printer: PrinterID) -> Bool {
    waiting.withLock { $0[printer, default: 0] } < Self.waitingLimit
  }

  /// `key` makes the job unique: the same one again is printed once.
  func take(_ order: SlipOrder, _ slip: SlipView, copyMark: Phrase, key: String) {
    waiting.withLock { $0[order.printer, default: 0] += 1 }
    service.withLock { $0 }?.enqueue(
      PrintJob(key: key, printer: order.printer, slip: slip, copyMark: copyMark))
  }

  func stop() { service.withLock { $0.take() }?.stop() }
}

extension SlipReport {
  fileprivate init(_ outcome: JobOutcome) {
    let result: Outcome =
      switch outcome.result {
      case .printed: .printed
      case .unknown: .unknown
      case .failed, .discarded: .failed
      }
    self.init(
      visit: outcome.visit, printer: outcome.printer, outcome: result, isCopy: outcome.isCopy)
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
