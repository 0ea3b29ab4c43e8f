internal import Glibc

/// Runs `body` on a thread of its own.
///
/// Traps when the system gives no thread: a daemon that cannot start its printers' threads at its
/// start has no morning ahead of it.
func startThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  // Retained for the thread, which releases it when it starts.
  let object = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
  let code = unsafe pthread_create(&thread, nil, runBody, object)
  precondition(code == 0, "the system gives no more threads")
  pthread_detach(thread)
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runBody(_ object: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let object = unsafe object else { return nil }
  unsafe Unmanaged<ThreadBody>.fromOpaque(object).takeRetainedValue().run()
  return nil
}
