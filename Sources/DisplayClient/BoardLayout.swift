import Canvas

/// A screen's size in pixels.
struct PixelSize: Equatable, Sendable {
  var width: Int
  var height: Int
}

/// Where everything lies on a board of one size, width and viewing distance, in pixels.
///
/// All measures come from the height (or width, when the screen stands upright) of the screen: one
/// `unit` is a 1080th of it. The picture fills 96 % of the screen, so that it can move against
/// burn-in.
struct BoardLayout: Equatable, Sendable {
  /// One way to divide the grid.
  struct Grid: Equatable, Sendable {
    var rows: Int
    var columns: Int
    /// Where agency and place stand on a card.
    var placement: Placement
    /// Size of numbers and counters, in pixels an em.
    var fontPixels: Double

    var places: Int { rows * columns }
  }

  /// Where a card says agency and place: behind the counter, or on a line of its own beneath.
  enum Placement: CaseIterable, Sendable {
    case beside, beneath

    /// What a number of four signs, arrow, sign, counter of two and their gaps take, in em of the
    /// number's font.
    var emWidth: Double { self == .beside ? 8.5 : 5.9 }
    /// The number's em as a share of the card's height.
    var emHeight: Double { self == .beside ? 0.92 : 0.7 }
  }

  let size: PixelSize
  let legibility: Legibility
  let unit: Double
  let header: Rect
  let grid: Rect
  /// Nil when its numbers could not be read from where people stand: the grid then has its room.
  let history: Rect?
  let historyFontPixels: Double
  let historyRows: Int
  let clockFontPixels: Double
  let foot: Rect
  /// From loose to dense; the first one is legible, and the last one holds `BoardView.callLimit`.
  let grids: [Grid]

  /// The share of each side that stays empty when the picture is not moved.
  static let margin = 0.02

  static let maximumRows = 5
  static let minimumRows = 3
  static let mostHistoryRows = 7
  /// What a number of four signs and a counter of two take in the history, in em.
  static let pastEmWidth = 4.7
  /// Between a card's left and right edge and what stands on it, in units.
  static let cardPadding = 30.0
  /// Room for a heading over the history, in units.
  static let historyHeading = 92.0

  /// Throws when not even the largest digits can be read from the viewing distance.
  init(size: PixelSize, widthMillimetres: Int, viewingDistanceMillimetres: Int) throws(Illegible) {
    let legibility = Legibility(
      widthMillimetres: max(1, widthMillimetres), widthPixels: max(1, size.width),
      viewingDistanceMillimetres: max(1, viewingDistanceMillimetres))
    let frame = Self.frame(of: size)
    let unit = frame.unit
    let header = Rect(x: frame.rect.x, y: frame.rect.y, width: frame.rect.width, height: 94 * unit)
    let foot = Rect(
      x: header.x, y: frame.rect.maxY - 90 * unit, width: header.width, height: 90 * unit)
    let middle = Rect(
      x: header.x, y: header.maxY + 28 * unit, width: header.width,
      height: foot.y - header.maxY - 56 * unit)

    self.size = size
    self.legibility = legibility
    self.unit = unit
    self.header = header
    self.foot = foot
    let side = Self.history(in: middle, unit: unit, legibility: legibility)
    history = side?.rect
    historyFontPixels = side?.fontPixels ?? 0
    historyRows = side?.rows ?? 0
    let smallest = legibility.fontPixels(degrees: Legibility.refusedBelowDegrees)
    clockFontPixels = min(max(66 * unit, smallest.rounded(.up)), 96 * unit)
    var grid = middle
    if let rect = side?.rect { grid.width = rect.x - grid.x - 34 * unit }
    self.grid = grid
    grids = try Self.ladder(in: grid, unit: unit, legibility: legibility)
  }

  private static func frame(of size: PixelSize) -> (rect: Rect, unit: Double) {
    let width = Double(size.width)
    let height = Double(size.height)
    let rect = Rect(x: 0, y: 0, width: width, height: height)
      .inset(dx: (width * margin).rounded(), dy: (height * margin).rounded())
    return (rect, min(height / 1080, width / 1080))
  }

  // MARK: History

  /// As many rows as leave their digits legible; nil when they would need more than a third of the
  /// width, or the screen stands upright.
  private static func history(
    in middle: Rect, unit: Double, legibility: Legibility
  ) -> (rect: Rect, fontPixels: Double, rows: Int)? {
    let smallest = legibility.fontPixels(degrees: Legibility.refusedBelowDegrees)
    let font = max(50 * unit, smallest.rounded(.up))
    let width = max(372 * unit, font * pastEmWidth)
    guard middle.width > middle.height, width <= middle.width / 3 else { return nil }
    let rect = Rect(
      x: middle.maxX - width, y: middle.y, width: width, height: middle.height)
    let rowHeight = max(font * 1.4, (rect.height - historyHeading * unit) / Double(mostHistoryRows))
    let rows = Int((rect.height - historyHeading * unit) / rowHeight + 0.001)
    return rows > 0 ? (rect, font, rows) : nil
  }

