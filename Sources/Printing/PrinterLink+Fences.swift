/// Proofs that what was sent before has been done.
///
/// Printers answer the newest fence alone, so one at most is pending, and every token is a new one: an
/// answer to an earlier fence, of this connection or one before, is nobody's.
extension PrinterLink {
  /// What a fence proves.
  enum Purpose: Equatable {
    /// All that an earlier connection left is printed, cut or gone.
    case cleanStart
    /// The band that was sent last is on paper.
    case band
    /// All of the slip is on paper.
    case print
    case cut
  }

  struct PendingFence: Equatable {
    var purpose: Purpose
    /// Nil where the printer is to say what it is instead, or to count.
    var token: FenceToken?
    /// What Star's ETB counter will show.
    var etbCounter: Int?
  }

  /// Tokens of so many bytes are never hit by chance.
  private static let longToken = 4
  /// Star's ETB counter has five bits.
  private static let etbCounts = 32

  /// The bytes that ask for the proof.
  mutating func ask(_ purpose: Purpose) -> [UInt8] {
    guard commands.profile.fence.hasNoToken else {
      fenceNumber &+= 1
      let token = FenceToken(number: fenceNumber, length: commands.tokenLength)
      pendingFence = PendingFence(purpose: purpose, token: token)
      return commands.fence(token)
    }
    guard purpose == .print else {
      // The answer cannot be taken for a count, and every earlier answer has come before it.
      pendingFence = PendingFence(purpose: purpose)
      return commands.identityRequest
    }
    pendingFence = PendingFence(
      purpose: purpose, etbCounter: condition.etbCounter.map { ($0 + 1) % Self.etbCounts })
    return Star.etb
  }

  mutating func fence(_ token: FenceToken, _ now: Int64) -> [Action] {
    guard let pending = pendingFence, pending.token == token else {
      return [.log("a fence that nobody waits for, ignored")]
    }
    return reached(pending.purpose, now)
  }

  /// Where fences have no token, what the printer is proves all but the print.
  mutating func identityFence(_ now: Int64) -> [Action] {
    guard commands.profile.fence.hasNoToken, let pending = pendingFence, pending.purpose != .print
    else { return [] }
    return reached(pending.purpose, now)
  }

  mutating func etbFence(_ found: PrinterCondition, _ now: Int64) -> [Action] {
    guard commands.profile.fence.hasNoToken, let counter = found.etbCounter else { return [] }
    condition.etbCounter = counter
    guard let pending = pendingFence, pending.purpose == .print, pending.etbCounter == counter
    else { return [] }
    return reached(.print, now)
  }

  private mutating func reached(_ purpose: Purpose, _ now: Int64) -> [Action] {
    pendingFence = nil
    switch purpose {
    case .cleanStart: return barrierPassed(now)
    case .band: return bandProven(now)
    case .print where commands.tokenLength < Self.longToken && !isPrintAskedTwice:
      // A short token may be hit by chance: it is asked once more, with another one.
      guard !commands.profile.fence.hasNoToken else { return printProven(now) }
      isPrintAskedTwice = true
      due = state == .awaitingPrint ? now + fencePatience : due
      return [.write(ask(.print))]
    case .print: return printProven(now)
    case .cut: return cutDone(now)
    }
  }
}

/// Finds tokens among the answers to `GS r` and `GS I`: the one is a byte, the other a text, and a
/// pattern of both is a token of eight bits. `CommandSet.fence` asks for it.
struct FencePattern {
  /// Text, text, byte; then for each bit a text (1) or a byte (0), and a byte. Two texts stand side by
  /// side at the start alone, so that a pattern that was cut off is never part of another.
  static func asksForText(_ token: UInt8) -> [Bool] {
    [true, true, false] + (0..<8).flatMap { [token & 0x80 >> UInt8($0) != 0, false] }
  }

  private var answers: [Bool] = []

  /// The token that ends with this answer.
  mutating func add(isText: Bool) -> FenceToken? {
    let length = 3 + 2 * 8
    answers = answers.suffix(length - 1) + [isText]
    guard answers.count == length else { return nil }
    let token = (0..<8).reduce(UInt8(0)) { $0 << 1 | (answers[3 + 2 * $1] ? 1 : 0) }
    return answers == Self.asksForText(token) ? FenceToken(byte: token) : nil
  }
}
