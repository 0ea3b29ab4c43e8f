import Foundation

/// One thread that runs the jobs of the hall's actor, so that a disk sync never blocks the shared
/// pool of Swift's concurrency.
final class HallExecutor: SerialExecutor, @unchecked Sendable {
  private let condition = NSCondition()
  /// Guarded by `condition`.
  private var jobs: [UnownedJob] = []

  init() {
    let thread = Thread { [unowned self] in self.run() }
    thread.name = "hall"
    thread.start()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.lock()
    jobs.append(job)
    if jobs.count == 1 { condition.signal() }
    condition.unlock()
  }

  /// The daemon has one hall from start to end: the thread is never stopped.
  private func run() {
    while true {
      condition.lock()
      while jobs.isEmpty { condition.wait() }
      let batch = jobs
      jobs = []
      condition.unlock()
      for job in batch { unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }
}
