import Glibc
import Synchronization

/// Listens on a port of its own and gives each connection, with its number, to a script on a thread.
final class FakeServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  var endpoint: String { "http://127.0.0.1:\(port)" }

  init(script: @escaping @Sendable (FakeConnection, _ number: Int) -> Void) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, length)
        unsafe getsockname(descriptor, $0, &length)
      }
    }
    listen(descriptor, 50)
    self.descriptor = descriptor
    port = UInt16(bigEndian: address.sin_port)
    onThread {
      var number = 0
      while true {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else {
          close(descriptor)
          return
        }
        let current = number
        onThread { script(FakeConnection(descriptor: accepted), current) }
        number += 1
      }
    }
  }

  deinit {
    // The accepting thread closes it: the number must not be given away while that one may use it.
    shutdown(descriptor, Int32(SHUT_RDWR))
  }
}

/// Closed when it is let go.
final class FakeConnection: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Reads one request: its header, and as much of a body as it announces. Empty at the end.
  func request() -> String {
    var bytes: [UInt8] = []
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let head = text.split(separator: "\r\n\r\n", omittingEmptySubsequences: false).first,
        head.utf8.count + 4 <= bytes.count
      {
        let length = text.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
          .flatMap { Int($0.dropFirst(16)) }
        if bytes.count >= head.utf8.count + 4 + (length ?? 0) { return text }
      }
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return "" }
      bytes += buffer[..<count]
    }
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  func answer(_ status: Int, _ body: String) {
    send(
      "HTTP/1.1 \(status) Status\r\nX-Kind: test\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    )
  }

  func startStream() {
    send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
  }

  /// Waits until the client has closed.
  func waitForEnd() {
    while !request().isEmpty {}
  }
}

func onThread(_ body: @escaping @Sendable () -> Void) {
  var thread = pthread_t()
  unsafe pthread_create(
    &thread, nil,
    { object in
      guard let object = unsafe object else { return nil }
      unsafe Unmanaged<Box>.fromOpaque(object).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(Box(body: body)).toOpaque())
  pthread_detach(thread)
}

private final class Box: Sendable {
  let body: @Sendable () -> Void
  init(body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Collects from other threads; reading waits for the thing wanted.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func append(_ element: Element) { elements.withLock { $0.append(element) } }

  /// Waits until an element fulfils the condition, for at most ten seconds.
  func first(where condition: (Element) -> Bool) throws -> Element {
    for _ in 0..<10_000 {
      if let found = all.first(where: condition) { return found }
      poll(nil, 0, 1)
    }
    throw NeverCame()
  }
}

struct NeverCame: Error {}
