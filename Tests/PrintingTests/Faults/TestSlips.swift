import Canvas
import Venue
import Views

@testable import Printing

/// Slips whose pictures are random dots that their visit, number and copy mark determine; drawn in no
/// time.
struct TestSlips: SlipSource {
  /// Where every picture ends: what is higher is another slip.
  static let heights = 40...320

  struct Open: OpenSlip {
    let picture: Monochrome
    var heightDots: Int { picture.height }

    func band(_ rows: Range<Int>) throws -> Monochrome {
      let bytes = Array(
        picture.bytes[rows.lowerBound * picture.bytesPerRow..<rows.upperBound * picture.bytesPerRow]
      )
      return Monochrome(width: picture.width, height: rows.count, packed: bytes)
        ?? Monochrome(width: picture.width, height: rows.count)
    }
  }

  func open(_ slip: SlipView, widthDots: Int) throws -> any OpenSlip {
    Open(picture: Self.picture(of: slip, isCopy: slip.copy != nil, widthDots: widthDots))
  }

  /// Dots with a good share of the bytes that are dangerous in a picture, and of blank rows.
  static func picture(of slip: SlipView, isCopy: Bool, widthDots: Int) -> Monochrome {
    var seed = UInt64(isCopy ? 1 : 0)
    for byte in "\(slip.visit)\(slip.number)".utf8 {
      seed = seed &* 1_099_511_628_211 ^ UInt64(byte)
    }
    var random = SplitMix64(seed: seed)
    let height = Int.random(in: heights, using: &random)
    let bytesPerRow = (widthDots + 7) / 8
    let special: [UInt8] = [0x10, 0x10, 0x04, 0x14, 0x1B, 0x1B, 0x06, 0x1D, 0x00]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(height * bytesPerRow)
    var row = 0
    while row < height {
      // Neither end is blank: what is blank there could belong to anybody.
      let isBlank = row > 0 && Int.random(in: 0..<20, using: &random) == 0
      let rows = isBlank ? min(Int.random(in: 1...30, using: &random), height - row - 1) : 1
      for _ in 0..<max(1, rows) {
        if isBlank, rows > 0 {
          bytes.append(contentsOf: repeatElement(0, count: bytesPerRow))
          row += 1
          continue
        }
        var word = random.next()
        bytes.append(UInt8(truncatingIfNeeded: word) | 0x81)
        for index in 1..<bytesPerRow {
          if index & 7 == 0 { word = random.next() }
          let byte = UInt8(truncatingIfNeeded: word >> UInt64((index & 7) * 8))
          bytes.append(byte < 60 ? special[Int(byte) % special.count] : byte)
        }
        row += 1
      }
    }
    return Monochrome(width: widthDots, height: height, packed: bytes)
      ?? Monochrome(width: widthDots, height: height)
  }
}
