import Testing

@testable import Printing

/// Drives the link by hand: time and bytes go in, actions come out.
@Suite("Printer link")
struct LinkTests {
  private static let well: [UInt8] = [0x12, 0x12, 0x12, 0x12]
  private static let paperOut: [UInt8] = [0x1A, 0x32, 0x12, 0x72]
  private static let statusRequest: [UInt8] = [0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 3, 0x10, 4, 4]
  private static let start: [UInt8] =
    [0x1B, 0x40, 0x1D, 0x61, 0x0E] + [0x1D, 0x28, 0x44, 5, 0, 0x14, 1, 0, 2, 0]
  private static let clear: [UInt8] = [0x10, 0x14, 0x08, 1, 3, 0x14, 1, 6, 2, 8]

  private struct Rig {
    var link: PrinterLink
    var now: Int64 = 0

    init(_ profile: PrinterProfile = PrinterProfile(), mayHoldHalfASlip: Bool = false) {
      link = PrinterLink(profile: profile, mayHoldHalfASlip: mayHoldHalfASlip, seed: 1)
    }

    mutating func feed(_ input: PrinterLink.Input) -> [PrinterLink.Action] {
      link.handle(input, now: now)
    }

    /// Goes to the next deadline.
    mutating func pass() -> [PrinterLink.Action] {
      now = max(now, link.deadline ?? now)
      return feed(.time)
    }

    /// Lets time pass until `end`, with a printer that says each time that it is well, or nothing.
    mutating func pass(until end: Int64, answers: [UInt8]?) -> [PrinterLink.Action] {
      var actions: [PrinterLink.Action] = []
      while let due = link.deadline, due <= end {
        let passed = pass()
        actions += passed
        if let answers, passed.contains(.write(LinkTests.statusRequest)) {
          actions += feed(.received(answers))
        }
      }
      return actions
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

    /// The answer to the fence that is pending.
    var answer: [UInt8] { [0x37, 0x22] + (link.pendingFence?.token?.bytes ?? []) + [0] }
  }

  private static func outcomes(_ actions: [PrinterLink.Action]) -> [PrinterLink.Outcome] {
    actions.compactMap { if case .finish(let outcome) = $0 { outcome } else { nil } }
  }

  private static func isPrinted(_ outcome: PrinterLink.Outcome?) -> Bool {
    if case .printed = outcome { true } else { false }
  }

  @Test("connects, asks for the status, and is ready once it is well")
  func probing() {
    var rig = Rig()
    #expect(rig.pass() == [.connect])
    #expect(rig.feed(.connected) == [.write(Self.start), .write(Self.statusRequest)])
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
    #expect(Self.outcomes(actions) == [.notSent(.faults([.paperOut, .offline]))])
    #expect(!actions.contains { if case .write = $0 { true } else { false } })
    #expect(!rig.link.wantsJob)
    // Asked again after two seconds, it has paper.
    #expect(rig.pass() == [.write(Self.statusRequest)])
    #expect(rig.now == PrinterLink.Limit.faultPoll)
    _ = rig.feed(.received(Self.well))
    #expect(rig.link.wantsJob)
  }

  @Test("a slip is printed when its own fence comes back, and cut after that")
  func printed() throws {
    var rig = Rig()
    rig.send()
    #expect(rig.feed(.drained) == [.drawBand])
    let asked = rig.feed(.bodyEnded)
    let token = try #require(rig.link.pendingFence?.token)
    #expect(asked == [.write([0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30] + token.bytes)])
    let actions = rig.feed(.received(rig.answer))
    #expect(Self.isPrinted(Self.outcomes(actions).first))
    #expect(rig.link.state == .awaitingCut)
    _ = rig.feed(.received(rig.answer))
    #expect(rig.link.wantsJob)
  }

  @Test("a fence of another attempt proves nothing")
  func foreignFence() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    let actions = rig.feed(.received([0x37, 0x22, 0x20, 0x20, 0x20, 0x20, 0]))
    #expect(Self.outcomes(actions).isEmpty)
    #expect(rig.link.state == .awaitingPrint)
  }

