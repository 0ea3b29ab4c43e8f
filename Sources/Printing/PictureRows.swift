internal import Canvas

/// The rows of a picture as stretches to print and stretches to feed.
struct PictureRows {
  struct Stretch: Equatable {
    var rows: Range<Int>
    var isBlank: Bool
  }

  /// Blank stretches shorter than this stay part of the picture: a command costs more than they do.
  static let shortestFeed = 12

  /// Stretches of rows to print and of blank rows long enough to be fed, in turn.
  static func stretches(of picture: Monochrome, feedsBlankRows: Bool) -> [Stretch] {
    guard feedsBlankRows else { return [Stretch(rows: 0..<picture.height, isBlank: false)] }
    var result: [Stretch] = []
    var start = 0
    var row = 0
    while row < picture.height {
      guard picture.isBlank(row: row) else {
        row += 1
        continue
      }
      let end = (row..<picture.height).first { !picture.isBlank(row: $0) } ?? picture.height
      if end - row >= shortestFeed {
        if start < row { result.append(Stretch(rows: start..<row, isBlank: false)) }
        result.append(Stretch(rows: row..<end, isBlank: true))
        start = end
      }
      row = end
    }
    if start < picture.height {
      result.append(Stretch(rows: start..<picture.height, isBlank: false))
    }
    return result
  }
}

extension Monochrome {
  /// The bytes of whole rows.
  func bytes(ofRows rows: Range<Int>) -> ArraySlice<UInt8> {
    bytes[rows.lowerBound * bytesPerRow..<rows.upperBound * bytesPerRow]
  }

  /// The same picture without pairs of bytes that a printer takes for a real-time command, which it
  /// obeys even within a picture's data.
  ///
  /// Where the data have such a pair, its first byte gets one dot more, beside a dot that is there:
  /// an edge of a stroke moves by an eighth of a millimetre, which nobody sees.
  func without(_ hazards: Hazards) -> Monochrome {
    var clean = self
    for index in bytes.indices.dropLast()
    where bytes[index] == hazards.first && hazards.seconds.contains(bytes[index + 1]) {
      // 10 becomes 30, 1B becomes 3B: bit 5 is the dot before bit 4, which both have. Neither 30
      // nor 3B starts or ends a hazard.
      clean[index % bytesPerRow * 8 + 2, index / bytesPerRow] = true
    }
    return clean
  }
}

/// Pairs of bytes that a printer obeys wherever they stand.
struct Hazards: Sendable {
  var first: UInt8
  var seconds: [UInt8]

  func has(_ first: UInt8, _ second: UInt8) -> Bool {
    first == self.first && seconds.contains(second)
  }
}
