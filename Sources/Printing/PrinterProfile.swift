/// What one model of printer can do, and how that is known.
///
/// Printers' own claims about it are often wrong, so it is written down in a file for each model and
/// not asked for at every start.
public struct PrinterProfile: Equatable, Sendable {
  public enum Dialect: String, CaseIterable, Sendable {
    /// Epson's `GS v 0`, which nearly every thermal printer understands.
    case escPosRaster = "escpos-raster"
    /// Epson's `GS ( L`, for printers that have given `GS v 0` up.
    case escPosGraphics = "escpos-graphics"
    /// Star's present command set.
    case starPRNT = "starprnt"
    /// Star's older line mode: pictures in its raster mode.
    case starLine = "star-line"

    var isStar: Bool { self == .starPRNT || self == .starLine }
  }

  public enum Cutter: String, CaseIterable, Sendable {
    case partial
    case full
    /// The paper is torn off by hand.
    case none
  }

  /// How the printer proves that what was sent before has been done.
  public enum Fence: String, CaseIterable, Sendable {
    /// ESC/POS `GS ( H`, function 48: answers with a token of ours once all before it is printed.
    case processID = "process-id"
    /// ESC/POS `GS r 1` and `GS I`, asked in a pattern that is a token; a printer out of paper does not
    /// answer them. For printers without `GS ( H`.
    case status
    /// Star `ESC GS ETX`: answers with a token of ours.
    case document
    /// Star `ETB`: a counter in the automatic status goes up by one.
    case etb

    /// True when an old answer looks like a new one.
    var hasNoToken: Bool { self == .etb }
  }

  /// How much is sent at once, and the pause after it.
  public struct Chunk: Equatable, Sendable {
    public var bytes: Int
    public var pauseMilliseconds: Int

    public init(bytes: Int, pauseMilliseconds: Int) {
      self.bytes = bytes
      self.pauseMilliseconds = pauseMilliseconds
    }

    /// Clones with 4 KB of buffer overrun unless they are sent so little.
    public static let weakBuffer = Chunk(bytes: 1_024, pauseMilliseconds: 20)
  }

  public struct Roll: Equatable, Sendable {
    /// Paper on a new roll.
    public var millimetres: Int
    /// Paper that is left when the near-end sensor speaks.
    public var nearEndMillimetres: Int

    public init(millimetres: Int = 80_000, nearEndMillimetres: Int = 5_000) {
      self.millimetres = millimetres
      self.nearEndMillimetres = nearEndMillimetres
    }
  }

  /// How something about a model is known.
  public enum Knowledge: String, CaseIterable, Sendable {
    /// Its maker's reference says so.
    case documented
    /// A printer of this model was asked, by `rossio printers probe` or by hand.
    case probed
    /// Assumed; look at the test page.
    case unverified
  }

  /// What may be known about a model or not.
  public enum Capability: String, CaseIterable, Sendable {
    case dialect, widthDots, bandRows, cutter, fence, automaticStatus, clearsBuffer, feedsBlankRows
    case rowsPerSecond, chunk, bandByBand
  }

  /// Maker and model, for people.
  public var name: String
  public var dialect: Dialect
  /// Printable width.
  public var widthDots: Int
  /// 8 at 203 dpi, 12 at 300 dpi.
  public var dotsPerMillimetre: Int
  /// Rows in one picture command. Unknown printers take 128 at most; pictures over 3,000 garble.
  public var bandRows: Int
  public var cutter: Cutter
  public var fence: Fence
  /// True when it tells changes of its state unasked.
  public var automaticStatus: Bool
  /// True when `DLE DC4 8` empties its buffer and it says so: a half slip can then be taken back.
  public var clearsBuffer: Bool
  /// Paper moved between the last row and the cut, beyond what the printer adds itself.
  public var feedBeforeCutDots: Int
  /// False for printers whose feed command does not count dots: blank rows are then sent as rows.
  public var feedsBlankRows: Bool
  /// True for printers whose buffer may overrun without a word: the next band leaves only once the
  /// printer has proven that the last one is printed. A lost byte then leaves the proof out, where a
  /// stream would find its way back at the next band, with a hole in the slip.
  public var bandByBand: Bool
  /// For weak buffers; nil when the printer takes all that the network brings.
  public var chunk: Chunk?
  /// Rows a second: 150 mm/s at 203 dpi is 1,200. Used to predict how long a slip takes.
  public var rowsPerSecond: Int
  public var roll: Roll
  /// How each capability is known; what is not named here is unverified.
  public var knowledge: [Capability: Knowledge]

