import Canvas
import Testing
import VirtualPrinters

@Suite("Virtual Star printer")
struct StarCommandTests {
  private func bench() -> Bench { Bench(VirtualModel(family: .star, widthDots: 64)) }

  @Test("StarPRNT: raster, feed and cut come out dot for dot, and documents are answered")
  func starPRNT() {
    var bench = bench()
    bench.send([0x1B, 0x40] + Hand.starSlip())
    bench.wait(2_000)
    #expect(bench.pieces.map(\.picture) == [Hand.wholeSlip].compactMap(\.self))
    let answers: [UInt8] = [0x1B, 0x1D, 3, 1, 1, 2, 1, 0, 0x1B, 0x1D, 3, 1, 1, 3, 2, 0]
    #expect(bench.answers == answers)
    #expect(bench.unknown.isEmpty)
  }

  @Test("Star line mode: rows of any length, moves, and a letter outside raster mode")
  func rasterMode() {
    var bench = bench()
    let start: [UInt8] = [
      0x1B, 0x2A, 0x72, 0x41, 0x1B, 0x2A, 0x72, 0x50, 0x30, 0, 0x1B, 0x2A, 0x72,
    ]
    bench.send(start + [0x45, 0x31, 0] + [0x62, 2, 0, 0xAA, 0xBB, 0x62, 0, 0])
    bench.send([0x1B, 0x2A, 0x72, 0x59, 0x31, 0x32, 0] + [0x62, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    bench.send([0x1B, 0x2A, 0x72, 0x42, 0x1B, 0x64, 0x03])
    bench.wait(1_000)
    let blank = [UInt8](repeating: 0, count: 8)
    let rows: [UInt8] =
      [0xAA, 0xBB, 0, 0, 0, 0, 0, 0] + Array(repeating: blank, count: 1 + 12).flatMap(\.self)
      + [1, 2, 3, 4, 5, 6, 7, 8]
    #expect(bench.pieces.map(\.picture.bytes) == [rows])
    #expect(bench.unknown.isEmpty)
    bench.send([0x62, 1, 0])
    #expect(bench.unknown.first == 0x62)
  }

  @Test("status: on request, when switched on, at each change; off again")
  func status() {
    var bench = bench()
    bench.send([0x1B, 0x06, 0x01])
    #expect(bench.takeAnswers() == [0x23, 0x06, 0, 0, 0, 0, 0, 0, 0])
    bench.send([0x1B, 0x1E, 0x61, 0x01])
    #expect(bench.takeAnswers() == [0x23, 0x06, 0, 0, 0, 0, 0, 0, 0])
    bench.act(.openCover)
    #expect(bench.takeAnswers() == [0x23, 0x06, 0x28, 0, 0, 0, 0, 0, 0])
    bench.act(.closeCover)
    _ = bench.takeAnswers()
    bench.act(.takePaper)
    #expect(bench.takeAnswers() == [0x23, 0x06, 0x08, 0, 0, 0x08, 0, 0, 0])
    bench.act(.loadPaper)
    bench.act(.nearEnd)
    #expect(bench.takeAnswers().suffix(4).first == 0x06)
    bench.act(.blockCutter)
    #expect(bench.takeAnswers()[3] == 0x08)
    bench.act(.clearCutter)
    bench.send([0x1B, 0x1E, 0x61, 0x00])
    _ = bench.takeAnswers()
    bench.act(.openCover)
    #expect(bench.takeAnswers() == [])
  }

  @Test("ETB counts modulo 32 in print order, past ESC @, until it is cleared")
  func etb() {
    var bench = bench()
    bench.send([0x1B, 0x1E, 0x61, 0x01])
    _ = bench.takeAnswers()
    // Bits 6, 5, 3, 2 and 1 are 16, 8, 4, 2 and 1.
    let expected: [UInt8] = [
      0x02, 0x04, 0x06, 0x08, 0x0A, 0x0C, 0x0E, 0x20, 0x22, 0x24, 0x26, 0x28, 0x2A, 0x2C, 0x2E,
      0x40, 0x42, 0x44, 0x46, 0x48, 0x4A, 0x4C, 0x4E, 0x60, 0x62, 0x64, 0x66, 0x68, 0x6A, 0x6C,
      0x6E, 0x00, 0x02,
    ]
    for byte in expected {
      bench.send([0x17])
      #expect(bench.takeAnswers() == [0x23, 0x06, 0, 0, 0, 0, 0, byte, 0])
    }
    bench.send([0x1B, 0x40, 0x1B, 0x06, 0x01])
    #expect(bench.takeAnswers()[7] == 0x02)
    bench.send([0x1B, 0x1E, 0x45, 0x00, 0x1B, 0x06, 0x01])
    #expect(bench.takeAnswers()[7] == 0x00)
  }

  @Test("identity, and the reset within a picture")
  func identityAndReset() {
    var bench = bench()
    bench.send([0x1B, 0x23, 0x2A, 0x0A, 0x00])
    let name = Array("VIRTUAL Ver1.0".utf8)
    #expect(bench.takeAnswers() == [0x1B, 0x23, 0x2A, 0x2C] + name + [0x0A, 0x00])
    bench.act(.openCover)
    bench.send(
      Hand.starRaster(rows: 5) + Hand.starRaster(rows: 5).dropLast(3) + [0x1B, 0x06, 0x18])
    bench.act(.closeCover)
    bench.send(Hand.document(9, 9))
    bench.wait(1_000)
    #expect(bench.mechanism.roll.totalRows == 0)
    #expect(bench.answers == [0x1B, 0x1D, 3, 1, 9, 9, 1, 0])
  }
}
