public import Canvas
public import Views

/// What stands on a slip, from top to bottom, at an exact width; a pure value.
///
/// All lengths are dots of the printer: 8 a millimetre at 203 dpi.
public struct SlipLayout: Equatable, Sendable {
  /// A text and the sizes it may be set in: as large as fits into `maxLines`, never cut off.
  public struct Paragraph: Hashable, Sendable {
    public var text: RichText
    public var weight: TextStyle.Weight
    public var alignment: TextStyle.Alignment
    public var size: Double
    public var minimumSize: Double
    public var maxLines: Int
  }

  /// A picture of at most `side` that stands first in reading direction, `gap` before texts.
  public struct Beside: Equatable, Sendable {
    public var side: Int
    public var gap: Int
    public var texts: [Paragraph]
  }

  public enum Element: Equatable, Sendable {
    case gap(Int)
    case wave(height: Int, stroke: Int)
    case rule(thickness: Int)
    /// The number alone, as wide as the paper; its ink is at most `maxHeight` high.
    case number(String, maxHeight: Int)
    /// Texts below each other.
    case texts([Paragraph])
    /// White on a black bar: what can never be taken for an ordinary slip.
    case mark([Paragraph])
    /// A QR code of at most `side` with texts beside it, which stand first in reading direction.
    case code(String, side: Int, beside: [Paragraph])
    /// An agency's sign, or a dash where it is neutral.
    case stop(Shape?, Beside)
    /// The arrow in the middle of the paper with the texts; an arrow is never mirrored. Without one
    /// the texts alone.
    case way(Heading?, Beside)
    /// Names with empty squares, two beside each other where there is room.
    case checklist([Paragraph], box: Int, gap: Int)
    /// The width of the paper, to be measured.
    case ruler
  }

  /// Printable widths that the layout was made for: 384 is 58 mm paper, 640 is 82 mm.
  public static let widths = 384...640

  public let widthDots: Int
  /// Left blank on both sides.
  public let margin: Int
  /// Between lines of one block.
  public let lineGap: Int
  /// The least that is blank above and below a block.
  public let blockGap: Int
  public let elements: [Element]

  /// Widths outside `widths` are drawn at the nearest one in it.
  public init(_ slip: SlipView, _ template: SlipTemplate = .standard, widthDots: Int) {
    let width = min(max(widthDots, Self.widths.lowerBound), Self.widths.upperBound)
    var builder = SlipBuilder(slip: slip, width: width)
    for block in template.blocks { builder.add(block) }
    self.widthDots = width
    self.margin = builder.dots(12)
    self.lineGap = builder.dots(14)
    self.blockGap = builder.blockGap
    self.elements =
      slip.testPage.map { TestPageBuilder(page: $0, width: width).elements() } ?? builder.finished()
  }
}
