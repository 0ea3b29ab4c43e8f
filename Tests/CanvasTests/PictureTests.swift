import Foundation
import Testing

@testable import Canvas

@Suite("Pictures")
struct PictureTests {
  /// A picture with everything: shapes, arrows, a wave, a code and thirteen languages.
  static func gallery() throws -> Bitmap {
    let bitmap = try Bitmap(width: 1200, height: 1400, format: .opaque)
    let painter = try Painter(bitmap)
    let typesetter = try Typesetter()
    painter.fill(with: Color(0x0B1020))
    for (index, shape) in Shape.allCases.enumerated() {
      painter.fill(
        shape, in: Rect(x: 20 + Double(index) * 80, y: 20, width: 60, height: 60),
        with: Color(0x56B4E9))
    }
    for (index, heading) in Heading.allCases.enumerated() {
      painter.arrow(
        heading, at: Point(x: 540 + Double(index) * 80, y: 50), size: 60, with: Color(0xF0E442))
    }
    painter.wave(in: Rect(x: 20, y: 100, width: 1160, height: 20), width: 6, with: .white)
    painter.draw(
      try QRCode("https://rossio.example/v/7Q4K"), x: 1000, y: 140, dotsPerModule: 5)
    var y = 140.0
    for (language, text) in Samples.phrases {
      let layout = typesetter.layout(
        .isolatingCodes(text, language: language), TextStyle(size: 30, maxWidth: 960))
      painter.draw(layout, at: Point(x: 20, y: y), color: .white)
      painter.stroke(
        Rect(x: 20, y: y, width: 960, height: layout.size.height), cornerRadius: 12, width: 1,
        with: Color(0x4A5270))
      y += layout.size.height + 8
    }
    return bitmap
  }

