/// How a paragraph is set.
public struct TextStyle: Hashable, Sendable {
  /// Debian's Noto has 400 and 700; the nearest one is taken.
  public enum Weight: Int, Sendable {
    case regular = 400
    case semibold = 600
    case bold = 700
    case extraBold = 800
  }

  /// Where lines begin and end, by the paragraph's direction.
  public enum Alignment: Sendable {
    case start, center, end
  }

  /// Where a line that is too long may break.
  public enum Breaks: Sendable {
    /// Between words, and within a word that is wider than a line.
    case anywhere
    /// Between words only: a word that is too wide makes the layout too wide.
    case betweenWords
  }

  /// Pixels an em.
  public var size: Double
  public var weight: Weight
  public var alignment: Alignment
  /// Lines break, and align, within this many pixels; nil: one line as wide as it comes.
  public var maxWidth: Double?
  /// At most this many lines; the last one ends in an ellipsis. Needs `maxWidth`.
  public var maxLines: Int?
  /// Distance of the lines as a multiple of the font's own.
  public var lineSpacing: Double
  /// Digits of equal width, so that figures stand below each other.
  public var hasTabularDigits: Bool
  public var breaks: Breaks

  public init(
    size: Double, weight: Weight = .regular, alignment: Alignment = .start,
    maxWidth: Double? = nil, maxLines: Int? = nil, lineSpacing: Double = 1,
    hasTabularDigits: Bool = true,
    breaks: Breaks = .anywhere
  ) {
    self.size = size
    self.weight = weight
    self.alignment = alignment
    self.maxWidth = maxWidth
    self.maxLines = maxLines
    self.lineSpacing = lineSpacing
    self.hasTabularDigits = hasTabularDigits
    self.breaks = breaks
  }
}
