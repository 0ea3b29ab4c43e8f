internal import Glibc
internal import Synchronization

/// A thread of the operating system that runs one closure.
final class FollowerThread: Sendable {
  private let handle: Mutex<pthread_t?>

  init(_ body: @escaping @Sendable () -> Void) throws(FeedError) {
    var created = pthread_t()
    // Retained for the thread, which releases it when it starts.
    let object = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let code = unsafe pthread_create(&created, nil, runThread, object)
    guard code == 0 else {
      unsafe Unmanaged<ThreadBody>.fromOpaque(object).release()
      throw .failed("a thread", reason: unsafe String(cString: strerror(code)))
    }
    handle = Mutex(created)
  }

  /// Waits for the end of the closure, except on its own thread. A second call returns at once.
  func join() {
    guard let running = handle.withLock({ $0.take() }) else { return }
    if pthread_equal(running, pthread_self()) != 0 {
      pthread_detach(running)
    } else {
      pthread_join(running, nil)
    }
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

private func runThread(_ object: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let object = unsafe object else { return nil }
  unsafe Unmanaged<ThreadBody>.fromOpaque(object).takeRetainedValue().run()
  return nil
}
