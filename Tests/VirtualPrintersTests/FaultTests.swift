import Canvas
import Testing
import VirtualPrinters

/// Each fault does what its name says, and nothing else.
@Suite("Virtual faults")
struct FaultTests {
  private static let printed = Hand.answer("prt1") + Hand.answer("cut1")
  private static let whole = [Hand.wholeSlip].compactMap(\.self)

  private func bench(
    _ fault: VirtualFault, _ model: VirtualModel = VirtualModel(widthDots: 64), seed: UInt64 = 1
  ) -> Bench {
    Bench(model, [fault], seed: seed)
  }

  /// One slip, sent at once, and five seconds.
  private func afterSlip(_ fault: VirtualFault) -> Bench {
    var bench = bench(fault)
    bench.send(Hand.initialise + Hand.slip())
    bench.wait(5_000)
    return bench
  }

  @Test("without a fault the slip is whole and both fences are answered")
  func none() {
    var bench = Bench()
    bench.send(Hand.initialise + Hand.slip())
    bench.wait(5_000)
    #expect(bench.pieces.map(\.picture) == Self.whole && bench.answers == Self.printed)
  }

  @Test("never reads: nothing is taken, until it is mended")
  func neverReads() {
    var bench = bench(VirtualFault(.neverReads, healing: .after(8_000)))
    bench.send(Hand.slip())
    bench.wait(7_900)
    #expect(bench.mechanism.counters.received == 0 && bench.mechanism.window == 0)
    bench.wait(5_000)
    #expect(bench.pieces.map(\.picture) == Self.whole)
  }

