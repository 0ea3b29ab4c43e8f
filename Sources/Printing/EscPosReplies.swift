extension PrinterCondition {
  /// From the answers to `DLE EOT` 1 to 4.
  init(statuses: [UInt8]) {
    self.init(isPaperNearEnd: statuses[3] & 0x0C != 0)
    if statuses[0] & 0x08 != 0 { faults.insert(.offline) }
    if statuses[1] & 0x04 != 0 { faults.insert(.coverOpen) }
    if statuses[1] & 0x20 != 0 || statuses[3] & 0x60 != 0 { faults.insert(.paperOut) }
    if statuses[1] & 0x40 != 0 || statuses[2] & 0x64 != 0 { faults.insert(.error) }
    if statuses[2] & 0x08 != 0 { faults.insert(.cutter) }
  }

  /// From the four bytes of ESC/POS's automatic status.
  init(automatic bytes: ArraySlice<UInt8>) {
    let bytes = Array(bytes)
    self.init(isPaperNearEnd: bytes[2] & 0x03 != 0)
    if bytes[0] & 0x08 != 0 { faults.insert(.offline) }
    if bytes[0] & 0x20 != 0 { faults.insert(.coverOpen) }
    if bytes[1] & 0x64 != 0 { faults.insert(.error) }
    if bytes[1] & 0x08 != 0 { faults.insert(.cutter) }
    if bytes[2] & 0x0C != 0 { faults.insert(.paperOut) }
  }
}

/// The replies of ESC/POS.
///
/// The forms can be told apart by fixed bits: status 0xx1xx10, automatic status 0xx1xx00 with three
/// bytes 0xx0xxxx, text answers 37… and 5F… up to a 00.
struct EscPosReplyReader {
  /// The longest text answer: models' names are at most 80 characters by Epson's reference.
  static let textLimit = 96

  private var pending: [UInt8] = []
  /// Answers to `DLE EOT` 1 to 4, as far as they have come. Which n a byte answers is known from the
  /// order of asking alone.
  private var statuses: [UInt8] = []

  mutating func statusAsked() { statuses = [] }

  mutating func read(_ bytes: [UInt8]) -> [PrinterReply] {
    var replies: [PrinterReply] = []
    pending += bytes
    var start = 0
    while start < pending.count {
      if let place = statusInText(from: start) {
        guard place + 4 <= pending.count else { break }
        let status = pending[place..<place + 4]
        replies.append(.condition(PrinterCondition(automatic: status), isAnswer: false))
        pending.removeSubrange(place..<place + 4)
        continue
      }
      guard let (reply, length) = reply(in: pending[start...]) else { break }
      start += length
      if let reply { replies.append(reply) }
    }
    pending.removeFirst(start)
    return replies
  }

  /// Where an automatic status stands, or begins, in the midst of a text answer, as some printers send
  /// it: texts hold no byte below 20 but their end. With the cover open it cannot be told from text.
  private func statusInText(from start: Int) -> Int? {
    let text = pending[start...].prefix(Self.textLimit)
    guard text.first == 0x37 || text.first == 0x5F,
      let place = text.firstIndex(where: { $0 < 0x20 }), text[place] & 0xF3 == 0x10,
      pending[place...].prefix(4).dropFirst().allSatisfy({ $0 & 0x90 == 0 })
    else { return nil }
    return place
  }

  /// The reply at the start of `bytes`, if it is complete in itself, and its length; nil while more
  /// has to come.
  private mutating func reply(in bytes: ArraySlice<UInt8>) -> (PrinterReply?, Int)? {
    guard let first = bytes.first else { return nil }
    if first == 0x37 || first == 0x5F { return Self.textReply(in: bytes, first) }
    if first & 0x93 == 0x12 { return (status(first), 1) }
    if first & 0x93 == 0x10 {
      let rest = bytes.dropFirst().prefix(3)
      guard rest.allSatisfy({ $0 & 0x90 == 0 }) else { return (.noise([first]), 1) }
      guard rest.count == 3 else { return nil }
      return (.condition(PrinterCondition(automatic: bytes.prefix(4)), isAnswer: false), 4)
    }
    if first & 0x90 == 0 { return (.sensors, 1) }
    return (.noise([first]), 1)
  }

  private mutating func status(_ byte: UInt8) -> PrinterReply? {
    statuses.append(byte)
    guard statuses.count == 4 else { return nil }
    defer { statuses = [] }
    return .condition(PrinterCondition(statuses: statuses), isAnswer: true)
  }

  private static func textReply(
    in bytes: ArraySlice<UInt8>, _ first: UInt8
  ) -> (PrinterReply?, Int)? {
    guard let end = bytes.prefix(textLimit).firstIndex(of: 0) else {
      return bytes.count >= textLimit ? (.noise([first]), 1) : nil
    }
    let text = bytes[(bytes.startIndex + 1)..<end]
    let length = end - bytes.startIndex + 1
    if first == 0x5F { return (.identity(String(decoding: text, as: UTF8.self)), length) }
    if text.elementsEqual([0x25]) { return (.cleared, length) }
    if text.first == 0x22, let token = FenceToken(bytes: text.dropFirst()), token.bytes.count == 4 {
      return (.fence(token), length)
    }
    return (.noise(Array(bytes.prefix(length))), length)
  }
}
