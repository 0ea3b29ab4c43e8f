import Canvas
import Testing

@Suite("Text")
struct TextTests {
  @Test("every sample phrase has all its glyphs", arguments: Samples.languages)
  func phraseIsComplete(language: String) throws {
    let layout = try Typesetter().layout(
      .isolatingCodes(Samples.text(language), language: language), TextStyle(size: 32))
    #expect(layout.missingGlyphs == 0)
    #expect(layout.ink.width > 100)
  }

  @Test("a character that no font has is counted as missing")
  func missingGlyphIsCounted() throws {
    let layout = try Typesetter().layout(
      RichText("a\u{10FFF0}b\u{13000}", language: "en"), TextStyle(size: 32))
    #expect(layout.missingGlyphs == 2)
  }

  @Test(
    "a language's letters come from its own family",
    arguments: [
      ("ar", "Noto Sans Arabic"), ("ur", "Noto Nastaliq Urdu"), ("bn", "Noto Sans Bengali"),
      ("ti", "Noto Sans Ethiopic"), ("zh-Hans", "Noto Sans CJK SC"), ("ne", "Noto Sans Devanagari"),
      ("uk", "Noto Sans"),
    ])
  func familyIsTheLanguages(language: String, family: String) throws {
    let layout = try Typesetter().layout(
      .isolatingCodes(Samples.text(language), language: language), TextStyle(size: 32))
    let families = Set(layout.glyphs.map(\.family))
    #expect(families.contains(family))
    #expect(families.isSubset(of: [family, "Noto Sans"]))
  }

  @Test("a code in right-to-left words reads from its first digit", arguments: ["ar", "ur"])
  func codeKeepsItsOrder(language: String) throws {
    let layout = try Typesetter().layout(
      RichText(
        "رقمك {n} الآن", language: language, placeholder: "{n}", code: "12-042"),
      TextStyle(size: 32))
    let digits = try codeGlyphs("12-042", of: layout)
    #expect(digits.map(\.byteOffset) == digits.map(\.byteOffset).sorted())
    #expect(digits.allSatisfy { $0.family == "Noto Sans" })
    // The words before the code stand to its right, since the line runs from right to left.
    let firstWord = try #require(layout.glyphs.first { $0.byteOffset == 0 })
    let lastDigit = try #require(digits.last)
    #expect(firstWord.x > lastDigit.x)
  }

  @Test(
    "without isolates a code of digits turns round in Arabic: what the test above guards against")
  func bareCodeTurnsRound() throws {
    let layout = try Typesetter().layout(
      RichText("رقمك 12-042 الآن", language: "ar"), TextStyle(size: 32))
    let digits = try codeGlyphs("12-042", of: layout)
    #expect(digits.map(\.byteOffset) != digits.map(\.byteOffset).sorted())
  }

  @Test("a line that starts with a code keeps its direction")
  func lineThatStartsWithCodeKeepsDirection() throws {
    let layout = try Typesetter().layout(
      .isolatingCodes("A042 رقمك", language: "ar"),
      TextStyle(size: 32, alignment: .start, maxWidth: 600))
    let code = try codeGlyphs("A042", of: layout)
    let word = try #require(layout.glyphs.filter { $0.family == "Noto Sans Arabic" }.first)
    #expect(code.allSatisfy { $0.x > word.x })
    #expect(layout.logical.maxX == 600)
  }

  @Test("codes are found in words, and words are not")
  func codesAreFound() {
    let text = RichText.isolatingCodes(
      "Balcões 10–14, A042 às 09:30; 3 pessoas, OK", language: "pt")
    let codes = text.runs.compactMap { run in
      if case .code(let code) = run { code } else { nil }
    }
    #expect(codes == ["10–14", "A042", "09:30", "3"])
  }

  @Test("Nastaliq's ink stays within the reserved line", arguments: [24.0, 40, 96])
  func nastaliqIsNotClipped(size: Double) throws {
    let layout = try Typesetter().layout(
      .isolatingCodes("لمبی قطار میں پنجاب کے محکمۂ صحت، ٹکٹ A042", language: "ur"),
      TextStyle(size: size))
    #expect(abs(layout.size.height - 2.9 * size) < 1.5)
    #expect(layout.ink.y >= 0)
    #expect(layout.ink.maxY <= layout.size.height)
  }

