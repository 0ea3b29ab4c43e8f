/// What one model of printer can do. Printers' own claims about it are often wrong, so it is
/// configured and not asked for.
public struct PrinterProfile: Equatable, Codable, Sendable {
  public enum Dialect: String, Codable, CaseIterable, Sendable {
    /// Epson's `GS v 0`, which nearly every thermal printer understands.
    case escPosRaster = "escpos-raster"
  }

  public enum Cutter: String, Codable, Sendable {
    case partial
    case full
    /// The paper is torn off by hand.
    case none
  }

  /// How the printer proves that what was sent before has been done.
  public enum Fence: String, Codable, Sendable {
    /// `GS ( H`, function 48: answers with a token of ours once all before it is printed.
    case processID
    /// `GS r 1`: answers with one byte; a printer out of paper does not answer.
    case status
  }

  public var dialect: Dialect
  /// Printable width.
  public var widthDots: Int
  /// Rows in one raster command. Unknown printers take 128 at most; bitmaps over 3,000 garble.
  public var bandRows: Int
  public var cutter: Cutter
  public var fence: Fence
  /// Paper moved between the last row and the cut, beyond what the printer adds itself.
  public var feedBeforeCutDots: Int
  /// False for printers whose `ESC J` does not count dots: blank rows are then sent as rows.
  public var feedsBlankRows: Bool
  /// At most so many bytes are sent at once; nil when the printer takes all.
  public var chunkBytes: Int?
  /// The pause after each chunk.
  public var chunkPauseMilliseconds: Int
  /// Rows a second: 150 mm/s at 203 dpi is 1,200. Used to predict how long a slip takes.
  public var rowsPerSecond: Int

  /// A printer of `dialect` with all its capabilities, as virtual and Epson's own printers have them.
  public init(dialect: Dialect = .escPosRaster, widthDots: Int = 576) {
    self.dialect = dialect
    self.widthDots = widthDots
    bandRows = 256
    cutter = .partial
    fence = .processID
    feedBeforeCutDots = 0
    feedsBlankRows = true
    chunkBytes = nil
    chunkPauseMilliseconds = 20
    rowsPerSecond = 1_200
  }

  /// Throws `unknownDialect` and `widthOutOfRange`.
  public init(dialect: String, widthDots: Int) throws(PrintingError) {
    guard let known = Dialect(rawValue: dialect) else { throw .unknownDialect(dialect) }
    guard SlipLayout.widths.contains(widthDots) else { throw .widthOutOfRange(dots: widthDots) }
    self.init(dialect: known, widthDots: widthDots)
  }
}
