import Canvas
import Venue
import Views

/// Draws the contents of elements in one palette; sizes come from `unit`, a 1080th of the screen.
struct Brush {
  let painter: Painter
  let typesetter: Typesetter
  let palette: Palette
  let unit: Double

  func draw(_ content: Element.Content, in area: Rect) {
    switch content {
    case .wave: painter.wave(in: area.inset(dx: 0, dy: unit), width: 2.5 * unit, with: palette.line)
    case .rule: painter.fill(area, with: palette.line)
    case .headings(let phrases): drawHeadings(phrases, in: area)
    case .time(let time, let font): draw(time, font, in: area)
    case .card(let card, let grid): draw(card, grid, in: area)
    case .historyHeading(let phrase): drawHistoryHeading(phrase, in: area)
    case .past(let call, let font): drawPast(call, font, in: area)
    case .beat(let beat): drawBeat(beat, in: area)
    case .note(let note):
      drawLine(RichText(note, language: "en"), size: 24, palette.quiet, at: .leading, in: area)
    case .sentence(let phrase, let number): draw(phrase, number, in: area)
    case .venue(let venue):
      drawLine(RichText(venue, language: "en"), size: 30, palette.quiet, at: .trailing, in: area)
    case .title(let title):
      drawLine(
        RichText(title, language: "en"), size: 64, weight: .bold, palette.text, at: .middle,
        in: area)
    case .phrase(let phrase): drawPlea(phrase, in: area)
    case .detail(let detail): drawDetail(detail, in: area)
    }
  }

  // MARK: Lines of text

  enum Edge { case leading, middle, trailing }

  /// One line in the middle of the area's height, as much smaller than `size` units as it must be.
  func drawLine(
    _ text: RichText, size: Double, weight: TextStyle.Weight = .regular, _ color: Color,
    at edge: Edge, in area: Rect
  ) {
    let layout = typesetter.layout(
      text, TextStyle(size: size * unit, weight: weight), fittingWidth: area.width,
      height: area.height)
    let free = area.width - layout.size.width
    let x: Double =
      switch edge {
      case .leading: area.x
      case .middle: area.x + free / 2
      case .trailing: area.x + free
      }
    let y = area.y + (area.height - layout.size.height) / 2
    painter.draw(layout, at: Point(x: x.rounded(), y: y.rounded()), color: color)
  }

  /// A code with the middle of its capitals in the middle of the column's height; smaller when it
  /// is longer than the columns were made for.
  func drawCode(
    _ code: String, _ column: Rect, _ font: Double, _ color: Color, weight: TextStyle.Weight,
    at edge: Edge = .leading
  ) {
    let layout = typesetter.layout(
      .code(code), TextStyle(size: font, weight: weight), fittingWidth: column.width)
    let cap = layout.style.size * Legibility.capHeight
    let y = column.center.y + cap / 2 - layout.baseline
    let x = edge == .trailing ? column.maxX - layout.size.width : column.x
    painter.draw(layout, at: Point(x: x.rounded(), y: y.rounded()), color: color)
  }

  /// Scripts stand differently high in their lines; the ink of each is in the middle.
  private func drawPlea(_ phrase: Phrase, in area: Rect) {
    let layout = typesetter.layout(
      RichText(phrase), TextStyle(size: 54 * unit), fittingWidth: area.width - 48 * unit,
      height: area.height - 8 * unit)
    painter.draw(layout, inkCenteredIn: area, color: palette.text)
  }

  private func drawDetail(_ detail: String, in area: Rect) {
    let isSmall = area.height < 100 * unit
    var style = TextStyle(size: (isSmall ? 24 : 32) * unit, alignment: .center)
    style.maxWidth = area.width
    style.maxLines = max(1, Int(area.height / (style.size * 1.5)))
    let layout = typesetter.layout(RichText(detail, language: "en"), style)
    let y = isSmall ? area.y + (area.height - layout.size.height) / 2 : area.y
    painter.draw(layout, at: Point(x: area.x, y: y.rounded()), color: palette.quiet)
  }

  // MARK: Header and foot

