/// "did you mean `x`? Else " when one of `known` is close to `word`; otherwise empty.
func suggestion(for word: String, among known: some Sequence<String>) -> String {
  closest(to: word, among: known).map { "did you mean `\($0)`? Otherwise " } ?? ""
}

/// The one of `known` that is nearest to `word`, if it is near enough to be a slip of the pen:
/// two letters differ at most, and about a third of them, case aside.
func closest(to word: String, among known: some Sequence<String>) -> String? {
  let distanceLimit = 2
  /// Longer words are not compared: the distance takes the product of both lengths.
  let lengthLimit = 64
  let lowered = Array(word.lowercased().utf8)
  guard lowered.count <= lengthLimit else { return nil }
  let near = known.filter { abs($0.utf8.count - lowered.count) <= distanceLimit }.map { candidate in
    (candidate, editDistance(lowered, Array(candidate.lowercased().utf8)))
  }
  guard let best = near.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
  return best.1 <= min(distanceLimit, max(1, (lowered.count + 1) / 3)) ? best.0 : nil
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that make `left` into
/// `right` (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
