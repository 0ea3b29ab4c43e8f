internal import CMicroHTTPD
internal import Synchronization

/// Owns one of libmicrohttpd's daemons: a thread with its own epoll set and no listening socket.
@safe final class Daemon: @unchecked Sendable {
  private let daemon: OpaquePointer
  private let logger: UnsafeMutablePointer<RossioLogger>
  /// The library's callbacks have it as an unretained pointer.
  private let engine: Engine
  private let isRunning = Atomic(true)

  /// Holds header and pending output of a connection; only the pages that are touched count.
  private static let connectionMemoryBytes = 32 * 1024

  init(_ engine: Engine) throws(ServerError) {
    let logger = UnsafeMutablePointer<RossioLogger>.allocate(capacity: 1)
    unsafe logger.initialize(to: RossioLogger())
    var options = unsafe RossioServerOptions()
    unsafe options.object = Unmanaged.passUnretained(engine).toOpaque()
    // The server counts; this is the library's own, out of the way of any count.
    unsafe options.connectionLimit = UInt32(Int32.max)
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
    self.engine = engine
  }

  deinit {
    stop()
    unsafe logger.deallocate()
  }

  /// "The given client socket will be managed (and closed!) by MHD" (`MHD_add_connection`), also when
  /// it cannot be taken.
  func take(_ accepted: Accepted) {
    unsafe withUnsafePointer(to: accepted.address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = unsafe MHD_add_connection(daemon, accepted.descriptor, $0, accepted.addressLength)
      }
    }
  }

  /// No connection may be put aside any more: the library would abort the process. Returns when its
  /// thread has ended.
  func stop() {
    guard isRunning.exchange(false, ordering: .acquiringAndReleasing) else { return }
    unsafe MHD_stop_daemon(daemon)
  }
}
