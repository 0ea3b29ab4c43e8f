internal import CMicroHTTPD
internal import Synchronization

/// An HTTP/1.1 server that listens from its making until `stop()`, or until it is let go.
///
/// Handlers run on its threads and must not block. It must not be let go on one of them.
public final class Server: Sendable {
  /// The TCP port that it listens on; nil for a Unix socket.
  public let port: UInt16?

  private let engine: Engine
  private let ticker: Ticker
  private let running: Mutex<RunningDaemon?>

  /// Binds, listens and serves.
  ///
  /// - Throws: `ServerError` in plain words; then nothing is left behind.
  public init(_ configuration: ServerConfiguration, router: Router) throws(ServerError) {
    let engine = Engine(configuration, router)
    let socket = try ListeningSocket(configuration.address)
    port = socket.port
    self.engine = engine
    let housekeeping = Housekeeping(engine)
    ticker = Ticker(interval: Housekeeping.interval(for: configuration)) { housekeeping.tick() }
    running = Mutex(try RunningDaemon(engine, socket))
    let code = ticker.start()
    guard code == 0 else {
      stop(grace: .zero)
      throw .system(call: "pthread_create", code: code)
    }
  }

  deinit {
    stop(grace: .zero)
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
    guard var daemon = running.withLock({ $0.take() }) else { return }
    daemon.stopListening()
    engine.drain(grace: grace)
    daemon.stop()
    ticker.stop()
  }
}

/// Owns libmicrohttpd's daemon and its listening socket.
@safe struct RunningDaemon: ~Copyable, @unchecked Sendable {
  private let daemon: OpaquePointer
  private let logger: UnsafeMutablePointer<RossioLogger>
  private var socket: ListeningSocket?
  private let engine: Engine

  /// Connections that libmicrohttpd holds beyond the configured limit, so that they can be told 503.
  /// What comes when these are full too waits in the kernel.
  private static let surplusConnections = 256
  /// Holds header and pending output of a connection; only the pages that are touched count.
  private static let connectionMemoryBytes = 32 * 1024

  init(_ engine: Engine, _ socket: consuming ListeningSocket) throws(ServerError) {
    let logger = UnsafeMutablePointer<RossioLogger>.allocate(capacity: 1)
    unsafe logger.initialize(to: RossioLogger())
    var options = unsafe RossioServerOptions()
    unsafe options.object = Unmanaged.passUnretained(engine).toOpaque()
    unsafe options.listenSocket = socket.descriptor
    unsafe options.threads = UInt32(min(max(engine.configuration.threads, 1), 64))
    unsafe options.connectionLimit = UInt32(
      engine.configuration.connectionLimit + Self.surplusConnections)
    unsafe options.connectionMemory = max(
      Self.connectionMemoryBytes, 4 * engine.configuration.headerLimitBytes)
    unsafe options.request = answerRequest
    unsafe options.completed = completeRequest
    unsafe options.connection = notifyConnection
    unsafe options.log = logMessage
    guard let daemon = unsafe rossio_start(&options, logger) else {
      unsafe logger.deallocate()
      throw .notStarted("libmicrohttpd refused; raise the limits on memory and open files")
    }
    unsafe self.daemon = daemon
    unsafe self.logger = logger
    self.socket = consume socket
    self.engine = engine
  }

  /// "Clients that are already connected are served until `MHD_stop_daemon`" (`MHD_quiesce_daemon`).
  mutating func stopListening() {
    unsafe MHD_quiesce_daemon(daemon)
    socket = nil
  }

  /// No connection may be put aside any more: the library would abort the process.
  consuming func stop() {
    unsafe MHD_stop_daemon(daemon)
    unsafe logger.deallocate()
  }
}
