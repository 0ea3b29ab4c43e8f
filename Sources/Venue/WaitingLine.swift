/// The visits that wait for one service, in lanes within which the order never changes.
///
/// Scores grow with time, at different rates for different kinds, and which visits a counter may
/// call depends on languages. So there is a lane for each kind, language and counter to come back
/// to; a call compares the heads of the lanes, and its cost does not grow with the people waiting.
struct WaitingLine: Sendable {
  struct Lane: Sendable {
    let kind: LineKind
    let language: LanguageTag
    let comesBackTo: CounterID?
    var places = SortedChunks<Place>()
  }

  /// A waiting visit by its place in its lane.
  struct Place: Comparable, Sendable {
    /// From when it counts as waiting, in milliseconds.
    let start: Int64
    /// Sequence of the event that issued the visit.
    let arrival: UInt64
    /// Index into the visits of the day.
    let slot: Int32

    static func < (left: Self, right: Self) -> Bool {
      (left.start, left.arrival) < (right.start, right.arrival)
    }
    static func == (left: Self, right: Self) -> Bool {
      left.start == right.start && left.arrival == right.arrival
    }
  }

  /// A waiting visit by the start of its wait.
  private struct Start: Comparable, Sendable {
    let since: Instant
    let arrival: UInt64

    static func < (left: Self, right: Self) -> Bool {
      (left.since, left.arrival) < (right.since, right.arrival)
    }
  }

  private(set) var lanes: [Lane] = []
  private var starts = SortedChunks<Start>()

  var count: Int { starts.count }
  /// Start of the longest wait.
  var longestSince: Instant? { starts.first?.since }

  /// Visits that would be called before one of this standing.
  func countBefore(_ standing: Standing, by ordering: Ordering, at now: Instant) -> Int {
    lanes.reduce(0) { sum, lane in
      sum
        + lane.places.countOfPrefix { place in
          ordering.standing(lane.kind, start: place.start, arrival: place.arrival, now: now)
            < standing
        }
    }
  }

  mutating func insert(_ visit: Visit, slot: Int32, start: Int64, kind: LineKind) {
    let lane = laneIndex(of: visit, kind) ?? addLane(for: visit, kind)
    lanes[lane].places.insert(Place(start: start, arrival: visit.arrival, slot: slot))
    starts.insert(Start(since: visit.stop.waitingSince, arrival: visit.arrival))
  }

  mutating func remove(_ visit: Visit, start: Int64, kind: LineKind) {
    guard let lane = laneIndex(of: visit, kind) else { return }
    lanes[lane].places.remove(Place(start: start, arrival: visit.arrival, slot: 0))
    starts.remove(Start(since: visit.stop.waitingSince, arrival: visit.arrival))
  }

  private func laneIndex(of visit: Visit, _ kind: LineKind) -> Int? {
    lanes.firstIndex {
      $0.kind == kind && $0.language == visit.language
        && $0.comesBackTo == visit.stop.comesBackTo
    }
  }

  private mutating func addLane(for visit: Visit, _ kind: LineKind) -> Int {
    lanes.append(
      Lane(kind: kind, language: visit.language, comesBackTo: visit.stop.comesBackTo))
    return lanes.count - 1
  }
}
