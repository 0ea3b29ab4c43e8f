/// "did you mean `x`? Else " when one of `known` is close to `word`; otherwise empty.
func suggestion(for word: String, among known: some Sequence<String>) -> String {
  closest(to: word, among: known).map { "did you mean `\($0)`? Otherwise " } ?? ""
}

/// The one of `known` that is nearest to `word`, if it is near enough to be a slip of the pen:
/// at most a third of the letters differ, case aside.
func closest(to word: String, among known: some Sequence<String>) -> String? {
  /// Longer words are not compared: the distance takes the product of both lengths.
  let lengthLimit = 64
  let lowered = Array(word.lowercased().utf8)
  guard lowered.count <= lengthLimit else { return nil }
  let near = known.filter { $0.utf8.count <= lengthLimit }.map { candidate in
    (candidate, editDistance(lowered, Array(candidate.lowercased().utf8)))
  }
  guard let best = near.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
  return best.1 <= max(1, lowered.count / 3) ? best.0 : nil
}

/// Levenshtein's distance: the fewest insertions, deletions and replacements.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (position, byte) in left.enumerated() {
    var diagonal = row[0]
    row[0] = position + 1
    for (column, other) in right.enumerated() {
      let replaced = diagonal + (byte == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[right.count]
}
