/// Where a server listens, and every limit it holds.
public struct ServerConfiguration: Sendable {
  public enum Address: Sendable {
    /// An IPv4 or IPv6 address, or `localhost` for 127.0.0.1; port 0 lets the kernel pick.
    case tcp(host: String, port: UInt16)
    /// A socket in the file system, with mode 0600.
    case unix(path: String)
  }

  public var address: Address
  /// Threads that serve connections, 1 to 64.
  public var threads = 2

  /// Open connections at which a further one is answered 503 and closed. The process must be allowed
  /// as many open files.
  public var connectionLimit = 10_000
  /// The same for one address; does not apply to Unix sockets.
  public var connectionLimitPerAddress = 256

  public var bodyLimitBytes = 64 * 1024
  /// Request line and header fields together; beyond it the answer is 431.
  public var headerLimitBytes = 8 * 1024
  /// The path without its query; beyond it the answer is 414.
  public var pathLimitBytes = 2 * 1024

  /// From the connection until its first header is complete, however steadily bytes come.
  ///
  /// A client that is cut there is told 408. One that closed its side in the middle of a header may
  /// be noticed only then: libmicrohttpd reads no further once it has taken what had come.
  public var headerDeadline: Duration = .seconds(10)
  /// From an answer until the next header is complete: how long an idle connection is kept.
  public var keepAliveDeadline: Duration = .seconds(75)
  /// From the complete header until the complete body.
  public var bodyDeadline: Duration = .seconds(30)
  /// From an answer until the client has read it; does not apply to event streams.
  public var answerDeadline: Duration = .seconds(60)

  public var heartbeatInterval: Duration = .seconds(2)
  /// The data of the event `heartbeat`, asked for once an interval for all streams.
  public var heartbeat: @Sendable () -> [UInt8] = { Array("{}".utf8) }
  /// How long data to a stream's client may stay unacknowledged, and how long a client may leave its
  /// stream unread, before it counts as gone.
  public var streamTimeout: Duration = .seconds(20)

  /// Makes the page for each error that the server itself answers. What libmicrohttpd refuses before
  /// there is a request (a malformed request line, a header beyond three times the limit) carries
  /// the library's own short page.
  public var errorPage: ErrorPage = { status, reason in
    Response(
      status: status, contentType: "text/plain; charset=utf-8", body: Array("\(reason)\n".utf8))
  }
  /// Receives the library's messages, about one for each client that vanishes, from any thread.
  public var log: @Sendable (String) -> Void = { _ in }

  public init(address: Address) {
    self.address = address
  }
}
