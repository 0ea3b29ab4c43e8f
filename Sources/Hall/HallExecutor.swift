import Dispatch

/// Runs the jobs of an actor that writes to disk on a queue of its own, so that a sync never blocks
/// the threads that Swift's concurrency shares.
final class HallExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label, qos: .userInteractive) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
