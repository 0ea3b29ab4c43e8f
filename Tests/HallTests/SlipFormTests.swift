import Canvas
import Foundation
import Printing
import Testing
import Venue
import Views

@testable import Hall

/// What holds of every slip, whatever its language, kind and paper.
@Suite("Slips of the sample venue")
struct SlipFormTests {
  private let samples: SlipSamples

  init() throws { samples = try SlipSamples() }

  @Test(
    "have every text whole, within the paper, beside no other, with a glyph for every letter",
    arguments: SlipSamples.languages)
  func textsAreWhole(language: String) throws {
    let press = samples.press()
    for kind in SlipKind.allCases {
      let slip = try samples.slip(language, kind)
      for width in SlipSamples.widths {
        let texts = try press.texts(of: slip, widthDots: width)
        let place = "\(kind) at \(width)"
        #expect(Set(slip.allTexts).isSubset(of: Set(texts.map(\.plain))), "\(place)")
        for text in texts {
          #expect(text.missingGlyphs == 0 && !text.isEllipsized, "\(place): \(text.plain)")
          // Glyph 0 is a font's box for what it has not; Pango's own mark is this bit.
          #expect(text.glyphs.allSatisfy { $0.glyph != 0 && $0.glyph & 0x1000_0000 == 0 })
          #expect(text.ink.x >= 1 && text.ink.maxX <= Double(width - 1), "\(place): \(text.plain)")
        }
        expectApart(texts, place)
      }
    }
  }

  private func expectApart(_ texts: [PlacedText], _ place: String) {
    for (index, text) in texts.enumerated() {
      for other in texts.dropFirst(index + 1) {
        let both = text.ink.intersection(other.ink)
        #expect(both.isEmpty, "\(place): \(text.plain) lies on \(other.plain)")
      }
    }
  }