  /// All headings stand on one baseline; smaller ones when there is not enough room.
  private func drawHeadings(_ phrases: [Phrase], in area: Rect) {
    let gap = 40 * unit
    let gaps = gap * Double(max(0, phrases.count - 1))
    func set(_ size: Double) -> [TextLayout] {
      phrases.enumerated().map { index, phrase in
        typesetter.layout(
          RichText(phrase), TextStyle(size: size, weight: index == 0 ? .bold : .regular),
          fittingWidth: area.width, height: area.height)
      }
    }
    let full = 40 * unit
    var layouts = set(full)
    let needed = layouts.reduce(0) { $0 + $1.size.width }
    if needed > area.width - gaps {
      layouts = set((full * max(0.1, (area.width - gaps) / needed) * 2).rounded(.down) / 2)
    }
    let baseline = area.center.y + full * Legibility.capHeight / 2
    var x = area.x
    for (index, layout) in layouts.enumerated() {
      let lowest = area.maxY - layout.ink.maxY
      let y = max(area.y - layout.ink.y, min(baseline - layout.baseline, lowest))
      painter.draw(
        layout, at: Point(x: x.rounded(), y: y.rounded()),
        color: index == 0 ? palette.text : palette.quiet)
      x += layout.size.width + gap
    }
  }

  private func draw(_ time: Board.Time, _ font: Double, in area: Rect) {
    switch time {
    case .clock(let text):
      drawCode(text, area, font, palette.text, weight: .bold, at: .trailing)
    case .asOf(let phrase, let text):
      let words = RichText(phrase, placeholder: "{time}", code: text)
      drawLine(words, size: 46, weight: .bold, palette.text, at: .trailing, in: area)
    }
  }

  /// A disc that changes its size with each heartbeat.
  private func drawBeat(_ beat: Bool, in area: Rect) {
    let center = Point(x: area.x + 18 * unit, y: area.center.y)
    if palette.isGrey {
      painter.ring(at: center, radius: 14 * unit, width: 4 * unit, with: palette.beat)
    } else {
      painter.fill(discAt: center, radius: (beat ? 14 : 11) * unit, with: palette.beat)
    }
  }

  private func draw(_ sentence: Phrase, _ number: TicketNumber?, in area: Rect) {
    let text =
      if let number {
        RichText(sentence, placeholder: "{number}", code: number.description)
      } else {
        RichText(sentence.without(placeholder: "{number}"))
      }
    let isRightToLeft = sentence.direction == .rightToLeft
    drawLine(text, size: 40, palette.text, at: isRightToLeft ? .trailing : .leading, in: area)
  }

  // MARK: History

  private func drawHistoryHeading(_ phrase: Phrase, in area: Rect) {
    drawLine(
      RichText(phrase), size: 34, weight: .bold, palette.quiet,
      at: phrase.direction == .rightToLeft ? .trailing : .leading, in: area)
  }

  private func drawPast(_ call: BoardView.Call, _ font: Double, in area: Rect) {
    var number = area
    number.width *= 0.62
    let counter = Rect(
      x: number.maxX, y: area.y, width: area.maxX - number.maxX, height: area.height)
    drawCode(call.number.description, number, font, palette.text, weight: .bold)
    drawCode(call.counter, counter, font, palette.quiet, weight: .regular, at: .trailing)
    painter.fill(
      Rect(x: area.x, y: area.maxY - 2 * unit, width: area.width, height: 2 * unit),
      with: palette.card)
  }
}

extension RichText {
  init(_ phrase: Phrase) {
    self.init(
      phrase.text, language: phrase.language.text, direction: TextDirection(phrase.direction))
  }

  /// Words in which each `placeholder` becomes `code`.
  init(_ phrase: Phrase, placeholder: String, code: String) {
    self.init(
      phrase.text, language: phrase.language.text, direction: TextDirection(phrase.direction),
      placeholder: placeholder, code: code)
  }
}

extension TextDirection {
  init(_ direction: Direction) {
    self = direction == .rightToLeft ? .rightToLeft : .leftToRight
  }
}

extension Phrase {
  /// The phrase without a placeholder for which there is no value, and without the gap it leaves.
  func without(placeholder: String) -> Phrase {
    guard let found = text.firstRange(of: placeholder) else { return self }
    var before = text[..<found.lowerBound]
    let after = text[found.upperBound...]
    // One of two spaces goes, and the one before a comma or full stop.
    if before.last == " ", after.first.map({ $0 == " " || $0.isPunctuation }) ?? true {
      before.removeLast()
    }
    var phrase = self
    phrase.text = before + String(before.isEmpty ? after.drop { $0 == " " } : after)
    return phrase
  }
}
