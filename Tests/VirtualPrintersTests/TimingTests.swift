import Canvas
import Testing
import VirtualPrinters

@Suite("Virtual printer in time")
struct TimingTests {
  @Test("a fence is answered once the rows before it are on paper, not before")
  func fenceAfterRows() {
    var bench = Bench()
    let start = bench.now
    bench.send(Hand.raster(rows: 120) + Hand.fence("abcd"))
    // 1,200 rows a second: 833 microseconds a row.
    bench.wait(99)
    #expect(bench.answers == [])
    #expect((119...120).contains(bench.mechanism.roll.restRows))
    bench.wait(1)
    #expect(bench.answers == Hand.answer("abcd"))
    #expect(bench.mechanism.roll.restRows == 120)
    #expect((98...100).contains(bench.mechanism.roll.restTime - start))
  }

  @Test("the cut takes its time: the fence behind it waits for way and knife")
  func cutTakesTime() {
    var bench = Bench()
    bench.send([0x1B, 0x4A, 1] + Hand.cut + Hand.fence("abcd"))
    // One row, 104 rows to the cutter, 150 ms.
    bench.wait(236)
    #expect(bench.answers == [] && bench.pieces.count == 1)
    bench.wait(2)
    #expect(bench.answers == Hand.answer("abcd"))
  }

  @Test("time does not run while it has nothing to print")
  func idle() {
    var bench = Bench()
    #expect(bench.mechanism.nextEvent == nil)
    bench.wait(100_000)
    bench.send(Hand.raster(rows: 120) + Hand.fence("abcd"))
    bench.wait(50)
    #expect((55...65).contains(bench.mechanism.roll.restRows) && bench.answers == [])
  }

  @Test("while the cover is open nothing moves, and the rest takes its time afterwards")
  func coverOpen() {
    var bench = Bench()
    bench.send(Hand.raster(rows: 240) + Hand.fence("abcd"))
    bench.wait(100)
    bench.act(.openCover)
    let rows = bench.mechanism.roll.restRows
    #expect(bench.mechanism.nextEvent == nil)
    bench.wait(60_000)
    #expect(bench.mechanism.roll.restRows == rows && bench.answers == [])
    bench.act(.closeCover)
    bench.wait(50)
    #expect(bench.mechanism.roll.restRows < 240)
    bench.wait(100)
    #expect(bench.answers == Hand.answer("abcd"))
  }

  @Test("the window is what is free in the buffer, and opens as rows are printed")
  func window() {
    var model = VirtualModel(widthDots: 64)
    model.bufferBytes = 1_000
    var bench = Bench(model)
    #expect(bench.mechanism.window == 1_000)
    bench.act(.openCover)
    bench.send(Hand.raster(rows: 200) + Hand.fence("abcd"))
    #expect(bench.mechanism.window == 0 && bench.mechanism.waitingBytes == 1_000)
    #expect(!bench.toSend.isEmpty)
    bench.wait(10_000)
    #expect(bench.mechanism.window == 0)
    bench.act(.closeCover)
    bench.wait(1_000)
    #expect(bench.toSend.isEmpty && bench.answers == Hand.answer("abcd"))
    #expect(bench.mechanism.roll.rest == Hand.wholeSlip)
    #expect(bench.mechanism.window == 1_000 && bench.mechanism.counters.lost == 0)
  }

  @Test("what is sent beyond the window is lost, and counted")
  func beyondWindow() {
    var model = VirtualModel(widthDots: 64)
    model.bufferBytes = 100
    var bench = Bench(model)
    bench.act(.openCover)
    let bytes = Hand.raster(rows: 50)
    _ = bench.mechanism.receive(bytes[...], at: bench.now)
    #expect(bench.mechanism.counters.lost == bytes.count - 100)
  }

  @Test("a connection that ends leaves what was received whole, and not what was half")
  func connectionEnds() {
    var bench = Bench()
    bench.send(Hand.statusOn + Hand.raster(rows: 20) + Hand.raster(rows: 20).dropLast(13))
    bench.mechanism.disconnect(at: bench.now)
    bench.wait(1_000)
    #expect(bench.mechanism.roll.rest.bytes == Hand.rows(20) + Hand.rows(18))
    bench.connect()
    _ = bench.takeAnswers()
    bench.send(Hand.fence("abcd"))
    bench.act(.openCover)
    #expect(bench.answers == Hand.answer("abcd"), "automatic status is off again")
  }

  @Test("one connection at a time: a second one hangs until the first has gone")
  func secondConnection() {
    var bench = Bench()
    #expect(bench.mechanism.connect(at: bench.now) == .hanging)
    bench.mechanism.disconnect(at: bench.now)
    #expect(!bench.mechanism.isBusy)
    #expect(bench.mechanism.connect(at: bench.now) == .accepted)
  }

  @Test("off and on again: half a slip on the roll, the rest lost, refused while it starts")
  func powerCycle() {
    var bench = Bench()
    bench.send(Hand.slip())
    bench.wait(50)
    bench.act(.powerCycle)
    #expect(bench.resets == 1)
    #expect(bench.connect() == .refused)
    bench.wait(10_000)
    #expect((55...65).contains(bench.mechanism.roll.restRows))
    #expect(bench.connect() == .accepted)
    bench.send(Hand.fence("abcd"))
    #expect(bench.answers == Hand.answer("abcd") && bench.pieces.isEmpty)
  }

  @Test("new paper leaves a seam, and people tear off and feed")
  func people() {
    var bench = Bench()
    bench.send(Hand.raster(rows: 10))
    bench.wait(100)
    bench.act(.takePaper)
    bench.act(.loadPaper)
    bench.send(Hand.raster(rows: 10))
    bench.wait(100)
    #expect(bench.mechanism.roll.restSeams == [10])
    bench.act(.pressFeed)
    bench.act(.tearOff)
    #expect(bench.pieces.map(\.seams) == [[10]])
    #expect(bench.pieces.map(\.picture.height) == [100])
    #expect(bench.pieces.map(\.isCut) == [false])
  }

  @Test("memory is bounded: rows over the limit are lost, old pieces and endless streams go")
  func bounds() {
    var model = VirtualModel.fast(widthDots: 64)
    model.bufferBytes = 4_096
    var bench = Bench(model)
    bench.mechanism.keepsPieces(2)
    for _ in 0..<100 { bench.send(Hand.raster(rows: 250)) }
    bench.wait(1_000)
    #expect(bench.mechanism.roll.restRows == VirtualRoll.rowLimit)
    #expect(bench.mechanism.roll.lostRows == 5_000)
    for _ in 0..<5 { bench.send(Hand.cut + Hand.raster(rows: 1)) }
    bench.wait(1_000)
    #expect(bench.mechanism.roll.pieces.map(\.number) == [4, 5])
    #expect(bench.mechanism.roll.pieceCount == 5)
    bench.act(.openCover)
    bench.send([UInt8](repeating: 0x41, count: 100_000))
    #expect(bench.mechanism.waitingBytes <= 4_096)
  }
}
