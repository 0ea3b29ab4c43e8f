extension CommandReader {
  /// The height of a line of text: one sixth of an inch at 203 dpi.
  static let lineRows = 34

  /// What ESC/POS makes of `head`, which has at least one byte.
  func readEscPos(_ head: [UInt8]) -> Reading {
    switch head[0] {
    case 0x00, 0x0D: return .nothing
    case 0x0A: return .command(.feed(Self.lineRows))
    case 0x10: return passedRealTime(head)
    case 0x1B:
      guard head.count > 1 else { return .more }
      switch head[1] {
      case 0x40: return .command(.initialise)
      case 0x4A: return head.count < 3 ? .more : .command(.feed(Int(head[2])))
      case 0x64: return head.count < 3 ? .more : .command(.feed(Int(head[2]) * Self.lineRows))
      default: return .unknown
      }
    case 0x1D:
      return head.count > 1 ? readGroupSeparator(head) : .more
    default: return .unknown
    }
  }

  /// Real-time commands that were obeyed on arrival, and not taken out.
  private func passedRealTime(_ head: [UInt8]) -> Reading {
    guard head.count > 1 else { return .more }
    switch head[1] {
    case 0x04, 0x05: return head.count < 3 ? .more : .nothing
    case 0x14:
      guard head.count > 2 else { return .more }
      switch head[2] {
      case 0x01, 0x02: return head.count < 5 ? .more : .nothing
      case 0x08: return head.count < 10 ? .more : .nothing
      default: return .unknown
      }
    default: return .unknown
    }
  }

  private func readGroupSeparator(_ head: [UInt8]) -> Reading {
    switch head[1] {
    case 0x61:
      guard head.count > 2 else { return .more }
      return model.knowsAutomaticStatus ? .command(.automaticStatus(head[2] != 0)) : .unknown
    case 0x49: return head.count < 3 ? .more : .command(.identity(head[2]))
    case 0x72:
      guard head.count > 2 else { return .more }
      let isPaper = head[2] == 1 || head[2] == 0x31
      return isPaper && model.knowsFallbackFence ? .command(.fence(.paperSensor)) : .unknown
    case 0x76: return readRaster(head)
    case 0x56: return readCut(head)
    case 0x28: return readFunction(head)
    default: return .unknown
    }
  }

  private func readRaster(_ head: [UInt8]) -> Reading {
    guard head.count > 2 else { return .more }
    guard head[2] == 0x30 else { return .unknown }
    guard head.count > 3 else { return .more }
    guard head[3] == 0x00 || head[3] == 0x30 else { return .unknown }
    guard head.count == 8 else { return .more }
    return .picture(
      width: Int(head[4]) | Int(head[5]) << 8, rows: Int(head[6]) | Int(head[7]) << 8,
      isStored: false)
  }

  private func readCut(_ head: [UInt8]) -> Reading {
    guard head.count > 2 else { return .more }
    switch head[2] {
    case 0x00, 0x01, 0x30, 0x31: return .command(.cut(feed: 0))
    case 0x41, 0x42: return head.count < 4 ? .more : .command(.cut(feed: Int(head[3])))
    default: return .unknown
    }
  }

  /// `GS ( …`: a function with its length, so that unknown ones can be skipped.
  private func readFunction(_ head: [UInt8]) -> Reading {
    guard head.count >= 5 else { return .more }
    let length = Int(head[3]) | Int(head[4]) << 8
    let whole = head.count == 5 + length
    switch (head[2], length) {
    case (0x48, 6):
      guard whole else { return .more }
      guard model.knowsProcessID, head[5] == 0x30, head[6] == 0x30 else { return .skip(0) }
      return .command(.fence(.process(Array(head[7..<11]))))
    case (0x44, 3), (0x44, 5):
      guard whole else { return .more }
      return head[5] == 0x14 ? readSwitches(head[6...]) : .skip(0)
    case (0x4C, 2):
      guard whole else { return .more }
      let prints = head[5] == 0x30 && (head[6] == 0x32 || head[6] == 0x02)
      return prints ? .command(.printStored) : .skip(0)
    case (0x4C, 11...): return readGraphics(head, length)
    default: return .skip(length)
    }
  }

  /// Pairs of a function and 0 or 1: off, on.
  private func readSwitches(_ pairs: ArraySlice<UInt8>) -> Reading {
    var pulse: Bool?
    var powerOff: Bool?
    var index = pairs.startIndex
    while index + 1 < pairs.endIndex {
      let isOn = pairs[index + 1] & 1 == 1
      if pairs[index] == 1 { pulse = isOn }
      if pairs[index] == 2 { powerOff = isOn }
      index += 2
    }
    return .realTime(pulse: pulse, powerOff: powerOff)
  }

  private func readGraphics(_ head: [UInt8], _ length: Int) -> Reading {
    guard head.count == 15 else { return .more }
    let width = ((Int(head[11]) | Int(head[12]) << 8) + 7) / 8
    let rows = Int(head[13]) | Int(head[14]) << 8
    guard head[5...10].elementsEqual([0x30, 0x70, 0x30, 0x01, 0x01, 0x31]),
      length == 10 + width * rows
    else { return .skip(length - 10) }
    return .picture(width: width, rows: rows, isStored: true)
  }
}
