internal import Foundation
internal import Synchronization
internal import Venue

/// The thread that owns one printer: the only one that connects to it.
final class PrinterWorker: Sendable {
  struct Surroundings: Sendable {
    var spool: Spool
    var press: SlipPress
    /// Time for what is recorded and shown.
    var now: @Sendable () -> Instant
    var onOutcome: @Sendable (JobOutcome) -> Void
    var log: @Sendable (String) -> Void
  }

  struct Shared {
    var isStopping = false
    var condition: PrinterState.Condition = .connecting
    var faults: PrinterFaults = []
    var isPaperNearEnd = false
    var since: Instant
    var detail = ""
  }

  let configuration: PrinterConfiguration
  let surroundings: Surroundings
  let wakeUp: WakeUp
  let shared: Mutex<Shared>
  private let ended = DispatchGroup()

  init(_ configuration: PrinterConfiguration, _ surroundings: Surroundings) throws(PrintingError) {
    self.configuration = configuration
    self.surroundings = surroundings
    wakeUp = try WakeUp()
    shared = Mutex(Shared(since: surroundings.now()))
  }

  func start() {
    ended.enter()
    let thread = Thread { [self] in
      PrinterLoop(self).run()
      ended.leave()
    }
    thread.name = "printer \(configuration.id)"
    thread.start()
  }

  /// Returns when the thread has ended; a slip that is being sent is left to its fate.
  func stop() {
    shared.withLock { $0.isStopping = true }
    wakeUp.wake()
    ended.wait()
  }

  func state() -> PrinterState {
    let id = configuration.id
    let waiting = (try? surroundings.spool.waitingCount(for: id)) ?? 0
    return shared.withLock { shared in
      PrinterState(
        id: id, condition: shared.condition, faults: shared.faults,
        isPaperNearEnd: shared.isPaperNearEnd, since: shared.since, waitingJobs: waiting,
        detail: shared.detail)
    }
  }
}
