internal import Canvas

/// Finds the size at which texts fit, and remembers it: most texts of a venue come again and again,
/// as its wave does.
///
/// Not `Sendable`, like the typesetter.
final class SlipFitter {
  /// The most fitted texts that are kept: some for every service in every language. When there are
  /// more, all go; the next slips take a millisecond longer.
  static let cacheLimit = 512

  private struct Key: Hashable {
    var paragraph: SlipLayout.Paragraph
    var width: Double
  }

  let typesetter: Typesetter
  private var cache: [Key: TextLayout] = [:]
  /// The last wave that was drawn, and for which stroke.
  private var wave: (picture: Bitmap, stroke: Double)?

  init() throws(CanvasError) { typesetter = try Typesetter() }

  /// One line if it can be, however small within the limits: a last word alone on a second line
  /// reads badly, and paper costs. Else as large as keeps `paragraph` within its lines, or more lines
  /// at the smallest size.
  ///
  /// Throws `slipTooWide` when a word is wider than `width` at that size.
  func fit(
    _ paragraph: SlipLayout.Paragraph, width: Double
  ) throws(PrintingError) -> TextLayout {
    let key = Key(paragraph: paragraph, width: width)
    if let kept = cache[key] { return kept }
    let found = oneLine(paragraph, width) ?? lines(paragraph, width)
    guard found.isWithin(width) else {
      throw .slipTooWide(
        text: paragraph.text.plain, neededDots: Int(found.extentWidth.rounded(.up)),
        availableDots: Int(width))
    }
    if cache.count >= Self.cacheLimit { cache.removeAll(keepingCapacity: true) }
    cache[key] = found
    return found
  }

  /// The number, its ink as wide as `width` or as high as `height`.
  func number(_ number: String, width: Double, height: Double) -> TextLayout {
    let text = RichText.code(number)
    // Ink grows with the size, but for the rounding of each letter's place.
    let sample = typesetter.layout(text, TextStyle(size: 128, weight: .extraBold))
    let share = min(width / sample.ink.width, height / sample.ink.height)
    var size = (128 * share * 2).rounded(.down) / 2
    while true {
      let layout = typesetter.layout(text, TextStyle(size: size, weight: .extraBold))
      guard layout.ink.width > width || layout.ink.height > height, size > 1 else { return layout }
      size -= 0.5
    }
  }

  /// A wave from side to side of the picture.
  func wave(width: Int, height: Int, stroke: Double) throws(CanvasError) -> Bitmap {
    if let wave, (wave.picture.width, wave.picture.height) == (width, height),
      wave.stroke == stroke
    {
      return wave.picture
    }
    let picture = try Bitmap(width: width, height: height, format: .ink)
    try Painter(picture).wave(in: picture.bounds, width: stroke, with: .black)
    wave = (picture, stroke)
    return picture
  }

  /// The width that `paragraph` takes on one line at its full size.
  func naturalWidth(_ paragraph: SlipLayout.Paragraph) -> Double {
    layout(paragraph, paragraph.size, width: nil).extentWidth
  }

  private func oneLine(_ paragraph: SlipLayout.Paragraph, _ width: Double) -> TextLayout? {
    let natural = naturalWidth(paragraph)
    guard natural > 0 else { return layout(paragraph, paragraph.size, width: width) }
    var size = min(paragraph.size, (paragraph.size * width / natural).rounded(.down))
    while size >= paragraph.minimumSize {
      let line = layout(paragraph, size, width: width)
      if line.lineCount == 1, line.isWithin(width) { return line }
      size -= 1
    }
    return nil
  }

  /// By halving: what does not fit at one size does not at a larger one.
  private func lines(_ paragraph: SlipLayout.Paragraph, _ width: Double) -> TextLayout {
    var best = layout(paragraph, paragraph.minimumSize, width: width)
    var (fits, tooLarge) = (paragraph.minimumSize, paragraph.size + 1)
    while tooLarge - fits > 1 {
      let size = ((fits + tooLarge) / 2).rounded(.down)
      let layout = layout(paragraph, size, width: width)
      if layout.lineCount <= paragraph.maxLines, layout.isWithin(width) {
        (best, fits) = (layout, size)
      } else {
        tooLarge = size
      }
    }
    return best
  }

  private func layout(
    _ paragraph: SlipLayout.Paragraph, _ size: Double, width: Double?
  ) -> TextLayout {
    let family = paragraph.text.family
    return typesetter.layout(
      paragraph.text,
      TextStyle(
        size: size, weight: paragraph.weight, alignment: paragraph.alignment, maxWidth: width,
        // Noto's lines are far apart where no marks stand between them.
        lineSpacing: family == .latin ? 0.88 : 1,
        breaks: family.hasNoWordSpaces ? .anywhere : .betweenWords))
  }
}

extension TextLayout {
  /// How wide lines and ink are.
  var extentWidth: Double { max(logical.width, ink.width) }

  fileprivate func isWithin(_ width: Double) -> Bool {
    // Ink may reach over its line's end by a dot or two: italics of Nastaliq, which the margin holds.
    logical.width <= width + 0.5
  }

  /// The rows that a paragraph needs: its ink, and at least the height of capitals, so that lines
  /// without any keep their distance.
  var rows: (top: Double, bottom: Double) {
    let capitals = baseline - 0.71 * style.size
    return (min(ink.y, capitals), max(ink.maxY, lineCount == 1 ? baseline : 0))
  }

  /// The height at which a square stands beside the text: the middle of capitals, where they are all
  /// that it has or nearly so, else of the ink.
  var middle: Double {
    let capitals = baseline - 0.355 * style.size
    let isPlain =
      lineCount == 1 && ink.y > capitals - 0.62 * style.size
      && ink.maxY < capitals + 0.62 * style.size
    return isPlain ? capitals : ink.center.y
  }

  /// How far ink reaches from the middle, upwards or downwards.
  var reach: Double { max(middle - ink.y, ink.maxY - middle) }
}

extension RichText {
  /// The family of its first words; that of codes where there are none.
  fileprivate var family: FontFamily {
    for case .text(_, let language) in runs { return .family(forLanguage: language) }
    return .latin
  }

  fileprivate var plain: String {
    runs.map { run in
      switch run {
      case .text(let words, _): words
      case .code(let code): code
      }
    }.joined()
  }
}
