import Glibc
import Synchronization
import Wire

@testable import Views

/// A server on a raw socket that answers every request for a stream with what a test gives it.
///
/// It shares no code with the daemon. One thread accepts; a display that reconnects is served again.
final class FakeDaemon: Sendable {
  private struct State {
    var client: Int32 = -1
    var requests: [String] = []
    var isStopped = false
  }

  let port: UInt16
  private let listener: Int32
  private let status: String
  /// What each client is told at once.
  private let greeting: [UInt8]
  private let state = Mutex(State())

  init(status: String = "200 OK", greeting: [UInt8] = []) throws {
    self.status = status
    self.greeting = greeting
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(listener, generic, length) == 0 && listen(listener, 4) == 0
          && getsockname(listener, generic, &length) == 0
      }
    }
    guard listener >= 0, isBound else { throw Failure(text: "no socket on 127.0.0.1") }
    port = UInt16(bigEndian: address.sin_port)
    start()
  }

  struct Failure: Error { var text: String }

  var url: String { "http://127.0.0.1:\(port)" }

  /// The heads of all requests so far.
  var requests: [String] { state.withLock { $0.requests } }

  /// Sends bytes to the display that is connected now.
  func send(_ bytes: [UInt8]) {
    let client = state.withLock { $0.client }
    guard client >= 0 else { return }
    _ = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.send(client, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// Closes everything; the accepting thread ends by itself.
  func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      if state.client >= 0 { close(state.client) }
      state.client = -1
    }
  }

  // MARK: The accepting thread

  private func start() {
    var thread = pthread_t()
    // Retained for the thread, which releases it.
    let server = unsafe Unmanaged.passRetained(self)
    _ = unsafe pthread_create(&thread, nil, acceptOnThread, server.toOpaque())
    pthread_detach(thread)
  }

  fileprivate func acceptAll() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { break }
      let head = Self.readHead(client)
      state.withLock { $0.requests.append(head) }
      let isStream = status.hasPrefix("200")
      let answer = """
        HTTP/1.1 \(status)\r
        Content-Type: \(isStream ? "text/event-stream" : "application/problem+json")\r
        \(isStream ? "Cache-Control: no-store" : "Content-Length: 0")\r
        \r

        """
      state.withLock { $0.client = client }
      send(Array(answer.utf8) + (isStream ? greeting : []))
    }
    close(listener)
  }

  private static func readHead(_ client: Int32) -> String {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while head.count < 16_384, unsafe read(client, &byte, 1) == 1 {
      head.append(byte)
      if head.suffix(4) == [13, 10, 13, 10] { break }
    }
    return String(decoding: head, as: UTF8.self)
  }

  // MARK: The stream's form

  static func heartbeat(_ heartbeat: Heartbeat = Samples.heartbeat()) -> [UInt8] {
    Array("event: heartbeat\ndata: ".utf8) + JSON.encode(heartbeat) + Array("\n\n".utf8)
  }

  static func view(_ board: BoardView, sequence: Int) -> [UInt8] {
    Array("id: \(sequence)\nevent: view\ndata: ".utf8) + JSON.encode(board) + Array("\n\n".utf8)
  }
}

/// The accepting thread; `server` is a retained `FakeDaemon`.
private func acceptOnThread(_ server: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let server = unsafe server else { return nil }
  unsafe Unmanaged<FakeDaemon>.fromOpaque(server).takeRetainedValue().acceptAll()
  return nil
}
