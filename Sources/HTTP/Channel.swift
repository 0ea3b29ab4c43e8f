internal import Synchronization

/// What many streams show alike: an event published here reaches every subscriber, encoded once.
///
/// A subscriber that joins receives the newest event at once. One that reads slowly skips what has
/// been overtaken: each holds one event being sent and one to come, never a queue.
public final class Channel: Sendable {
  private struct State {
    var newestID: UInt64 = 0
    var newest: Frame?
    var streams: [ObjectIdentifier: EventStream] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  /// Streams that are connected now.
  public var subscriberCount: Int { state.withLock { $0.streams.count } }

  /// Hands the event to all subscribers. Callable from any thread, never waits for a client.
  ///
  /// An event with a smaller id than the newest came too late and is ignored.
  public func publish(_ event: Event) {
    let frame = Frame(id: event.id, name: event.name, data: event.data)
    state.withLock { state in
      guard event.id >= state.newestID else { return }
      state.newestID = event.id
      state.newest = frame
      for stream in state.streams.values { stream.offer(frame) }
    }
  }

  /// Ends every stream; a browser comes back after a second. New subscribers are still welcome.
  public func closeAll() {
    for stream in state.withLock({ Array($0.streams.values) }) { stream.close() }
  }

  func join(_ stream: EventStream) {
    state.withLock { state in
      state.streams[ObjectIdentifier(stream)] = stream
      if let newest = state.newest { stream.offer(newest) }
    }
  }

  func leave(_ stream: EventStream) {
    _ = state.withLock { $0.streams.removeValue(forKey: ObjectIdentifier(stream)) }
  }
}
