import Foundation

/// One event of a stream.
struct StreamEvent {
  var id: UInt64?
  var name = ""
  var data = ""

  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any]) ?? [:]
  }
}

/// Follows a view as an event stream.
final class StreamClient {
  let head: HTTPAnswer
  private let client: HTTPClient
  /// The body so far, without the chunks' own lines.
  private var unread: [UInt8] = []

  init(port: UInt16, _ path: String, token: String? = nil) throws {
    client = try HTTPClient(port: port, token: token)
    client.send(client.request("GET", path, nil, ["Accept": "text/event-stream"]))
    head = HTTPAnswer(head: try client.read(until: "\r\n\r\n"))
  }

  /// The next event of this name; others are passed over. Nil when the stream has ended.
  func next(_ name: String, milliseconds: Int32 = 30_000) throws -> StreamEvent? {
    while let event = try next(milliseconds: milliseconds) {
      if event.name == name { return event }
    }
    return nil
  }

  /// The next event of any name; nil when the stream has ended in order.
  func next(milliseconds: Int32 = 30_000) throws -> StreamEvent? {
    while true {
      if let end = unread[...].endOfFirst([10, 10]) {
        let block = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeFirst(end)
        if let event = Self.event(block) { return event }
        continue
      }
      guard let chunk = try nextChunk(milliseconds) else { return nil }
      unread += chunk
    }
  }

  private func nextChunk(_ milliseconds: Int32) throws -> [UInt8]? {
    let size = try client.read(until: "\r\n", milliseconds: milliseconds)
      .trimmingCharacters(in: .newlines)
    guard let length = Int(size, radix: 16), length > 0 else { return nil }
    return try client.read(bytes: length + 2, milliseconds: milliseconds).dropLast(2)
  }

  private static func event(_ block: String) -> StreamEvent? {
    var event = StreamEvent()
    var lines: [Substring] = []
    for line in block.split(separator: "\n") {
      if line.hasPrefix("id: ") { event.id = UInt64(line.dropFirst(4)) }
      if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
      if line.hasPrefix("data: ") { lines.append(line.dropFirst(6)) }
    }
    event.data = lines.joined(separator: "\n")
    return event.name.isEmpty ? nil : event
  }
}
