internal import CMicroHTTPD
internal import Glibc
internal import Synchronization

/// Serves the requests that libmicrohttpd brings, on the library's threads.
///
/// A connection goes idle -> receiving -> (pending ->) answering or streaming -> idle. Each step is a
/// method here, called from the callback of the same name in `Callbacks.swift`.
final class Engine: Sendable {
  let configuration: ServerConfiguration
  let router: Router
  let table: ConnectionTable
  let waiting = WaitingConnections()
  /// Requests between their header and the end of their answer.
  let requestCount = Atomic(0)
  /// Signalled whenever a request ends while the server stops.
  let requestEnded = Semaphore()
  let isStopping = Atomic(false)
  private let limits: Limits

  /// The configuration's durations and limits in the units of the hot path.
  private struct Limits {
    let body, header, path: Int
    let firstHeaderDeadline, nextHeaderDeadline, bodyDeadline, answerDeadline: Int64
    let streamTimeout: Int64
  }

  init(_ configuration: ServerConfiguration, _ router: Router) {
    self.configuration = configuration
    self.router = router
    table = ConnectionTable(
      limit: configuration.connectionLimit,
      limitPerAddress: configuration.connectionLimitPerAddress)
    limits = Limits(
      body: configuration.bodyLimitBytes,
      header: configuration.headerLimitBytes,
      path: configuration.pathLimitBytes,
      firstHeaderDeadline: configuration.headerDeadline.milliseconds,
      nextHeaderDeadline: configuration.keepAliveDeadline.milliseconds,
      bodyDeadline: configuration.bodyDeadline.milliseconds,
      answerDeadline: configuration.answerDeadline.milliseconds,
      streamTimeout: configuration.streamTimeout.milliseconds)
  }

  // MARK: A connection

  /// A connection beyond a limit gets this long to send the header that is answered 503.
  private static let surplusDeadline: Int64 = 2_000

  func connected(_ handle: ConnectionHandle) -> Connection {
    let peer = unsafe PeerAddress(rossio_peer(handle.pointer))
    let descriptor = unsafe rossio_socket(handle.pointer)
    return table.add(from: peer) { isSurplus in
      let deadline =
        isSurplus
        ? min(Self.surplusDeadline, limits.firstHeaderDeadline) : limits.firstHeaderDeadline
      return Connection(
        handle, descriptor: descriptor, peer: peer, isSurplus: isSurplus,
        deadline: monotonicMilliseconds() + deadline)
    }
  }

  // MARK: A request

  /// The header is complete. Nothing is answered here except a refusal, so that a body can never be
  /// taken for the next request.
  func begin(
    _ connection: Connection, method: String, path: String?, isVersion10: Bool
  ) -> MHD_Result {
    requestCount.wrappingAdd(1, ordering: .relaxed)
    connection.isFirstHeader.store(false, ordering: .relaxed)
    setDeadline(connection, limits.bodyDeadline)
    connection.phase = .receiving
    connection.method = Method(name: method)
    connection.path = path ?? ""

    var head = RequestHead(reusing: connection.fields, connection.query)
    connection.fields = FieldBlock()
    connection.query = FieldBlock()
    unsafe head.collect(from: connection.handle.pointer)
    check(&head, connection, path: path)
    if head.isChunked, isVersion10 {
      head.refuse(400, "HTTP/1.0 has no Transfer-Encoding")
    }
    connection.fields = head.fields
    connection.query = head.query
    if let refusal = head.refusal { return refuse(connection, refusal) }
    if let length = head.contentLength {
      if length > limits.body { connection.phase = .dropping(remaining: length) }
      connection.body.reserveCapacity(min(length, limits.body))
    }
    return .YES
  }

  private func check(_ head: inout RequestHead, _ connection: Connection, path: String?) {
    if connection.isSurplus { head.refuse(503, "too many connections; try again in a moment") }
    if isStopping.load(ordering: .acquiring) { head.refuse(503, "the server is stopping") }
    if path?.hasPrefix("/") != true { head.refuse(400, "the address is not valid") }
    if connection.path.utf8.count > limits.path { head.refuse(414, "the address is too long") }
    if unsafe rossio_header_size(connection.handle.pointer) > limits.header {
      head.refuse(431, "the header is larger than \(limits.header) bytes")
    }
    if let length = head.contentLength, length > limits.body * Self.droppedBodies {
      head.refuse(413, tooLarge)
    }
  }

  /// A body of up to this many times the limit is read and dropped before 413 is answered: a
  /// connection that is closed while the client still sends takes the answer with it.
  private static let droppedBodies = 16

  private var tooLarge: String { "the body is larger than \(limits.body) bytes" }

