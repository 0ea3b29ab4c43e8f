internal import Canvas

/// The inside of a virtual printer, as a pure value: bytes go in, answers and slips come out.
///
/// It understands `escpos-raster`. Real-time commands are obeyed as they arrive, wherever they stand,
/// as real printers do; all else waits in a buffer while the printer is offline.
struct VirtualMechanism {
  enum Effect: Equatable {
    case answer([UInt8])
    case slip(Monochrome)
    /// A command that it does not know; it skips the byte.
    case unknown(UInt8)
  }

  /// Bytes that wait while it is offline; then it stops reading, as printers with full buffers do.
  static let bufferLimit = 65_536

  private(set) var condition = VirtualPrinter.Condition()
  private var roll: VirtualRoll
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAutomatic = false
  /// The start of a real-time command whose end has not come yet.
  private var realTime: [UInt8] = []
  /// The raster picture whose data are coming: bytes of a row, and rows to come.
  private var raster: (bytesPerRow: Int, rows: Int)?

  init(widthDots: Int) { roll = VirtualRoll(widthDots: widthDots) }

  var isFull: Bool { buffer.count - start >= Self.bufferLimit }

  mutating func receive(_ bytes: [UInt8]) -> [Effect] {
    var effects: [Effect] = []
    for byte in bytes { effects += obeyAtOnce(byte) }
    return effects + work()
  }

  /// Somebody opens the cover, loads paper and the like.
  mutating func change(to condition: VirtualPrinter.Condition) -> [Effect] {
    guard condition != self.condition else { return [] }
    self.condition = condition
    return (isAutomatic ? [.answer(automaticStatus)] : []) + work()
  }

  /// A new connection: what the last one left half done is forgotten, the paper is not.
  mutating func connectionEnded() {
    buffer = []
    start = 0
    realTime = []
    raster = nil
    isAutomatic = false
  }

  // MARK: Real time

  private static let clear: [UInt8] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]

  private mutating func obeyAtOnce(_ byte: UInt8) -> [Effect] {
    realTime.append(byte)
    if realTime.count == 3, realTime.starts(with: [0x10, 0x04]), (1...4).contains(byte) {
      realTime = []
      return [.answer([status(byte)])]
    }
    if realTime == Self.clear {
      realTime = []
      buffer = []
      start = 0
      raster = nil
      return [.answer([0x37, 0x25, 0x00])]
    }
    // What cannot become a real-time command any more is data; its tail may start another one.
    while !realTime.isEmpty, !mayBecomeRealTime { buffer.append(realTime.removeFirst()) }
    return []
  }

  private var mayBecomeRealTime: Bool {
    realTime == [0x10] || realTime == [0x10, 0x04] || Self.clear.starts(with: realTime)
  }

  private func status(_ kind: UInt8) -> UInt8 {
    let fixed: UInt8 = 0x12
    return switch kind {
    case 1: fixed | (condition.isOnline ? 0 : 0x08)
    case 2: fixed | (condition.isCoverOpen ? 0x04 : 0) | (condition.isPaperOut ? 0x20 : 0)
    case 3: fixed
    default: fixed | (condition.isPaperNearEnd ? 0x0C : 0) | (condition.isPaperOut ? 0x60 : 0)
    }
  }

  private var automaticStatus: [UInt8] {
    [
      0x10 | (condition.isOnline ? 0 : 0x08) | (condition.isCoverOpen ? 0x20 : 0), 0x00,
      (condition.isPaperNearEnd ? 0x03 : 0) | (condition.isPaperOut ? 0x0C : 0), 0x00,
    ]
  }

  // MARK: Commands

  /// Obeys what is in the buffer, as far as it is complete and the printer is online.
  private mutating func work() -> [Effect] {
    var effects: [Effect] = []
    while condition.isOnline, start < buffer.count, let length = step(&effects) { start += length }
    if start > 4_096 || start == buffer.count {
      buffer.removeFirst(start)
      start = 0
    }
    return effects
  }

  /// Obeys the command at `start`; returns its length, or nil while it is incomplete.
  private mutating func step(_ effects: inout [Effect]) -> Int? {
    if let picture = raster {
      guard start + picture.bytesPerRow <= buffer.count else { return nil }
      roll.print(row: buffer[start..<start + picture.bytesPerRow])
      raster = picture.rows > 1 ? (picture.bytesPerRow, picture.rows - 1) : nil
      return picture.bytesPerRow
    }
    switch (byte(0), byte(1)) {
    case (0x1B, 0x40?):
      isAutomatic = false
      return 2
    case (0x1B, 0x4A?):
      return complete(3) { $0.roll.feed(Int($0.byte(2) ?? 0)) }
    case (0x1D, 0x61?):
      return complete(3) { mechanism in
        mechanism.isAutomatic = mechanism.byte(2) != 0
        if mechanism.isAutomatic { effects.append(.answer(mechanism.automaticStatus)) }
      }
    case (0x1D, 0x49?):
      return complete(3) { mechanism in
        let name = mechanism.byte(2) == 0x42 ? "ROSSIO" : "Virtual"
        effects.append(.answer([0x5F] + Array(name.utf8) + [0x00]))
      }
    case (0x1D, 0x72?):
      return complete(3) { mechanism in effects.append(.answer([mechanism.paperSensors])) }
    case (0x1D, 0x76?):
      return complete(8) { $0.beginRaster() }
    case (0x1D, 0x56?):
      return cut(&effects)
    case (0x1D, 0x28?):
      return function(&effects)
    case (0x1B, nil), (0x1D, nil):
      return nil
    case (let other, _):
      effects.append(.unknown(other ?? 0))
      return 1
    }
  }

  private func byte(_ offset: Int) -> UInt8? {
    start + offset < buffer.count ? buffer[start + offset] : nil
  }

  private mutating func complete(_ length: Int, _ body: (inout Self) -> Void) -> Int? {
    guard start + length <= buffer.count else { return nil }
    body(&self)
    return length
  }

  private var paperSensors: UInt8 { condition.isPaperNearEnd ? 0x03 : 0x00 }

  private mutating func beginRaster() {
    let bytesPerRow = Int(byte(4) ?? 0) | Int(byte(5) ?? 0) << 8
    let rows = Int(byte(6) ?? 0) | Int(byte(7) ?? 0) << 8
    raster = bytesPerRow > 0 && rows > 0 ? (bytesPerRow, rows) : nil
  }

  private mutating func cut(_ effects: inout [Effect]) -> Int? {
    guard let kind = byte(2) else { return nil }
    let hasFeed = kind == 0x41 || kind == 0x42
    guard !hasFeed || byte(3) != nil else { return nil }
    if let slip = roll.cut() { effects.append(.slip(slip)) }
    return hasFeed ? 4 : 3
  }

  /// `GS ( …`: a function with its length; only the fence is known.
  private mutating func function(_ effects: inout [Effect]) -> Int? {
    guard let low = byte(3), let high = byte(4) else { return nil }
    let length = 5 + Int(low) + Int(high) << 8
    guard start + length <= buffer.count else { return nil }
    if byte(2) == 0x48, length == 11, byte(5) == 0x30, byte(6) == 0x30 {
      effects.append(.answer([0x37, 0x22] + buffer[start + 7..<start + 11] + [0x00]))
    }
    return length
  }
}