  /// A printer of `dialect` with all its capabilities, as virtual and the makers' own printers have
  /// them.
  public init(dialect: Dialect = .escPosRaster, widthDots: Int = 576) {
    name = "printer"
    self.dialect = dialect
    self.widthDots = widthDots
    dotsPerMillimetre = 8
    bandRows = 256
    cutter = .partial
    fence = dialect.isStar ? .document : .processID
    automaticStatus = true
    clearsBuffer = !dialect.isStar
    feedBeforeCutDots = 0
    feedsBlankRows = true
    bandByBand = false
    chunk = nil
    rowsPerSecond = 1_200
    roll = Roll()
    knowledge = [:]
  }
}

extension PrinterProfile {
  /// Something in a profile that cannot be.
  public struct Contradiction: Equatable, Sendable {
    /// The key of the file that is to be changed.
    public var key: String
    public var what: String
    public var mend: String
  }

  /// The fences that printers of a dialect know, the best first.
  public static func fences(of dialect: Dialect) -> [Fence] {
    dialect.isStar ? [.document, .etb] : [.processID, .status]
  }

  /// Star's raster command holds 128 bytes a row (StarPRNT Command Specifications, ESC GS S).
  private static let starWidthLimit = 1_024
  /// `GS ( L` counts its bytes with 16 bits, ten of which are not the picture's.
  private static let graphicsByteLimit = 65_525
  /// Buffers of clones hold 4 KB.
  private static let weakBufferBytes = 4_000
  /// Slower than this, a slip of 100 mm takes a minute.
  private static let slowestBytesPerSecond = 1_000

  /// Everything in it that contradicts itself; empty for a profile that can be used.
  public var contradictions: [Contradiction] {
    var found: [Contradiction] = []
    func complain(_ key: String, _ what: String, mend: String) {
      found.append(Contradiction(key: key, what: what, mend: mend))
    }
    let fences = Self.fences(of: dialect)
    if !fences.contains(fence) {
      complain(
        "fence", "a printer of `\(dialect.rawValue)` knows no fence `\(fence.rawValue)`",
        mend: "choose " + fences.map { "`\($0.rawValue)`" }.joined(separator: " or "))
    }
    if fence == .etb, !automaticStatus {
      complain(
        "automaticStatus", "the fence `etb` is told by the automatic status, which is off",
        mend: "set it to true, or choose the fence `document`")
    }
    if clearsBuffer, dialect.isStar {
      complain(
        "clearsBuffer", "only ESC/POS can clear the buffer and say so", mend: "set it to false")
    }
    if dialect.isStar, widthDots > Self.starWidthLimit {
      complain(
        "widthDots", "Star's raster command has at most \(Self.starWidthLimit) dots a row",
        mend: "use paper of at most that width")
    }
    if dialect == .escPosGraphics, (widthDots + 7) / 8 * bandRows > Self.graphicsByteLimit {
      complain(
        "bandRows", "a band of \(bandRows) rows is too long for `GS ( L`",
        mend: "use at most \(Self.graphicsByteLimit / ((widthDots + 7) / 8)) rows")
    }
    if chunk != nil, bandByBand, (widthDots + 7) / 8 * bandRows > Self.weakBufferBytes {
      complain(
        "bandRows", "a band of \(bandRows) rows overruns the weak buffer that `chunk` is for",
        mend: "use at most \(Self.weakBufferBytes / ((widthDots + 7) / 8)) rows")
    }
    if roll.nearEndMillimetres >= roll.millimetres {
      complain(
        "roll.nearEndMillimetres", "more paper is left near the end than the roll has",
        mend: "use a number below \(roll.millimetres)")
    }
    if let chunk, chunk.bytes * 1_000 < Self.slowestBytesPerSecond * chunk.pauseMilliseconds {
      complain(
        "chunk", "a slip would take more than a minute", mend: "send more bytes or pause less")
    }
    return found
  }
}
