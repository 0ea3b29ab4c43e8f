import Canvas
import Testing
import VirtualPrinters

@Suite("Virtual ESC/POS printer")
struct EscPosCommandTests {
  @Test("raster, feed and cut come out dot for dot")
  func raster() throws {
    var bench = Bench()
    bench.send(Hand.initialise + Hand.raster(rows: 3) + [0x1B, 0x4A, 5] + Hand.raster(rows: 2))
    bench.send(Hand.cut)
    bench.wait(1_000)
    let rows = Hand.rows(3) + [UInt8](repeating: 0, count: 40) + Hand.rows(2)
    #expect(bench.pieces.map(\.picture) == [try #require(Hand.picture(rows))])
    #expect(bench.pieces[0].isCut && bench.unknown.isEmpty)
    #expect(bench.mechanism.roll.pieces == bench.pieces)
    #expect(bench.mechanism.roll.restRows == 0)
  }

  @Test("the cut feeds n rows more, and there are no blank pieces from an empty roll")
  func cutFeeds() {
    var bench = Bench()
    bench.send([0x1D, 0x56, 0x41, 7, 0x1D, 0x56, 0x00])
    bench.wait(1_000)
    #expect(bench.pieces.map(\.picture.height) == [7])
  }

  @Test("rows wider than the paper lose their end, narrower ones are filled with blanks")
  func widths() {
    var bench = Bench(VirtualModel(widthDots: 16))
    bench.send([0x1D, 0x76, 0x30, 0, 3, 0, 1, 0, 1, 2, 3, 0x1D, 0x76, 0x30, 0, 1, 0, 1, 0, 4])
    bench.wait(100)
    #expect(bench.mechanism.roll.rest.bytes == [1, 2, 4, 0])
  }

  @Test("graphics are stored first and printed when told, once")
  func graphics() {
    var bench = Bench()
    let data = Hand.rows(4)
    let store: [UInt8] =
      [0x1D, 0x28, 0x4C, 42, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 64, 0, 4, 0] + data
    bench.send(store)
    bench.wait(1_000)
    #expect(bench.mechanism.roll.restRows == 0)
    bench.send([0x1D, 0x28, 0x4C, 2, 0, 0x30, 0x32])
    bench.send([0x1D, 0x28, 0x4C, 2, 0, 0x30, 0x32])
    bench.wait(1_000)
    #expect(bench.mechanism.roll.rest.bytes == data && bench.unknown.isEmpty)
  }

  @Test("a graphics picture whose length is a lie is skipped as a whole")
  func graphicsLie() {
    var bench = Bench()
    bench.send(
      [0x1D, 0x28, 0x4C, 12, 0, 0x30, 0x70, 0x30, 1, 1, 0x31, 64, 0, 4, 0, 9, 9]
        + Hand.fence("abcd"))
    bench.wait(100)
    #expect(bench.answers == Hand.answer("abcd"))
    #expect(!bench.unknown.isEmpty)
  }

