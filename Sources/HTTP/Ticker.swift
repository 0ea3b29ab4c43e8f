internal import Synchronization
internal import Threads

/// A thread that calls a closure at a steady interval until it is stopped.
final class Ticker: Sendable {
  private final class Stop: Sendable {
    let isRequested = Atomic(false)
    let wakeUp = Semaphore()
  }

  private let stopped = Stop()
  private let thread: OwnThread

  init(interval: Duration, tick: @escaping @Sendable () -> Void) throws(ServerError) {
    thread = try startThread { [stopped] in
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

/// A thread of the server's own.
func startThread(_ body: @escaping @Sendable () -> Void) throws(ServerError) -> OwnThread {
  do {
    return try OwnThread(body)
  } catch {
    throw .system(call: "pthread_create", code: error.code)
  }
}
