import Canvas
import Venue
import Views
import VirtualPrinters

@testable import Printing

/// Looks at the paper alone.
struct Judge {
  /// How often a slip is whole on one piece of paper.
  static func wholeCopies(of picture: Monochrome, on roll: VirtualRoll) -> Int {
    roll.pieces.reduce(wholeCopies(of: picture, in: roll.rest, seams: roll.restSeams)) {
      $0 + wholeCopies(of: picture, in: $1.picture, seams: $1.seams)
    }
  }

  static func isWhole(_ picture: Monochrome, on roll: VirtualRoll) -> Bool {
    wholeCopies(of: picture, in: roll.rest, seams: roll.restSeams) > 0
      || roll.pieces.reversed().contains {
        wholeCopies(of: picture, in: $0.picture, seams: $0.seams) > 0
      }
  }

  static func wholeCopies(of picture: Monochrome, in paper: Monochrome, seams: [Int]) -> Int {
    guard paper.width == picture.width, paper.height >= picture.height else { return 0 }
    return (0...paper.height - picture.height).count { top in
      stands(picture, in: paper, at: top)
        && !seams.contains { $0 > top && $0 < top + picture.height }
    }
  }

  /// Dot for dot, but for the one dot that makes a dangerous byte harmless.
  private static func stands(_ picture: Monochrome, in paper: Monochrome, at top: Int) -> Bool {
    let start = top * paper.bytesPerRow
    return unsafe picture.bytes.withUnsafeBufferPointer { wanted in
      unsafe paper.bytes.withUnsafeBufferPointer { found in
        for index in 0..<wanted.count {
          let (want, have) = (unsafe wanted[index], unsafe found[start + index])
          if want == have { continue }
          guard want == 0x10 || want == 0x1B, have == want | 0x20 else { return false }
        }
        return true
      }
    }
  }

  /// True when the first rows of `picture` stand somewhere in `paper`.
  static func begins(_ picture: Monochrome, in paper: Monochrome) -> Bool {
    let rows = min(6, picture.height)
    let bytes = Array(picture.bytes.prefix(rows * picture.bytesPerRow))
    guard let head = Monochrome(width: picture.width, height: rows, packed: bytes) else {
      return false
    }
    return wholeCopies(of: head, in: paper, seams: []) > 0
  }
}
