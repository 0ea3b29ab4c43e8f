public import Canvas
internal import Venue
public import Views

/// What stands on a slip, from top to bottom, at an exact width; a pure value.
///
/// All lengths are dots of the printer: 8 a millimetre at 203 dpi.
public struct SlipLayout: Equatable, Sendable {
  /// A text and the sizes it may be set in: as large as fits into `maxLines`, never cut off.
  public struct Paragraph: Equatable, Sendable {
    public var text: RichText
    public var weight: TextStyle.Weight
    public var alignment: TextStyle.Alignment
    public var size: Double
    public var minimumSize: Double
    public var maxLines: Int
  }

  public enum Element: Equatable, Sendable {
    case gap(Int)
    case wave(height: Int, stroke: Int)
    case rule(thickness: Int)
    /// The number alone, as wide as the paper; its ink is at most `maxHeight` high.
    case number(String, maxHeight: Int)
    case paragraph(Paragraph)
    /// White on a black bar, so that a copy can never be taken for the first print.
    case mark(Paragraph)
    /// A QR code of at most `side` with a text beside it, the text first in reading direction.
    case code(String, side: Int, beside: Paragraph)
    /// An agency's sign of at most `side`, or a dash where it is neutral, with texts beside it; the
    /// sign stands first in reading direction.
    case place(Shape?, side: Int, gap: Int, [Paragraph])
  }

  /// Printable widths that the layout was made for: 384 is 58 mm paper, 640 is 82 mm.
  public static let widths = 384...640

  public let widthDots: Int
  /// Left blank on both sides.
  public let margin: Int
  public let elements: [Element]

  /// Widths outside `widths` are drawn at the nearest one in it.
  public init(_ slip: SlipView, widthDots: Int) {
    let width = min(max(widthDots, Self.widths.lowerBound), Self.widths.upperBound)
    var builder = Builder(width: width)
    builder.head(slip)
    builder.notice(slip)
    builder.service(slip)
    builder.way(slip)
    builder.then(slip)
    builder.phone(slip)
    builder.shares(slip)
    builder.foot(slip)
    self.widthDots = width
    self.margin = builder.dots(12)
    self.elements = builder.elements
  }
}

/// Sizes are given for paper of 576 dots and scaled; letters shrink less than lengths, since small
/// paper is read from as far.
private struct Builder {
  let width: Int
  var elements: [SlipLayout.Element] = []

  init(width: Int) { self.width = width }

  private static let referenceWidth = 576.0
  private static let smallestTextScale = 0.82

  func dots(_ length: Double) -> Int {
    max(1, Int((length * Double(width) / Self.referenceWidth).rounded()))
  }

  private func text(_ size: Double) -> Double {
    (size * max(Self.smallestTextScale, Double(width) / Self.referenceWidth)).rounded()
  }

  mutating func head(_ slip: SlipView) {
    elements += [.gap(dots(6)), .wave(height: dots(22), stroke: dots(6)), .gap(dots(22))]
    if let copy = slip.copy {
      elements += [
        .mark(paragraph(copy, size: 32, minimum: 24, weight: .bold)), .gap(dots(26)),
      ]
    }
    elements += [.number(slip.number.description, maxHeight: dots(180)), .gap(dots(24))]
  }

  /// A return voucher cannot be taken for a number of today.
  mutating func notice(_ slip: SlipView) {
    guard let notice = slip.notice else { return }
    let text = paragraph(notice, size: 34, minimum: 26, weight: .bold)
    elements += [slip.isVoucher ? .mark(text) : .paragraph(text), .gap(dots(18))]
  }

  mutating func service(_ slip: SlipView) {
    if let service = slip.service {
      elements.append(.paragraph(paragraph(service, size: 46, minimum: 34, weight: .bold)))
    }
    if let service = slip.serviceInHostLanguage {
      elements.append(.paragraph(paragraph(service, size: 30, minimum: 26)))
    }
    if slip.service != nil { elements.append(.gap(dots(10))) }
    addRule()
  }

  mutating func way(_ slip: SlipView) {
    elements.append(.paragraph(paragraph(slip.place, size: 36, minimum: 28)))
    if let place = slip.placeInHostLanguage {
      elements.append(.paragraph(paragraph(place, size: 28, minimum: 24)))
    }
    elements.append(.gap(dots(8)))
    if let wait = slip.expectedWait {
      elements.append(.paragraph(paragraph(wait.text, size: 40, minimum: 30, weight: .bold)))
    }
    if let before = slip.before {
      let weight: TextStyle.Weight = slip.expectedWait == nil ? .bold : .regular
      elements.append(.paragraph(paragraph(before, size: 34, minimum: 28, weight: weight)))
    }
    elements.append(.gap(dots(12)))
    addRule()
  }

  /// Where the visit goes afterwards, in no order.
  mutating func then(_ slip: SlipView) {
    guard let heading = slip.thenNext, !slip.nextPlaces.isEmpty else { return }
    elements.append(.paragraph(paragraph(heading, size: 28, minimum: 24, alignment: .start)))
    for place in slip.nextPlaces {
      // What is largest names the stop: its service, or the place where that is neutral.
      let name = place.service ?? place.place
      var texts = [paragraph(name, size: 34, minimum: 28, weight: .bold, alignment: .start)]
      if place.service != nil {
        texts.append(paragraph(place.place, size: 28, minimum: 24, alignment: .start))
      }
      let shape = place.sign.flatMap { Shape(rawValue: $0.shape.rawValue) }
      elements += [
        .gap(dots(8)), .place(shape, side: dots(44), gap: dots(18), texts), .gap(dots(6)),
      ]
    }
    elements.append(.gap(dots(8)))
    addRule()
  }

  mutating func phone(_ slip: SlipView) {
    let beside = paragraph(slip.follow, size: 32, minimum: 26, alignment: .start, maxLines: 4)
    elements += [.code(slip.address, side: dots(240), beside: beside), .gap(dots(8))]
    addRule()
  }

  /// The receipt of what the client has agreed to.
  mutating func shares(_ slip: SlipView) {
    guard !slip.shares.isEmpty else { return }
    for share in slip.shares {
      elements += [
        .paragraph(paragraph(share, size: 28, minimum: 24, alignment: .start, maxLines: 4)),
        .gap(dots(10)),
      ]
    }
    addRule()
  }

  mutating func foot(_ slip: SlipView) {
    let line = RichText(
      [.code(slip.issued), .text(" · ", language: "en"), .code(slip.shortCode)],
      direction: .leftToRight)
    elements += [
      .paragraph(
        SlipLayout.Paragraph(
          text: line, weight: .regular, alignment: .center, size: text(28), minimumSize: text(20),
          maxLines: 1)),
      .gap(dots(20)),
    ]
  }

  private mutating func addRule() {
    elements += [.rule(thickness: dots(4)), .gap(dots(12))]
  }

  private func paragraph(
    _ phrase: Phrase, size: Double, minimum: Double, weight: TextStyle.Weight = .regular,
    alignment: TextStyle.Alignment = .center, maxLines: Int = 2
  ) -> SlipLayout.Paragraph {
    let direction: TextDirection =
      phrase.direction == .rightToLeft ? .rightToLeft : .leftToRight
    return SlipLayout.Paragraph(
      text: .isolatingCodes(phrase.text, language: phrase.language.text, direction: direction),
      weight: weight, alignment: alignment, size: text(size), minimumSize: text(minimum),
      maxLines: maxLines)
  }
}