  @Test(
    "resets at its place, once",
    arguments: [
      (VirtualFault.Kind.resetAtStart, 1, 1), (.resetMidHeader, 2, 2 + 408 + 2),
      (.resetMidBand, 1, 2 + 8 + 200), (.resetMidBand, 3, 2 + 2 * 408 + 8 + 200),
      (.resetAfterBody, 1, 2 + 4 * 408 + 11), (.resetAtByte, 777, 777),
    ])
  func resets(kind: VirtualFault.Kind, value: Int, bytes: Int) {
    var bench = afterSlip(VirtualFault(kind, value))
    #expect(bench.resets == 1)
    #expect(bench.mechanism.counters.received == bytes)
    #expect(bench.answers == [] && bench.pieces.isEmpty)
    if kind == .resetAfterBody { #expect(bench.mechanism.roll.rest == Hand.wholeSlip) }
    bench.act(.tearOff)
    bench.pieces = []
    bench.connect()
    bench.send(Hand.initialise + Hand.slip())
    bench.wait(5_000)
    #expect(bench.resets == 1 && bench.pieces.map(\.picture) == Self.whole)
  }

  @Test("resets before the fence: the slip is on paper, the answer never comes")
  func resetBeforeFence() {
    let bench = afterSlip(VirtualFault(.resetBeforeFence, 1))
    #expect(bench.resets == 1 && bench.answers == [])
    // The cut came behind the fence, and is done all the same: it was in the buffer.
    #expect(bench.pieces.map(\.picture) == Self.whole)
    let second = afterSlip(VirtualFault(.resetBeforeFence, 2))
    #expect(second.answers == Hand.answer("prt1") && second.resets == 1)
  }

  @Test("paper out: stops at its row, says so, and prints the rest with paper")
  func paperOut() {
    var bench = bench(VirtualFault(.paperOut, 120, healing: .after(3_000)))
    bench.send(Hand.statusOn + Hand.slip())
    bench.wait(2_000)
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0, 0x18, 0, 0x0C, 0])
    #expect(bench.mechanism.roll.restRows == 120 && bench.mechanism.condition.isPaperOut)
    bench.wait(3_000)
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0] + Self.printed)
    #expect(bench.pieces.map(\.picture) == Self.whole && bench.pieces.map(\.seams) == [[120]])
  }

  @Test("paper out for good: nothing more comes")
  func paperOutForGood() {
    var bench = bench(VirtualFault(.paperOut, 120, healing: .never))
    bench.send(Hand.slip())
    bench.wait(1_000_000)
    #expect(bench.answers == [] && bench.mechanism.roll.restRows == 120)
    #expect(bench.mechanism.nextEvent == nil)
  }

  @Test("paper out with losses: the slip is not whole, whatever the fence says")
  func paperOutLosses() {
    let row = afterSlip(VirtualFault(.paperOutLosesRow, 120, healing: .after(1_000)))
    #expect(row.pieces.map(\.picture.height) == [199] && row.answers == Self.printed)
    let rest = afterSlip(VirtualFault(.paperOutDropsRest, 120, healing: .after(1_000)))
    #expect(rest.mechanism.roll.restRows == 120 && rest.answers == [])
    let torn = afterSlip(VirtualFault(.paperOutTears, 120, healing: .after(1_000)))
    #expect(torn.pieces.map(\.picture.height) == [120, 80] && torn.answers == Self.printed)
    #expect(torn.pieces.map(\.isCut) == [false, true])
  }

  @Test("paper runs low: near its end first, then out")
  func paperRunsLow() {
    var bench = bench(VirtualFault(.paperRunsLow, 10, healing: .never))
    bench.send(Hand.statusOn)
    for _ in 0..<4 { bench.send(Hand.slip()) }
    bench.wait(60_000)
    let statuses = bench.answers
    #expect(statuses.starts(with: [0x10, 0, 0, 0, 0x10, 0, 0x03, 0]))
    #expect(Array(statuses.suffix(4)) == [0x18, 0, 0x0F, 0])
  }

  @Test("answers: dropped, wrong, old, doubled, foreign, ignored; the slip is whole each time")
  func answers() {
    let cases: [(VirtualFault, ([UInt8]) -> Bool)] = [
      (VirtualFault(.dropsAnswer, 1), { $0 == Hand.answer("cut1") }),
      (VirtualFault(.wrongToken, 1), { $0 == Hand.answer("prt!") + Hand.answer("cut1") }),
      (VirtualFault(.oldToken, 2), { $0 == Hand.answer("prt1") + Hand.answer("prt1") }),
      (VirtualFault(.doubledToken, 1), { $0 == Hand.answer("prt1") + Self.printed }),
      (
        VirtualFault(.foreignToken, 50),
        { $0.count == 21 && $0.starts(with: [0x37, 0x22]) && Array($0[7...]) == Self.printed }
      ),
      (VirtualFault(.ignoresFences, healing: .never), { $0 == [] }),
      (VirtualFault(.silent, healing: .never), { $0 == [] }),
    ]
    for (fault, isRight) in cases {
      let bench = afterSlip(fault)
      #expect(isRight(bench.answers), "\(fault): \(bench.answers)")
      #expect(bench.pieces.map(\.picture) == Self.whole, "\(fault)")
    }
  }

  @Test("Star's answers: wrong tokens, and counters that skip, lag or double")
  func starAnswers() {
    func answers(_ fault: VirtualFault, _ bytes: [UInt8]) -> [UInt8] {
      var bench = bench(fault, VirtualModel(family: .star, widthDots: 64))
      bench.send(bytes)
      bench.wait(1_000)
      return bench.answers
    }
    let on: [UInt8] = [0x1B, 0x1E, 0x61, 0x01]
    func status(_ counter: UInt8) -> [UInt8] { [0x23, 6, 0, 0, 0, 0, 0, counter, 0] }
    #expect(answers(VirtualFault(.wrongToken, 1), Hand.document(1, 2))[4...5] == [1, 0x21])
    #expect(answers(VirtualFault(.wrongToken, 1), on + [0x17]) == status(0) + status(4))
    #expect(answers(VirtualFault(.oldToken, 1), on + [0x17]) == status(0) + status(0))
    #expect(
      answers(VirtualFault(.doubledToken, 1), on + [0x17]) == status(0) + status(2) + status(2))
    let ignored = answers(
      VirtualFault(.ignoresFences, healing: .never), on + [0x17] + on)
    #expect(ignored == status(0) + status(0), "a status later on does not tell either")
  }

  @Test("the cutter fails after the fence, says so, and cuts once it is cleared")
  func cutterFails() {
    var bench = bench(VirtualFault(.cutterFails, 1, healing: .after(3_000)))
    bench.send(Hand.statusOn + Hand.slip())
    bench.wait(2_000)
    let fault: [UInt8] = [0x18, 0x08, 0, 0]
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0] + Hand.answer("prt1") + fault)
    #expect(bench.pieces.isEmpty && bench.mechanism.roll.rest == Hand.wholeSlip)
    bench.wait(3_000)
    #expect(bench.takeAnswers() == [0x10, 0, 0, 0] + Hand.answer("cut1"))
    #expect(bench.pieces.map(\.picture) == Self.whole)
  }

  @Test("connections: refused, a second one refused, hanging or mixed, a dead one held")
  func connections() {
    var refuses = bench(VirtualFault(.refuses, healing: .after(4_000)))
    #expect(!refuses.isConnected)
    refuses.wait(4_000)
    #expect(refuses.connect() == .accepted)
    #expect(refuses.connect() == .hanging)
    var second = bench(VirtualFault(.refusesSecond))
    #expect(second.isConnected && second.connect() == .refused)
    var hangs = bench(VirtualFault(.hangsSecond))
    #expect(hangs.isConnected && hangs.connect() == .hanging)
    var mixed = bench(VirtualFault(.interleavesSecond))
    #expect(mixed.isConnected && mixed.connect() == .accepted)
    mixed.mechanism.disconnect(at: mixed.now)
    mixed.send(Hand.fence("abcd"))
    #expect(mixed.answers == Hand.answer("abcd"))
    var held = bench(VirtualFault(.holdsConnection, 60))
    held.mechanism.disconnect(at: held.now)
    held.wait(59_000)
    #expect(held.mechanism.nextEvent != nil && held.connect() == .hanging)
    held.wait(1_000)
    #expect(held.connect() == .accepted)
  }

  @Test("links: reset when idle, dead in silence after bytes or seconds")
  func links() {
    var idle = bench(VirtualFault(.resetsIdle, 90))
    idle.wait(80_000)
    idle.send([0x10, 0x04, 1])
    idle.wait(89_000)
    #expect(idle.resets == 0)
    idle.wait(1_000)
    #expect(idle.resets == 1)
    for fault in [VirtualFault(.halfOpen, 900), VirtualFault(.halfOpenLater, 2)] {
      var dead = bench(fault)
      if fault.kind == .halfOpenLater { dead.wait(3_000) }
      dead.send(Hand.slip())
      dead.wait(5_000)
      dead.send([0x10, 0x04, 1])
      #expect(dead.resets == 0 && dead.answers == [] && dead.toSend.isEmpty, "\(fault)")
      #expect(dead.mechanism.roll.totalRows < 200 && dead.mechanism.counters.lost > 0, "\(fault)")
      dead.mechanism.disconnect(at: dead.now)
      dead.connect()
      dead.send(Hand.fence("abcd"))
      #expect(dead.answers == Hand.answer("abcd"), "\(fault)")
    }
  }

  @Test("answers in pieces: byte by byte, a status in two, a status within an answer")
  func pieces() {
    let single = afterSlip(VirtualFault(.splitsAnswers))
    #expect(single.answers == Self.printed && single.segments.allSatisfy { $0.count == 1 })
    var split = bench(VirtualFault(.splitsStatus))
    split.send(Hand.statusOn)
    #expect(split.answers == [0x10, 0, 0, 0] && split.segments.count == 2)
    var inside = bench(VirtualFault(.statusInsideAnswers))
    inside.send(Hand.statusOn)
    _ = inside.takeAnswers()
    inside.send(Hand.fence("abcd"))
    let start = inside.answers.firstIndex(of: 0x10) ?? 0
    #expect((1...6).contains(start))
    var rest = inside.answers
    rest.removeSubrange(start..<start + 4)
    #expect(rest == Hand.answer("abcd"))
  }

  @Test("a small buffer overflows: bytes are lost, not refused")
  func overflows() {
    var bench = bench(VirtualFault(.overflows, 1_000))
    bench.act(.openCover)
    bench.send(Hand.slip())
    #expect(bench.toSend.isEmpty && bench.mechanism.waitingBytes <= 1_000)
    #expect(bench.mechanism.counters.lost > 500)
    bench.act(.closeCover)
    bench.wait(5_000)
    #expect(bench.pieces.map(\.picture) != Self.whole)
  }

  @Test("lies: another name; health without paper; automatic status forgotten")
  func lies() {
    var name = bench(VirtualFault(.liesAboutIdentity))
    name.send([0x1D, 0x49, 0x42])
    #expect(name.answers == [0x5F] + Array("EPSON".utf8) + [0])

    var health = bench(VirtualFault(.claimsHealth, 120, healing: .after(20_000)))
    health.send(Hand.statusOn + Hand.slip())
    health.wait(15_000)
    health.send([0x10, 0x04, 1, 0x10, 0x04, 4])
    #expect(health.takeAnswers() == [0x10, 0, 0, 0, 0x12, 0x12])
    #expect(health.mechanism.roll.restRows == 120)
    health.wait(10_000)
    #expect(health.answers == Self.printed && health.pieces.map(\.picture) == Self.whole)

    let losing = afterSlip(VirtualFault(.claimsHealthLosesRows, 120, healing: .never))
    #expect(losing.answers == [] && losing.mechanism.roll.lostRows == 80)
    var late = bench(VirtualFault(.claimsHealthLosesRows, 120, healing: .after(50)))
    late.send(Hand.slip())
    late.wait(5_000)
    #expect(late.answers == Hand.answer("cut1"), "its print fence stands behind lost rows")

    var forgetful = bench(VirtualFault(.forgetsAutomaticStatus, 10))
    forgetful.send(Hand.statusOn)
    forgetful.wait(11_000)
    _ = forgetful.takeAnswers()
    forgetful.act(.openCover)
    #expect(forgetful.answers == [] && forgetful.resets == 0)
  }

  @Test("power cycles amid a slip: half of it on the roll, the rest lost")
  func powerCycles() {
    let bench = afterSlip(VirtualFault(.powerCycles, 120))
    #expect(bench.resets == 1 && bench.answers == [])
    #expect(bench.mechanism.roll.restRows == 120 && bench.pieces.isEmpty)
  }

  @Test("a cover that opens, a head too hot: silent or telling, and over by themselves")
  func coverAndHeat() {
    var cover = bench(VirtualFault(.coverOpens, 120, healing: .after(3_000)))
    cover.send(Hand.statusOn + Hand.slip())
    cover.wait(2_000)
    cover.send([0x10, 0x04, 1])
    #expect(cover.takeAnswers() == [0x10, 0, 0, 0])
    cover.wait(3_000)
    #expect(cover.answers == [0x10, 0, 0, 0] + Self.printed)
    var hot = bench(VirtualFault(.headTooHot, 120, healing: .after(3_000)))
    hot.send(Hand.slip())
    hot.wait(2_000)
    hot.send([0x10, 0x04, 3])
    #expect(hot.takeAnswers() == [0x52])
    hot.wait(3_000)
    #expect(hot.pieces.map(\.picture) == Self.whole)
  }

  @Test("a trickling reader takes a byte in 100 ms")
  func trickling() {
    var bench = bench(VirtualFault(.tricklingReader, healing: .never))
    bench.send(Hand.slip())
    bench.wait(10_000)
    #expect((100...102).contains(bench.mechanism.counters.received))
  }

  @Test("no printers at all: bytes for ever at a bounded rate, a web server, a remote shell")
  func noPrinters() {
    var endless = bench(VirtualFault(.endlessAnswers, 1_000, healing: .never))
    endless.wait(10_000)
    #expect((9_900...10_100).contains(endless.answers.count))
    let web = afterSlip(VirtualFault(.httpServer))
    #expect(
      web.answers.starts(with: Array("HTTP/1.1 400".utf8)) && web.mechanism.roll.totalRows == 0)
    var shell = bench(VirtualFault(.sshBanner))
    shell.wait(1)
    #expect(shell.answers == Array("SSH-2.0-Rossio_1.0\r\n".utf8))
    shell.send(Hand.slip())
    shell.wait(1_000)
    #expect(shell.mechanism.roll.totalRows == 0)
  }
}
