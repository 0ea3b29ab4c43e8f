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
  private static let counterPlace = 6
  private static let identity: [UInt8] = [0x1B, 0x23, 0x2A, 0x2C]

  private var pending: [UInt8] = []

  mutating func read(_ bytes: [UInt8]) -> [PrinterReply] {
    var replies: [PrinterReply] = []
    pending += bytes
    var start = 0
    while start < pending.count {
      if let place = Self.statusInAnswer(pending[start...]) {
        guard let (status, length) = Self.status(in: pending[place...]) else { break }
        replies.append(status)
        pending.removeSubrange(place..<place + length)
        continue
      }
      guard let (reply, length) = Self.reply(in: pending[start...]) else { break }
      replies.append(reply)
      start += length
    }
    pending.removeFirst(start)
    return replies
  }

  /// Where an automatic status stands, or begins, in the midst of the answer to a fence, as some
  /// printers send it. Of that answer's own bytes the counter alone can look like one, and then its
  /// last byte, a zero, follows.
  private static func statusInAnswer(_ bytes: ArraySlice<UInt8>) -> Int? {
    let answer = bytes.prefix(fenceLength)
    guard answer.starts(with: fence.prefix(1)) else { return nil }
    return answer.indices.dropFirst().first { place in
      let before = bytes[bytes.startIndex..<place]
      guard before.prefix(fence.count).elementsEqual(fence.prefix(before.count)),
        couldBeStatus(bytes[place...])
      else { return false }
      // The counter may look so.
      return before.count != counterPlace || bytes.dropFirst(counterPlace + 1).first != 0
    }
  }

  /// True for what starts an automatic status that says all that is asked here; no token has it.
  static func isStatusHead(_ byte: UInt8) -> Bool {
    byte & 0x11 == 0x01 && statusLengths.contains(statusLength(byte))
  }

  private static func statusLength(_ head: UInt8) -> Int {
    Int(head >> 1 & 0x07) + Int(head >> 2 & 0x08)
  }

  /// As far as it has come.
  private static func couldBeStatus(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let head = bytes.first, isStatusHead(head) else { return false }
    return bytes.prefix(statusLength(head)).dropFirst().allSatisfy { $0 & 0x11 == 0 }
  }

  /// The automatic status at the start of `bytes`; nil while more of it has to come.
  private static func status(in bytes: ArraySlice<UInt8>) -> (PrinterReply, Int)? {
    guard let length = bytes.first.map(statusLength), bytes.count >= length else { return nil }
    return (.condition(PrinterCondition(star: bytes.prefix(length)), isAnswer: true), length)
  }

  private static func reply(in bytes: ArraySlice<UInt8>) -> (PrinterReply, Int)? {
    guard let first = bytes.first else { return nil }
    if first == 0x1B { return answer(in: bytes) }
    return couldBeStatus(bytes) ? status(in: bytes) : (.noise([first]), 1)
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
