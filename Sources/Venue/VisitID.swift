/// The random name of one visit: 128 bits, so that nobody can guess the page of another person.
///
/// Its text form is 26 characters of Crockford's base 32 (no I, L, O, U), most significant first.
public struct VisitID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Nil unless `text` is exactly the form that `description` writes.
  public init?(_ text: some StringProtocol) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var count = 0
    for byte in text.utf8 {
      guard let digit = Self.value(of: byte), count < Self.characters else { return nil }
      guard count > 0 || digit < 8 else { return nil }
      high = high << 5 | low >> 59
      low = low << 5 | UInt64(digit)
      count += 1
    }
    guard count == Self.characters else { return nil }
    self.init(high: high, low: low)
  }

  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.characters)
    for position in (0..<Self.characters).reversed() {
      bytes.append(Self.alphabet[Int(truncatingIfNeeded: shiftedRight(by: position * 5) & 31)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Four characters that a person can read out at reception: the last 20 bits.
  public var shortCode: String { String(description.suffix(4)) }

  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = VisitID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a visit is named by 26 characters of base 32")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  private static let characters = 26
  private static let alphabet = [UInt8]("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func value(of byte: UInt8) -> UInt8? {
    guard let index = alphabet.firstIndex(of: byte) else { return nil }
    return UInt8(index)
  }

  private func shiftedRight(by bits: Int) -> UInt64 {
    switch bits {
    case 0: low
    case 1..<64: low >> UInt64(bits) | high << UInt64(64 - bits)
    default: high >> UInt64(bits - 64)
    }
  }
}
