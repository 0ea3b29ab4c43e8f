/// What a printer says, as far as anything follows from it.
enum PrinterReply: Equatable {
  /// The answer to `DLE EOT`; which n it answers is known from the order of asking.
  case status(UInt8)
  /// Automatic status: four bytes.
  case automatic(PrinterFaults, isPaperNearEnd: Bool)
  /// The fence with these four bytes was reached.
  case fence(FenceToken)
  /// The answer to `GS r 1`: paper sensors.
  case fallbackFence(UInt8)
  /// Maker or model, as the printer claims.
  case identity(String)
  /// The buffers were cleared (`DLE DC4 8`).
  case cleared
  /// Bytes that mean nothing here.
  case noise([UInt8])
}

/// What keeps a printer from printing.
public struct PrinterFaults: OptionSet, Codable, Sendable, CustomStringConvertible {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let paperOut = PrinterFaults(rawValue: 1)
  public static let coverOpen = PrinterFaults(rawValue: 2)
  public static let cutter = PrinterFaults(rawValue: 4)
  /// Mechanics, temperature and the like.
  public static let error = PrinterFaults(rawValue: 8)
  /// Offline without saying why, for example while somebody holds the feed button.
  public static let offline = PrinterFaults(rawValue: 16)

  public var description: String {
    let words: [(PrinterFaults, String)] = [
      (.paperOut, "paper out"), (.coverOpen, "cover open"), (.cutter, "cutter blocked"),
      (.error, "printer error"), (.offline, "offline"),
    ]
    let named = words.filter { contains($0.0) }.map(\.1)
    // Offline is what every other fault leads to.
    return (named.count > 1 ? named.filter { $0 != "offline" } : named).joined(separator: ", ")
  }

  /// From the answers to `DLE EOT` 1 to 4.
  init(statuses: [UInt8]) {
    self = []
    guard statuses.count == 4 else { return }
    if statuses[0] & 0x08 != 0 { insert(.offline) }
    if statuses[1] & 0x04 != 0 { insert(.coverOpen) }
    if statuses[1] & 0x20 != 0 || statuses[3] & 0x60 != 0 { insert(.paperOut) }
    if statuses[1] & 0x40 != 0 || statuses[2] & 0x64 != 0 { insert(.error) }
    if statuses[2] & 0x08 != 0 { insert(.cutter) }
  }

  /// From the first three bytes of automatic status.
  init(automatic bytes: [UInt8]) {
    self = []
    guard bytes.count >= 3 else { return }
    if bytes[0] & 0x08 != 0 { insert(.offline) }
    if bytes[0] & 0x20 != 0 { insert(.coverOpen) }
    if bytes[1] & 0x64 != 0 { insert(.error) }
    if bytes[1] & 0x08 != 0 { insert(.cutter) }
    if bytes[2] & 0x0C != 0 { insert(.paperOut) }
  }
}

/// Splits the bytes of a printer into replies, however the network cut them.
///
/// The forms can be told apart by fixed bits: status 0xx1xx10, automatic status 0xx1xx00 with three
/// bytes 0xx0xxxx, text answers 37… and 5F… up to a 00.
struct EscPosReplyReader {
  /// The longest text answer: models' names are at most 80 characters by Epson's reference.
  static let textLimit = 96

  private var pending: [UInt8] = []

  mutating func read(_ bytes: [UInt8]) -> [PrinterReply] {
    var replies: [PrinterReply] = []
    pending += bytes
    while let first = pending.first {
      guard let (reply, length) = Self.reply(in: pending, first) else { break }
      replies.append(reply)
      pending.removeFirst(length)
    }
    return replies
  }

  /// The reply at the start of `bytes` and its length; nil while it is incomplete.
  private static func reply(in bytes: [UInt8], _ first: UInt8) -> (PrinterReply, Int)? {
    if first == 0x37 || first == 0x5F { return textReply(in: bytes, first) }
    if first & 0x93 == 0x12 { return (.status(first), 1) }
    if first & 0x93 == 0x10 {
      let rest = bytes.dropFirst().prefix(3)
      guard rest.allSatisfy({ $0 & 0x90 == 0 }) else { return (.noise([first]), 1) }
      guard bytes.count >= 4 else { return nil }
      let faults = PrinterFaults(automatic: Array(bytes[..<3]))
      return (.automatic(faults, isPaperNearEnd: bytes[2] & 0x03 != 0), 4)
    }
    if first & 0x90 == 0 { return (.fallbackFence(first), 1) }
    return (.noise([first]), 1)
  }

  private static func textReply(in bytes: [UInt8], _ first: UInt8) -> (PrinterReply, Int)? {
    guard let end = bytes.prefix(textLimit).firstIndex(of: 0) else {
      return bytes.count >= textLimit ? (.noise([first]), 1) : nil
    }
    let text = Array(bytes[1..<end])
    if first == 0x5F { return (.identity(String(decoding: text, as: UTF8.self)), end + 1) }
    if text == [0x25] { return (.cleared, end + 1) }
    if text.first == 0x22, let token = FenceToken(bytes: Array(text.dropFirst())) {
      return (.fence(token), end + 1)
    }
    return (.noise(Array(bytes[...end])), end + 1)
  }
}
