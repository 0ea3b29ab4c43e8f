internal import CCurl
internal import Synchronization

/// The follower's thread: connect, read until the stream is lost, wait, again.
///
/// Everything but `requestStop` belongs to that thread.
@safe final class FollowerLoop: @unchecked Sendable {
  private let endpoint: Endpoint
  private let path: String
  private let configuration: Follower.Configuration
  private let report: @Sendable (Follower.Report) -> Void
  private let isStopped = Atomic(false)
  /// libcurl's multi handle: waits for a transfer, and can be woken from another thread.
  private let multi: UnsafeMutableRawPointer
  private let handle: CurlHandle
  private var backoff: Backoff
  private var parser: EventParser
  private var attempt = Attempt()

  /// What is known of the connection at hand.
  private struct Attempt {
    var isStream = false
    var contentType = ""
    var lastByte = ContinuousClock.now
    /// Set when the stream cannot be read on.
    var failure: String?
  }

  init?(
    _ endpoint: Endpoint, _ path: String, _ configuration: Follower.Configuration,
    _ report: @escaping @Sendable (Follower.Report) -> Void
  ) {
    guard let handle = CurlHandle(), let multi = unsafe curl_multi_init() else { return nil }
    self.endpoint = endpoint
    self.path = path
    self.configuration = configuration
    self.report = report
    self.handle = handle
    unsafe self.multi = multi
    backoff = Backoff(first: configuration.firstDelay, longest: configuration.longestDelay)
    parser = EventParser(limitBytes: configuration.eventLimitBytes)
  }

  deinit {
    unsafe curl_multi_cleanup(multi)
  }

  /// From any thread: "curl_multi_wakeup can be called from another thread" (its manual).
  func requestStop() {
    isStopped.store(true, ordering: .releasing)
    unsafe curl_multi_wakeup(multi)
  }

  private var isRunning: Bool { !isStopped.load(ordering: .acquiring) }

  func run() {
    handle.onHeaderLine = { [unowned self] line in receiveHeader(line) }
    handle.onBody = { [unowned self] bytes in receive(bytes) }
    while isRunning {
      let reason = follow()
      guard isRunning else { return }
      report(.disconnected(reason: reason))
      pause(isRefused ? configuration.refusedDelay : nextDelay())
    }
  }

  /// Follows one connection to its end, and says why it ended.
  private func follow() -> String {
    attempt = Attempt()
    parser = EventParser(
      limitBytes: configuration.eventLimitBytes, lastEventID: parser.lastEventID)
    let lastID = parser.lastEventID.map { [("Last-Event-ID", $0)] } ?? []
    handle.prepare(
      endpoint, "GET", path, body: nil, headers: [("Accept", "text/event-stream")] + lastID,
      connectTimeout: configuration.connectTimeout, timeout: nil)
    unsafe curl_multi_add_handle(multi, handle.pointer)
    defer { _ = unsafe curl_multi_remove_handle(multi, handle.pointer) }

    var isTransferring: Int32 = 1
    while isRunning {
      guard unsafe curl_multi_perform(multi, &isTransferring) == CURLM_OK else { break }
      if let failure = attempt.failure { return failure }
      if isTransferring == 0 { return endOfTransfer() }
      let silence = attempt.lastByte.duration(to: .now)
      guard silence < silenceLimit else {
        return "no word from \(endpoint.name) for \(silenceLimit.components.seconds) s"
      }
      unsafe curl_multi_poll(
        multi, nil, 0, Int32((silenceLimit - silence).milliseconds + 1), nil)
    }
    return "stopped"
  }

  /// While it connects, libcurl's own time limit speaks first.
  private var silenceLimit: Duration {
    attempt.isStream
      ? configuration.silenceLimit : configuration.silenceLimit + configuration.connectTimeout
  }

  private func endOfTransfer() -> String {
    let result = unsafe rossio_curl_result(multi)
    guard result == Int32(CURLE_OK.rawValue) else {
      return FeedError(CURLcode(rawValue: UInt32(bitPattern: result)), endpoint.name).description
    }
    switch handle.status {
    case 200 where attempt.isStream: return "\(endpoint.name) ended the stream"
    case 200: return "\(endpoint.name) has no event stream at \(path)"
    case 401:
      return "\(endpoint.name) does not know this device (401): enrol it and check its token"
    case 403: return "this device may not see \(path) (403): enrol it for this screen"
    case 404: return "\(endpoint.name) has nothing at \(path) (404): check the screen's name"
    case let status: return "\(endpoint.name) answered with status \(status)"
    }
  }

  private var isRefused: Bool { handle.status == 401 || handle.status == 403 }

  private func nextDelay() -> Duration {
    .milliseconds(backoff.next(jitter: configuration.jitter()))
  }

  /// Waits, or until it is stopped.
  private func pause(_ duration: Duration) {
    let end = ContinuousClock.now + duration
    while isRunning {
      let rest = ContinuousClock.now.duration(to: end)
      guard rest > .zero else { return }
      unsafe curl_multi_poll(multi, nil, 0, Int32(rest.milliseconds + 1), nil)
    }
  }

  // MARK: What arrives

  private func receiveHeader(_ line: String) {
    attempt.lastByte = .now
    let lower = line.lowercased()
    if lower.hasPrefix("content-type:") {
      attempt.contentType = String(lower.dropFirst(13).drop { $0 == " " })
    }
    guard line.isEmpty, handle.status == 200,
      attempt.contentType.hasPrefix("text/event-stream")
    else { return }
    attempt.isStream = true
    if isRunning { report(.connected) }
  }

  private func receive(_ bytes: [UInt8]) -> Bool {
    attempt.lastByte = .now
    // The body of an error is of no use to a screen; its status says enough.
    guard attempt.isStream else { return true }
    do {
      for item in try parser.feed(bytes) where isRunning { take(item) }
      return isRunning
    } catch {
      attempt.failure =
        "\(endpoint.name) sent an event larger than \(error.limitBytes / 1024) KiB"
      return false
    }
  }

  private func take(_ item: EventParser.Item) {
    switch item {
    case .retry(let milliseconds):
      backoff.first = min(max(milliseconds, 1), backoff.longest)
    case .event(_, "heartbeat", let data):
      backoff.succeeded()
      report(.heartbeat(data: data))
    case .event(let id, let name, let data):
      backoff.succeeded()
      report(.event(id: id, name: name, data: data))
    }
  }
}
