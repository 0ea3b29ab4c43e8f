import Testing

/// The oracle itself: what it reads, and what it refuses.
@Suite("Stream decoder")
struct StreamDecoderTests {
  private static let picture: [[Bool]] = [
    [true, false, false, false, false, false, false, true],
    [false, true, false, false, false, false, true, false],
  ]

  @Test(
    "the same two rows, a feed and a cut in every dialect",
    arguments: [
      (
        StreamDecoder.Dialect.escposRaster,
        [
          0x1B, 0x40, 0x1D, 0x76, 0x30, 0, 1, 0, 2, 0, 0x81, 0x42, 0x1B, 0x4A, 3, 0x1D, 0x56, 0x42,
          0,
        ]
          as [UInt8]
      ),
      (
        .escposGraphics,
        [
          0x1B, 0x40, 0x1D, 0x28, 0x4C, 12, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 8, 0, 2, 0, 0x81, 0x42,
          0x1D, 0x28, 0x4C, 2, 0, 0x30, 0x32, 0x1B, 0x4A, 3, 0x1D, 0x56, 0x42, 0,
        ]
      ),
      (
        .starPRNT,
        [
          0x1B, 0x40, 0x1B, 0x1D, 0x53, 1, 1, 0, 2, 0, 0, 0x81, 0x42, 0x1B, 0x49, 3, 0x1B, 0x64, 2,
        ]
      ),
      (
        .starLine,
        [
          0x1B, 0x40, 0x1B, 0x2A, 0x72, 0x41, 0x1B, 0x2A, 0x72, 0x50, 0x30, 0, 0x62, 1, 0, 0x81,
          0x62, 1, 0, 0x42, 0x1B, 0x2A, 0x72, 0x59, 0x33, 0, 0x1B, 0x2A, 0x72, 0x42, 0x1B, 0x64, 2,
        ]
      ),
    ])
  func reads(dialect: StreamDecoder.Dialect, stream: [UInt8]) throws {
    let decoded = try StreamDecoder.decode(stream, width: 8, dialect: dialect)
    let blank = Array(repeating: Array(repeating: false, count: 8), count: 3)
    #expect(decoded.slips.map(\.rows) == [Self.picture + blank])
    #expect(decoded.rest == StreamDecoder.Slip())
    // A byte less, or one more anywhere that changes the meaning, is seen.
    for end in stream.indices.dropFirst().dropLast() {
      let cut = try? StreamDecoder.decode(Array(stream[..<end]), width: 8, dialect: dialect)
      #expect(cut?.slips.isEmpty != false)
    }
    for other in StreamDecoder.Dialect.allCases where other != dialect {
      #expect(throws: StreamDecoder.Unexpected.self) {
        _ = try StreamDecoder.decode(stream, width: 8, dialect: other)
      }
    }
  }

  @Test(
    "what does not belong there is refused",
    arguments: [
      (StreamDecoder.Dialect.escposRaster, [0x41, 0x42] as [UInt8]),
      // Ink beside the paper, a token with a control character, DLE EOT 5.
      (.escposRaster, [0x1D, 0x76, 0x30, 0, 2, 0, 1, 0, 0, 1]),
      (.escposRaster, [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x19, 0x41, 0x41, 0x41]),
      (.escposRaster, [0x10, 0x04, 5]),
      // Stored and never printed; a length that does not fit its sides.
      (.escposGraphics, [0x1D, 0x28, 0x4C, 11, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 8, 0, 1, 0, 1]),
      (.escposGraphics, [0x1D, 0x28, 0x4C, 12, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 8, 0, 1, 0, 1, 1]),
      // Rows of 129 bytes; a row outside raster mode; a cut within it.
      (.starPRNT, [0x1B, 0x1D, 0x53, 1, 129, 0, 1, 0, 0] + [UInt8](repeating: 0, count: 129)),
      (.starLine, [0x62, 1, 0, 1]),
      (.starLine, [0x1B, 0x2A, 0x72, 0x41, 0x1B, 0x64, 2, 0x1B, 0x2A, 0x72, 0x42]),
    ])
  func refuses(dialect: StreamDecoder.Dialect, stream: [UInt8]) {
    #expect(throws: StreamDecoder.Unexpected.self) {
      _ = try StreamDecoder.decode(stream, width: 8, dialect: dialect)
    }
  }

  @Test("fences and hazards are counted")
  func counts() throws {
    let escpos: [UInt8] = [
      0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x41, 0x42, 0x43, 0x44, 0x1D, 0x72, 1,
    ]
    let picture: [UInt8] = [0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0x10, 0x04, 0x10, 0x05]
    let decoded = try StreamDecoder.decode(escpos + picture, width: 16)
    #expect(decoded.rest.fences == [[0x41, 0x42, 0x43, 0x44], [1]])
    #expect(decoded.rest.hazards == 2)
    let star = try StreamDecoder.decode(
      [0x1B, 0x1D, 3, 1, 7, 8, 0x17], width: 8, dialect: .starPRNT)
    #expect(star.rest.fences == [[7, 8], [0x17]])
  }
}