  @Test("lines of the same paragraph do not touch", arguments: Samples.languages)
  func linesDoNotOverlap(language: String) throws {
    let typesetter = try Typesetter()
    let text = RichText.isolatingCodes(Samples.text(language), language: language)
    let wrapped = typesetter.layout(text, TextStyle(size: 32, maxWidth: 300))
    #expect(wrapped.lineCount > 1)
    #expect(wrapped.ink.y >= -1 && wrapped.ink.maxY <= wrapped.size.height + 1)
    #expect(wrapped.ink.x >= -2 && wrapped.ink.maxX <= 302)
  }

  @Test("too many words end in an ellipsis")
  func ellipsis() throws {
    let typesetter = try Typesetter()
    let text = RichText(Samples.text("pt"), language: "pt")
    let cut = typesetter.layout(text, TextStyle(size: 32, maxWidth: 300, maxLines: 2))
    #expect(cut.lineCount == 2)
    #expect(cut.isEllipsized)
    let whole = typesetter.layout(text, TextStyle(size: 32, maxWidth: 3000, maxLines: 2))
    #expect(!whole.isEllipsized)
  }

  @Test(
    "alignment goes by the paragraph's direction",
    arguments: [
      ("pt", TextStyle.Alignment.start, true), ("pt", .end, false), ("ar", .start, false),
      ("ar", .end, true),
    ])
  func alignment(language: String, alignment: TextStyle.Alignment, isLeft: Bool) throws {
    let layout = try Typesetter().layout(
      RichText(String(Samples.text(language).prefix(12)), language: language),
      TextStyle(size: 24, alignment: alignment, maxWidth: 900))
    #expect((layout.logical.x == 0) == isLeft)
    #expect((layout.logical.maxX == 900) == !isLeft)
  }

  @Test("a number is fitted to the paper's width", arguments: ["A042", "A1042", "K99999", "B7"])
  func numberFits(code: String) throws {
    let layout = try Typesetter().layout(
      .code(code), TextStyle(size: 240, weight: .extraBold), fittingWidth: 552, height: 200)
    #expect(layout.ink.width <= 552 && layout.logical.width <= 552)
    #expect(layout.ink.height <= 200)
    #expect(layout.logical.width > 530 || layout.style.size == 240)
  }

  @Test("digits are of equal width")
  func digitsAreTabular() throws {
    let typesetter = try Typesetter()
    let widths = (0...9).map {
      typesetter.layout(.code("\($0)\($0)"), TextStyle(size: 40, weight: .bold)).logical.width
    }
    #expect(Set(widths).count == 1)
  }

  @Test("the cache stays within its bound and returns the same layout while it holds it")
  func cacheIsBounded() throws {
    let typesetter = try Typesetter()
    let first = typesetter.layout(.code("A001"), TextStyle(size: 20))
    #expect(typesetter.layout(.code("A001"), TextStyle(size: 20)) === first)
    for number in 0...Typesetter.cacheLimit {
      _ = typesetter.layout(.code("B\(number)"), TextStyle(size: 20))
    }
    #expect(typesetter.cachedLayouts <= Typesetter.cacheLimit)
    #expect(typesetter.layout(.code("A001"), TextStyle(size: 20)) !== first)
  }

  @Test("a language without its fonts is named with the package to install")
  func missingFontIsNamed() throws {
    #expect(
      CanvasError.fontMissing(family: "Noto Sans CJK SC", package: "fonts-noto-cjk").description
        == "the font “Noto Sans CJK SC” is missing; install the Debian package fonts-noto-cjk")
    try Fonts.shared().require(languages: Samples.languages)
  }

  /// The glyphs of `code`, in their order from the left.
  private func codeGlyphs(_ code: String, of layout: TextLayout) throws -> [PlacedGlyph] {
    let start = try #require(layout.markedText.firstRange(of: code)?.lowerBound)
    let offset = layout.markedText.utf8.distance(from: layout.markedText.startIndex, to: start)
    return layout.glyphs
      .filter { (offset..<offset + code.utf8.count).contains($0.byteOffset) }
      .sorted { $0.x < $1.x }
  }
}
