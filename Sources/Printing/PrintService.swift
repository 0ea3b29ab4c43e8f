internal import FoundationEssentials
internal import Sockets
internal import Synchronization
internal import Threads
public import Venue
internal import Views

/// Prints slips: takes jobs, keeps them on disk, drives one thread for each printer.
///
/// Its threads keep it alive until `stop`. Safe to call from any thread. `onOutcome`, `onStateChange`,
/// `onAttempt` (an attempt is on disk, its first byte leaves next) and `log` are called on its own
/// threads and must return soon.
public final class PrintService: Sendable {
  /// Jobs taken but not yet on disk, at most: far more than a day has.
  public static let intakeLimit = 10_000
  /// Jobs that waited longer are discarded: their people were called long ago.
  public static let maximumAgeMilliseconds: Int64 = 2 * 3_600_000
  /// How often old jobs are looked for.
  private static let sweepMilliseconds: Int64 = 60_000
  /// A printer that cannot print for so long is stood in for: people wait in front of it.
  public static let takeOverMilliseconds: Int64 = 8_000
  /// How often such a printer is looked for.
  private static let takeOverTick: Int64 = 2_000

  private struct Intake {
    var jobs: [PrintJob] = []
    var isStopping = false
  }

  private let workers: [PrinterWorker]
  private let surroundings: PrinterDriver.Surroundings
  private let takeOverAfter: Int64
  private let intake = Mutex(Intake())
  private let wakeUp: WakeUp
  private let keeper = Mutex<OwnThread?>(nil)

  /// Starts at once. Jobs that were being printed when the process last ended are reported as
  /// unknown before this returns.
  ///
  /// `now` is the time that is recorded and shown; waiting for printers goes by a clock of its own.
  public init(
    spool: Spool, printers: [PrinterConfiguration], press: SlipPress = SlipPress(),
    now: @escaping @Sendable () -> Instant = PrintService.systemTime,
    onOutcome: @escaping @Sendable (JobOutcome) -> Void,
    onStateChange: @escaping @Sendable (PrinterState) -> Void = { _ in },
    onAttempt: @escaping @Sendable (PrinterID) -> Void = { _ in },
    takeOverAfter: Int64 = PrintService.takeOverMilliseconds,
    log: @escaping @Sendable (String) -> Void
  ) throws {
    let surroundings = PrinterDriver.Surroundings(
      spool: spool, source: press, recordTime: now, onOutcome: onOutcome,
      onAttempt: onAttempt, log: log)
    self.surroundings = surroundings
    self.takeOverAfter = takeOverAfter
    let workerSurroundings = PrinterWorker.Surroundings(
      driver: surroundings, onStateChange: onStateChange)
    wakeUp = try WakeUp()
    workers = try printers.map { try PrinterWorker($0, workerSurroundings) }
    for job in try spool.recover(for: printers, at: now()) {
      report(job, .unknown, because: .daemonEnded)
    }
    try spool.prune(at: now())
    try startKeeper()
    for worker in workers { try worker.start() }
  }

  /// Takes a job and returns at once; it is durable soon after.
  ///
  /// Until then it is lost with the process. Giving the same job again after a restart is harmless:
  /// its key is unique.
  public func enqueue(_ job: PrintJob) {
    let isTaken = intake.withLock { intake in
      guard intake.jobs.count < Self.intakeLimit, !intake.isStopping else { return false }
      intake.jobs.append(job)
      return true
    }
    if isTaken { wakeUp.wake() } else { report(job, .failed, because: .notTaken) }
  }

  /// How every printer is, in the order of the configuration; never waits for disk or network.
  public func states() -> [PrinterState] { workers.map { $0.state() } }

  /// What is in the spool, newest first: of one visit or of all.
  public func entries(
    in states: Set<Spool.State> = Set(Spool.State.allCases), of visit: VisitID? = nil
  ) throws -> [SpoolEntry] {
    try surroundings.spool.entries(in: states, of: visit)
  }

  /// Prints a slip again, on `printer` or where it was; marked as a copy once anything of it may be on
  /// paper. Throws `SpoolRefusal`.
  public func retry(key: String, on printer: PrinterID? = nil) throws {
    if let printer, !workers.contains(where: { $0.configuration.id == printer }) {
      throw SpoolRefusal.unknownPrinter(printer)
    }
    try surroundings.spool.retry(key: key, on: printer, at: surroundings.recordTime())
    for worker in workers { worker.wakeUp.wake() }
  }

