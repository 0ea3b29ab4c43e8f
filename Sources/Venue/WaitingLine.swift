/// The visits that wait for one service, in the order in which they are called.
struct WaitingLine: Sendable {
  /// A waiting visit by its place in the order of calls.
  struct Place: Comparable, Sendable {
    let precedence: Precedence
    /// Index into the visits of the day.
    let slot: Int32

    static func < (left: Self, right: Self) -> Bool { left.precedence < right.precedence }
    static func == (left: Self, right: Self) -> Bool { left.precedence == right.precedence }
  }

  /// A waiting visit by the start of its wait.
  private struct Start: Comparable, Sendable {
    let since: Instant
    let arrival: UInt64

    static func < (left: Self, right: Self) -> Bool {
      (left.since, left.arrival) < (right.since, right.arrival)
    }
  }

  private var places = SortedChunks<Place>()
  private var starts = SortedChunks<Start>()

  var count: Int { places.count }
  var first: Place? { places.first }
  /// Start of the longest wait.
  var longestSince: Instant? { starts.first?.since }
  var inOrder: some Sequence<Place> { places.elements }

  /// Visits that are called before one with this precedence.
  func countBefore(_ precedence: Precedence) -> Int {
    places.rank(of: Place(precedence: precedence, slot: 0))
  }

  mutating func insert(_ place: Place, since: Instant) {
    places.insert(place)
    starts.insert(Start(since: since, arrival: place.precedence.arrival))
  }

  mutating func remove(_ precedence: Precedence, since: Instant) {
    places.remove(Place(precedence: precedence, slot: 0))
    starts.remove(Start(since: since, arrival: precedence.arrival))
  }
}
