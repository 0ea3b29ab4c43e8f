internal import Glibc
internal import Synchronization

/// A thread of the operating system that runs one closure; for loops that wait in the kernel, which
/// have no place on Swift's shared pool.
public final class OwnThread: Sendable {
  /// The system gave no thread.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// The `errno` of `pthread_create`.
    public let code: Int32
    public var description: String { unsafe String(cString: strerror(code)) }
  }

  private let handle: Mutex<pthread_t?>

  /// Starts the thread at once.
  public init(_ body: @escaping @Sendable () -> Void) throws(Failure) {
    var created = pthread_t()
    // Retained for the thread, which releases it when it starts.
    let object = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
    let code = unsafe pthread_create(&created, nil, runThread, object)
    guard code == 0 else {
      unsafe Unmanaged<ThreadBody>.fromOpaque(object).release()
      throw Failure(code: code)
    }
    handle = Mutex(created)
  }

  /// Waits for the end of the closure, except on its own thread. A second call returns at once.
  public func join() {
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

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThread(_ object: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let object = unsafe object else { return nil }
  unsafe Unmanaged<ThreadBody>.fromOpaque(object).takeRetainedValue().run()
  return nil
}