  /// Takes a slip out that waits or is unknown, and reports it as discarded. Throws `SpoolRefusal`.
  public func discard(key: String) throws {
    let job = try surroundings.spool.discard(key: key, at: surroundings.recordTime())
    surroundings.onOutcome(JobOutcome(job, .discarded, "discarded by a person"))
    for worker in workers { worker.wakeUp.wake() }
  }

  /// Writes what was taken to disk and ends all threads. A slip that is being
  /// printed has three seconds to end; then it is unknown.
  public func stop() {
    intake.withLock { $0.isStopping = true }
    wakeUp.wake()
    keeper.withLock { $0.take() }?.join()
    // All at once: sixty printers without paper must not take three minutes.
    for worker in workers { worker.beginStop() }
    for worker in workers { worker.endStop() }
  }

  public static let systemTime: @Sendable () -> Instant = {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
  }

  // MARK: The keeper's thread

  private func startKeeper() throws(OwnThread.Failure) {
    let started = try OwnThread { [self] in keep() }
    keeper.withLock { $0 = started }
  }

  private func keep() {
    var nextSweep = monotonicMilliseconds()
    while true {
      let (jobs, isStopping) = intake.withLock { intake in
        defer { intake.jobs = [] }
        return (intake.jobs, intake.isStopping)
      }
      if !jobs.isEmpty { store(jobs) }
      if isStopping { return }
      takeOver()
      if monotonicMilliseconds() >= nextSweep {
        sweep()
        nextSweep = monotonicMilliseconds() + Self.sweepMilliseconds
      }
      let standsIn = workers.contains { $0.configuration.backup != nil }
      let due = standsIn ? min(Self.takeOverTick, takeOverAfter) : Self.sweepMilliseconds
      _ = wakeUp.wait(
        descriptor: nil, milliseconds: min(due, nextSweep - monotonicMilliseconds()))
    }
  }

  /// All jobs that wait together share one commit.
  private func store(_ jobs: [PrintJob]) {
    do {
      let refused = try surroundings.spool.add(jobs, at: surroundings.recordTime())
      for job in refused {
        report(job, .failed, because: .tooManyWaiting(limit: Spool.waitingLimit))
      }
    } catch {
      surroundings.log("the spool cannot take \(jobs.count) slips: \(error)")
      for job in jobs { report(job, .failed, because: .spoolUnwritable) }
    }
    let printers = Set(jobs.map(\.printer))
    for worker in workers where printers.contains(worker.configuration.id) { worker.wakeUp.wake() }
    for job in jobs where !workers.contains(where: { $0.configuration.id == job.printer }) {
      surroundings.log(
        "\(job.printer): no such printer; the slip of \(job.slip.number) waits for it")
    }
  }

  /// Slips of which nothing was sent go to the printer beside the one that cannot print.
  private func takeOver() {
    for worker in workers where worker.isStuck(forMilliseconds: takeOverAfter) {
      guard let backup = worker.configuration.backup,
        let other = workers.first(where: { $0.configuration.id == backup }), other.state().canPrint
      else { continue }
      do {
        let id = worker.configuration.id
        let count = try surroundings.spool.takeOver(
          from: id, to: backup, at: surroundings.recordTime())
        guard count > 0 else { continue }
        surroundings.log("\(backup) takes \(count) slips over from \(id)")
        for woken in [other, worker] { woken.wakeUp.wake() }
      } catch {
        surroundings.log("the spool cannot move slips: \(error)")
      }
    }
  }

  private func sweep() {
    let now = surroundings.recordTime()
    do {
      let limit = now.adding(milliseconds: -Self.maximumAgeMilliseconds)
      for job in try surroundings.spool.discardWaiting(before: limit, at: now) {
        report(job, .failed, because: .waitedTooLong)
      }
      try surroundings.spool.prune(at: now)
    } catch {
      surroundings.log("the spool cannot be swept: \(error)")
    }
  }

  private func report(
    _ job: PrintJob, _ result: JobOutcome.Result, because problem: PrintProblem
  ) {
    surroundings.onOutcome(JobOutcome(job, result, because: problem))
  }
}
