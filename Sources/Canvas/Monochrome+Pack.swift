/// How pixels of ink become dots: the innermost loop of printing.
extension Monochrome {
  /// Sets the bits of one row: `width` pixels of `source` from `first` on, into bytes of `target` that
  /// are 0 from `start` on.
  static func pack(
    _ source: Span<UInt8>, from first: Int, width: Int, threshold: UInt8,
    into target: inout MutableSpan<UInt8>, at start: Int
  ) {
    let raw = unsafe source.bytes
    let wholeBytes = threshold == 128 ? width / 8 : 0
    precondition(first >= 0 && first + width <= source.count, "the row lies within the bitmap")
    for index in 0..<wholeBytes {
      let eight = unsafe raw.unsafeLoadUnaligned(
        fromByteOffset: first + index * 8, as: UInt64.self)
      // Most of a slip is paper.
      if eight != 0 { target[start + index] = topBits(UInt64(littleEndian: eight)) }
    }
    for x in wholeBytes * 8..<width where source[first + x] >= threshold {
      target[start + x / 8] |= 0x80 >> UInt8(x & 7)
    }
  }

  /// The highest bits of eight bytes, that of the lowest byte first: a byte has it from 128 on.
  ///
  /// After the shift byte i holds bit 8i. The factor has the bits 63 - 9j: the product has bit i of
  /// the bytes at 63 - i, where i = j, and no two of its terms meet, so nothing is carried over.
  private static func topBits(_ eight: UInt64) -> UInt8 {
    let bits = eight >> 7 & 0x0101_0101_0101_0101
    return UInt8(truncatingIfNeeded: (bits &* 0x8040_2010_0804_0201) >> 56)
  }
}
