public import Canvas
internal import Synchronization
public import Views

/// Draws the slips of all printers with one typesetter, since fonts take memory.
///
/// Its lock is held for one band at a time: a few milliseconds.
public final class SlipPress: SlipSource {
  private struct Work {
    /// Made with the first slip; a daemon that never prints loads no font.
    var typesetter: Typesetter?
    /// Slips that are being printed, at most one a printer.
    var drawings: [Int: SlipDrawing] = [:]
    var lastKey = 0
  }

  private let work = Mutex(Work())

  public init() {}

  /// Lays `slip` out. Throws when a font is missing or the QR code cannot hold its text.
  public func press(_ slip: SlipView, widthDots: Int) throws -> PressedSlip {
    let (key, height) = try work.withLock { work in
      let typesetter = try work.typesetter ?? Typesetter()
      work.typesetter = typesetter
      let layout = SlipLayout(slip, widthDots: widthDots)
      let drawing = try SlipDrawing(layout, with: typesetter)
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
