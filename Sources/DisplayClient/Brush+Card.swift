import Canvas
import Venue
import Views

extension Brush {
  /// Number, arrow, agency's sign and counter stand in columns, the same on every card of a grid;
  /// badge, agency and place follow behind them or stand beneath.
  func draw(_ card: Board.Card, _ grid: BoardLayout.Grid, in area: Rect) {
    let radius = min(26 * unit, area.height * 0.18)
    let ground = card.isNew ? (card.isBright ? palette.brightCard : palette.newCard) : palette.card
    painter.fill(area, cornerRadius: radius, with: ground)
    if card.isBright {
      painter.stroke(
        area, cornerRadius: radius, width: min(8 * unit, area.height * 0.055),
        with: palette.newCard)
    }
    let ink = card.isNew ? palette.newText : palette.text
    let quiet = card.isNew ? palette.newText : palette.quiet
    let inner = area.inset(dx: BoardLayout.cardPadding * unit, dy: 0)
    let columns = CardColumns(inner, font: grid.fontPixels, placement: grid.placement)
    let call = card.call
    drawCode(call.number.description, columns.number, columns.font, ink, weight: .extraBold)
    if let arrow = call.arrow.flatMap({ Heading(rawValue: $0.rawValue) }) {
      painter.arrow(
        arrow, at: columns.arrow.center, size: columns.arrow.width, with: ink)
    }
    if let sign = call.sign { draw(sign, in: columns.sign, on: ground) }
    drawCode(call.counter, columns.counter, columns.font, ink, weight: .bold)
    switch grid.placement {
    case .beside: drawBeside(call, columns.rest, ink: quiet, isNew: card.isNew)
    case .beneath: drawBeneath(call, columns.rest, ink: quiet, isNew: card.isNew)
    }
  }

  private func draw(_ sign: AgencySign, in rect: Rect, on ground: Color) {
    guard let shape = Shape(rawValue: sign.shape.rawValue), let named = Color(hex: sign.color)
    else { return }
    let color = palette.sign(named)
    let chips = [Color(0xF7F3EA), Color(0x0B1020)]
    if let chip = color.chip(on: ground, chips: chips) {
      let margin = rect.width * 0.22
      painter.fill(rect.inset(by: -margin), cornerRadius: margin, with: chip)
    }
    painter.fill(shape, in: rect, with: color)
  }

  // MARK: Words

  private func drawBeside(_ call: BoardView.Call, _ rest: Rect, ink: Color, isNew: Bool) {
    var words = rest
    if let again = call.again {
      let badge = drawBadge(again, isNew: isNew, height: 56 * unit, in: rest, at: .leading)
      words.x = badge.maxX + 24 * unit
      words.width = rest.maxX - words.x
    }
    let size = min(34, rest.height / 3.4 / unit)
    let lines = [call.agency, call.place].compactMap { $0 }.filter { !$0.text.isEmpty }
    let pitch = size * 1.25 * unit
    var top = rest.center.y - pitch * Double(lines.count) / 2
    for line in lines {
      let area = Rect(x: words.x, y: top, width: words.width, height: pitch)
      drawLine(RichText(line), size: size, ink, at: .trailing, in: area)
      top += pitch
    }
  }

  private func drawBeneath(_ call: BoardView.Call, _ rest: Rect, ink: Color, isNew: Bool) {
    var words = rest
    if let again = call.again {
      let height = min(50 * unit, rest.height)
      let badge = drawBadge(again, isNew: isNew, height: height, in: rest, at: .trailing)
      words.width = badge.x - 20 * unit - words.x
    }
    var runs: [RichText.Run] = []
    for phrase in [call.agency, call.place].compactMap({ $0 }) where !phrase.text.isEmpty {
      if !runs.isEmpty { runs.append(.text("  ·  ", language: phrase.language.text)) }
      runs.append(.text(phrase.text, language: phrase.language.text))
    }
    let text = RichText(runs, direction: TextDirection(call.place.direction))
    drawLine(
      text, size: min(36, rest.height / 1.4 / unit), ink,
      at: call.place.direction == .rightToLeft ? .trailing : .leading, in: words)
  }

  /// "2nd call" in a frame; answers where it lies.
  private func drawBadge(
    _ phrase: Phrase, isNew: Bool, height: Double, in rest: Rect, at edge: Edge
  ) -> Rect {
    let color = isNew ? palette.newText : palette.badge
    let padding = height * 0.36
    let layout = typesetter.layout(
      RichText(phrase), TextStyle(size: height * 0.54, weight: .bold),
      fittingWidth: rest.width * 0.45 - 2 * padding, height: height * 1.6)
    let width = (layout.size.width + 2 * padding).rounded(.up)
    let badge = Rect(
      x: edge == .trailing ? rest.maxX - width : rest.x,
      y: (rest.center.y - height / 2).rounded(), width: width, height: height.rounded())
    painter.stroke(badge, cornerRadius: height * 0.24, width: 3 * unit, with: color)
    painter.draw(
      layout, centeredIn: badge.inset(dx: padding, dy: 0), color: color)
    return badge
  }
}

/// Where the parts of a card lie, measured in em of the number's font.
struct CardColumns {
  let font: Double
  let number: Rect
  let arrow: Rect
  let sign: Rect
  let counter: Rect
  let rest: Rect

  init(_ inner: Rect, font: Double, placement: BoardLayout.Placement) {
    self.font = font
    let capital = font * Legibility.capHeight
    var line = inner
    if placement == .beneath {
      // Capitals, a gap and a line of words stand in the middle of the card's height together.
      let block = capital + font * 0.18 + font * 0.28
      line.y = inner.center.y - block / 2 - (font - capital) / 2
      line.height = font
    }
    func column(_ start: Double, _ width: Double) -> Rect {
      Rect(x: inner.x + start * font, y: line.y, width: width * font, height: line.height)
    }
    func square(_ start: Double, _ side: Double) -> Rect {
      Rect(
        x: inner.x + start * font, y: line.center.y - side * font / 2, width: side * font,
        height: side * font)
    }
    number = column(0, 2.75)
    arrow = square(3.0, 0.62)
    sign = square(3.88, 0.42)
    counter = column(4.65, 1.25)
    switch placement {
    case .beside:
      let start = inner.x + 6.15 * font
      rest = Rect(x: start, y: inner.y, width: inner.maxX - start, height: inner.height)
    case .beneath:
      let middle = line.center.y + capital / 2 + font * 0.32
      rest = Rect(x: inner.x, y: middle - font * 0.22, width: inner.width, height: font * 0.44)
    }
  }
}
