import Canvas
import Testing
import Venue

@testable import DisplayClient
@testable import Views

@Suite struct BoardPainterTests {
  private let size = PixelSize(width: 640, height: 360)

  private func pixels(_ bitmap: Bitmap) -> [UInt8] {
    bitmap.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }

  /// Where two pictures differ, as the smallest rectangle; nil when they are equal.
  private func difference(_ left: [UInt8], _ right: [UInt8]) -> Rect? {
    let stride = size.width * 4
    var found: Rect?
    for y in 0..<size.height {
      let row = y * stride..<(y + 1) * stride
      guard left[row] != right[row] else { continue }
      let first = zip(left[row], right[row]).prefix { $0 == $1 }.count / 4
      let last = zip(left[row].reversed(), right[row].reversed()).prefix { $0 == $1 }.count / 4
      let part = Rect(
        x: Double(first), y: Double(y), width: Double(size.width - last - first), height: 1)
      found = found.map { $0.union(part) } ?? part
    }
    return found
  }

  /// A model that lives through random minutes of a hall: calls, recalls, undone calls, silence.
  private struct RandomHall {
    var random: SeededGenerator
    var model: BoardModel
    var calls: [BoardView.Call] = []
    var milliseconds: Int64 = 0

    init(seed: UInt64, size: PixelSize) {
      random = SeededGenerator(seed: seed)
      model = Samples.model(Samples.board([]), size: size)
    }

    mutating func step() -> Scene {
      milliseconds += Int64.random(in: 1...7_000, using: &random)
      let now = Samples.boot.adding(milliseconds: milliseconds)
      if Int.random(in: 0..<4, using: &random) > 0 {
        model.receive(
          Samples.heartbeat(
            at: Samples.start.adding(milliseconds: milliseconds), simulated: milliseconds % 2 == 0),
          at: now)
      }
      for _ in 0..<Int.random(in: 0...3, using: &random) { call() }
      if Int.random(in: 0..<8, using: &random) == 0, !calls.isEmpty { calls.removeFirst() }
      model.receive(Samples.board(calls, viewingDistanceMillimetres: 3000))
      return model.frame(at: now).scene
    }

    private mutating func call() {
      let letter = ["A", "K", "E", "T", "M", "Z"][Int.random(in: 0..<6, using: &random)]
      let value = Int.random(in: 100..<1200, using: &random)
      var call = Samples.call(
        "\(letter)\(value)", counter: "\(Int.random(in: 1..<300, using: &random))", secondsAgo: 0,
        ordinal: Int.random(in: 1...3, using: &random))
      call.calledAt = Samples.start.adding(milliseconds: milliseconds)
      calls.removeAll { $0.number == call.number }
      calls = Array(([call] + calls).prefix(BoardView.callLimit))
    }
  }

  @Test(
    "Redrawing what changed gives the picture that drawing everything gives, byte for byte",
    arguments: [1, 2, 3] as [UInt64])
  func redrawsExactly(seed: UInt64) throws {
    var hall = RandomHall(seed: seed, size: size)
    let painter = try BoardPainter(size: size)
    var before = pixels(painter.bitmap)
    for step in 0..<40 {
      let scene = hall.step()
      painter.bitmap.damage.clear()
      painter.draw(scene, layout: hall.model.layout)
      let fresh = try BoardPainter(size: size)
      fresh.draw(scene, layout: hall.model.layout)
      let after = pixels(painter.bitmap)
      let wrong = after == pixels(fresh.bitmap) ? nil : difference(after, pixels(fresh.bitmap))
      #expect(wrong == nil, "seed \(seed), step \(step)")
      // Everything that changed is in the damage: the window shows nothing else.
      if let changed = difference(before, after) {
        let shown = painter.bitmap.damage.rects.reduce(Rect(x: 0, y: 0, width: 0, height: 0)) {
          $0.union($1)
        }
        #expect(shown.contains(changed), "seed \(seed), step \(step)")
      }
      before = after
    }
  }

  @Test("A scene that is there already is not drawn again")
  func drawsNothingTwice() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls), size: size)
    let scene = model.frame(at: Samples.boot).scene
    let painter = try BoardPainter(size: size)
    painter.draw(scene, layout: model.layout)
    painter.bitmap.damage.clear()
    painter.draw(scene, layout: model.layout)
    #expect(painter.bitmap.damage.isEmpty)
  }

  @Test("A heartbeat redraws the disc and nothing else")
  func beatsSmall() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls), size: size)
    let painter = try BoardPainter(size: size)
    painter.draw(model.frame(at: Samples.boot).scene, layout: model.layout)
    painter.bitmap.damage.clear()
    model.receive(Samples.heartbeat(), at: Samples.boot)
    painter.draw(model.frame(at: Samples.boot).scene, layout: model.layout)
    let drawn = painter.bitmap.damage.rects.reduce(0) { $0 + $1.width * $1.height }
    #expect(drawn > 0 && drawn < 1_000)
  }

  @Test("No heading, sentence or plea in any of the scripts lacks a glyph")
  func hasEveryGlyph() throws {
    let typesetter = try Typesetter()
    for phrase in Samples.headings + Samples.sentences + Samples.askReception {
      let text = RichText(phrase, placeholder: "{number}", code: "A042")
      let layout = typesetter.layout(text, TextStyle(size: 40))
      #expect(layout.missingGlyphs == 0, "\(phrase.language): \(phrase.text)")
    }
  }

  @Test("A code in a right-to-left sentence reads from its letter on")
  func isolatesCodes() throws {
    let typesetter = try Typesetter()
    let arabic = Samples.sentences[1]
    let layout = typesetter.layout(
      RichText(arabic, placeholder: "{number}", code: "A042"), TextStyle(size: 40))
    let code = layout.glyphs.filter { $0.family == "Noto Sans" }.suffix(4)
    let offsets = code.map(\.byteOffset)
    #expect(offsets.count == 4 && offsets == offsets.sorted())
  }

  @Test(
    "A placeholder without a value leaves no gap",
    arguments: [
      ("your number {number} appears", "your number appears"), ("{number} appears", "appears"),
      ("appears {number}", "appears"), ("senha {number}, já", "senha, já"),
      ("号码 {number} 时", "号码 时"), ("none", "none"),
    ])
  func fillsNothing(text: String, expected: String) {
    let phrase = Samples.phrase("en", text)
    #expect(phrase.without(placeholder: "{number}").text == expected)
  }

  @Test("Every agency's sign stands out on every card, by 3 : 1 or on a chip")
  func showsSigns() throws {
    let chips = [Color(0xF7F3EA), Color(0x0B1020)]
    for (_, hex, _) in Samples.signs.values {
      let color = try #require(Color(hex: hex))
      for ground in [Palette.live.card, Palette.live.newCard, Palette.live.brightCard] {
        let under = color.chip(on: ground, chips: chips) ?? ground
        #expect(color.contrast(with: under) >= 3, "\(hex)")
      }
    }
  }

  @Test("Words and codes have a contrast of 7 : 1 at least")
  func hasContrast() {
    let live = Palette.live
    for (text, ground) in [
      (live.text, live.ground), (live.quiet, live.ground), (live.text, live.card),
      (live.quiet, live.card), (live.newText, live.newCard), (live.newText, live.brightCard),
      (live.badge, live.card), (Palette.stale.text, Palette.stale.card),
    ] {
      #expect(text.contrast(with: ground) >= 7)
    }
  }
}
