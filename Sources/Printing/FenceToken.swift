/// What comes back once everything before it is on paper: bytes of 20 to 7E, or the one byte that a
/// pattern of answers spells.
struct FenceToken: Equatable, Sendable {
  /// `GS ( H` carries four bytes, `ESC GS ETX` two, a pattern one.
  static let lengths = [4, 2]
  /// 20 to 7E: none of them starts a command.
  private static let first: UInt8 = 0x20
  private static let count: UInt64 = 95

  let bytes: [UInt8]

  /// Four bytes differ for 95⁴ (81 million) numbers in a row, two for 9,025, a pattern for 256: far more
  /// than fences can be late.
  init(number: Int64, length: Int) {
    var rest = UInt64(bitPattern: number)
    bytes =
      length == 1
      ? [UInt8(truncatingIfNeeded: number)]
      : (0..<length).map { _ in
        defer { rest /= Self.count }
        return Self.first + UInt8(rest % Self.count)
      }
  }

  init(byte: UInt8) { bytes = [byte] }

  init?(bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    guard Self.lengths.contains(self.bytes.count),
      self.bytes.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
  }
}
