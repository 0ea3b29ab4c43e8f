internal import Synchronization

extension Engine {
  /// How long answers that are ready get to reach their clients when the server stops.
  private static let flushTime = Duration.seconds(2)

  /// Brings every connection to where it can be closed: none is put aside afterwards.
  func drain(grace: Duration) {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    waiting.endStreams()
    wait(upTo: grace) { waiting.answerCount == 0 }
    waiting.expireAnswers()
    wait(upTo: Self.flushTime) { requestCount.load(ordering: .relaxed) == 0 }
  }

  private func wait(upTo limit: Duration, until isDone: () -> Bool) {
    let end = monotonicMilliseconds() + limit.milliseconds
    while !isDone() {
      let rest = end - monotonicMilliseconds()
      guard rest > 0 else { return }
      _ = requestEnded.wait(for: .milliseconds(rest))
    }
  }
}
