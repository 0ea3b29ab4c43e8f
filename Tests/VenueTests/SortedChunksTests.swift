import Testing

@testable import Venue

@Suite("The sorted collection under the waiting lines")
struct SortedChunksTests {
  @Test("It agrees with a sorted array", arguments: 1...8)
  func agreesWithArray(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var chunks = SortedChunks<Int>()
    var array: [Int] = []
    for _ in 0..<6_000 {
      let value = Int.random(in: 0..<5_000, using: &random)
      if Int.random(in: 0..<3, using: &random) > 0, !array.contains(value) {
        chunks.insert(value)
        array.insert(value, at: array.firstIndex { $0 > value } ?? array.count)
      } else {
        let position = array.firstIndex(of: value)
        #expect(chunks.remove(value) == (position != nil), "seed \(seed)")
        if let position { array.remove(at: position) }
      }
      #expect(chunks.count == array.count && chunks.first == array.first, "seed \(seed)")
    }
    #expect(Array(chunks.elements) == array, "seed \(seed)")
    for value in stride(from: 0, to: 5_000, by: 37) {
      #expect(chunks.rank(of: value) == array.count { $0 < value }, "seed \(seed)")
    }
  }
}
