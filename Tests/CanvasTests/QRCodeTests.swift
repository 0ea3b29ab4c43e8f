import Canvas
import Foundation
import Testing

@Suite("QR codes")
struct QRCodeTests {
  @Test("the three finder patterns and the timing lines are where the standard has them")
  func finderPatterns() throws {
    let code = try QRCode("https://rossio.example/v/7Q4K")
    #expect((code.side - 21) % 4 == 0)
    for (column, row) in [(0, 0), (code.side - 7, 0), (0, code.side - 7)] {
      for y in 0..<7 {
        for x in 0..<7 {
          let ring = max(abs(x - 3), abs(y - 3))
          #expect(code[column + x, row + y] == (ring != 2))
        }
      }
    }
    for index in 8..<code.side - 8 { #expect(code[index, 6] == index.isMultiple(of: 2)) }
  }

  @Test("a text beyond the largest code is refused")
  func tooLong() {
    #expect(throws: CanvasError.textTooLongForQRCode(bytes: 5000)) {
      _ = try QRCode(String(repeating: "x", count: 5000))
    }
  }

  @Test("every module is whole dots and the quiet zone is blank")
  func wholeDots() throws {
    let code = try QRCode("https://rossio.example/v/7Q4K")
    let dots = try picture(of: code, dotsPerModule: 5)
    for y in 0..<dots.height {
      for x in 0..<dots.width {
        let expected = code[(x - 3) / 5 - 4, (y - 2) / 5 - 4]
        let isInside = x >= 23 && y >= 22
        #expect(dots[x, y] == (isInside && expected))
      }
    }
  }

  @Test(
    "a reader reads it", .enabled(if: Environment.hasZbar, "zbarimg (zbar-tools) is not installed"),
    arguments: ["https://rossio.example/v/7Q4K", "Olá, São Domingos · ديوان"])
  func readable(text: String) throws {
    let path = FileManager.default.temporaryDirectory.path + "/qr-\(UUID()).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture(of: QRCode(text), dotsPerModule: 4).writePNG(to: path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Environment.zbarimg)
    process.arguments = ["--quiet", "--raw", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: output, as: UTF8.self) == text + "\n")
  }

  private func picture(of code: QRCode, dotsPerModule: Int) throws -> Monochrome {
    let side = code.sideWithQuietZone * dotsPerModule + 5
    let bitmap = try Bitmap(width: side, height: side, format: .ink)
    try Painter(bitmap).draw(code, x: 3, y: 2, dotsPerModule: dotsPerModule)
    return Monochrome(bitmap)
  }
}
