internal import Synchronization

/// One subscriber of a channel: `Answer.stream` connects it to the client that asked.
///
/// Holds at most three frames: the one being sent, which is always completed, the newest event, and
/// a heartbeat. All are shared with other streams.
public final class EventStream: Sendable {
  private struct State {
    /// Set from the start to the end of the connection.
    var connection: ConnectionHandle?
    var sending: Frame?
    var sentCount = 0
    var newest: Frame?
    var heartbeat: Frame?
    var farewell: Frame?
    var isEnding = false
    var isSuspended = false
    /// When the client last took bytes, in milliseconds of the monotonic clock.
    var lastRead: Int64 = 0
  }

  private let state = Mutex(State())
  private let channel: Channel
  private let onClose: @Sendable () -> Void

  /// - Parameter onClose: called once when the client has gone or the stream has ended, on a thread
  ///   of the server: it must not block. Not called for a stream that was never answered with.
  public init(_ channel: Channel, onClose: @escaping @Sendable () -> Void = {}) {
    self.channel = channel
    self.onClose = onClose
  }

  /// Ends the stream after the frame being sent and a last event `bye`. From any thread.
  public func close() {
    state.withLock { state in
      guard !state.isEnding else { return }
      state.isEnding = true
      state.farewell = .farewell
      wake(&state)
    }
  }

  /// Traps when the stream was given to a client before.
  ///
  /// The client gets a heartbeat at once: it must not wait two seconds for the server's time.
  func start(on connection: ConnectionHandle, now: Int64, heartbeat: Frame) {
    state.withLock { state in
      precondition(state.connection == nil, "a stream has one client")
      state.connection = connection
      // Before any view: its times mean little without the server's.
      state.sending = Frame(bytes: Frame.preamble.bytes + heartbeat.bytes)
      state.lastRead = now
    }
    channel.join(self)
  }

  /// The connection is about to close: its handle is not used from here on.
  func finish() {
    state.withLock { state in
      state.connection = nil
      state.isEnding = true
    }
    channel.leave(self)
    onClose()
  }

  /// Replaces the event that has not been started yet.
  func offer(_ frame: Frame) {
    state.withLock { state in
      guard !state.isEnding else { return }
      state.newest = frame
      wake(&state)
    }
  }

  func offerHeartbeat(_ frame: Frame) {
    state.withLock { state in
      guard !state.isEnding else { return }
      state.heartbeat = frame
      wake(&state)
    }
  }

  /// Whether bytes have waited for the client since before `moment`.
  func isStalled(since moment: Int64) -> Bool {
    state.withLock { $0.connection != nil && !$0.isSuspended && $0.lastRead < moment }
  }

  enum Reading {
    case bytes(Int)
    /// Nothing to send: the connection has been put aside.
    case suspended
    case end
  }

  /// Fills the buffer with the next bytes. Called by the library when the client can take more.
  func read(into buffer: UnsafeMutableRawBufferPointer, now: Int64) -> Reading {
    state.withLock { state in
      state.lastRead = now
      var filled = 0
      while filled < buffer.count, let frame = nextFrame(&state) {
        let count = min(buffer.count - filled, frame.bytes.count - state.sentCount)
        unsafe frame.bytes.withUnsafeBytes { bytes in
          unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
            .copyMemory(
              from: UnsafeRawBufferPointer(
                rebasing: bytes[state.sentCount..<state.sentCount + count]))
        }
        filled += count
        state.sentCount += count
        if state.sentCount == frame.bytes.count { state.sending = nil }
      }
      if filled > 0 { return .bytes(filled) }
      if state.isEnding { return .end }
      state.isSuspended = true
      state.connection?.suspend()
      return .suspended
    }
  }

  private func nextFrame(_ state: inout State) -> Frame? {
    if let sending = state.sending { return sending }
    guard let next = state.newest ?? state.heartbeat ?? state.farewell else { return nil }
    if state.newest != nil {
      state.newest = nil
    } else if state.heartbeat != nil {
      state.heartbeat = nil
    } else {
      state.farewell = nil
    }
    state.sending = next
    state.sentCount = 0
    return next
  }

  private func wake(_ state: inout State) {
    guard state.isSuspended else { return }
    state.isSuspended = false
    state.connection?.resume()
  }
}
