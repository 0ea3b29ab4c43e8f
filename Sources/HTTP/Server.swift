internal import Glibc
internal import Synchronization

/// An HTTP/1.1 server that listens from its making until `stop()`, or until it is let go.
///
/// Handlers run on its threads and must not block. It must not be let go on one of them.
public final class Server: Sendable {
  /// The TCP port that it listens on; nil for a Unix socket.
  public let port: UInt16?

  private let engine: Engine
  private let parts: Mutex<RunningParts?>

  /// Binds, listens and serves.
  ///
  /// - Throws: `ServerError` in plain words; then nothing is left behind.
  public init(_ configuration: ServerConfiguration, router: Router) throws(ServerError) {
    engine = Engine(configuration, router)
    let socket = try ListeningSocket(configuration.address)
    port = socket.port
    parts = Mutex(try RunningParts(engine, socket))
  }

  deinit {
    stop(grace: .zero)
  }

  /// Binds and lets go again: whether a server could listen at `address`, before anything else is
  /// done that a failure would leave behind.
  public static func check(_ address: ServerConfiguration.Address) throws(ServerError) {
    _ = try ListeningSocket(address)
  }

  /// Connections that are open now.
  public var connectionCount: Int { engine.table.count }

  /// Event streams that are open now.
  public var streamCount: Int { engine.waiting.streamCount }

  /// Stops listening, tells every stream `bye`, waits up to `grace` for answers that are still to
  /// come and answers 503 for the rest, lets the answers out, and closes every connection. Returns
  /// when no thread of the server runs. A second call does nothing.
  ///
  /// Not to be called on a thread of the server.
  public func stop(grace: Duration = .seconds(5)) {
    parts.withLock({ $0.take() })?.stop(draining: engine, grace: grace)
  }
}

/// Connections held beyond the configured limit, so that they can be told 503; what comes when these
/// are full too is closed without a word.
private let surplusConnections = 256

/// What runs while a server serves: an acceptor, one libmicrohttpd daemon for each thread, a ticker.
private struct RunningParts: Sendable {
  private let acceptor: Acceptor
  private let ticker: Ticker
  private let daemons: [Daemon]

  init(_ engine: Engine, _ socket: consuming ListeningSocket) throws(ServerError) {
    let configuration = engine.configuration
    var daemons: [Daemon] = []
    for _ in 0..<min(max(configuration.threads, 1), 64) { daemons.append(try Daemon(engine)) }
    let housekeeping = Housekeeping(engine)
    ticker = try Ticker(interval: Housekeeping.interval(for: configuration)) { housekeeping.tick() }
    let next = Atomic(0)
    acceptor = try Acceptor(socket, log: configuration.log) { [daemons] accepted in
      guard engine.table.count < configuration.connectionLimit + surplusConnections else {
        close(accepted.descriptor)
        return
      }
      let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
      daemons[turn % daemons.count].take(accepted)
    }
    self.daemons = daemons
  }

  func stop(draining engine: Engine, grace: Duration) {
    acceptor.stop()
    engine.drain(grace: grace)
    for daemon in daemons { daemon.stop() }
    ticker.stop()
  }
}
