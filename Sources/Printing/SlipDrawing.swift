internal import Canvas

/// A slip whose parts have their places, drawn in bands on demand.
///
/// Not `Sendable`, like the typesetter that made its texts.
final class SlipDrawing {
  private enum Item {
    case text(TextLayout, at: Point, color: Color)
    case box(Rect)
    case bar(Rect, cornerRadius: Double)
    case wave(Rect, stroke: Double)
    case code(QRCode, x: Int, y: Int, dotsPerModule: Int)
    case sign(Shape, Rect)
  }

  let widthDots: Int
  private(set) var heightDots = 0
  private var items: [(top: Double, bottom: Double, item: Item)] = []
  private let margin: Double
  private let typesetter: Typesetter

  /// Throws when the QR code cannot hold its text.
  init(_ layout: SlipLayout, with typesetter: Typesetter) throws(CanvasError) {
    widthDots = layout.widthDots
    margin = Double(layout.margin)
    self.typesetter = typesetter
    for element in layout.elements { heightDots += try place(element) }
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
    return Monochrome(bitmap)
  }

  func whole() throws(CanvasError) -> Monochrome { try band(0..<heightDots) }

  private func draw(_ item: Item, with painter: Painter) {
    switch item {
    case .text(let layout, let point, let color):
      painter.draw(layout, at: point, color: color)
    case .box(let rect):
      painter.fill(rect, with: .black)
    case .bar(let rect, let cornerRadius):
      painter.fill(rect, cornerRadius: cornerRadius, with: .black)
    case .wave(let rect, let stroke):
      painter.wave(in: rect, width: stroke, with: .black)
    case .sign(let shape, let rect):
      painter.fill(shape, in: rect, with: .black)
    case .code(let code, let x, let y, let dotsPerModule):
      painter.draw(code, x: x, y: y, dotsPerModule: dotsPerModule)
    }
  }
}

// MARK: - Places

extension SlipDrawing {
  private var contentWidth: Double { Double(widthDots) - 2 * margin }
  private var y: Double { Double(heightDots) }

  /// Adds the items of `element` at the present height; returns how many dots it takes.
  private func place(_ element: SlipLayout.Element) throws(CanvasError) -> Int {
    switch element {
    case .gap(let height):
      return height
    case .wave(let height, let stroke):
      let rect = Rect(x: margin, y: y, width: contentWidth, height: Double(height))
      add(.wave(rect, stroke: Double(stroke)), from: y, height: height)
      return height
    case .rule(let thickness):
      let rect = Rect(x: margin, y: y, width: contentWidth, height: Double(thickness))
      add(.box(rect), from: y, height: thickness)
      return thickness
    case .number(let number, let maxHeight):
      return placeNumber(number, maxHeight: Double(maxHeight))
    case .paragraph(let paragraph):
      return placeText(set(paragraph, width: contentWidth), x: margin, at: y, color: .black)
    case .mark(let paragraph):
      return placeMark(paragraph)
    case .code(let text, let side, let beside):
      return try placeCode(QRCode(text), side: side, beside: beside)
    case .place(let shape, let side, let gap, let texts):
      return placeStop(shape, side: Double(side), gap: Double(gap), texts)
    }
  }

  private func placeNumber(_ number: String, maxHeight: Double) -> Int {
    let style = TextStyle(size: Double(widthDots), weight: .extraBold)
    let layout = typesetter.layout(
      .code(number), style, fittingWidth: contentWidth, height: maxHeight)
    let x = (Double(widthDots) / 2 - layout.ink.center.x).rounded()
    _ = placeText(layout, x: x, at: y - layout.ink.y.rounded(.down), color: .black)
    return Int(layout.ink.height.rounded(.up))
  }

  private func placeMark(_ paragraph: SlipLayout.Paragraph) -> Int {
    let layout = set(paragraph, width: contentWidth - 4 * margin)
    let padding = (margin / 3).rounded()
    let height = Int(layout.size.height.rounded(.up) + 2 * padding)
    let bar = Rect(x: margin, y: y, width: contentWidth, height: Double(height))
    add(.bar(bar, cornerRadius: margin), from: y, height: height)
    _ = placeText(layout, x: 3 * margin, at: y + padding, color: .white)
    return height
  }

