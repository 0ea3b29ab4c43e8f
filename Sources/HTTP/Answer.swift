internal import Synchronization

/// What a handler gives for a request.
public enum Answer: Sendable {
  /// Sent at once.
  case now(Response)
  /// Sent at once, without a copy.
  case prepared(PreparedResponse)
  /// The connection is put aside before the closure runs; the responder may be called in the closure
  /// or later, from any thread. The closure itself runs on the library's thread and must not block.
  case later(@Sendable (Responder) -> Void)
  /// The connection becomes an event stream with these header fields beside the stream's own.
  case stream(EventStream, headers: [(String, String)])
}

/// Answers one request, once, from any thread. Dropped without an answer, it answers 500.
public final class Responder: Sendable {
  private let pending: PendingAnswer

  init(_ pending: PendingAnswer) {
    self.pending = pending
  }

  deinit {
    pending.settle(.failed)
  }

  /// Sends the answer. A second call is a mistake: it traps in debug builds and is ignored otherwise.
  /// A server that is stopping may have answered 503 already; then this does nothing.
  public func respond(_ response: Response) {
    let first = pending.settle(.response(response))
    assert(first, "a request is answered once")
  }

  public func respond(_ response: PreparedResponse) {
    let first = pending.settle(.prepared(response))
    assert(first, "a request is answered once")
  }
}

/// The place where the answer to a connection that was put aside is left, and the right to wake it.
final class PendingAnswer: Sendable {
  enum Outcome: Sendable {
    case response(Response)
    case prepared(PreparedResponse)
    /// The responder was dropped: the server answers 500.
    case failed
    /// The server is stopping: it answers 503.
    case expired
  }

  private struct State {
    var outcome: Outcome?
    var isExpired = false
  }

  private let state = Mutex(State())
  private let connection: ConnectionHandle

  init(_ connection: ConnectionHandle) {
    self.connection = connection
  }

  /// Keeps the first outcome and wakes the connection, which stays valid until then: libmicrohttpd
  /// closes no connection that is put aside.
  ///
  /// - Returns: false when an answer had been given by the responder before.
  @discardableResult
  func settle(_ outcome: Outcome) -> Bool {
    state.withLock { state in
      guard state.outcome == nil else {
        if case .failed = outcome { return true }
        return state.isExpired
      }
      if case .expired = outcome { state.isExpired = true }
      state.outcome = outcome
      connection.resume()
      return true
    }
  }

  /// The outcome; nil while the connection is still put aside.
  var outcome: Outcome? { state.withLock { $0.outcome } }
}
