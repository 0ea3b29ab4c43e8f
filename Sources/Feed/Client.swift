internal import CCurl
internal import Glibc
internal import Synchronization

/// Asks a daemon, one blocking call at a time for each thread; connections are kept and used again.
public final class Client: Sendable {
  public struct Reply: Sendable {
    public let status: Int
    public let headers: [(name: String, value: String)]
    /// At most `Client.bodyLimitBytes`.
    public let body: [UInt8]

    /// The first header field of this name; ASCII case does not matter.
    public func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  /// How a command that carries an idempotency key is repeated when its connection fails.
  public struct Retry: Sendable {
    /// In all, at least 1.
    public var attempts = 5
    public var firstDelay: Duration = .milliseconds(100)
    public var longestDelay: Duration = .seconds(2)
    /// 0 up to 1, at random; handed in so that tests repeat.
    public var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    public init() {}
  }

  public static let bodyLimitBytes = 16 * 1024 * 1024
  private static let keptConnections = 8

  private let endpoint: Endpoint
  private let connectTimeout: Duration
  private let timeout: Duration
  private let retry: Retry
  private let idle = Mutex<[CurlHandle]>([])

  /// - Parameter timeout: for one attempt, from its start to the last byte of the answer.
  public init(
    _ endpoint: Endpoint, connectTimeout: Duration = .seconds(3), timeout: Duration = .seconds(10),
    retry: Retry = Retry()
  ) {
    self.endpoint = endpoint
    self.connectTimeout = connectTimeout
    self.timeout = timeout
    self.retry = retry
  }

  /// Sends a request and waits for its answer; every status is an answer.
  ///
  /// With an idempotency key, a request whose connection failed is sent again, since the daemon does
  /// it once however often it comes; without one, the caller must find out what happened.
  ///
  /// - Parameter path: with its leading slash and its query.
  public func send(
    _ method: String, _ path: String, body: [UInt8]? = nil, headers: [(String, String)] = [],
    idempotencyKey: String? = nil
  ) throws(FeedError) -> Reply {
    guard let idempotencyKey else { return try attempt(method, path, body, headers) }
    let headers = headers + [("Idempotency-Key", idempotencyKey)]
    var backoff = Backoff(first: retry.firstDelay, longest: retry.longestDelay)
    for _ in 1..<max(retry.attempts, 1) {
      do {
        return try attempt(method, path, body, headers)
      } catch {
        guard error.isConnectionFailure else { throw error }
        poll(nil, 0, Int32(backoff.next(jitter: retry.jitter())))
      }
    }
    return try attempt(method, path, body, headers)
  }

  private func attempt(
    _ method: String, _ path: String, _ body: [UInt8]?, _ headers: [(String, String)]
  ) throws(FeedError) -> Reply {
    guard let handle = idle.withLock({ $0.popLast() }) ?? CurlHandle() else {
      throw .failed(endpoint.name, reason: "no memory")
    }
    handle.prepare(
      endpoint, method, path, body: body, headers: headers, connectTimeout: connectTimeout,
      timeout: timeout)
    let received = Received()
    handle.onBody = { received.take($0) }
    handle.onHeaderLine = { received.takeHeader($0) }
    let code = handle.perform()
    let status = handle.status
    handle.onBody = { _ in true }
    handle.onHeaderLine = { _ in }
    idle.withLock { if $0.count < Self.keptConnections { $0.append(handle) } }
    guard code == CURLE_OK else { throw FeedError(code, endpoint.name) }
    return Reply(status: status, headers: received.headers, body: received.body)
  }

  private final class Received {
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    func take(_ bytes: [UInt8]) -> Bool {
      guard body.count + bytes.count <= bodyLimitBytes else { return false }
      body += bytes
      return true
    }

    func takeHeader(_ line: String) {
      // A status line starts a header; one of 100 Continue comes before the real one.
      if line.hasPrefix("HTTP/") { headers = [] }
      guard let colon = line.firstIndex(of: ":") else { return }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers.append((String(line[..<colon]), String(value)))
    }
  }
}
