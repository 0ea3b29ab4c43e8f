/// Reads an event stream (the WHATWG's `text/event-stream`) piece by piece, wherever it is cut.
public struct EventParser: Sendable {
  public enum Item: Sendable, Equatable {
    /// `id` is the newest id that the stream has given, also by an earlier event.
    case event(id: String?, name: String, data: [UInt8])
    /// How long to wait before connecting again, in milliseconds.
    case retry(milliseconds: Int)
  }

  /// A line or an event's data was longer than the limit; nothing after it is read.
  public struct TooLarge: Error, Equatable {
    public let limitBytes: Int
  }

  public static let defaultLimitBytes = 4 * 1024 * 1024

  /// The newest id; the client sends it as `Last-Event-ID` when it comes back.
  public private(set) var lastEventID: String?

  private let limitBytes: Int
  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithCarriageReturn = false
  private var isFirstLine = true

  public init(limitBytes: Int = Self.defaultLimitBytes, lastEventID: String? = nil) {
    self.limitBytes = limitBytes
    self.lastEventID = lastEventID
  }

  /// Takes the next bytes and returns what has become complete.
  public mutating func feed(_ bytes: some Sequence<UInt8>) throws(TooLarge) -> [Item] {
    var items: [Item] = []
    for byte in bytes {
      let followsCarriageReturn = endedWithCarriageReturn
      endedWithCarriageReturn = byte == carriageReturn
      if byte == newline, followsCarriageReturn { continue }
      if byte == newline || byte == carriageReturn {
        if let item = endLine() { items.append(item) }
      } else {
        line.append(byte)
      }
      guard line.count + data.count <= limitBytes else { throw TooLarge(limitBytes: limitBytes) }
    }
    return items
  }

  private mutating func endLine() -> Item? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: byteOrderMark) { line.removeFirst(byteOrderMark.count) }
    }
    guard !line.isEmpty else { return endEvent() }
    let colon = line.firstIndex(of: UInt8(ascii: ":"))
    let field = line[..<(colon ?? line.endIndex)]
    var value = colon.map { line[($0 + 1)...] } ?? []
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    switch String(decoding: field, as: UTF8.self) {
    case "data":
      if hasData { data.append(newline) }
      data += value
      hasData = true
    case "event": name = String(decoding: value, as: UTF8.self)
    case "id": if !value.contains(0) { lastEventID = String(decoding: value, as: UTF8.self) }
    case "retry": return retry(value)
    default: break  // a comment, or a field of a later day
    }
    return nil
  }

  private func retry(_ value: ArraySlice<UInt8>) -> Item? {
    guard value.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let milliseconds = Int(String(decoding: value, as: UTF8.self))
    else { return nil }
    return .retry(milliseconds: milliseconds)
  }

  /// An event without data is none.
  private mutating func endEvent() -> Item? {
    defer {
      name = ""
      data = []
      hasData = false
    }
    guard hasData else { return nil }
    return .event(id: lastEventID, name: name.isEmpty ? "message" : name, data: data)
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
