/// What a virtual printer is and can do: the facts of a data sheet.
public struct VirtualModel: Equatable, Sendable {
  public enum Family: String, CaseIterable, Equatable, Sendable {
    /// ESC/POS with raster (`GS v 0`) and graphics (`GS ( L`).
    case escpos
    /// StarPRNT raster and Star line raster mode in one.
    case star
  }

  public var family: Family
  /// 8 to 1,024; dots to the right of it are lost.
  public var widthDots: Int
  /// How fast paper moves, also while it feeds: 1,200 rows are 150 mm at 203 dpi.
  public var rowsPerSecond = 1_200
  public var cutMilliseconds: Int64 = 150
  /// Its receive buffer; when that is full, it reads no more.
  public var bufferBytes = 65_536
  /// `GS ( H`: the fence with a token.
  public var knowsProcessID = true
  /// `GS r 1`: the fence of one byte.
  public var knowsFallbackFence = true
  /// `ESC GS ETX 01`: Star's fence with a token.
  public var knowsDocumentFence = true
  /// `ETB` counts up and sends an automatic status.
  public var knowsETB = true
  public var knowsAutomaticStatus = true
  public var hasCutter = true
  /// Rows of a picture beyond this come out garbled.
  public var maximumBandRows = 3_000
  /// Real-time commands are obeyed wherever they stand. True: their bytes are then missing in the
  /// picture that they stood in, as on clones; false: they are printed as well.
  public var eatsRealTimeBytes = false
  /// No answer at all while the cover is open, not even to real-time commands.
  public var silentWhenCoverOpen = false
  public var maker: String
  public var name: String

  public init(family: Family = .escpos, widthDots: Int = 576) {
    precondition((8...1_024).contains(widthDots), "paper is 8 to 1,024 dots wide")
    self.family = family
    self.widthDots = widthDots
    maker = family == .escpos ? "ROSSIO" : "STAR"
    name = family == .escpos ? "Virtual" : "VIRTUAL"
  }

  var microsecondsPerRow: Int64 { max(1, 1_000_000 / Int64(max(1, rowsPerSecond))) }
}
