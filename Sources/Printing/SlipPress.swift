public import Canvas
internal import Synchronization
public import Views

/// Draws the slips of all printers by one template and with one typesetter, since fonts take memory.
///
/// Its lock is held for one slip's layout or one band at a time: about a millisecond.
public final class SlipPress: SlipSource {
  private struct Work {
    /// Made with the first slip; a daemon that never prints loads no font.
    var fitter: SlipFitter?
    /// Slips that are being printed, at most one a printer.
    var drawings: [Int: SlipDrawing] = [:]
    var lastKey = 0
  }

  private let template: SlipTemplate
  private let work = Mutex(Work())

  public init(_ template: SlipTemplate = .standard) { self.template = template }

  /// Lays `slip` out. All of it, though the first band alone would be ready sooner: a slip that does
  /// not fit its paper is refused before anything is sent.
  ///
  /// Throws `PrintingError` when it does not fit, `CanvasError` when a font is missing or the QR code
  /// cannot hold its text.
  public func press(_ slip: SlipView, widthDots: Int) throws -> PressedSlip {
    let (key, height) = try work.withLock { work in
      let drawing = try drawing(of: slip, widthDots: widthDots, &work)
      work.lastKey += 1
      work.drawings[work.lastKey] = drawing
      return (work.lastKey, drawing.heightDots)
    }
    return PressedSlip(press: self, key: key, heightDots: height)
  }

  func open(_ slip: SlipView, widthDots: Int) throws -> any OpenSlip {
    try press(slip, widthDots: widthDots)
  }

  /// The whole picture of `slip`, as a preview shows it and a printer prints it.
  public func picture(of slip: SlipView, widthDots: Int) throws -> Monochrome {
    let pressed = try press(slip, widthDots: widthDots)
    return try pressed.band(0..<pressed.heightDots)
  }

  /// All bytes that print `slip` on a printer of `profile`, from its initialisation to the cut.
  public func bytes(of slip: SlipView, for profile: PrinterProfile) throws -> [UInt8] {
    let commands = CommandSet(profile: profile)
    let pressed = try press(slip, widthDots: profile.widthDots)
    var bytes = commands.initialisation
    for band in commands.bands(heightDots: pressed.heightDots) {
      bytes += commands.body(of: try pressed.band(band))
    }
    bytes += commands.fence(FenceToken(number: 0, length: commands.tokenLength))
    return bytes + commands.cut
  }

  /// Every text of `slip` with the place of each of its glyphs, for tests that compare shaping rather
  /// than pixels.
  public func texts(of slip: SlipView, widthDots: Int) throws -> [PlacedText] {
    try work.withLock { try drawing(of: slip, widthDots: widthDots, &$0).texts }
  }

  private func drawing(
    of slip: SlipView, widthDots: Int, _ work: inout Work
  ) throws -> SlipDrawing {
    let fitter = try work.fitter ?? SlipFitter()
    work.fitter = fitter
    return try SlipDrawing(SlipLayout(slip, template, widthDots: widthDots), with: fitter)
  }

  fileprivate func band(_ rows: Range<Int>, of key: Int) throws -> Monochrome {
    try work.withLock { work in
      guard let drawing = work.drawings[key] else { preconditionFailure("the slip was closed") }
      return try drawing.band(rows)
    }
  }

  fileprivate func close(_ key: Int) { work.withLock { $0.drawings[key] = nil } }
}

/// One slip in the press; leaving it takes it out.
public final class PressedSlip: OpenSlip {
  public let heightDots: Int
  private let press: SlipPress
  private let key: Int

  fileprivate init(press: SlipPress, key: Int, heightDots: Int) {
    self.press = press
    self.key = key
    self.heightDots = heightDots
  }

  deinit { press.close(key) }

  /// Draws the rows of `rows`, which lie within `0..<heightDots`.
  public func band(_ rows: Range<Int>) throws -> Monochrome { try press.band(rows, of: key) }
}

/// One paragraph on a slip.
public struct PlacedText: Equatable, Sendable {
  public var text: String
  /// Places count from the slip's top left corner, in dots.
  public var glyphs: [PlacedGlyph]
  public var ink: Rect
  public var lineCount: Int
  /// Characters for which no font has a glyph.
  public var missingGlyphs: Int
  /// True when words were cut off.
  public var isEllipsized: Bool
}
