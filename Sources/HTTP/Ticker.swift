internal import Synchronization

/// A thread that calls a closure at a steady interval until it is stopped.
final class Ticker: Sendable {
  private final class Stop: Sendable {
    let isRequested = Atomic(false)
    let wakeUp = Semaphore()
  }

  private let stopped = Stop()
  private let thread: PosixThread

  init(interval: Duration, tick: @escaping @Sendable () -> Void) throws(ServerError) {
    thread = try PosixThread { [stopped] in
      while !stopped.isRequested.load(ordering: .acquiring) {
        if !stopped.wakeUp.wait(for: interval) { tick() }
      }
    }
  }

  /// Returns when the closure runs no more.
  func stop() {
    stopped.isRequested.store(true, ordering: .releasing)
    stopped.wakeUp.signal()
    thread.join()
  }
}
