import Canvas
import Venue
import Views

/// One thing on the picture: where it lies, and what it shows.
///
/// Areas are whole pixels and do not overlap, and nothing is drawn outside its own. So equal
/// elements are equal pixels, and a frame that redraws only the elements which changed is the same
/// picture, byte for byte, as one drawn from scratch.
struct Element: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case wave
    case rule
    case headings([Phrase])
    /// With the size of the clock's digits.
    case time(Board.Time, fontPixels: Double)
    case card(Board.Card, BoardLayout.Grid)
    case historyHeading(Phrase)
    case past(BoardView.Call, fontPixels: Double)
    case beat(Bool)
    case note(String)
    case sentence(Phrase, TicketNumber?)
    case venue(String)
    case title(String)
    case phrase(Phrase)
    case detail(String)
  }

  var area: Rect
  var content: Content
  var isStale = false
}

/// Lays a scene out as elements.
struct Composition {
  let size: PixelSize
  /// One 1080th of the screen's shorter side.
  let unit: Double
  private(set) var elements: [Element] = []
  private var isStale = false
  private let shift: (x: Double, y: Double)

  /// `layout` is that of the scene's screen; boards need one.
  init(_ scene: Scene, size: PixelSize, layout: BoardLayout?) {
    self.size = size
    unit = Double(min(size.width, size.height)) / 1080
    shift = (
      (scene.shift.x * Double(size.width)).rounded(),
      (scene.shift.y * Double(size.height)).rounded()
    )
    switch scene.content {
    case .notice(let notice): add(notice)
    case .board(let board): layout.map { add(board, $0) }
    }
  }

  private mutating func add(_ content: Element.Content, in rect: Rect) {
    let left = (rect.x + shift.x).rounded()
    let top = (rect.y + shift.y).rounded()
    let area = Rect(
      x: left, y: top, width: (rect.maxX + shift.x).rounded() - left,
      height: (rect.maxY + shift.y).rounded() - top)
    elements.append(Element(area: area, content: content, isStale: isStale))
  }

  // MARK: The board

  private mutating func add(_ board: Board, _ layout: BoardLayout) {
    isStale = board.isStale
    addHeader(board, layout)
    for (place, card) in board.cards.enumerated() {
      guard let card else { continue }
      add(.card(card, board.grid), in: layout.card(place, in: board.grid))
    }
    if let history = layout.history { addHistory(board, layout, in: history) }
    addFoot(board, layout.foot)
  }

  private mutating func addHeader(_ board: Board, _ layout: BoardLayout) {
    let header = layout.header
    let timeWidth = min(header.width * 0.34, 480 * unit)
    let timeArea = Rect(
      x: header.maxX - timeWidth, y: header.y, width: timeWidth, height: header.height)
    add(
      .headings(board.headings),
      in: Rect(
        x: header.x, y: header.y, width: timeArea.x - header.x - 20 * unit, height: header.height))
    add(.time(board.time, fontPixels: layout.clockFontPixels), in: timeArea)
    add(.wave, in: Rect(x: header.x, y: header.maxY, width: header.width, height: 16 * unit))
  }

  private mutating func addHistory(_ board: Board, _ layout: BoardLayout, in history: Rect) {
    guard !board.history.isEmpty else { return }
    let headingHeight = BoardLayout.historyHeading * unit
    add(
      .historyHeading(board.earlierCalls),
      in: Rect(x: history.x, y: history.y, width: history.width, height: headingHeight))
    let rowHeight = (history.height - headingHeight) / Double(layout.historyRows)
    for (row, call) in board.history.enumerated() {
      let top = history.y + headingHeight + Double(row) * rowHeight
      add(
        .past(call, fontPixels: layout.historyFontPixels),
        in: Rect(x: history.x, y: top, width: history.width, height: rowHeight))
    }
  }

  private mutating func addFoot(_ board: Board, _ foot: Rect) {
    add(.rule, in: Rect(x: foot.x, y: foot.y, width: foot.width, height: max(1, 2 * unit)))
    let top = foot.y + 4 * unit
    let height = foot.height - 4 * unit
    func strip(_ from: Double, _ to: Double) -> Rect {
      Rect(x: from, y: top, width: max(0, to - from), height: height)
    }
    let noteWidth = board.note == nil ? 0 : 280 * unit
    let venueWidth = min(foot.width * 0.25, (40 + 17 * Double(board.venue.count)) * unit)
    let noteStart = foot.x + 56 * unit
    let sentenceStart = noteStart + noteWidth
    let venueStart = foot.maxX - venueWidth
    add(.beat(board.beat), in: strip(foot.x, noteStart))
    if let note = board.note { add(.note(note), in: strip(noteStart, sentenceStart)) }
    if let sentence = board.sentence {
      add(
        .sentence(sentence, board.sentenceNumber),
        in: strip(sentenceStart + 10 * unit, venueStart - 30 * unit))
    }
    add(.venue(board.venue), in: strip(venueStart, foot.maxX))
  }

  // MARK: Notices

  private mutating func add(_ notice: Notice) {
    let margin = BoardLayout.margin * 2
    let frame = Rect(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
      .inset(dx: Double(size.width) * margin, dy: Double(size.height) * margin)
    let titleHeight = 110 * unit
    let detailHeight = 170 * unit
    switch notice.kind {
    case .connecting:
      let top = frame.center.y - titleHeight - 10 * unit
      addTitle(notice.venue ?? "Rossio", in: frame, top: top)
    case .askReception:
      addTitle(notice.venue ?? "", in: frame, top: frame.y)
      let top = frame.y + titleHeight + 60 * unit
      addPhrases(
        notice.phrases,
        in: Rect(
          x: frame.x, y: top, width: frame.width, height: frame.maxY - 60 * unit - top))
    case .illegible:
      addTitle("Too small to read", in: frame, top: frame.y + frame.height * 0.2)
    }
    guard let detail = notice.detail else { return }
    let isMain = notice.kind == .illegible
    let height = isMain ? frame.height * 0.5 : notice.kind == .connecting ? detailHeight : 50 * unit
    let top = isMain ? frame.y + frame.height * 0.42 : frame.maxY - height
    add(.detail(detail), in: Rect(x: frame.x, y: top, width: frame.width, height: height))
  }

  private mutating func addTitle(_ title: String, in frame: Rect, top: Double) {
    let height = 110 * unit
    add(.title(title), in: Rect(x: frame.x, y: top, width: frame.width, height: height))
    let wave = min(frame.width, 480 * unit)
    add(
      .wave,
      in: Rect(
        x: frame.center.x - wave / 2, y: top + height + 8 * unit, width: wave, height: 22 * unit))
  }

  /// One language a cell, the host language first; two columns when there are many.
  private mutating func addPhrases(_ phrases: [Phrase], in rect: Rect) {
    guard !phrases.isEmpty else { return }
    let columns = phrases.count > 6 && rect.width > rect.height ? 2 : 1
    let rows = (phrases.count + columns - 1) / columns
    let height = min(rect.height / Double(rows), 150 * unit)
    let width = rect.width / Double(columns)
    let top = rect.center.y - height * Double(rows) / 2
    for (index, phrase) in phrases.enumerated() {
      let cell = Rect(
        x: rect.x + width * Double(index % columns), y: top + height * Double(index / columns),
        width: width, height: height)
      add(.phrase(phrase), in: cell)
    }
  }
}
