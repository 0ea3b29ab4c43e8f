/// An expected wait as people are told it: a range, never one number.
///
/// All in ms: 0 <= `low` <= `expected` <= `high`. One client in ten should wait less than `low`, one
/// in ten longer than `high`.
public struct WaitRange: Hashable, Codable, Sendable {
  public let low: Int64
  public let expected: Int64
  public let high: Int64
  /// False while the service has too few calls to learn from; see `WaitEstimator.enoughCalls`.
  public let hasHistory: Bool

  /// Values out of order are brought into order around `expected`.
  public init(low: Int64, expected: Int64, high: Int64, hasHistory: Bool) {
    self.expected = max(0, expected)
    self.low = min(max(0, low), self.expected)
    self.high = max(high, self.expected)
    self.hasHistory = hasHistory
  }

  /// Whether a wait of `milliseconds` was within the range, its ends included.
  public func holds(_ milliseconds: Int64) -> Bool { low <= milliseconds && milliseconds <= high }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    low = try container.decode(Int64.self, forKey: .low)
    expected = try container.decode(Int64.self, forKey: .expected)
    high = try container.decode(Int64.self, forKey: .high)
    hasHistory = try container.decode(Bool.self, forKey: .hasHistory)
    guard 0 <= low, low <= expected, expected <= high else {
      throw DecodingError.dataCorruptedError(
        forKey: .expected, in: container,
        debugDescription: "a range of waits has 0 <= low <= expected <= high")
    }
  }
}

/// How often stated ranges held.
public struct RangeCoverage: Hashable, Sendable {
  public internal(set) var held: Int
  public internal(set) var total: Int

  public init(held: Int = 0, total: Int = 0) {
    self.held = held
    self.total = total
  }

  /// Nil before the first.
  public var share: Double? { total == 0 ? nil : Double(held) / Double(total) }

  mutating func count(_ isHeld: Bool) {
    total += 1
    if isHeld { held += 1 }
  }
}