  /// The text stands first in its reading direction, both in the middle of the height.
  private func placeCode(_ code: QRCode, side: Int, beside: SlipLayout.Paragraph) -> Int {
    let dotsPerModule = code.dotsPerModule(fitting: side)
    let codeSide = code.sideWithQuietZone * dotsPerModule
    // The quiet zone is blank: it may lie in the margin, and serves as the gap to the text.
    let quietZone = QRCode.quietZone * dotsPerModule
    let isTextOnRight = beside.text.direction == .rightToLeft
    let textWidth = contentWidth - Double(codeSide - quietZone)
    let layout = set(beside, width: textWidth, maxLines: beside.maxLines)
    let height = max(codeSide, Int(layout.size.height.rounded(.up)))
    let codeX =
      isTextOnRight ? Int(margin) - quietZone : widthDots - Int(margin) + quietZone - codeSide
    let codeY = heightDots + (height - codeSide) / 2
    add(
      .code(code, x: codeX, y: codeY, dotsPerModule: dotsPerModule), from: y, height: height)
    let textX = isTextOnRight ? Double(widthDots) - margin - textWidth : margin
    let textY = y + ((Double(height) - layout.size.height) / 2).rounded()
    _ = placeText(layout, x: textX, at: textY, color: .black)
    return height
  }

  /// Texts below each other, beside the sign.
  private func placeStop(
    _ shape: Shape?, side: Double, gap: Double, _ texts: [SlipLayout.Paragraph]
  ) -> Int {
    let isFromRight = texts.first?.text.direction == .rightToLeft
    let width = contentWidth - side - gap
    let textX = isFromRight ? margin : margin + side + gap
    let top = y
    var height = 0.0
    for text in texts {
      height += Double(
        placeText(set(text, width: width), x: textX, at: top + height, color: .black))
    }
    let total = max(height, side)
    let x = isFromRight ? Double(widthDots) - margin - side : margin
    let rect = Rect(x: x, y: top + ((total - side) / 2).rounded(), width: side, height: side)
    // A dash points nowhere: an arrow would be followed.
    let dash = rect.inset(dx: side * 0.2, dy: side * 0.44)
    add(shape.map { .sign($0, rect) } ?? .box(dash), from: rect.y, height: Int(side))
    return Int(total.rounded(.up))
  }

  private func placeText(_ layout: TextLayout, x: Double, at top: Double, color: Color) -> Int {
    // Ink may reach a little beyond the box, and antialiasing one dot further.
    let reach = layout.ink.inset(by: -2)
    items.append(
      (top + reach.y, top + reach.maxY, .text(layout, at: Point(x: x, y: top), color: color)))
    return Int(layout.size.height.rounded(.up))
  }

  private func add(_ item: Item, from top: Double, height: Int) {
    items.append((top, top + Double(height), item))
  }

  /// One line if it can be, however small within the limits: a last word alone on a second line
  /// reads badly. Else as large as keeps `paragraph` within its lines.
  private func set(_ paragraph: SlipLayout.Paragraph, width: Double) -> TextLayout {
    let line = set(paragraph, width: width, maxLines: 1)
    return line.lineCount == 1 ? line : set(paragraph, width: width, maxLines: paragraph.maxLines)
  }

  /// Steps of two dots.
  private func set(
    _ paragraph: SlipLayout.Paragraph, width: Double, maxLines: Int
  ) -> TextLayout {
    var style = TextStyle(
      size: paragraph.size, weight: paragraph.weight, alignment: paragraph.alignment,
      maxWidth: width)
    var layout = typesetter.layout(paragraph.text, style)
    while layout.lineCount > maxLines, style.size - 2 >= paragraph.minimumSize {
      style.size -= 2
      layout = typesetter.layout(paragraph.text, style)
    }
    return layout
  }
}
