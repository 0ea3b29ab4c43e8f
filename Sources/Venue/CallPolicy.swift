/// The rule by which waiting visits are called.
public enum CallPolicy: String, Codable, Sendable, CaseIterable {
  /// First come, first called, whoever it is.
  case arrival
  /// Priority by law first, in order of arrival among themselves (decree-law 58/2016 in Portugal).
  case statutory

  /// The place of a visit among all that wait: the smallest is called first.
  ///
  /// Arrival is arrival in the building, not at this stop: a forwarded visit is not sent to the tail.
  public func precedence(isPriority: Bool, arrival: UInt64) -> Precedence {
    switch self {
    case .arrival: Precedence(rank: 0, arrival: arrival)
    case .statutory: Precedence(rank: isPriority ? 0 : 1, arrival: arrival)
    }
  }
}

/// A visit's place in the order of calls; smaller goes first, and no two are equal.
public struct Precedence: Hashable, Comparable, Sendable {
  public let rank: UInt8
  /// Sequence of the event that issued the visit.
  public let arrival: UInt64

  public init(rank: UInt8, arrival: UInt64) {
    self.rank = rank
    self.arrival = arrival
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.rank, left.arrival) < (right.rank, right.arrival)
  }
}
