import Canvas
import Foundation
import Testing
import Venue
import Views

@testable import Printing

@Suite("Slips")
struct SlipTests {
  static let languages = ["pt", "ar", "ur", "zh-Hans", "ti", "km", "uk"]
  static let widths = [384, 420, 512, 546, 576, 640]

  @Test(
    "every language fits every paper: margins are blank, and so are top and bottom",
    arguments: languages, widths)
  func nothingIsClipped(language: String, width: Int) throws {
    let picture = try SlipPress().picture(
      of: Samples.slip(language, isCopy: true), widthDots: width)
    #expect(picture.width == width)
    for y in 0..<picture.height {
      for x in 0..<4 { #expect(!picture[x, y] && !picture[width - 1 - x, y]) }
    }
    for y in 0..<3 {
      #expect(picture.isBlank(row: y) && picture.isBlank(row: picture.height - 1 - y))
    }
    if let folder = Environment.pictures {
      try picture.writePNG(to: "\(folder)/slip-\(language)-\(width).png")
    }
  }

  @Test(
    "the wait and every further stop fit every paper, in every language", arguments: languages,
    widths)
  func stopsFit(language: String, width: Int) throws {
    let slip = Samples.slip(language, goesOn: true)
    let picture = try SlipPress().picture(of: slip, widthDots: width)
    for y in 0..<picture.height {
      for x in 0..<4 { #expect(!picture[x, y] && !picture[width - 1 - x, y]) }
    }
    let plain = try SlipPress().picture(of: Samples.slip(language), widthDots: width)
    let least = slip.nextPlaces.count * 44 * width / 576
    #expect(picture.height > plain.height + least, "each stop has its own lines")
    if let folder = Environment.pictures {
      try picture.writePNG(to: "\(folder)/slip-then-\(language)-\(width).png")
    }
  }

  @Test("what the client agreed to fits every paper, below all else", arguments: languages, widths)
  func sharesFit(language: String, width: Int) throws {
    let plain = Samples.slip(language)
    var slip = plain
    // As long as agencies' names make it: four lines of small letters.
    let share = Phrase(
      language: plain.place.language, direction: plain.place.direction,
      text: String(repeating: plain.place.text + " ", count: 3))
    slip.shares = [share, share]
    let layout = SlipLayout(slip, widthDots: width).elements
    let without = SlipLayout(plain, widthDots: width).elements
    #expect(layout.count == without.count + 4, "the receipt, with a rule between two gaps")
    #expect(Array(layout.prefix(without.count - 1)) == Array(without.dropLast()))
    let picture = try SlipPress().picture(of: slip, widthDots: width)
    for y in 0..<picture.height {
      for x in 0..<4 { #expect(!picture[x, y] && !picture[width - 1 - x, y]) }
    }
    #expect(try picture.height > SlipPress().picture(of: plain, widthDots: width).height)
  }

  @Test(
    "the sign of a further stop stands first in the reading direction", arguments: ["pt", "ar"])
  func signIsFirst(language: String) throws {
    var with = Samples.slip(language, goesOn: true)
    with.nextPlaces = [with.nextPlaces[1]]
    var without = with
    without.nextPlaces[0].sign = nil
    let (one, other) = try (
      SlipPress().picture(of: with, widthDots: 576),
      SlipPress().picture(of: without, widthDots: 576)
    )
    try #require(one.height == other.height)
    let columns = (0..<one.height).flatMap { y in (0..<576).filter { one[$0, y] != other[$0, y] } }
    let middle = try #require(columns.min()) + (columns.max() ?? 0)
    #expect(language == "ar" ? middle > 2 * 500 : middle < 2 * 76)
  }

  @Test("the number is as wide as the paper", arguments: widths)
  func numberIsWide(width: Int) throws {
    let picture = try SlipPress().picture(of: Samples.slip(), widthDots: width)
    // The number's rows are those between the wave and the next blank stretch.
    let rows = (45 * width / 576..<216 * width / 576)
    let columns = rows.flatMap { y in (0..<width).filter { picture[$0, y] } }
    let left = try #require(columns.min())
    let right = try #require(columns.max())
    let margin = 12 * width / 576
    #expect(left <= margin + 3 && right >= width - margin - 4, "\(left) to \(right)")
  }

  @Test("bands put below each other are the whole slip", arguments: [1, 7, 128, 256])
  func bandsJoin(rows: Int) throws {
    let press = SlipPress()
    let slip = try press.press(Samples.slip("ar"), widthDots: 384)
    var joined = Monochrome(width: 384, height: 0)
    for start in stride(from: 0, to: slip.heightDots, by: rows) {
      joined.append(try slip.band(start..<min(start + rows, slip.heightDots)))
    }
    #expect(try joined == press.picture(of: Samples.slip("ar"), widthDots: 384))
  }

  @Test("a copy can be told from the first print")
  func copyIsMarked() throws {
    let press = SlipPress()
    let first = try press.picture(of: Samples.slip(), widthDots: 576)
    let copy = try press.picture(of: Samples.slip(isCopy: true), widthDots: 576)
    #expect(copy.height > first.height + 40)
  }

  @Test(
    "the QR code of a slip is read",
    .enabled(if: Environment.hasZbar, "zbarimg (zbar-tools) is not installed"),
    arguments: ["pt", "ar"], widths)
  func codeIsRead(language: String, width: Int) throws {
    let slip = Samples.slip(language)
    let path = FileManager.default.temporaryDirectory.path + "/slip-\(UUID()).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SlipPress().picture(of: slip, widthDots: width).writePNG(to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Environment.zbarimg)
    process.arguments = ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == slip.address + "\n")
  }
}
