import Venue
import Views

/// Who stands where in the grid of current calls.
///
/// A call keeps its place as long as it is shown: a person who has found their number, and looks
/// again, finds it where it was, and a new call redraws one card only. The newest is marked by
/// colour, not by a place at the top. So a new call takes the first free place, or else the place
/// of the oldest call that has had its minute.
///
/// A call is due for `BoardView.currentMilliseconds`; after that it lingers, up to
/// `lingerMilliseconds`, while its visit is at the counter and nobody needs its place. Nothing due is ever dropped: when more calls
/// are due than there are places, the grid goes one step down its ladder of densities.
struct Places: Equatable, Sendable {
  /// How long a call may stay in the grid when no other needs its place.
  static let lingerMilliseconds: Int64 = 300_000

  /// Numbers by place, with gaps.
  private(set) var numbers: [TicketNumber?] = []
  /// Index into the ladder: how dense the grid is.
  private(set) var density = 0

  /// Arranges `calls` (the newest first) at the daemon's time `now`; `capacities` says how many
  /// places each step of the ladder has, and rises.
  mutating func arrange(_ calls: [BoardView.Call], at now: Instant, capacities: [Int]) {
    let due = calls.filter { $0.isDue(at: now) }
    let lingering = calls.filter { !$0.isDue(at: now) && $0.mayLinger(at: now) }
    release(except: Set((due + lingering).map(\.number)))
    let isFresh = numbers.allSatisfy { $0 == nil }
    resize(for: due, capacities: capacities)
    for call in due where !numbers.contains(call.number) {
      guard let place = freePlace() ?? oldestPlace(of: lingering) else { continue }
      numbers[place] = call.number
    }
    guard isFresh else { return }
    for call in lingering {
      guard let place = freePlace() else { return }
      numbers[place] = call.number
    }
  }

  private mutating func release(except kept: Set<TicketNumber>) {
    for place in numbers.indices {
      if let number = numbers[place], !kept.contains(number) { numbers[place] = nil }
    }
  }

  /// Takes the loosest grid in which every due call has a place and none has to move.
  private mutating func resize(for due: [BoardView.Call], capacities: [Int]) {
    let dueNumbers = Set(due.map(\.number))
    let last = numbers.lastIndex { number in number.map(dueNumbers.contains) ?? false } ?? -1
    let needed = max(due.count, last + 1)
    density = capacities.firstIndex { $0 >= needed } ?? max(0, capacities.count - 1)
    let capacity = capacities.isEmpty ? 0 : capacities[density]
    numbers = Array(numbers.prefix(capacity))
    numbers += Array(repeating: nil, count: capacity - numbers.count)
  }

  private func freePlace() -> Int? { numbers.firstIndex { $0 == nil } }

  /// `lingering` is sorted with the newest first, so the last one found is the oldest.
  private func oldestPlace(of lingering: [BoardView.Call]) -> Int? {
    for call in lingering.reversed() {
      if let place = numbers.firstIndex(of: call.number) { return place }
    }
    return nil
  }
}

extension BoardView.Call {
  /// Whether the call must be among the current ones.
  func isDue(at now: Instant) -> Bool {
    now.milliseconds(since: calledAt) < BoardView.currentMilliseconds
  }

  /// Whether the call may still be among the current ones: its person may still be on the way.
  func mayLinger(at now: Instant) -> Bool {
    !isOver && now.milliseconds(since: calledAt) < Places.lingerMilliseconds
  }
}
