/// What comes back once everything before it is on paper: the bytes of a fence, or the one byte that a
/// pattern of answers spells.
struct FenceToken: Equatable, Sendable {
  let bytes: [UInt8]

  /// `GS ( H` carries four bytes of 20 to 7E, `ESC GS ETX` two of nearly any kind, a pattern one.
  ///
  /// So 81 million numbers in a row differ, or 47,961, or 256: far more than fences can be late. A
  /// printer that makes tokens up hits the pending one by chance as seldom.
  init(number: Int64, length: Int) {
    var rest = UInt64(bitPattern: number)
    switch length {
    case 4:
      bytes = (0..<4).map { _ in
        defer { rest /= 95 }
        return 0x20 + UInt8(rest % 95)
      }
    case 2:
      bytes = (0..<2).map { _ in
        defer { rest /= UInt64(Self.starBytes.count) }
        return Self.starBytes[Int(rest % UInt64(Self.starBytes.count))]
      }
    default:
      bytes = [UInt8(truncatingIfNeeded: number)]
    }
  }

  init(byte: UInt8) { bytes = [byte] }

  /// A token that came from a printer; nil when it cannot be one of ours.
  init?(bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    switch self.bytes.count {
    case 4 where self.bytes.allSatisfy({ (0x20...0x7E).contains($0) }): break
    case 2 where self.bytes.allSatisfy(Self.starBytes.contains): break
    default: return nil
    }
  }

  /// Without 1B, which starts commands and with 06 one that is obeyed at once, and without what looks
  /// like a status in the midst of the answer.
  private static let starBytes = (UInt8.min...UInt8.max).filter {
    $0 != 0x1B && !StarReplyReader.isStatusHead($0)
  }
}
