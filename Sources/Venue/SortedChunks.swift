/// A sorted collection in chunks of bounded length.
///
/// Finding costs O(log n). Inserting or removing moves at most one chunk's elements and, once per
/// chunk that splits or empties, the list of chunks: with 16,000 elements some 60 references.
/// Taking the first and appending the last, which is what a queue does, move next to nothing.
struct SortedChunks<Element: Comparable & Sendable>: Sendable {
  private var chunks: [[Element]] = []
  private(set) var count = 0

  /// A chunk longer than this splits in two.
  private static var chunkLimit: Int { 512 }

  var isEmpty: Bool { count == 0 }
  var first: Element? { chunks.first?.first }

  /// Elements in order.
  var elements: some Sequence<Element> { chunks.lazy.joined() }

  /// How many elements are smaller than `element`.
  func rank(of element: Element) -> Int {
    guard let chunk = chunkIndex(for: element) else { return count }
    let before = chunks[..<chunk].reduce(0) { $0 + $1.count }
    return before + Self.lowerBound(of: element, in: chunks[chunk])
  }

  /// How many elements come before the first that does not fit; those that fit come first.
  func countOfPrefix(where fits: (Element) -> Bool) -> Int {
    var total = 0
    for chunk in chunks {
      if let last = chunk.last, fits(last) {
        total += chunk.count
        continue
      }
      var low = 0
      var high = chunk.count
      while low < high {
        let middle = (low + high) / 2
        if fits(chunk[middle]) { low = middle + 1 } else { high = middle }
      }
      return total + low
    }
    return total
  }

  /// `element` must not be contained.
  mutating func insert(_ element: Element) {
    count += 1
    guard let chunk = chunkIndex(for: element) ?? chunks.indices.last else {
      chunks.append([element])
      return
    }
    chunks[chunk].insert(element, at: Self.lowerBound(of: element, in: chunks[chunk]))
    if chunks[chunk].count > Self.chunkLimit { split(chunk) }
  }

  /// False when `element` is not contained.
  @discardableResult
  mutating func remove(_ element: Element) -> Bool {
    guard let chunk = chunkIndex(for: element) else { return false }
    let position = Self.lowerBound(of: element, in: chunks[chunk])
    guard position < chunks[chunk].count, chunks[chunk][position] == element else { return false }
    chunks[chunk].remove(at: position)
    if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    count -= 1
    return true
  }

  /// A tail that only ever grows keeps its full chunks: the new one takes what comes.
  private mutating func split(_ chunk: Int) {
    let isTail = chunk == chunks.count - 1
    let half = isTail ? Self.chunkLimit : Self.chunkLimit / 2
    chunks.insert(Array(chunks[chunk][half...]), at: chunk + 1)
    chunks[chunk].removeSubrange(half...)
  }

  /// The first chunk whose last element is not smaller than `element`.
  private func chunkIndex(for element: Element) -> Int? {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if let last = chunks[middle].last, last < element { low = middle + 1 } else { high = middle }
    }
    return low < chunks.count ? low : nil
  }

  private static func lowerBound(of element: Element, in chunk: [Element]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
