internal import Glibc
internal import Synchronization

/// The connections that may be put aside: answers still to come, and event streams.
///
/// libmicrohttpd aborts the process when it is stopped with a connection put aside, so a server that
/// stops must find each of them here.
final class WaitingConnections: Sendable {
  private struct State {
    var isClosed = false
    var answers: [ObjectIdentifier: PendingAnswer] = [:]
    var streams: [ObjectIdentifier: (stream: EventStream, connection: Connection)] = [:]
  }

  private let state = Mutex(State())

  var answerCount: Int { state.withLock { $0.answers.count } }
  var streamCount: Int { state.withLock { $0.streams.count } }

  func add(_ answer: PendingAnswer) {
    let isClosed = state.withLock { state in
      state.answers[ObjectIdentifier(answer)] = answer
      return state.isClosed
    }
    if isClosed { answer.settle(.expired) }
  }

  func remove(_ answer: PendingAnswer) {
    _ = state.withLock { $0.answers.removeValue(forKey: ObjectIdentifier(answer)) }
  }

  func add(_ stream: EventStream, _ connection: Connection) {
    let isClosed = state.withLock { state in
      state.streams[ObjectIdentifier(stream)] = (stream, connection)
      return state.isClosed
    }
    if isClosed { stream.close() }
  }

  func remove(_ stream: EventStream) {
    _ = state.withLock { $0.streams.removeValue(forKey: ObjectIdentifier(stream)) }
  }

  /// Ends every stream, and those that are still added.
  func endStreams() {
    let streams = state.withLock { state in
      state.isClosed = true
      return state.streams.values.map(\.stream)
    }
    for stream in streams { stream.close() }
  }

  /// Answers 503 for everybody who has not answered.
  func expireAnswers() {
    for answer in state.withLock({ Array($0.answers.values) }) { answer.settle(.expired) }
  }

  func sendHeartbeat(_ frame: Frame) {
    for stream in state.withLock({ $0.streams.values.map(\.stream) }) {
      stream.offerHeartbeat(frame)
    }
  }

  /// Cuts the streams whose client has taken no byte since before `moment`. Under the lock: a stream
  /// leaves before its descriptor is closed.
  func cutStalledStreams(since moment: Int64) {
    state.withLock { state in
      for (stream, connection) in state.streams.values where stream.isStalled(since: moment) {
        shutdown(connection.descriptor, Int32(SHUT_RDWR))
      }
    }
  }
}
