public import Canvas

/// The paper of a virtual printer: what was cut off, and the rows since. Nothing else proves a slip.
public struct VirtualRoll: Equatable, Sendable {
  public struct Piece: Equatable, Sendable {
    /// Counts from 1.
    public var number: Int
    /// As printed, the paper's whole width.
    public var picture: Monochrome
    /// False: torn off, wherever it happened to be.
    public var isCut: Bool
    /// When its last row was printed, in milliseconds of the owner's clock; 0 for a blank piece.
    public var lastRowTime: Int64
    /// Rows before which a new roll was loaded: what stands above is on other paper.
    public var seams: [Int] = []
  }

  /// The longest piece: 2.5 m. What is printed beyond it is lost, as on the floor.
  public static let rowLimit = 20_000
  private static let seamLimit = 100

  public let widthDots: Int
  /// Pieces that are kept; older ones are dropped.
  public var keepsPieces = 1_000 {
    didSet { dropOld() }
  }
  /// The newest `keepsPieces` pieces, oldest first.
  public private(set) var pieces: [Piece] = []
  /// Pieces that ever came off.
  public private(set) var pieceCount = 0
  /// Rows since the last cut, and rows since the beginning.
  public private(set) var restRows = 0
  public private(set) var totalRows = 0
  /// Rows that were printed on no paper.
  public private(set) var lostRows = 0
  /// When the last row of the rest was printed, and its seams, as of a piece.
  public private(set) var restTime: Int64 = 0
  public private(set) var restSeams: [Int] = []
  private var bytes: [UInt8] = []
  private let bytesPerRow: Int

  init(widthDots: Int) {
    self.widthDots = widthDots
    bytesPerRow = (widthDots + 7) / 8
  }

  /// What hangs out of the printer, still uncut.
  public var rest: Monochrome {
    // `bytes` always holds whole rows.
    Monochrome(width: widthDots, height: restRows, packed: bytes)
      ?? Monochrome(width: widthDots, height: 0)
  }

  // MARK: For the mechanism

  mutating func feed(_ rows: Int, at time: Int64) {
    let kept = room(for: rows)
    bytes.append(contentsOf: repeatElement(0, count: kept * bytesPerRow))
    note(kept, at: time)
  }

  /// Prints `count` rows of `width` bytes each; dots beyond the paper are lost.
  mutating func print(_ rows: ArraySlice<UInt8>, width: Int, count: Int, at time: Int64) {
    let kept = room(for: count)
    if width == bytesPerRow {
      bytes += rows.prefix(kept * width)
    } else {
      var index = rows.startIndex
      for _ in 0..<kept {
        bytes += rows[index..<index + min(width, bytesPerRow)]
        bytes.append(contentsOf: repeatElement(0, count: max(0, bytesPerRow - width)))
        index += width
      }
    }
    note(kept, at: time)
  }

  /// The paper since the last cut as a piece; nil when there is none.
  mutating func takeOff(isCut: Bool) -> Piece? {
    guard restRows > 0 else { return nil }
    pieceCount += 1
    let piece = Piece(
      number: pieceCount, picture: rest, isCut: isCut, lastRowTime: restTime, seams: restSeams)
    bytes.removeAll(keepingCapacity: false)
    restSeams = []
    restRows = 0
    restTime = 0
    pieces.append(piece)
    dropOld()
    return piece
  }

  mutating func newPaper() {
    if restRows > 0, restSeams.last != restRows, restSeams.count < Self.seamLimit {
      restSeams.append(restRows)
    }
  }

  /// Rows that a head without paper would have printed.
  mutating func lose(_ rows: Int) {
    lostRows += rows
    totalRows += rows
  }

  private mutating func room(for rows: Int) -> Int {
    let kept = min(rows, Self.rowLimit - restRows)
    lostRows += rows - kept
    totalRows += rows - kept
    return kept
  }

  private mutating func note(_ rows: Int, at time: Int64) {
    restRows += rows
    totalRows += rows
    if rows > 0 { restTime = time }
  }

  private mutating func dropOld() {
    if pieces.count > max(0, keepsPieces) { pieces.removeFirst(pieces.count - max(0, keepsPieces)) }
  }
}
