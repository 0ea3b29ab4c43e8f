internal import Glibc
internal import Synchronization

/// A thread that calls a closure at a steady interval until it is stopped.
final class Ticker: @unchecked Sendable {
  private let interval: Duration
  private let tick: @Sendable () -> Void
  private let wakeUp = Semaphore()
  private let isStopped = Atomic(false)
  private let thread = Mutex<pthread_t?>(nil)

  init(interval: Duration, tick: @escaping @Sendable () -> Void) {
    self.interval = interval
    self.tick = tick
  }

  /// - Returns: the error of `pthread_create`, 0 for none.
  func start() -> Int32 {
    var created = pthread_t()
    // Retained for the thread, which releases it at its end.
    let object = unsafe Unmanaged.passRetained(self).toOpaque()
    let code = unsafe pthread_create(&created, nil, runTicker, object)
    guard code == 0 else {
      unsafe Unmanaged<Ticker>.fromOpaque(object).release()
      return code
    }
    thread.withLock { $0 = created }
    return 0
  }

  /// Returns when the closure runs no more.
  func stop() {
    isStopped.store(true, ordering: .releasing)
    wakeUp.signal()
    guard let running = thread.withLock({ $0.take() }) else { return }
    pthread_join(running, nil)
  }

  fileprivate func run() {
    while !isStopped.load(ordering: .acquiring) {
      if !wakeUp.wait(for: interval) { tick() }
    }
  }
}

private func runTicker(_ object: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let object = unsafe object else { return nil }
  unsafe Unmanaged<Ticker>.fromOpaque(object).takeRetainedValue().run()
  return nil
}
