internal import Canvas

/// The paper of a virtual printer: rows of dots since the last cut.
struct VirtualRoll {
  /// The longest slip: 2.5 m. What is printed beyond it is lost, as on the floor.
  static let rowLimit = 20_000

  let widthDots: Int
  private(set) var rows = 0
  private var bytes: [UInt8] = []
  private var bytesPerRow: Int { (widthDots + 7) / 8 }

  init(widthDots: Int) { self.widthDots = widthDots }

  mutating func feed(_ dots: Int) {
    let count = min(dots, Self.rowLimit - rows)
    bytes += [UInt8](repeating: 0, count: count * bytesPerRow)
    rows += count
  }

  /// One row of a raster picture; dots beyond the paper are lost.
  mutating func print(row: some Collection<UInt8>) {
    guard rows < Self.rowLimit else { return }
    let kept = row.prefix(bytesPerRow)
    bytes += kept
    bytes += [UInt8](repeating: 0, count: bytesPerRow - kept.count)
    rows += 1
  }

  /// The paper since the last cut; nil when there is none.
  mutating func cut() -> Monochrome? {
    defer {
      bytes = []
      rows = 0
    }
    return rows == 0 ? nil : Monochrome(width: widthDots, height: rows, packed: bytes)
  }
}
