import Testing

@testable import Printing

/// Drives the link by hand: time and bytes go in, actions come out.
@Suite("Printer link")
struct LinkTests {
  private static let well: [UInt8] = [0x12, 0x12, 0x12, 0x12]
  private static let paperOut: [UInt8] = [0x1A, 0x32, 0x12, 0x72]

  private static let start: [UInt8] =
    [0x1B, 0x40, 0x1D, 0x61, 0x0E] + [0x1D, 0x28, 0x44, 5, 0, 0x14, 1, 0, 2, 0]

  private struct Rig {
    var link = PrinterLink(profile: PrinterProfile(), seed: 1)
    var now: Int64 = 0

    mutating func feed(_ input: PrinterLink.Input) -> [PrinterLink.Action] {
      link.handle(input, now: now)
    }

    /// Goes to the next deadline.
    mutating func pass() -> [PrinterLink.Action] {
      now = max(now, link.deadline ?? now)
      return feed(.time)
    }

    mutating func connect() {
      _ = pass()
      _ = feed(.connected)
      _ = feed(.received(LinkTests.well))
    }

    /// Connects, passes the preflight and sends one band.
    mutating func send() {
      connect()
      _ = feed(.jobOffered(predictedMilliseconds: 500))
      _ = feed(.received(LinkTests.well))
      _ = feed(.attemptBegun(7))
      _ = feed(.body([1, 2, 3]))
      _ = feed(.wrote(LinkTests.start.count + 3))
    }
  }

  @Test("connects, asks for the status, and is ready once it is well")
  func probing() {
    var rig = Rig()
    #expect(rig.pass() == [.connect])
    #expect(
      rig.feed(.connected) == [
        .write(LinkTests.start),
        .write([0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4]),
      ])
    #expect(!rig.link.wantsJob)
    _ = rig.feed(.received(Self.well))
    #expect(rig.link.wantsJob)
  }

  @Test("paper out at the preflight: nothing is sent, and the job may wait")
  func preflightFault() {
    var rig = Rig()
    rig.connect()
    _ = rig.feed(.jobOffered(predictedMilliseconds: 500))
    let actions = rig.feed(.received(Self.paperOut))
    #expect(actions.contains(.finish(.notSent(reason: "paper out"))))
    #expect(!actions.contains { if case .write = $0 { true } else { false } })
    #expect(!rig.link.wantsJob)
    // Asked again after two seconds, it has paper.
    let asked = rig.pass()
    #expect(rig.now == PrinterLink.Limit.faultPoll)
    #expect(asked.count == 1)
    _ = rig.feed(.received(Self.well))
    #expect(rig.link.wantsJob)
  }

  @Test("a slip is printed when its own fence comes back, and cut after that")
  func printed() {
    var rig = Rig()
    rig.send()
    #expect(rig.feed(.drained) == [.drawBand])
    let token = rig.link.printToken(7).bytes
    #expect(rig.feed(.bodyEnded) == [.write([0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30] + token)])
    let actions = rig.feed(.received([0x37, 0x22] + token + [0]))
    #expect(actions.first == .finish(.printed(evidence: "print fence answered")))
    #expect(rig.link.state == .awaitingCut)
    _ = rig.feed(.received([0x37, 0x22] + rig.link.cutToken(7).bytes + [0]))
    #expect(rig.link.wantsJob)
  }

  @Test("a fence of another attempt proves nothing")
  func foreignFence() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    let actions = rig.feed(.received([0x37, 0x22] + rig.link.printToken(6).bytes + [0]))
    #expect(!actions.contains { if case .finish = $0 { true } else { false } })
    #expect(rig.link.state == .awaitingPrint)
  }

  @Test("no fence in time and no fault leaves the slip unknown, not printed")
  func noFence() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    #expect(rig.pass().count == 1)
    #expect(rig.now == PrinterLink.Limit.fence + 3 * 500)
    let actions = rig.feed(.received(Self.well))
    #expect(actions.contains { if case .finish(.unknown) = $0 { true } else { false } })
  }

  @Test("paper out while printing suspends; with new paper it goes on and is printed once")
  func suspended() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.feed(.received([0x18, 0x00, 0x0C, 0x00]))
    #expect(rig.link.state == .suspended(during: .awaitingPrint))
    for _ in 0..<100 { #expect(!rig.pass().contains(.disconnect)) }
    _ = rig.feed(.received([0x10, 0x00, 0x00, 0x00]))
    #expect(rig.link.state == .awaitingPrint)
    let actions = rig.feed(.received([0x37, 0x22] + rig.link.printToken(7).bytes + [0]))
    #expect(actions.count { if case .finish = $0 { true } else { false } } == 1)
  }

  @Test("the link lost before a byte of the slip: not sent; after it: unknown")
  func linkLost() {
    var early = Rig()
    early.connect()
    _ = early.feed(.jobOffered(predictedMilliseconds: 500))
    _ = early.feed(.received(Self.well))
    _ = early.feed(.attemptBegun(7))
    _ = early.feed(.body([1, 2, 3]))
    _ = early.feed(.wrote(Self.start.count))
    #expect(early.feed(.linkLost("reset")).contains(.finish(.notSent(reason: "reset"))))
    var late = Rig()
    late.send()
    #expect(late.feed(.linkLost("reset")).contains(.finish(.unknown(reason: "reset"))))
    #expect(late.link.bodyBytesSent == 3)
  }

  @Test("an attempt that cannot be recorded sends nothing, and is not tried again at once")
  func attemptCannotBegin() {
    var rig = Rig()
    rig.connect()
    _ = rig.feed(.jobOffered(predictedMilliseconds: 500))
    _ = rig.feed(.received(Self.well))
    let actions = rig.feed(.jobFailed("the disk is full"))
    #expect(actions.first == .finish(.notSent(reason: "the disk is full")))
    #expect(!rig.link.wantsJob)
    #expect(rig.pass().isEmpty)
    #expect(rig.now == PrinterLink.Limit.faultPoll)
    #expect(rig.link.wantsJob)
  }

  @Test("retries slow down to ten seconds and are spread")
  func backOff() {
    var rig = Rig()
    var pauses: [Int64] = []
    for _ in 0..<12 {
      _ = rig.pass()
      let failed = rig.now
      _ = rig.feed(.connectFailed("refused"))
      pauses.append((rig.link.deadline ?? failed) - failed)
    }
    #expect(pauses[0] <= 200 && pauses[0] > 100)
    #expect(pauses.allSatisfy { $0 <= PrinterLink.Limit.longestBackOff })
    #expect(pauses.suffix(3).allSatisfy { $0 > PrinterLink.Limit.longestBackOff / 2 })
    #expect(Set(pauses).count > 6)
  }

  @Test("an idle link is asked every 25 s, and given up when it does not answer")
  func keepAlive() {
    var rig = Rig()
    rig.connect()
    #expect(rig.pass().count == 1)
    #expect(rig.now == PrinterLink.Limit.keepAlive)
    #expect(rig.pass().contains(.disconnect))
    #expect(rig.now == PrinterLink.Limit.keepAlive + PrinterLink.Limit.answer)
  }

  @Test("a cutter that fails after the print is a note, never another print")
  func cutterFails() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.feed(.received([0x37, 0x22] + rig.link.printToken(7).bytes + [0]))
    _ = rig.feed(.received([0x18, 0x08, 0x00, 0x00]))
    let actions = rig.pass()
    #expect(actions.first == .note("cut not confirmed: cutter blocked"))
    #expect(!actions.contains { if case .finish = $0 { true } else { false } })
    #expect(!rig.link.wantsJob)
  }
}
