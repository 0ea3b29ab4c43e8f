internal import Glibc

/// A counting semaphore whose wait is bounded by a clock that does not jump, which `sem_timedwait`
/// is not.
@safe final class Semaphore: @unchecked Sendable {
  @safe private struct State {
    var mutex = unsafe pthread_mutex_t()
    var condition = pthread_cond_t()
    var count = 0
  }

  private let state: UnsafeMutablePointer<State>

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: State())
    unsafe pthread_mutex_init(&state.pointee.mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(&state.pointee.condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(&state.pointee.condition)
    unsafe pthread_mutex_destroy(&state.pointee.mutex)
    unsafe state.deallocate()
  }

  func signal() {
    unsafe pthread_mutex_lock(&state.pointee.mutex)
    unsafe state.pointee.count += 1
    unsafe pthread_cond_signal(&state.pointee.condition)
    unsafe pthread_mutex_unlock(&state.pointee.mutex)
  }

  /// - Returns: false when the time passed without a signal.
  func wait(for duration: Duration) -> Bool {
    var end = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &end)
    let nanoseconds = Int(duration.milliseconds % 1_000) * 1_000_000 + end.tv_nsec
    end.tv_sec += Int(duration.milliseconds / 1_000) + nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000

    unsafe pthread_mutex_lock(&state.pointee.mutex)
    defer { unsafe pthread_mutex_unlock(&state.pointee.mutex) }
    while unsafe state.pointee.count == 0 {
      let code = unsafe pthread_cond_timedwait(
        &state.pointee.condition, &state.pointee.mutex, &end)
      if code == ETIMEDOUT { return false }
    }
    unsafe state.pointee.count -= 1
    return true
  }
}
