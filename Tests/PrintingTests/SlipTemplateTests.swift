import Canvas
import Testing
import Venue
import Views

@testable import Printing

@Suite("Slip templates")
struct SlipTemplateTests {
  private typealias Block = SlipTemplate.Block

  private static let least = [Block(.number), Block(.notice), Block(.code)]

  private func elements(
    _ blocks: [SlipTemplate.Block], _ slip: SlipView = Samples.slip()
  ) -> [SlipLayout.Element] {
    SlipLayout(slip, SlipTemplate(blocks), widthDots: 576).elements.filter { element in
      if case .gap = element { false } else { true }
    }
  }

  @Test("blocks stand in the template's order, at the template's sizes")
  func ordersBlocks() throws {
    let blocks = [
      Block(.code, size: 300), Block(.number, size: 120), Block(.rule, size: 7),
      Block(.wave, size: 30),
    ]
    let elements = elements(blocks)
    try #require(elements.count == 4)
    guard case .code(_, side: 300, _) = elements[0], case .number("A042", 120) = elements[1],
      case .rule(7) = elements[2], case .wave(30, _) = elements[3]
    else {
      Issue.record("\(elements)")
      return
    }
  }

  @Test("a block with nothing to say takes no paper, and neither do the rules around it")
  func dropsEmptyBlocks() throws {
    let bare = [Block(.number), Block(.rule), Block(.code)]
    let full = [
      Block(.rule), Block(.number), Block(.rule), Block(.notice), Block(.rule), Block(.then),
      Block(.rule), Block(.documents), Block(.rule), Block(.code), Block(.rule), Block(.shares),
      Block(.rule),
    ]
    #expect(elements(full) == elements(bare))
  }

  @Test("the venue's own text is printed in the client's language", arguments: ["pt", "ar"])
  func printsOwnText(language: String) throws {
    let words: [LanguageTag: Phrase] = [
      "pt": Phrase(language: "pt", direction: .leftToRight, text: "Bem-vindo"),
      "ar": Phrase(language: "ar", direction: .rightToLeft, text: "أهلا"),
    ]
    let template = SlipTemplate(Self.least + [Block(.text, size: 40, isBold: true, words: words)])
    let texts = try SlipPress(template).texts(of: Samples.slip(language), widthDots: 576)
    #expect(texts.last?.text == words[LanguageTag(language)]?.text)
  }

  @Test("time and short code stand beside the code, or where the foot is")
  func placesFoot() throws {
    let slip = Samples.slip()
    func shows(_ blocks: [SlipTemplate.Block]) throws -> [Rect] {
      try SlipPress(SlipTemplate(blocks)).texts(of: slip, widthDots: 576)
        .filter { $0.text.contains(slip.shortCode) }.map(\.ink)
    }
    #expect(try shows(Self.least).isEmpty)
    let beside = try shows([Block(.number), Block(.code, hasFoot: true)])
    let below = try shows([Block(.number), Block(.code), Block(.foot)])
    try #require(beside.count == 1 && below.count == 1)
    #expect(beside[0].x < 40 && below[0].x > 100 && below[0].y > beside[0].y)
  }

  @Test("the standard template has every block that must be there, and none twice")
  func standardIsRight() {
    let kinds = SlipTemplate.standard.blocks.map(\.kind)
    for kind in SlipTemplate.Kind.allCases {
      #expect(kind.sizes.contains(kind.standardSize))
      if kind.isMandatory { #expect(kinds.contains(kind)) }
      if !kind.mayRepeat { #expect(kinds.count { $0 == kind } <= 1) }
    }
  }
}

@Suite("Slips that do not fit")
struct SlipFitTests {
  private static let word = String(repeating: "Donaudampfschiff", count: 3)

  private func slip(service text: String, language: LanguageTag = "pt") -> SlipView {
    var slip = Samples.slip()
    slip.service = Phrase(language: language, direction: .leftToRight, text: text)
    return slip
  }

  @Test("a word wider than the paper is refused, and the words say which and what to do")
  func refusesWideWord() throws {
    let error = #expect(throws: PrintingError.self) {
      try SlipPress().press(slip(service: "Registo " + Self.word), widthDots: 384)
    }
    guard case .slipTooWide(let text, let needed, let available) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains(Self.word) && needed > available && available < 384)
    #expect("\(error.map(\.description) ?? "")".contains("write it shorter"))
  }

  @Test("the same letters in several words are printed, on as many lines as they need")
  func printsManyWords() throws {
    let words = Self.word.map { "\($0)\($0)\($0)" }.joined(separator: " ")
    let texts = try SlipPress().texts(of: slip(service: words), widthDots: 384)
    let text = try #require(texts.first { $0.text == words })
    #expect(text.lineCount > 3 && !text.isEllipsized)
  }

  @Test("a long sentence of a script without spaces breaks all the same")
  func breaksKhmer() throws {
    let sentence = String(repeating: "សន្តិសុខសង្គម", count: 6)
    let texts = try SlipPress().texts(
      of: slip(service: sentence, language: "km"), widthDots: 384)
    #expect(texts.contains { $0.text == sentence && $0.lineCount > 1 && $0.missingGlyphs == 0 })
  }

  @Test("a template that fills metres of paper is refused")
  func refusesLongSlip() throws {
    let text = Phrase(
      language: "pt", direction: .leftToRight, text: String(repeating: "Guarde ", count: 17))
    let block = SlipTemplate.Block(.text, size: 48, isBold: true, words: ["pt": text])
    let blocks = SlipTemplate.standard.blocks + [SlipTemplate.Block](repeating: block, count: 17)
    let error = #expect(throws: PrintingError.self) {
      try SlipPress(SlipTemplate(blocks)).press(Samples.slip(), widthDots: 576)
    }
    guard case .slipTooLong = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a QR code wider than the paper is refused, and one that has no room beside words")
  func refusesWideCode() throws {
    var slip = Samples.slip()
    // A code of 33 modules and more for each step of the standard; three dots a module.
    slip.address = "https://rossio.example/" + String(repeating: "a", count: 1_200)
    #expect(throws: PrintingError.self) { try SlipPress().press(slip, widthDots: 384) }
    slip.address = String(repeating: "a", count: 4_000)
    #expect(throws: CanvasError.self) { try SlipPress().press(slip, widthDots: 384) }
  }
}