  @Test("no fence in time and no fault leaves the slip unknown, not printed")
  func noFence() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    let limit = PrinterLink.Limit.fence + 3 * 500
    #expect(Self.outcomes(rig.pass(until: limit - 1, answers: Self.well)).isEmpty)
    let outcomes = Self.outcomes(rig.pass(until: limit + 10_000, answers: Self.well))
    #expect(outcomes == [.unknown(.noProof)])
  }

  @Test("a fault that pauses suspends; the slip goes on and is printed once")
  func suspended() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.feed(.received([0x18, 0x40, 0x00, 0x00]))
    #expect(rig.link.state == .suspended(during: .awaitingPrint))
    let waiting = rig.pass(until: 100_000, answers: [0x1A, 0x52, 0x32, 0x12])
    #expect(!waiting.contains(.disconnect))
    _ = rig.feed(.received([0x10, 0x00, 0x00, 0x00]))
    #expect(rig.link.state == .awaitingPrint)
    let outcomes = Self.outcomes(rig.feed(.received(rig.answer)))
    #expect(outcomes.count == 1 && Self.isPrinted(outcomes.first))
  }

  @Test("paper that ran out amid a slip leaves two halves: it is printed again, not “printed”")
  func interrupted() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.feed(.received([0x18, 0x00, 0x0C, 0x00]))
    _ = rig.feed(.received([0x10, 0x00, 0x00, 0x00]))
    let outcomes = Self.outcomes(rig.feed(.received(rig.answer)))
    #expect(outcomes == [.interrupted(.faultsAmidSlip([.paperOut, .offline]))])
  }

  @Test("a printer that is silent in the middle of a slip may have had its cover open")
  func silentAmidSlip() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.pass(until: 6_000, answers: nil)
    let outcomes = Self.outcomes(rig.feed(.received(rig.answer)))
    #expect(outcomes == [.interrupted(.silentAmidSlip)])
  }

  @Test("the link lost before a byte of the slip: not sent; after all of it: unknown")
  func linkLost() {
    var early = Rig()
    early.connect()
    _ = early.feed(.jobOffered(predictedMilliseconds: 500))
    _ = early.feed(.received(Self.well))
    _ = early.feed(.attemptBegun(7))
    _ = early.feed(.body([1, 2, 3]))
    _ = early.feed(.wrote(Self.start.count))
    #expect(early.feed(.linkLost("reset")).contains(.finish(.notSent(.link("reset")))))
    var late = Rig()
    late.send()
    _ = late.feed(.bodyEnded)
    #expect(late.feed(.linkLost("reset")).contains(.finish(.unknown(.link("reset")))))
    #expect(late.link.bodyBytesSent == 3)
  }

  @Test("half a slip, and a buffer that is proven cleared: it is printed again as a copy")
  func takenBack() {
    var rig = Rig()
    rig.send()
    #expect(Self.outcomes(rig.feed(.linkLost("reset"))).isEmpty)
    _ = rig.pass()
    let connected = rig.feed(.connected)
    #expect(connected.first == .write(Self.clear))
    #expect(!rig.link.wantsJob)
    let actions = rig.feed(.received([0x37, 0x25, 0x00]))
    #expect(Self.outcomes(actions) == [.interrupted(.link("reset"))])
    // Not before what lay on the paper is cut off and that is proven.
    _ = rig.feed(.received(Self.well))
    #expect(!rig.link.wantsJob)
    guard case .write(let bytes) = actions.last else {
      Issue.record("no clean start")
      return
    }
    #expect(bytes.suffix(4) == rig.link.pendingFence?.token?.bytes[...])
    _ = rig.feed(.received([0x37, 0x22] + bytes.suffix(4) + [0]))
    #expect(rig.link.wantsJob)
  }

  @Test("half a slip, and no proof that the buffer is cleared: unknown")
  func notTakenBack() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.linkLost("reset"))
    var actions: [PrinterLink.Action] = []
    while rig.now < PrinterLink.Limit.takingBack {
      actions += rig.pass() + rig.feed(.connectFailed("off"))
    }
    #expect(Self.outcomes(actions) == [.unknown(.link("reset"))])
  }

  @Test("an attempt that cannot be recorded sends nothing, and is not tried again at once")
  func attemptCannotBegin() {
    var rig = Rig()
    rig.connect()
    _ = rig.feed(.jobOffered(predictedMilliseconds: 500))
    _ = rig.feed(.received(Self.well))
    let actions = rig.feed(.jobFailed(.unrecordable("the disk is full")))
    #expect(actions.first == .finish(.notSent(.unrecordable("the disk is full"))))
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
    #expect(pauses[0] <= 200 && pauses[0] >= 100)
    #expect(pauses.allSatisfy { $0 <= PrinterLink.Limit.longestBackOff })
    #expect(pauses.suffix(3).allSatisfy { $0 > PrinterLink.Limit.longestBackOff / 2 })
    #expect(Set(pauses).count > 6)
  }

  @Test("an idle link is asked every 25 s, and given up when it does not answer")
  func keepAlive() {
    var rig = Rig()
    rig.connect()
    #expect(rig.pass() == [.write([0x1D, 0x61, 0x0E]), .write(Self.statusRequest)])
    #expect(rig.now == PrinterLink.Limit.keepAlive)
    #expect(rig.pass().contains(.disconnect))
    #expect(rig.now == PrinterLink.Limit.keepAlive + PrinterLink.Limit.answer)
  }

  @Test("a cut that is not confirmed is a note, never another print, and is made up for")
  func cutterFails() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    _ = rig.feed(.received(rig.answer))
    _ = rig.feed(.received([0x18, 0x08, 0x00, 0x00]))
    let actions = rig.pass(until: PrinterLink.Limit.cut, answers: [0x1A, 0x52, 0x1A, 0x12])
    #expect(actions.contains(.note("cut not confirmed: cutter blocked, printer error")))
    #expect(Self.outcomes(actions).isEmpty)
    #expect(rig.link.mayHoldHalfASlip && !rig.link.wantsJob)
  }

  @Test("answers without end, and hosts that are no printers, are left")
  func noPrinter() {
    var chatty = Rig()
    chatty.connect()
    var actions: [PrinterLink.Action] = []
    for _ in 0..<200 { actions += chatty.feed(.received([UInt8](repeating: 0x12, count: 1_000))) }
    #expect(actions.contains(.disconnect) && chatty.link.lastProblem == .answersWithoutEnd)
    #expect(chatty.link.shown == .notAPrinter)
    var web = Rig()
    _ = web.pass()
    _ = web.feed(.connected)
    _ = web.feed(.received(Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8)))
    _ = web.pass(until: 5_000, answers: nil)
    #expect(web.link.failures > 0 && !web.link.wantsJob)
    #expect(web.link.shown == .notAPrinter)
    #expect(web.link.lastProblem == .answersLikeNoPrinter(said: "HTTP/1.1 400 Bad Request"))
  }

  @Test("a printer that may hold half a slip is in check until it proves that nothing is left")
  func inCheck() {
    var rig = Rig(mayHoldHalfASlip: true)
    _ = rig.pass()
    _ = rig.feed(.connected)
    let answered = rig.feed(.received(Self.well))
    #expect(rig.link.state == .idle && rig.link.shown == .checking && !rig.link.wantsJob)
    // It says that its buffer is empty, and passes the fence of the clean start.
    let cleared = rig.feed(.received([0x37, 0x25, 0x00]))
    #expect(rig.link.shown == .checking)
    let asked = (answered + cleared).compactMap { action -> [UInt8]? in
      guard case .write(let bytes) = action else { return nil }
      return bytes
    }
    #expect(!asked.isEmpty)
    _ = rig.feed(.received(rig.answer))
    #expect(rig.link.shown == .ready && rig.link.wantsJob)
  }

  @Test("who accepts a connection and says nothing is silent, however often it is tried")
  func silent() {
    var rig = Rig()
    _ = rig.pass()
    #expect(rig.link.shown == .connecting)
    for _ in 0..<3 {
      _ = rig.feed(.connected)
      #expect(rig.pass().contains(.disconnect))
      #expect(rig.link.shown == .silent)
      _ = rig.pass()
      #expect(rig.link.state == .connecting && rig.link.shown == .silent)
    }
    _ = rig.feed(.connectFailed("refused"))
    #expect(rig.link.shown == .disconnected)
    _ = rig.pass()
    _ = rig.feed(.connected)
    #expect(rig.link.shown == .disconnected)
    _ = rig.feed(.received(Self.well))
    #expect(rig.link.shown == .ready)
  }

  @Test("what says a few words that no printer says, and then nothing, is no printer")
  func fewWords() {
    var rig = Rig()
    _ = rig.pass()
    _ = rig.feed(.connected)
    _ = rig.feed(.received(Array("220 mail ready\r\n".utf8)))
    _ = rig.pass(until: 5_000, answers: nil)
    #expect(rig.link.lastProblem?.reason == .notAPrinter && rig.link.shown == .notAPrinter)
  }

  @Test("what broke a slip is its reason, also when its link went after that")
  func firstCause() {
    var rig = Rig()
    rig.send()
    _ = rig.feed(.bodyEnded)
    // Nothing for a while, then the cover is told: that is what it was.
    _ = rig.pass(until: 6_000, answers: nil)
    #expect(rig.link.attempt?.brokeBecause == .silentAmidSlip)
    _ = rig.feed(.received([0x38, 0x00, 0x00, 0x00]))
    let lost = rig.feed(.linkLost("reset"))
    #expect(lost.contains(.note("link lost: reset")) && Self.outcomes(lost).isEmpty)
    _ = rig.pass()
    _ = rig.feed(.connected)
    let outcomes = Self.outcomes(rig.feed(.received([0x37, 0x25, 0x00])))
    #expect(outcomes == [.interrupted(.faultsAmidSlip([.coverOpen, .offline]))])
    #expect(outcomes.first?.reason == .coverOpen)
  }

  @Test("a printer that takes nothing more, without a fault, is stuck")
  func takesNothing() {
    var profile = PrinterProfile()
    profile.clearsBuffer = false
    var rig = Rig(profile)
    rig.send()
    let outcomes = Self.outcomes(rig.pass(until: 40_000, answers: Self.well))
    #expect(outcomes.map(\.reason) == [.stuck])
    #expect(outcomes.first?.evidence == "took no byte for 30 s")
  }

  @Test("a pattern of two kinds of answers is a token, also after another that was cut off")
  func pattern() {
    for token in UInt8.min...UInt8.max {
      var pattern = FencePattern()
      let before = FencePattern.asksForText(token &* 31).prefix(Int(token) % 19)
      var found: [FenceToken] = []
      for isText in before + FencePattern.asksForText(token) {
        if let token = pattern.add(isText: isText) { found.append(token) }
      }
      #expect(found == [FenceToken(byte: token)])
    }
  }

  @Test("band by band: the next band waits for the proof of the last")
  func bandByBand() {
    var profile = PrinterProfile()
    profile.bandByBand = true
    var rig = Rig(profile)
    rig.send()
    #expect(rig.feed(.drained).isEmpty)
    #expect(rig.feed(.received(rig.answer)) == [.drawBand])
  }
}
