import Dispatch

/// Runs the jobs of the hall's actor on a queue of its own, so that a disk sync never blocks the
/// threads that Swift's concurrency shares.
final class HallExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "hall", qos: .userInteractive)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
