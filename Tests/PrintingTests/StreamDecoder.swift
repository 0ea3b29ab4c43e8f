import Canvas

/// Reads an escpos-raster stream back into slips, strictly: a byte that it does not expect is an
/// error. It shares no code with the encoder or the virtual printer, and is written from the
/// command reference alone.
struct StreamDecoder {
  struct Slip: Equatable {
    /// Rows of "#" and ".", as wide as the picture was sent.
    var rows: [[Bool]] = []
    var fences: [[UInt8]] = []
    var largestRaster = 0
  }

  struct Unexpected: Error, CustomStringConvertible {
    var description: String
  }

  /// Slips in the order of their cuts; what follows the last cut is `rest`.
  static func decode(
    _ stream: [UInt8], width: Int
  ) throws -> (slips: [Slip], rest: Slip) {
    var slips: [Slip] = []
    var slip = Slip()
    var index = 0
    func next() throws -> UInt8 {
      guard index < stream.count else { throw Unexpected(description: "the stream ends early") }
      index += 1
      return stream[index - 1]
    }
    while index < stream.count {
      let at = index
      let command = try [next(), next()]
      switch command {
      case [0x1B, 0x40]: break
      case [0x1D, 0x61], [0x1D, 0x49]: _ = try next()
      case [0x10, 0x04]: _ = try next()
      case [0x1B, 0x4A]:
        slip.rows += Array(repeating: Array(repeating: false, count: width), count: Int(try next()))
      case [0x1D, 0x76]:
        guard try next() == 0x30, try next() == 0 else {
          throw Unexpected(description: "raster mode at \(at)")
        }
        let columns = try Int(next()) + 256 * Int(next())
        let rows = try Int(next()) + 256 * Int(next())
        slip.largestRaster = max(slip.largestRaster, rows)
        for _ in 0..<rows {
          var dots: [Bool] = []
          for _ in 0..<columns {
            let byte = try next()
            for place in [128, 64, 32, 16, 8, 4, 2, 1] { dots.append(Int(byte) / place % 2 == 1) }
          }
          slip.rows.append(Array(dots.prefix(width)))
        }
      case [0x1D, 0x28]:
        let head = try [next(), next(), next(), next(), next()]
        guard head == [0x48, 6, 0, 0x30, 0x30] else {
          throw Unexpected(description: "function at \(at)")
        }
        slip.fences.append(try [next(), next(), next(), next()])
      case [0x1D, 0x56]:
        _ = try [next(), next()]
        slips.append(slip)
        slip = Slip()
      default:
        throw Unexpected(description: "bytes \(command) at \(at)")
      }
    }
    return (slips, slip)
  }

  static func rows(of picture: Monochrome) -> [[Bool]] {
    (0..<picture.height).map { y in (0..<picture.width).map { picture[$0, y] } }
  }
}
