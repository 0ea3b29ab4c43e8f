internal import Canvas
internal import Venue
internal import Views

/// The elements of a test page: what is assumed, a ruler as wide as the paper, every script, a QR code.
struct TestPageBuilder {
  let page: TestPage
  let width: Int

  func elements() -> [SlipLayout.Element] {
    let head: [SlipLayout.Element] = [
      .gap(10), .mark([paragraph("TEST · " + page.printer, size: 40, weight: .bold)]), .gap(14),
      .texts(page.facts.map { paragraph($0, size: 24) }), .gap(14), .ruler, .gap(14),
    ]
    let samples = page.samples.map { phrase in
      SlipLayout.Paragraph(
        text: .isolatingCodes(
          phrase.text, language: phrase.language.text,
          direction: phrase.direction == .rightToLeft ? .rightToLeft : .leftToRight),
        weight: .regular, alignment: .start, size: 32, minimumSize: 22, maxLines: 2)
    }
    return head + [
      .texts(samples), .gap(14),
      .code(page.address, side: min(240, width / 2), beside: [paragraph("QR", size: 28)]),
      .gap(14), .ruler, .gap(10),
    ]
  }

  private func paragraph(
    _ text: String, size: Double, weight: TextStyle.Weight = .regular
  ) -> SlipLayout.Paragraph {
    SlipLayout.Paragraph(
      text: RichText([.text(text, language: "en")], direction: .leftToRight), weight: weight,
      alignment: .start, size: size, minimumSize: 18, maxLines: 2)
  }
}

extension SlipDrawing {
  /// Ticks of a ruler: every 8 dots, higher at 40, highest at 80. Where the outermost are missing or
  /// stand elsewhere, the profile's width is not the printer's.
  private static let tickDots = 8
  private static let tickHeights = (short: 12.0, middle: 20.0, long: 32.0)

  /// A line over the whole paper, margins included, with ticks from both edges; its height.
  func placeRuler() -> Int {
    let top = Double(heightDots)
    let height = Self.tickHeights.long
    add(.box(Rect(x: 0, y: top, width: Double(widthDots), height: 2)), from: top, to: top + 2)
    for x in stride(from: 0, to: widthDots, by: Self.tickDots) {
      let tick =
        x % 80 == 0
        ? height : x % 40 == 0 ? Self.tickHeights.middle : Self.tickHeights.short
      let rect = Rect(x: Double(x), y: top, width: 2, height: tick)
      add(.box(rect), from: top, to: top + tick)
    }
    let last = Rect(x: Double(widthDots - 2), y: top, width: 2, height: height)
    add(.box(last), from: top, to: top + height)
    return Int(height)
  }
}