  // MARK: The ladder of grids

  /// The loosest grid has five rows where those are comfortable to read, else fewer and larger ones;
  /// where nothing is comfortable, as many as are legible.
  ///
  /// The denser ones come into play only when more calls are due than the looser ones hold. They
  /// may fall below the limits: a number that must be read from nearer is better than none.
  private static func ladder(
    in grid: Rect, unit: Double, legibility: Legibility
  ) throws(Illegible) -> [Grid] {
    func make(_ rows: Int, _ columns: Int) -> Grid {
      let cell = cell(rows: rows, columns: columns, in: grid, unit: unit)
      func font(_ placement: Placement) -> Double {
        let byWidth = (cell.width - 2 * cardPadding * unit) / placement.emWidth
        return (min(cell.height * placement.emHeight, byWidth) * 2).rounded(.down) / 2
      }
      let placement: Placement = font(.beside) >= font(.beneath) ? .beside : .beneath
      return Grid(
        rows: rows, columns: columns, placement: placement, fontPixels: font(placement))
    }
    func degrees(_ grid: Grid) -> Double { legibility.degrees(fontPixels: grid.fontPixels) }

    let tall = grid.height > grid.width ? 2 : 1
    let single = stride(from: maximumRows, through: minimumRows, by: -1).map { make($0 * tall, 1) }
    let comfortable = single.first { degrees($0) >= Legibility.warnedBelowDegrees }
    let legible = single.first { degrees($0) >= Legibility.refusedBelowDegrees }
    guard let loosest = comfortable ?? legible else {
      let largest = single.map(\.fontPixels).max() ?? 0
      throw Illegible(
        capMillimetres: legibility.capMillimetres(fontPixels: largest), legibility: legibility)
    }
    let rows = loosest.rows
    return [loosest, make(rows, 2), make(rows + 3, 2), make(max(8, rows + 3), 3)]
  }

  private static func gap(rows: Int, unit: Double) -> Double { (rows > 6 ? 10 : 18) * unit }

  private static func cell(rows: Int, columns: Int, in grid: Rect, unit: Double) -> Rect {
    let gap = gap(rows: rows, unit: unit)
    return Rect(
      x: 0, y: 0, width: (grid.width - gap * Double(columns - 1)) / Double(columns),
      height: (grid.height - gap * Double(rows - 1)) / Double(rows))
  }

  /// The card at a place: places run down the columns, so that a grid with a second column keeps
  /// the rows of the first. Whole pixels.
  func card(_ place: Int, in division: Grid) -> Rect {
    let gap = Self.gap(rows: division.rows, unit: unit)
    let cell = Self.cell(rows: division.rows, columns: division.columns, in: grid, unit: unit)
    let column = Double(place / division.rows)
    let row = Double(place % division.rows)
    let left = (grid.x + column * (cell.width + gap)).rounded()
    let top = (grid.y + row * (cell.height + gap)).rounded()
    return Rect(x: left, y: top, width: cell.width.rounded(), height: cell.height.rounded())
  }

  // MARK: Advice

  /// For the log, when the digits can be read but not at a glance; nil when they can.
  var warning: String? {
    guard let loosest = grids.first else { return nil }
    let degrees = legibility.degrees(fontPixels: loosest.fontPixels)
    guard degrees < Legibility.warnedBelowDegrees else { return nil }
    let wanted = legibility.fontPixels(degrees: Legibility.warnedBelowDegrees)
    return """
      digits are \(Self.oneDecimal(legibility.capMillimetres(fontPixels: loosest.fontPixels))) mm \
      high, which is hard to read from \(legibility.viewingDistanceMillimetres) mm; reading at a \
      glance needs \(Self.oneDecimal(legibility.capMillimetres(fontPixels: wanted))) mm. Use a \
      larger screen, or hang it where people stand nearer.
      """
  }

  static func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}

/// Digits too small for the people who are to read them.
struct Illegible: Error, Equatable, CustomStringConvertible {
  /// Cap height of the largest digits that there is room for.
  var capMillimetres: Double
  var legibility: Legibility

  var description: String {
    let smallest = legibility.fontPixels(degrees: Legibility.refusedBelowDegrees)
    return """
      This screen is \(legibility.widthMillimetres) mm wide and must be read from \
      \(legibility.viewingDistanceMillimetres) mm. Its digits would be \
      \(BoardLayout.oneDecimal(capMillimetres)) mm high; nobody can read less than \
      \(BoardLayout.oneDecimal(legibility.capMillimetres(fontPixels: smallest))) mm from there. \
      Correct widthMillimetres and viewingDistanceMillimetres of the screen in the venue's \
      configuration, or use a larger screen.
      """
  }
}
