internal import Synchronization

/// One client's connection and the request that it is busy with.
///
/// The request's own fields are touched only in libmicrohttpd's callbacks, of which there is one at a
/// time for a connection; `deadline` and `isFirstHeader` are also read by the reaper.
final class Connection: @unchecked Sendable {
  let handle: ConnectionHandle
  let descriptor: Int32
  let peer: PeerAddress
  /// Beyond a limit: answered 503 and closed.
  let isSurplus: Bool

  /// When the connection is cut, in milliseconds of the monotonic clock.
  let deadline: Atomic<Int64>
  /// Whether no request has come yet, so that a word about the deadline cannot fall into an answer.
  let isFirstHeader = Atomic(true)
  /// Its place in the table.
  var index = 0

  var phase = Phase.idle
  var method = Method.other
  var path = ""
  var fields = FieldBlock()
  var query = FieldBlock()
  var body: [UInt8] = []

  enum Phase {
    /// Between requests.
    case idle
    /// The header was accepted; the body comes.
    case receiving
    /// The body was too large; it is read and dropped until this many bytes are left.
    case dropping(remaining: Int)
    /// Put aside until the answer is there.
    case pending(PendingAnswer)
    /// An answer is on its way.
    case answering
    case streaming(EventStream)
  }

  init(
    _ handle: ConnectionHandle, descriptor: Int32, peer: PeerAddress, isSurplus: Bool,
    deadline: Int64
  ) {
    self.handle = handle
    self.descriptor = descriptor
    self.peer = peer
    self.isSurplus = isSurplus
    self.deadline = Atomic(deadline)
  }

  static let never = Int64.max

  /// Takes the collected request out, leaving the connection ready for its body's storage.
  func takeRequest() -> Request {
    let taken = body
    body = []
    return Request(
      method: method, path: path, body: taken, peer: peer.text, fields: fields, query: query)
  }
}
