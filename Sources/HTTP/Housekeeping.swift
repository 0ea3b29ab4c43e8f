/// What has to happen from time to time, on one thread for all connections: cutting those whose
/// deadline has passed, heartbeats for the streams.
///
/// Used by the ticker's thread alone.
final class Housekeeping: @unchecked Sendable {
  private let engine: Engine
  private let heartbeatInterval: Int64
  private var nextHeartbeat: Int64
  private let notice: [UInt8]

  init(_ engine: Engine) {
    self.engine = engine
    heartbeatInterval = engine.configuration.heartbeatInterval.milliseconds
    nextHeartbeat = monotonicMilliseconds() + heartbeatInterval
    notice = rawAnswer(engine.errorPage(408, "the request did not arrive in time"))
  }

  /// A quarter of the shortest time that is watched, within 10 and 500 ms.
  static func interval(for configuration: ServerConfiguration) -> Duration {
    let shortest = min(
      configuration.headerDeadline, configuration.keepAliveDeadline, configuration.bodyDeadline,
      configuration.heartbeatInterval)
    return min(max(shortest / 4, .milliseconds(10)), .milliseconds(500))
  }

  func tick() {
    let now = monotonicMilliseconds()
    engine.table.reap(now: now, notice: notice)
    guard now >= nextHeartbeat else { return }
    nextHeartbeat = max(nextHeartbeat + heartbeatInterval, now)
    let configuration = engine.configuration
    engine.waiting.cutStalledStreams(since: now - configuration.streamTimeout.milliseconds)
    engine.waiting.sendHeartbeat(configuration.heartbeatFrame())
  }
}

extension ServerConfiguration {
  func heartbeatFrame() -> Frame { Frame(id: nil, name: "heartbeat", data: heartbeat()) }
}

/// An answer as bytes, for a client that libmicrohttpd has no request of yet.
private func rawAnswer(_ response: Response) -> [UInt8] {
  var text = "HTTP/1.1 \(response.status) Request Timeout\r\nConnection: close\r\n"
  for (name, value) in response.headers { text += "\(name): \(value)\r\n" }
  text += "Content-Length: \(response.body.count)\r\n\r\n"
  return Array(text.utf8) + response.body
}
