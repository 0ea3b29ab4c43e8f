internal import Threads

/// Follows one event stream of a daemon on a thread of its own, and comes back whenever it is lost.
///
/// A stream that is silent for longer than the limit is lost: the daemon sends a heartbeat every 2 s.
/// Nothing can be missed by a loss, because each event is the whole of what it shows.
public final class Follower: Sendable {
  public enum Report: Sendable, Equatable {
    case connected
    /// `id` is the newest id that the stream has given.
    case event(id: String?, name: String, data: [UInt8])
    case heartbeat(data: [UInt8])
    /// Why, in plain words; it goes on trying.
    case disconnected(reason: String)
  }

  public struct Configuration: Sendable {
    public var connectTimeout: Duration = .seconds(5)
    public var silenceLimit: Duration = .seconds(5)
    /// Before the second attempt; a stream's `retry:` replaces it.
    public var firstDelay: Duration = .milliseconds(200)
    public var longestDelay: Duration = .seconds(5)
    /// After 401 or 403, which asking again does not mend; a token may be enrolled meanwhile.
    public var refusedDelay: Duration = .seconds(30)
    public var eventLimitBytes = EventParser.defaultLimitBytes
    /// 0 up to 1, at random; handed in so that tests repeat.
    public var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    public init() {}
  }

  private let loop: FollowerLoop
  private let thread: OwnThread

  /// Starts at once.
  ///
  /// - Parameters:
  ///   - path: of the stream, with its leading slash.
  ///   - report: called on the follower's thread, one call after the other; while it runs nothing is
  ///     read.
  public init(
    _ endpoint: Endpoint, _ path: String, configuration: Configuration = Configuration(),
    report: @escaping @Sendable (Report) -> Void
  ) throws(FeedError) {
    guard let loop = FollowerLoop(endpoint, path, configuration, report) else {
      throw .failed(endpoint.name, reason: "no memory")
    }
    self.loop = loop
    do {
      thread = try OwnThread { loop.run() }
    } catch {
      throw .failed("a thread", reason: "\(error)")
    }
  }

  deinit {
    stop()
  }

  /// Ends the stream. When it returns, nothing is reported any more, unless it was called from within
  /// a report: that one is the last.
  public func stop() {
    loop.requestStop()
    thread.join()
  }
}