  func receive(_ connection: Connection, _ bytes: UnsafeRawBufferPointer) -> MHD_Result {
    switch connection.phase {
    case .receiving:
      if connection.body.count + bytes.count <= limits.body {
        unsafe connection.body.append(contentsOf: bytes)
      } else {
        connection.body = []
        connection.phase = .dropping(remaining: limits.body * Self.droppedBodies)
      }
    case .dropping(let remaining):
      // A chunked body says nothing of its length; beyond the bound the connection is closed.
      guard bytes.count <= remaining else { return .NO }
      connection.phase = .dropping(remaining: remaining - bytes.count)
    case .idle, .pending, .answering, .streaming:
      return .NO
    }
    return .YES
  }

  /// The request is complete, or the answer it waited for has come.
  func proceed(_ connection: Connection) -> MHD_Result {
    switch connection.phase {
    case .receiving:
      let request = connection.takeRequest()
      return give(router.answer(request, errorPage: configuration.errorPage), connection)
    case .dropping:
      return send(errorPage(413, tooLarge), connection)
    case .pending(let pending):
      guard let outcome = pending.outcome else { return .YES }
      waiting.remove(pending)
      return send(outcome, connection)
    case .idle, .answering, .streaming:
      return .NO
    }
  }

  /// The answer was sent, or the connection is closing in the middle of it.
  func completed(_ connection: Connection) {
    switch connection.phase {
    case .pending(let pending): waiting.remove(pending)
    case .streaming(let stream):
      waiting.remove(stream)
      stream.finish()
    case .idle, .receiving, .dropping, .answering: break
    }
    connection.phase = .idle
    connection.body.removeAll(keepingCapacity: false)
    setDeadline(connection, limits.nextHeaderDeadline)
    requestCount.wrappingSubtract(1, ordering: .relaxed)
    if isStopping.load(ordering: .acquiring) { requestEnded.signal() }
  }

  // MARK: Answers

  private func give(_ answer: Answer, _ connection: Connection) -> MHD_Result {
    switch answer {
    case .now(let response): return send(response, connection)
    case .prepared(let response):
      return queue(response.handle, status: response.status, connection)
    case .later(let start):
      let pending = PendingAnswer(connection.handle)
      connection.phase = .pending(pending)
      connection.deadline.store(Connection.never, ordering: .relaxed)
      connection.handle.suspend()
      waiting.add(pending)
      start(Responder(pending))
      return .YES
    case .stream(let stream, let headers):
      return start(stream, headers, connection)
    }
  }

  private func send(_ outcome: PendingAnswer.Outcome, _ connection: Connection) -> MHD_Result {
    switch outcome {
    case .response(let response): send(response, connection)
    case .prepared(let response): queue(response.handle, status: response.status, connection)
    case .failed: send(errorPage(500, "the request was not answered"), connection)
    case .expired: send(errorPage(503, "the server is stopping"), connection)
    }
  }

  private func refuse(_ connection: Connection, _ refusal: RequestHead.Refusal) -> MHD_Result {
    var page = errorPage(refusal.status, refusal.reason)
    page.headers.append(("Connection", "close"))
    return send(page, connection)
  }

  private func send(_ response: Response, _ connection: Connection) -> MHD_Result {
    if let handle = ResponseHandle(response) {
      return queue(handle, status: response.status, connection)
    }
    configuration.log("an answer of status \(response.status) has a header that cannot be sent")
    guard let handle = ResponseHandle(Response(status: 500)) else { return .NO }
    return queue(handle, status: 500, connection)
  }

  func errorPage(_ status: Int, _ reason: String) -> Response {
    configuration.errorPage(status, reason)
  }

  private func queue(
    _ response: ResponseHandle, status: Int, _ connection: Connection
  ) -> MHD_Result {
    connection.phase = .answering
    setDeadline(connection, limits.answerDeadline)
    return unsafe MHD_queue_response(connection.handle.pointer, UInt32(status), response.pointer)
  }

  private func start(
    _ stream: EventStream, _ headers: [(String, String)], _ connection: Connection
  ) -> MHD_Result {
    guard let response = ResponseHandle(reading: stream), response.add(headers) else {
      return send(errorPage(500, "the stream could not be opened"), connection)
    }
    let result = queue(response, status: 200, connection)
    guard result == .YES else { return result }
    boundUnacknowledged(connection.descriptor)
    connection.phase = .streaming(stream)
    connection.deadline.store(Connection.never, ordering: .relaxed)
    stream.start(
      on: connection.handle, now: monotonicMilliseconds(), heartbeat: configuration.heartbeatFrame()
    )
    waiting.add(stream, connection)
    return .YES
  }

  /// A client that vanished without a word is found by what it does not acknowledge.
  private func boundUnacknowledged(_ descriptor: Int32) {
    var milliseconds = UInt32(clamping: limits.streamTimeout)
    // Fails on a Unix socket, where a client cannot vanish without a word.
    unsafe setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &milliseconds,
      socklen_t(MemoryLayout<UInt32>.size))
  }

  private func setDeadline(_ connection: Connection, _ milliseconds: Int64) {
    connection.deadline.store(monotonicMilliseconds() + milliseconds, ordering: .relaxed)
  }
}