  @Test("commands arrive in any pieces", arguments: [1, 2, 3, 7, 64, 1_000])
  func pieces(size: Int) {
    var bench = Bench()
    let bytes = Hand.initialise + Hand.slip()
    for start in stride(from: 0, to: bytes.count, by: size) {
      bench.send(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    bench.wait(2_000)
    #expect(bench.pieces.map(\.picture) == [Hand.wholeSlip].compactMap(\.self))
    #expect(bench.answers == Hand.answer("prt1") + Hand.answer("cut1"))
    #expect(bench.unknown.isEmpty)
  }

  @Test(
    "real-time status tells what is the matter",
    arguments: [
      (VirtualAct?.none, [0x12, 0x12, 0x12, 0x12] as [UInt8]),
      (.openCover, [0x1A, 0x16, 0x12, 0x12]), (.takePaper, [0x1A, 0x32, 0x12, 0x72]),
      (.nearEnd, [0x12, 0x12, 0x12, 0x1E]), (.blockCutter, [0x1A, 0x52, 0x1A, 0x12]),
    ])
  func realTimeStatus(act: VirtualAct?, expected: [UInt8]) {
    var bench = Bench()
    if let act { bench.act(act) }
    for kind in UInt8(1)...4 { bench.send([0x10, 0x04, kind]) }
    #expect(bench.answers == expected)
  }

  @Test("automatic status: one when it is switched on, one at each change, none after ESC @")
  func automaticStatus() {
    var bench = Bench()
    bench.act(.openCover)
    bench.act(.closeCover)
    #expect(bench.takeAnswers() == [])
    bench.send(Hand.statusOn)
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0])
    bench.act(.openCover)
    #expect(bench.takeAnswers() == [0x38, 0, 0, 0])
    bench.act(.closeCover)
    bench.act(.nearEnd)
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0, 0x10, 0, 0x03, 0])
    bench.act(.takePaper)
    bench.act(.blockCutter)
    #expect(bench.takeAnswers() == [0x18, 0, 0x0F, 0, 0x18, 0x08, 0x0F, 0])
    bench.act(.loadPaper)
    bench.act(.clearCutter)
    _ = bench.takeAnswers()
    bench.send(Hand.initialise)
    bench.act(.openCover)
    #expect(bench.takeAnswers() == [])
  }

  @Test("identity, and the fence of one byte, which waits while the paper is out")
  func identityAndFallback() {
    var bench = Bench()
    bench.send([0x1D, 0x49, 0x42, 0x1D, 0x49, 0x43])
    #expect(
      bench.takeAnswers() == [0x5F] + Array("ROSSIO".utf8) + [0, 0x5F] + Array("Virtual".utf8) + [0]
    )
    bench.send([0x1D, 0x72, 0x01])
    #expect(bench.takeAnswers() == [0x00])
    bench.act(.takePaper)
    bench.send([0x1D, 0x72, 0x01])
    bench.wait(60_000)
    #expect(bench.takeAnswers() == [])
    bench.act(.loadPaper)
    #expect(bench.takeAnswers() == [0x00])
  }

  @Test("clearing the buffers stops a picture in its middle; the fence behind it is gone")
  func clear() {
    var bench = Bench()
    bench.act(.openCover)
    bench.send(Hand.raster(rows: 20) + Hand.fence("gone") + Array(Hand.raster(rows: 9).dropLast(5)))
    bench.send([0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08])
    #expect(bench.takeAnswers() == [0x37, 0x25, 0x00])
    bench.act(.closeCover)
    bench.send(Hand.fence("next"))
    bench.wait(1_000)
    #expect(bench.answers == Hand.answer("next"))
    #expect(bench.mechanism.roll.totalRows == 0)
  }

  @Test("DLE DC4 2 switches it off, unless GS ( D has forbidden that")
  func powerOff() {
    var bench = Bench()
    let off: [UInt8] = [0x10, 0x14, 0x02, 0x01, 0x08]
    bench.send([0x1D, 0x28, 0x44, 5, 0, 0x14, 1, 0, 2, 0] + off)
    #expect(bench.resets == 0 && bench.unknown.isEmpty)
    var other = Bench()
    other.send(off)
    #expect(other.resets == 1 && !other.mechanism.condition.isOnline)
  }

  @Test("real-time bytes within a picture are obeyed; kept or eaten, as the model says")
  func realTimeInPicture() {
    var model = VirtualModel(widthDots: 64)
    let picture: [UInt8] = [0x1D, 0x76, 0x30, 0, 8, 0, 2, 0, 1, 0x10, 0x04, 0x01, 2, 3, 4, 5]
    let second: [UInt8] = [6, 7, 8, 9, 10, 11, 12, 13]
    var kind = Bench(model)
    kind.send(picture + second)
    kind.wait(100)
    #expect(kind.answers == [0x12])
    #expect(kind.mechanism.roll.rest.bytes == [1, 0x10, 4, 1, 2, 3, 4, 5] + second)
    #expect(kind.mechanism.counters.realTime == 3)
    model.eatsRealTimeBytes = true
    var clone = Bench(model)
    clone.send(picture + second + [20, 21, 22])
    clone.wait(100)
    #expect(clone.answers == [0x12])
    #expect(
      clone.mechanism.roll.rest.bytes == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 21, 22])
  }

  @Test("a picture over the limit of its model is garbled from there on", arguments: [1, 8, 1_000])
  func longBand(size: Int) {
    var model = VirtualModel(widthDots: 64)
    model.maximumBandRows = 4
    var bench = Bench(model)
    let stream = Hand.raster(rows: 6)
    for start in stride(from: 0, to: stream.count, by: size) {
      bench.send(Array(stream[start..<min(start + size, stream.count)]))
    }
    bench.wait(100)
    let bytes = bench.mechanism.roll.rest.bytes
    #expect(Array(bytes[..<32]) == Hand.rows(4))
    #expect(bytes[32] != 5 && bytes.count == 48)
  }

  @Test("what it does not know is told, and seen on paper as letters")
  func unknown() {
    var bench = Bench()
    bench.send(Array("Hello".utf8) + [0x1B, 0xEE] + Hand.fence("abcd"))
    bench.wait(1_000)
    #expect(bench.unknown == Array("Hello".utf8) + [0x1B, 0xEE])
    #expect(bench.mechanism.roll.restRows > 0)
    #expect(bench.answers == Hand.answer("abcd"))
  }

  @Test("a model that does not know a fence does not answer it")
  func unknownFences() {
    var model = VirtualModel(widthDots: 64)
    model.knowsProcessID = false
    model.knowsFallbackFence = false
    model.knowsAutomaticStatus = false
    var bench = Bench(model)
    bench.send(Hand.fence("abcd") + [0x1D, 0x72, 0x01] + Hand.statusOn)
    bench.wait(1_000)
    #expect(bench.answers == [])
  }

  /// Somebody else's encoder: what python-escpos 3.1 sends for a picture of 64 by 8 dots with ink
  /// where `(x * x + 3 * y * x + y) % 7 < 2`, as raster and as graphics, each with its cut.
  @Test(
    "reads what python-escpos sends",
    arguments: [
      """
      1b401d76300008000800c3870e1c3870e1c389122448912244891c3870e1c3870e1c0000000000000000122448912244
      891244891224489122440000000000000000c3870e1c3870e1c31b64061d5600
      """,
      """
      1b401d284c4a0030703001013140000800c3870e1c3870e1c389122448912244891c3870e1c3870e1c00000000000000
      00122448912244891244891224489122440000000000000000c3870e1c3870e1c31d284c020030321b64061d5600
      """,
    ])
  func pythonEscPos(hex: String) throws {
    let digits = hex.compactMap(\.hexDigitValue)
    var bench = Bench()
    bench.send(
      stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    bench.wait(5_000)
    let picture = try #require(bench.pieces.first?.picture)
    #expect(bench.unknown.isEmpty && picture.height > 8)
    for y in 0..<picture.height {
      for x in 0..<64 where picture[x, y] != (y < 8 && (x * x + 3 * y * x + y) % 7 < 2) {
        Issue.record("dot \(x), \(y)")
      }
    }
  }
}
