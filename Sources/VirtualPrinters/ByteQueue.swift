/// Bytes in the order in which they came, taken from the front without moving the others each time.
struct ByteQueue: Sendable {
  /// Bytes already taken that are kept at most before the rest is moved down.
  private static let slack = 16_384

  private var bytes: [UInt8] = []
  private var start = 0

  var count: Int { bytes.count - start }

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  /// The first `count` bytes.
  func first(_ count: Int) -> ArraySlice<UInt8> { bytes[start..<start + count] }

  mutating func drop(_ count: Int) {
    start += count
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      start = 0
    } else if start > Self.slack {
      bytes.removeFirst(start)
      start = 0
    }
  }

  mutating func clear() {
    bytes = []
    start = 0
  }
}
