internal import Sockets
internal import Synchronization
internal import Threads
internal import Venue

/// The thread that owns one printer: the only one that connects to it.
final class PrinterWorker: Sendable {
  struct Surroundings: Sendable {
    var driver: PrinterDriver.Surroundings
    var onStateChange: @Sendable (PrinterState) -> Void
  }

  struct Shared {
    var isStopping = false
    /// Since when it cannot print, by the clock that never goes back; nil while it can.
    var stuckSince: Int64?
    var state: PrinterState
  }

  let configuration: PrinterConfiguration
  let surroundings: Surroundings
  let wakeUp: WakeUp
  let shared: Mutex<Shared>
  private let thread = Mutex<OwnThread?>(nil)

  init(_ configuration: PrinterConfiguration, _ surroundings: Surroundings) throws(SocketError) {
    self.configuration = configuration
    self.surroundings = surroundings
    wakeUp = try WakeUp()
    let state = PrinterState(
      id: configuration.id, condition: .connecting, faults: [], isPaperNearEnd: false,
      since: surroundings.driver.recordTime(), waitingJobs: 0, detail: "")
    shared = Mutex(Shared(state: state))
  }

  func start() throws(OwnThread.Failure) {
    let started = try OwnThread { [self] in PrinterLoop(self).run() }
    thread.withLock { $0 = started }
  }

  /// Takes no more slips; one in hand has three seconds to end.
  func beginStop() {
    shared.withLock { $0.isStopping = true }
    wakeUp.wake()
  }

  /// Returns when the thread has ended.
  func endStop() { thread.withLock { $0.take() }?.join() }

  /// True when it has been unable to print for so long.
  func isStuck(forMilliseconds patience: Int64) -> Bool {
    let since = shared.withLock { $0.stuckSince }
    return since.map { monotonicMilliseconds() - $0 >= patience } ?? false
  }

  /// What the thread last knew; never waits for the disk.
  func state() -> PrinterState { shared.withLock { $0.state } }
}
