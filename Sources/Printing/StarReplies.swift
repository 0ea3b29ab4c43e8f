extension PrinterCondition {
  /// From Star's automatic status, of `statusLengths` bytes.
  init(star bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes)
    self.init(isPaperNearEnd: bytes[5] & 0x06 != 0)
    if bytes[2] & 0x08 != 0 { faults.insert(.offline) }
    if bytes[2] & 0x20 != 0 { faults.insert(.coverOpen) }
    if bytes[3] & 0x60 != 0 || bytes[4] & 0x40 != 0 { faults.insert(.error) }
    if bytes[3] & 0x08 != 0 { faults.insert(.cutter) }
    if bytes[5] & 0x08 != 0 { faults.insert(.paperOut) }
    if bytes.count > 7 { etbCounter = Self.etbCounter(bytes[7]) }
  }

  /// Five bits, with a fixed zero among them: 6, 5, 3, 2, 1.
  private static func etbCounter(_ byte: UInt8) -> Int {
    Int(byte >> 2 & 0x18) | Int(byte >> 1 & 0x07)
  }
}

/// The replies of Star's printers.
///
/// The automatic status starts with a byte of which bit 0 is set and bit 4 is not, and which holds its
/// length; in its other bytes both are zero. Answers to commands start with 1B.
struct StarReplyReader {
  /// Bytes of an automatic status that says all that is asked here, up to the longest there is.
  static let statusLengths = 7...15
  /// The longest answer to the request for model and version.
  static let textLimit = 96
  private static let fence: [UInt8] = [0x1B, 0x1D, 0x03, 0x01]
  private static let fenceLength = 8
  private static let identity: [UInt8] = [0x1B, 0x23, 0x2A, 0x2C]

  private var pending: [UInt8] = []

  mutating func read(_ bytes: [UInt8]) -> [PrinterReply] {
    var replies: [PrinterReply] = []
    pending += bytes
    var start = 0
    while start < pending.count, let (reply, length) = Self.reply(in: pending[start...]) {
      replies.append(reply)
      start += length
    }
    pending.removeFirst(start)
    return replies
  }

  private static func reply(in bytes: ArraySlice<UInt8>) -> (PrinterReply, Int)? {
    guard let first = bytes.first else { return nil }
    if first == 0x1B { return answer(in: bytes) }
    guard first & 0x11 == 0x01 else { return (.noise([first]), 1) }
    let length = Int(first >> 1 & 0x07) + Int(first >> 2 & 0x08)
    guard statusLengths.contains(length) else { return (.noise([first]), 1) }
    let rest = bytes.dropFirst().prefix(length - 1)
    guard rest.allSatisfy({ $0 & 0x11 == 0 }) else { return (.noise([first]), 1) }
    guard rest.count == length - 1 else { return nil }
    return (.condition(PrinterCondition(star: bytes.prefix(length)), isAnswer: true), length)
  }

  /// What starts with 1B; nil while it may still become an answer.
  private static func answer(in bytes: ArraySlice<UInt8>) -> (PrinterReply, Int)? {
    let head = bytes.prefix(fence.count)
    if head.elementsEqual(fence.prefix(head.count)) {
      guard bytes.count >= fenceLength else { return nil }
      let token = FenceToken(bytes: bytes.dropFirst(fence.count).prefix(2))
      return (token.map { .fence($0) } ?? .noise(Array(bytes.prefix(fenceLength))), fenceLength)
    }
    if head.elementsEqual(identity.prefix(head.count)) { return identity(in: bytes) }
    return (.noise([0x1B]), 1)
  }

  private static func identity(in bytes: ArraySlice<UInt8>) -> (PrinterReply, Int)? {
    guard let end = bytes.prefix(textLimit).firstIndex(of: 0) else {
      return bytes.count >= textLimit ? (.noise([0x1B]), 1) : nil
    }
    let text = bytes[..<end].dropFirst(identity.count).filter { $0 != 0x0A }
    return (.identity(String(decoding: text, as: UTF8.self)), end - bytes.startIndex + 1)
  }
}
