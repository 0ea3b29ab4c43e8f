internal import Canvas

/// A slip whose parts have their places, drawn in bands on demand.
///
/// Not `Sendable`, like the typesetter that made its texts.
final class SlipDrawing {
  enum Item {
    case text(TextLayout, at: Point, color: Color)
    case box(Rect)
    case emptyBox(Rect, stroke: Double)
    case bar(Rect, cornerRadius: Double)
    case picture(Bitmap, at: Point)
    case code(QRCode, x: Int, y: Int, dotsPerModule: Int)
    case sign(Shape, Rect)
    case arrow(Heading, center: Point, size: Double)
  }

  /// A longer slip is refused: half a metre of paper is no slip, and printers lose long pictures.
  static let longestDots = 4_000

  let widthDots: Int
  let margin: Double
  let lineGap: Int
  let blockGap: Int
  let fitter: SlipFitter
  private(set) var heightDots = 0
  private var items: [(top: Double, bottom: Double, item: Item)] = []

  /// Throws `PrintingError` when the slip does not fit its paper, and `CanvasError` when the QR code
  /// cannot hold its text.
  init(_ layout: SlipLayout, with fitter: SlipFitter) throws {
    widthDots = layout.widthDots
    margin = Double(layout.margin)
    lineGap = layout.lineGap
    blockGap = layout.blockGap
    self.fitter = fitter
    for element in layout.elements { heightDots += try place(element) }
    guard heightDots <= Self.longestDots else {
      throw PrintingError.slipTooLong(dots: heightDots)
    }
  }

  func add(_ item: Item, from top: Double, to bottom: Double) {
    items.append((top, bottom, item))
  }

  /// The rows of `rows` as dots. Bands put below each other are the whole slip, dot for dot.
  func band(_ rows: Range<Int>) throws(CanvasError) -> Monochrome {
    let bitmap = try Bitmap(width: widthDots, height: rows.count, format: .ink)
    let painter = try Painter(bitmap)
    let (first, end) = (Double(rows.lowerBound), Double(rows.upperBound))
    painter.translated(x: 0, y: -first) {
      for (top, bottom, item) in items where bottom > first && top < end {
        draw(item, with: painter)
      }
    }
    var dots = Monochrome(bitmap)
    // Its modules are whole dots: nothing is to be smoothed and then cut again.
    for case (_, _, .code(let code, let x, let y, let dotsPerModule)) in items {
      dots.draw(code, x: x, y: y - rows.lowerBound, dotsPerModule: dotsPerModule)
    }
    return dots
  }

  /// Every text with its glyphs, in the order of the layout.
  var texts: [PlacedText] {
    items.compactMap { _, _, item in
      guard case .text(let layout, let point, _) = item else { return nil }
      let glyphs = layout.glyphs.map { glyph in
        var glyph = glyph
        glyph.x += point.x
        glyph.y += point.y
        return glyph
      }
      return PlacedText(
        text: layout.markedText, glyphs: glyphs, ink: layout.ink.offset(dx: point.x, dy: point.y),
        lineCount: layout.lineCount, missingGlyphs: layout.missingGlyphs,
        isEllipsized: layout.isEllipsized)
    }
  }

  private func draw(_ item: Item, with painter: Painter) {
    switch item {
    case .text(let layout, let point, let color):
      painter.draw(layout, at: point, color: color)
    case .box(let rect):
      painter.fill(rect, with: .black)
    case .emptyBox(let rect, let stroke):
      painter.stroke(rect, cornerRadius: stroke, width: stroke, with: .black)
    case .bar(let rect, let cornerRadius):
      painter.fill(rect, cornerRadius: cornerRadius, with: .black)
    case .picture(let bitmap, let point):
      painter.draw(bitmap, at: point)
    case .sign(let shape, let rect):
      painter.fill(shape, in: rect, with: .black)
    case .arrow(let heading, let center, let size):
      painter.arrow(heading, at: center, size: size, with: .black)
    case .code:
      break
    }
  }
}
