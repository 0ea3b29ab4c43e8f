internal import Glibc

/// One event of a stream: the whole of what its subscribers are to show.
public struct Event: Sendable {
  /// Never goes back within a channel; the browser repeats it as `Last-Event-ID`.
  public var id: UInt64
  /// `message` to a browser when nil. Without line breaks.
  public var name: String?
  /// UTF-8; line breaks are kept.
  public var data: [UInt8]

  public init(id: UInt64, name: String? = nil, data: [UInt8]) {
    self.id = id
    self.name = name
    self.data = data
  }
}

/// The bytes of one event as they go over the wire, built once and shared by every stream.
final class Frame: Sendable {
  let bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  convenience init(id: UInt64?, name: String?, data: [UInt8]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 64)
    if let id { bytes += Array("id: \(id)\n".utf8) }
    if let name {
      precondition(!name.utf8.contains { $0 == newline || $0 == carriageReturn })
      bytes += Array("event: \(name)\n".utf8)
    }
    for line in lines(of: data) {
      bytes += dataPrefix
      bytes += line
      bytes.append(newline)
    }
    bytes.append(newline)
    self.init(bytes: bytes)
  }

  /// Opens a stream: a browser that loses it comes back after a second.
  static let preamble = Frame(bytes: Array("retry: 1000\n\n".utf8))
  /// Ends a stream of a server that stops.
  static let farewell = Frame(bytes: Array("retry: 1000\nevent: bye\ndata: {}\n\n".utf8))
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let dataPrefix = Array("data: ".utf8)

/// CR LF, LF and CR each end a line in an event stream, so each must become a field of its own.
private func lines(of data: [UInt8]) -> [ArraySlice<UInt8>] {
  guard contains(data, newline) || contains(data, carriageReturn) else { return [data[...]] }
  var lines: [ArraySlice<UInt8>] = []
  var start = data.startIndex
  var position = start
  while position < data.endIndex {
    let byte = data[position]
    if byte == newline || byte == carriageReturn {
      lines.append(data[start..<position])
      let isPair =
        byte == carriageReturn && position + 1 < data.endIndex
        && data[position + 1] == newline
      position += isPair ? 2 : 1
      start = position
    } else {
      position += 1
    }
  }
  lines.append(data[start...])
  return lines
}

private func contains(_ bytes: [UInt8], _ byte: UInt8) -> Bool {
  unsafe bytes.withUnsafeBytes { bytes in
    guard let start = bytes.baseAddress else { return false }
    return unsafe memchr(start, Int32(byte), bytes.count) != nil
  }
}
