/// What is to happen, in order of time; of things at the same time, the one added first.
public struct Agenda<Happening> {
  private struct Entry {
    let time: Double
    let order: Int
    let happening: Happening

    func isBefore(_ other: Entry) -> Bool { (time, order) < (other.time, other.order) }
  }

  /// A binary heap.
  private var heap: [Entry] = []
  private var added = 0

  public init() {}

  public var isEmpty: Bool { heap.isEmpty }

  public mutating func add(_ happening: Happening, at time: Double) {
    heap.append(Entry(time: time, order: added, happening: happening))
    added += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out what happens next.
  public mutating func next() -> (time: Double, happening: Happening)? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return (first.time, first.happening) }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
