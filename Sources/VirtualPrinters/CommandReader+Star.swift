extension CommandReader {
  /// Digits in a raster mode command, before their NUL.
  private static let digitLimit = 6
  /// Star pictures have at most 128 bytes in a row.
  private static let widestStarRow = 128

  /// What a Star printer makes of `head`, which has at least one byte.
  func readStar(_ head: [UInt8]) -> Reading {
    switch head[0] {
    case 0x00, 0x0D: return .nothing
    case 0x0A: return .command(.feed(Self.lineRows))
    case 0x17: return model.knowsETB ? .command(.fence(.etb)) : .unknown
    case 0x62 where isInRasterMode:
      guard head.count == 3 else { return .more }
      let width = Int(head[1]) | Int(head[2]) << 8
      return width == 0
        ? .command(.feed(1)) : .picture(width: width, rows: 1, isStored: false)
    case 0x1B: return head.count > 1 ? readEscape(head) : .more
    default: return .unknown
    }
  }

  private func readEscape(_ head: [UInt8]) -> Reading {
    switch head[1] {
    case 0x40: return .command(.initialise)
    case 0x06: return head.count < 3 ? .more : .nothing
    case 0x1E: return readStatusSwitch(head)
    case 0x1D: return readExtended(head)
    case 0x64:
      guard head.count > 2 else { return .more }
      return head[2] <= 3 ? .command(.cut(feed: 0)) : .unknown
    case 0x49: return head.count < 3 ? .more : .command(.feed(Int(head[2])))
    case 0x23:
      guard head.count == 5 else { return .more }
      return head[2...].elementsEqual([0x2A, 0x0A, 0x00]) ? .command(.identity(0)) : .unknown
    case 0x2A: return readRasterMode(head)
    default: return .unknown
    }
  }

  private func readStatusSwitch(_ head: [UInt8]) -> Reading {
    guard head.count == 4 else { return .more }
    switch (head[2], head[3]) {
    case (0x61, let value):
      return model.knowsAutomaticStatus ? .command(.automaticStatus(value != 0)) : .unknown
    case (0x45, 0x00): return model.knowsETB ? .command(.clearCounter) : .unknown
    default: return .unknown
    }
  }

  private func readExtended(_ head: [UInt8]) -> Reading {
    guard head.count > 2 else { return .more }
    switch head[2] {
    case 0x03:
      guard head.count == 6 else { return .more }
      let isFence = model.knowsDocumentFence && head[3] == 0x01
      return isFence ? .command(.fence(.document(Array(head[4..<6])))) : .unknown
    case 0x53:
      guard head.count == 9 else { return .more }
      let width = Int(head[4]) | Int(head[5]) << 8
      guard head[3] == 0x01, head[8] == 0x00, (1...Self.widestStarRow).contains(width) else {
        return .unknown
      }
      return .picture(width: width, rows: Int(head[6]) | Int(head[7]) << 8, isStored: false)
    default: return .unknown
    }
  }

  /// `ESC * r` and a letter, some with a number in digits and a NUL.
  private func readRasterMode(_ head: [UInt8]) -> Reading {
    guard head.count > 2 else { return .more }
    guard head[2] == 0x72 else { return .unknown }
    guard head.count > 3 else { return .more }
    switch head[3] {
    case 0x41: return .enterRaster
    case 0x42: return .leaveRaster
    case 0x43: return .nothing
    default: break
    }
    let digits = head[4...]
    guard let last = digits.last else { return .more }
    guard last == 0x00 else {
      return (0x30...0x39).contains(last) && digits.count <= Self.digitLimit ? .more : .unknown
    }
    let number = digits.dropLast().reduce(0) { $0 * 10 + Int($1 - 0x30) }
    switch head[3] {
    case 0x59: return isInRasterMode ? .command(.feed(number)) : .nothing
    case 0x50, 0x45, 0x46, 0x51, 0x4B: return .nothing
    default: return .unknown
    }
  }
}