  @Test(
    "are blank at all edges, and have a number as wide as the paper", arguments: SlipKind.allCases)
  func edgesAreBlank(kind: SlipKind) throws {
    let press = samples.press()
    for (index, language) in SlipSamples.languages.enumerated() {
      let width = SlipSamples.widths[index % SlipSamples.widths.count]
      let slip = try samples.slip(language, kind)
      let picture = try press.picture(of: slip, widthDots: width)
      for y in 0..<picture.height {
        for x in 0..<4 { #expect(!picture[x, y] && !picture[width - 1 - x, y], "\(language)") }
      }
      for y in 0..<3 {
        #expect(picture.isBlank(row: y) && picture.isBlank(row: picture.height - 1 - y))
      }
      let texts = try press.texts(of: slip, widthDots: width)
      let number = try #require(texts.first { $0.plain == slip.number.description })
      #expect(number.ink.width > Double(width) * 0.94, "\(language) at \(width)")
    }
  }

  @Test(
    "have a QR code that is read, on every paper",
    .enabled(if: FileManager.default.isExecutableFile(atPath: zbarimg), "zbar-tools is missing"),
    arguments: SlipSamples.widths)
  func codesAreRead(width: Int) throws {
    let kinds = SlipKind.allCases
    let press = samples.press()
    for (index, language) in SlipSamples.languages.enumerated() {
      let slip = try samples.slip(language, kinds[(index + width) % kinds.count])
      let path = FileManager.default.temporaryDirectory.path + "/slip-\(UUID()).png"
      defer { try? FileManager.default.removeItem(atPath: path) }
      try press.picture(of: slip, widthDots: width).writePNG(to: path)
      #expect(try zbarReading(path) == slip.address + "\n", "\(language)")
    }
  }

  // MARK: Reading direction

  @Test("run from the right where the language does: arrow, squares and signs stand first")
  func runsFromRight() throws {
    for language in ["ar", "ur", "pt", "bn"] {
      let isFromRight = language == "ar" || language == "ur"
      let slip = try samples.slip(language, .stops)
      var bare = slip
      bare.arrow = nil
      bare.documents = nil
      bare.nextPlaces = []
      let texts = try samples.press().texts(of: slip, widthDots: 576)
      let list = try #require(slip.documents)
      for name in [list.heading] + list.names.prefix(1) + [slip.nextPlaces[0].place] {
        let ink = try #require(texts.first { $0.plain == name.text }).ink
        #expect((ink.center.x > 288) == isFromRight, "\(language): \(name.text)")
      }
      let place = try #require(texts.first { $0.plain == slip.place.text }).ink
      let host = slip.placeInHostLanguage.flatMap { words in
        texts.first { $0.plain == words.text }
      }
      if let host {
        let distance = isFromRight ? host.ink.maxX - place.maxX : host.ink.x - place.x
        #expect(abs(distance) < 8, "\(language): both lines begin beside the arrow")
      }
    }
  }

  @Test("draw an arrow that no language turns round", arguments: ["pt", "ar"])
  func arrowIsNotMirrored(language: String) throws {
    var slip = try samples.slip(language, .plain)
    func columns(_ arrow: Arrow?) throws -> (inked: [Int], rows: Range<Int>) {
      slip.arrow = arrow
      let press = samples.press()
      let picture = try press.picture(of: slip, widthDots: 576)
      let texts = try press.texts(of: slip, widthDots: 576)
      let place = try #require(texts.first { $0.plain == slip.place.text }).ink
      let host = slip.placeInHostLanguage.flatMap { words in texts.first { $0.plain == words.text }
      }
      let lines = [place] + [host?.ink].compactMap(\.self)
      let top = Int(lines.map(\.y).min() ?? 0) - 4
      let bottom = Int(lines.map(\.maxY).max() ?? 0) + 4
      let (left, right) = (lines.map(\.x).min() ?? 0, lines.map(\.maxX).max() ?? 0)
      let free = (0..<576).filter { Double($0) < left - 8 || Double($0) > right + 8 }
      let counts = free.map { x in (top..<bottom).count { picture[x, $0] } }
      return (counts, top..<bottom)
    }
    // The barbs of an arrow are where it points to: there its columns hold the most ink but the shaft's.
    let right = try columns(.right).inked.filter { $0 > 0 }
    let left = try columns(.left).inked.filter { $0 > 0 }
    try #require(right.count > 30 && left.count > 30)
    func weight(_ counts: [Int]) -> Double {
      let total = counts.reduce(0, +)
      let moment = counts.enumerated().map { $0.offset * $0.element }.reduce(0, +)
      return Double(moment) / Double(total) / Double(counts.count)
    }
    #expect(weight(right) > 0.55 && weight(left) < 0.45, "\(weight(right)) \(weight(left))")
    #expect(try columns(nil).inked.allSatisfy { $0 == 0 }, "no arrow known, none drawn")
  }

  @Test("that are return vouchers say so to staff too, and promise no wait")
  func vouchersAreComplete() throws {
    let slip = try samples.slip("ar", .voucher)
    #expect(slip.isVoucher && slip.before == nil && slip.expectedWait == nil)
    #expect(slip.notice?.language == "ar" && slip.noticeInHostLanguage?.language == "pt")
    #expect(slip.documents != nil, "what to bring on that other day")
    #expect(try samples.slip("pt", .voucher).noticeInHostLanguage == nil)
    #expect(try samples.slip("ar", .plain).noticeInHostLanguage == nil)
  }

  /// Nastaliq runs downhill: each of its lines is twice as high as one of another script.
  @Test("are short: a plain one is at most 100 mm long", arguments: SlipSamples.languages)
  func areShort(language: String) throws {
    let slip = try samples.slip(language, .plain)
    let height = try samples.press().press(slip, widthDots: 576).heightDots
    #expect((600...(language == "ur" ? 920 : 800)).contains(height), "\(height) dots")
  }
}

let zbarimg = "/usr/bin/zbarimg"

/// What a reader that we did not write makes of the QR code in a picture.
func zbarReading(_ path: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: zbarimg)
  process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: output, as: UTF8.self)
}
