internal import Canvas

/// Turns the rows of a slip into the bytes of `escpos-raster`, one band at a time.
///
/// A printer obeys real-time commands even within a picture's data, so every band is made free of
/// them first; see `Monochrome.withoutRealTimeCommands`.
struct EscPosRaster {
  let profile: PrinterProfile

  /// Blank stretches shorter than this stay part of the picture: a command costs more than they do.
  static let shortestFeed = 12

  /// What goes before the picture.
  var initialisation: [UInt8] { EscPos.initialise + EscPos.automaticStatus }

  /// Rows of each band, in order.
  func bands(heightDots: Int) -> [Range<Int>] {
    stride(from: 0, to: heightDots, by: profile.bandRows).map {
      $0..<min($0 + profile.bandRows, heightDots)
    }
  }

  /// The commands that print `band`, which is at most `profile.bandRows` high.
  func body(of band: Monochrome) -> [UInt8] {
    let picture = band.withoutRealTimeCommands()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(picture.bytes.count + 64)
    for stretch in stretches(of: picture) {
      if stretch.isBlank {
        bytes += EscPos.feed(dots: stretch.rows.count)
      } else {
        bytes += EscPos.rasterHeader(
          bytesPerRow: picture.bytesPerRow, rows: stretch.rows.count)
        bytes +=
          picture.bytes[
            stretch.rows.lowerBound * picture.bytesPerRow..<stretch.rows.upperBound
              * picture.bytesPerRow]
      }
    }
    return bytes
  }

  private struct Stretch {
    var rows: Range<Int>
    var isBlank: Bool
  }

  /// Stretches of rows to print and of blank rows long enough to be fed, in turn.
  private func stretches(of picture: Monochrome) -> [Stretch] {
    guard profile.feedsBlankRows else {
      return [Stretch(rows: 0..<picture.height, isBlank: false)]
    }
    var result: [Stretch] = []
    var start = 0
    var row = 0
    while row < picture.height {
      guard picture.isBlank(row: row) else {
        row += 1
        continue
      }
      let end = (row..<picture.height).first { !picture.isBlank(row: $0) } ?? picture.height
      if end - row >= Self.shortestFeed {
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
  /// The same picture without bytes that a printer takes for a real-time command.
  ///
  /// `DLE EOT` (10 04), `DLE ENQ` (10 05) and `DLE DC4` (10 14) are obeyed wherever they stand. Where
  /// the data have one, its 10 becomes 30: one dot more at the edge of a stroke, which nobody sees.
  func withoutRealTimeCommands() -> Monochrome {
    var clean = self
    for index in bytes.indices.dropLast() where Self.isRealTime(bytes[index], bytes[index + 1]) {
      // A byte of 10 has its dot at bit 4, the row's fourth at least; bit 5 is the dot before it.
      clean[index % bytesPerRow * 8 + 2, index / bytesPerRow] = true
    }
    return clean
  }

  private static func isRealTime(_ first: UInt8, _ second: UInt8) -> Bool {
    first == 0x10 && (second == 0x04 || second == 0x05 || second == 0x14)
  }
}