  @Test("two runs give the same bytes")
  func renderingIsRepeatable() throws {
    let first = try Self.gallery().png()
    let second = try Self.gallery().png()
    #expect(first == second)
    #expect(first.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    if let folder = Environment.pictures {
      try Self.gallery().writePNG(to: "\(folder)/gallery.png")
    }
  }

  @Test("ink at or over the threshold becomes a dot, below it none")
  func threshold() throws {
    let bitmap = try Bitmap(width: 3, height: 1, format: .ink)
    let painter = try Painter(bitmap)
    for (x, alpha) in [0.4, 0.6, 1].enumerated() {
      painter.fill(
        Rect(x: Double(x), y: 0, width: 1, height: 1), with: Color.black.opacity(alpha))
    }
    #expect(Monochrome(bitmap).bytes == [0b0110_0000])
    #expect(Monochrome(bitmap, threshold: 200).bytes == [0b0010_0000])
  }

  @Test(
    "every width and threshold gives the dots that one comparison a pixel gives", arguments: 1...33)
  func packsEveryWidth(width: Int) throws {
    var seed = UInt64(width)
    let bitmap = try Bitmap(width: width, height: 5, format: .ink)
    bitmap.withMutableBytes { bytes in
      for index in bytes.indices {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // About the thresholds, where a bit too many or too few shows.
        bytes[index] = [0, 1, 99, 100, 127, 128, 129, 255][Int(seed >> 61)]
      }
    }
    for threshold: UInt8 in [1, 100, 128, 255] {
      let dots = Monochrome(bitmap, threshold: threshold)
      bitmap.withBytes { bytes in
        for y in 0..<5 {
          for x in 0..<width {
            #expect(dots[x, y] == (bytes[y * bitmap.bytesPerRow + x] >= threshold), "\(x), \(y)")
          }
        }
      }
    }
  }

  @Test("a picture that was written as PNG is read as it was")
  func readsPNG() throws {
    var dots = Monochrome(width: 45, height: 9)
    for index in 0..<200 { dots[index * 7 % 45, index * 5 % 9] = true }
    let path = FileManager.default.temporaryDirectory.path + "/dots-\(UUID()).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try dots.writePNG(to: path)
    #expect(try Monochrome(pngAt: path) == dots)
    #expect(throws: CanvasError.self) { try Monochrome(pngAt: path + ".none") }
  }

  @Test(
    "a QR code set dot by dot is the one that a painter draws, wherever it lies",
    arguments: [
      (0, 0), (13, -20), (-9, 5), (40, 60),
    ])
  func setsCode(x: Int, y: Int) throws {
    let code = try QRCode("https://rossio.example/v/7Q4K")
    let bitmap = try Bitmap(width: 150, height: 120, format: .ink)
    try Painter(bitmap).draw(code, x: x, y: y, dotsPerModule: 4)
    var dots = Monochrome(width: 150, height: 120)
    dots.draw(code, x: x, y: y, dotsPerModule: 4)
    #expect(dots == Monochrome(bitmap))
  }

  @Test("light colours take ink off the paper")
  func lightErases() throws {
    let bitmap = try Bitmap(width: 8, height: 1, format: .ink)
    let painter = try Painter(bitmap)
    painter.fill(with: .black)
    painter.fill(Rect(x: 2, y: 0, width: 3, height: 1), with: .white)
    #expect(Monochrome(bitmap).bytes == [0b1100_0111])
    painter.fill(with: .white)
    #expect(Monochrome(bitmap).bytes == [0])
  }

  @Test("dot x of row y is bit 7 - x % 8 of byte y * bytesPerRow + x / 8")
  func mostSignificantBitFirst() {
    for x in 0..<21 {
      for y in 0..<3 {
        var picture = Monochrome(width: 21, height: 3)
        picture[x, y] = true
        var expected = [UInt8](repeating: 0, count: 9)
        expected[y * 3 + x / 8] = UInt8(1 << (7 - x % 8))
        #expect(picture.bytes == expected)
        #expect(picture[x, y])
        picture[x, y] = false
        #expect(picture == Monochrome(width: 21, height: 3))
      }
    }
  }

  @Test("packed rows of the wrong length are no picture, and spare bits are dropped")
  func packedRows() {
    #expect(Monochrome(width: 9, height: 2, packed: [1, 2, 3]) == nil)
    let picture = Monochrome(width: 9, height: 1, packed: [0xFF, 0xFF])
    #expect(picture?.bytes == [0xFF, 0x80])
  }

  @Test("a bitmap without pixels or with too many is refused", arguments: [0, -1, 16_385])
  func badSizes(side: Int) {
    #expect(throws: CanvasError.badSize(width: side, height: 8)) {
      _ = try Bitmap(width: side, height: 8, format: .ink)
    }
  }

  @Test("pixels lie as blue, green, red in rows")
  func pixelOrder() throws {
    let bitmap = try Bitmap(width: 2, height: 2, format: .opaque)
    try Painter(bitmap).fill(Rect(x: 1, y: 1, width: 1, height: 1), with: Color(0x1D4E9E))
    let bytes = bitmap.withBytes { span in
      (0..<3).map { span[bitmap.bytesPerRow + 4 + $0] }
    }
    #expect(bytes == [0x9E, 0x4E, 0x1D])
  }

  @Test("damage is what was drawn and no more")
  func damage() throws {
    let bitmap = try Bitmap(width: 100, height: 100, format: .opaque)
    let painter = try Painter(bitmap)
    painter.fill(Rect(x: 10.5, y: 10, width: 5, height: 5), with: .white)
    painter.translated(x: 50, y: 50) {
      painter.fill(Rect(x: 0, y: 0, width: 80, height: 5), with: .white)
    }
    #expect(
      bitmap.damage.rects == [
        Rect(x: 10, y: 10, width: 6, height: 5), Rect(x: 50, y: 50, width: 50, height: 5),
      ])
    bitmap.damage.clear()
    painter.clipped(to: Rect(x: 0, y: 0, width: 4, height: 4)) { painter.fill(with: .black) }
    #expect(bitmap.damage.rects == [Rect(x: 0, y: 0, width: 4, height: 4)])
  }

  @Test("damage stays a short list that covers everything")
  func damageIsBounded() {
    var damage = Damage()
    let added = (0..<40).map {
      Rect(x: Double($0 * 10), y: Double($0 % 7 * 30), width: 5, height: 5)
    }
    for rect in added { damage.add(rect) }
    #expect(damage.rects.count <= Damage.rectLimit)
    for rect in added { #expect(damage.rects.contains { $0.contains(rect) }) }
  }

  @Test("a wave stays in its strip, and is as high at both ends of it")
  func wave() throws {
    let bitmap = try Bitmap(width: 540, height: 40, format: .ink)
    try Painter(bitmap).wave(
      in: Rect(x: 0, y: 10, width: 540, height: 20), width: 6, with: .black)
    let dots = Monochrome(bitmap)
    let rows = (0..<40).filter { !dots.isBlank(row: $0) }
    #expect(rows.first == 10 && rows.last == 29)
  }
}
