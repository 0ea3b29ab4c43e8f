import Canvas
import Foundation
import Synchronization
import Testing
import Venue
import Views
import VirtualPrinters

@testable import Printing

/// Real sockets between the service and a virtual printer.
@Suite("Print service", .timeLimit(.minutes(5)))
struct ServiceTests {
  /// Values that threads hand to a test, which waits for them.
  private final class Mailbox<Value: Sendable>: Sendable {
    let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }
    func put(_ value: Value) { continuation.yield(value) }

    func take(_ count: Int) async -> [Value] {
      var taken: [Value] = []
      for await value in stream {
        taken.append(value)
        if taken.count == count { break }
      }
      return taken
    }
  }

  /// What the service said, for when a test fails.
  private final class Log: Sendable {
    private let start = ContinuousClock.now
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
      lines.withLock { $0.append("\(ContinuousClock.now - start) \(line)") }
    }
    var text: String { lines.withLock { $0.joined(separator: "\n") } }
  }

  /// Waits until the printer is as wanted; every change of its state comes through here.
  private static func waits(
    for states: Mailbox<PrinterState>, until isWanted: (PrinterState) -> Bool
  ) async -> PrinterState? {
    for await state in states.stream where isWanted(state) { return state }
    return nil
  }

  private struct Rig {
    let path = FileManager.default.temporaryDirectory.path + "/service-\(UUID()).sqlite"
    let outcomes = Mailbox<JobOutcome>()
    let slips = Mailbox<VirtualPrinter.Slip>()
    let states = Mailbox<PrinterState>()
    let log = Log()

    func service(port: UInt16) throws -> PrintService {
      try PrintService(
        spool: Spool(path: path),
        printers: [
          PrinterConfiguration(id: "P1", host: "127.0.0.1", port: port, profile: PrinterProfile())
        ],
        onOutcome: { outcomes.put($0) }, onStateChange: { states.put($0) }, log: { _ in })
    }

    func printer(port: UInt16 = 0, folder: String? = nil) throws -> VirtualPrinter {
      try VirtualPrinter(port: port, folder: folder) { slips.put($0) }
    }

    func removeFiles() {
      for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }
  }

  private func job(_ key: String, _ language: String = "pt") -> PrintJob {
    PrintJob(key: key, printer: "P1", slip: Samples.slip(language), copyMark: Samples.copyMark)
  }

  @Test("slips come out once each, in order, as they were drawn, and are reported as printed")
  func prints() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let folder = FileManager.default.temporaryDirectory.path + "/roll-\(UUID())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let printer = try rig.printer(folder: folder)
    let service = try rig.service(port: printer.port)
    let languages = ["pt", "ar", "ur", "zh-Hans", "ti"]
    for language in languages { service.enqueue(job(language, language)) }
    service.enqueue(job("pt"))
    let outcomes = await rig.outcomes.take(5)
    #expect(outcomes.map(\.key) == languages)
    #expect(outcomes.allSatisfy { $0.result == .printed && !$0.isCopy && $0.printer == "P1" })
    let slips = await rig.slips.take(5)
    for (slip, language) in zip(slips, languages) {
      let drawn = try SlipPress().picture(of: Samples.slip(language), widthDots: 576)
      #expect(slip.picture.height == drawn.height)
      #expect(zip(slip.picture.bytes, drawn.bytes).count { $0 != $1 } < 20)
    }
    #expect(slips.last?.path == folder + "/slip-0005.png")
    #expect(FileManager.default.fileExists(atPath: folder + "/slip-0005.png"))
    service.stop()
    printer.stop()
  }

  @Test("a printer that is off: its jobs wait, and are printed when it comes")
  func printerComesLater() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let first = try rig.printer()
    let port = first.port
    first.stop()
    let service = try rig.service(port: port)
    service.enqueue(job("a"))
    service.enqueue(job("b"))
    let off = await Self.waits(for: rig.states) {
      $0.condition == .disconnected && $0.waitingJobs == 2
    }
    #expect(off?.canPrint == false && off?.isUnproven == false)
    let printer = try rig.printer(port: port)
    #expect(await rig.outcomes.take(2).map(\.key) == ["a", "b"])
    #expect(service.states()[0].waitingJobs == 0)
    service.stop()
    printer.stop()
  }

  @Test(
    "what is reached and says nothing, or is no printer, is told as that, and is sent no slip",
    arguments: [
      ("silent,never", PrinterState.Condition.silent), ("http-server,never", .notAPrinter),
    ])
  func notAnswering(fault: String, condition: PrinterState.Condition) async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let printer = try VirtualPrinter(port: 0, faults: [VirtualFault(fault)]) { rig.slips.put($0) }
    let service = try rig.service(port: printer.port)
    service.enqueue(job("a"))
    let told = await Self.waits(for: rig.states) {
      $0.condition == condition && $0.waitingJobs == 1
    }
    #expect(told?.canPrint == false)
    service.stop()
    printer.stop()
    #expect(try Spool(path: rig.path).state(ofKey: "a") == .waiting)
  }

  @Test("a printer that proved nothing before a restart is told so, until it has proven a slip")
  func unproven() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    do {
      let spool = try Spool(path: rig.path)
      var paper = try spool.paper(in: "P1")
      for _ in 0..<2 { paper.slipEnded(.unknown(.noProof)) }
      try spool.keep(paper, in: "P1")
    }
    let printer = try rig.printer()
    let service = try rig.service(port: printer.port)
    let ready = await Self.waits(for: rig.states) { $0.condition == .ready }
    #expect(ready?.isUnproven == true && ready?.canPrint == true)
    service.enqueue(job("a"))
    #expect(await rig.outcomes.take(1).map(\.result) == [.printed])
    #expect(await Self.waits(for: rig.states) { !$0.isUnproven } != nil)
    service.stop()
    printer.stop()
    #expect(try !Spool(path: rig.path).paper(in: "P1").isUnproven)
  }

  @Test("paper out: nothing is sent; with paper the slip is printed once")
  func paperOut() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let printer = try rig.printer()
    printer.perform(.takePaper)
    let service = try rig.service(port: printer.port)
    service.enqueue(job("a"))
    let blocked = await Self.waits(for: rig.states) { !$0.faults.isEmpty && $0.waitingJobs == 1 }
    #expect(blocked?.condition == .blocked)
    #expect(blocked?.faults.contains(.paperOut) == true)
    // Initialisation and questions only, which go on for as long as it takes us to look: a slip has
    // tens of thousands of bytes.
    #expect(printer.receivedBytes < 4_000)
    printer.perform(.loadPaper)
    #expect(await rig.outcomes.take(1).map(\.result) == [.printed])
    #expect(await rig.slips.take(1).map(\.number) == [1])
    service.stop()
    printer.stop()
  }

  @Test(
    "a slip that does not fit its paper: nothing is sent, the words say why, the next is printed")
  func slipDoesNotFit() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let printer = try rig.printer()
    let service = try rig.service(port: printer.port)
    var wide = job("wide")
    wide.slip.service?.text = String(repeating: "W", count: 60)
    service.enqueue(wide)
    service.enqueue(job("next"))
    let outcomes = await rig.outcomes.take(2)
    #expect(outcomes.map(\.result) == [.failed, .printed])
    #expect(outcomes[0].detail.contains("does not fit its paper"))
    #expect(outcomes.map(\.reason) == [.notDrawn, nil])
    let slips = await rig.slips.take(1)
    #expect(
      try slips[0].picture.height == SlipPress().picture(of: Samples.slip(), widthDots: 576).height)
    service.stop()
    printer.stop()
  }

  @Test("jobs outlive the service, and a job taken before a stop is on disk after it")
  func jobsOutliveService() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let first = try rig.printer()
    let port = first.port
    first.stop()
    let before = try rig.service(port: port)
    for key in ["a", "b", "c"] { before.enqueue(job(key)) }
    before.stop()
    let printer = try rig.printer(port: port)
    let after = try rig.service(port: port)
    #expect(await rig.outcomes.take(3).map(\.key) == ["a", "b", "c"])
    after.stop()
    printer.stop()
  }

  @Test("a printer without a cutter, with small chunks and the old fence prints too")
  func otherProfile() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let printer = try rig.printer()
    var profile = PrinterProfile(widthDots: 384)
    profile.fence = .status
    profile.bandRows = 128
    profile.chunk = PrinterProfile.Chunk(bytes: 4_096, pauseMilliseconds: 1)
    profile.feedsBlankRows = false
    let service = try PrintService(
      spool: Spool(path: rig.path),
      printers: [
        PrinterConfiguration(id: "P1", host: "127.0.0.1", port: printer.port, profile: profile)
      ],
      onOutcome: { rig.outcomes.put($0) }, log: { rig.log.add($0) })
    service.enqueue(job("a"))
    #expect(await rig.outcomes.take(1).map(\.result) == [.printed])
    #expect(await rig.slips.take(1).count == 1)
    service.stop()
    printer.stop()
  }

  @Test("a second connection waits until the first has gone")
  func oneConnectionAtATime() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let printer = try rig.printer()
    let first = try rig.service(port: printer.port)
    first.enqueue(job("a"))
    #expect(await rig.outcomes.take(1).map(\.key) == ["a"])
    let other = Rig()
    defer { other.removeFiles() }
    let second = try other.service(port: printer.port)
    second.enqueue(job("b"))
    first.stop()
    #expect(await other.outcomes.take(1).map(\.key) == ["b"])
    second.stop()
    printer.stop()
  }

  /// The printer is gone amid the first band, and the next one waits for its proof: however late the
  /// printer reads, the service cannot have sent all of the slip, which would be unknown.
  private func resetAmidSlip(clearsBuffer: Bool) async throws -> (Rig, JobOutcome?) {
    let rig = Rig()
    let printer = try VirtualPrinter(port: 0, faults: [VirtualFault(.resetAtByte, 10_000)]) {
      rig.slips.put($0)
    }
    var profile = PrinterProfile()
    profile.clearsBuffer = clearsBuffer
    profile.bandByBand = true
    // A disk that stands still while other tests write must not use up the time for taking back.
    let service = try PrintService(
      spool: Spool(path: clearsBuffer ? ":memory:" : rig.path),
      printers: [
        PrinterConfiguration(id: "P1", host: "127.0.0.1", port: printer.port, profile: profile)
      ],
      onOutcome: { rig.outcomes.put($0) }, log: { _ in })
    service.enqueue(job("a"))
    let outcome = await rig.outcomes.take(1).first
    service.stop()
    printer.stop()
    return (rig, outcome)
  }

  @Test("half a slip whose rest is proven gone comes out once more, marked as a copy")
  func takenBack() async throws {
    let (rig, outcome) = try await resetAmidSlip(clearsBuffer: true)
    defer { rig.removeFiles() }
    #expect(
      outcome?.result == .printed && outcome?.isCopy == true,
      "\(String(describing: outcome?.detail))\n\(rig.log.text)")
    var marked = Samples.slip()
    marked.copy = Samples.copyMark
    let drawn = try SlipPress().picture(of: marked, widthDots: 576)
    let slips = await rig.slips.take(2)
    #expect(slips.last?.picture.height == drawn.height)
  }

  @Test("half a slip without that proof is unknown, and not printed again by itself")
  func unknown() async throws {
    let (rig, outcome) = try await resetAmidSlip(clearsBuffer: false)
    defer { rig.removeFiles() }
    #expect(outcome?.result == .unknown && outcome?.reason == .linkLost)
    let spool = try Spool(path: rig.path)
    #expect(try spool.entries().map(\.reason) == [.linkLost])
    #expect(try spool.state(ofKey: "a") == .unknown)
    #expect(try spool.next(for: "P1") == nil)
    // A person asks for it: it is a copy from now on.
    try spool.retry(key: "a", on: "P2", at: Instant(milliseconds: 5))
    #expect(try spool.next(for: "P2")?.job.isCopy == true)
  }

  @Test("a printer beside the one without paper takes over what was never sent, and only that")
  func takesOver() async throws {
    let rig = Rig()
    defer { rig.removeFiles() }
    let (empty, full) = (Mailbox<VirtualPrinter.Slip>(), Mailbox<VirtualPrinter.Slip>())
    let first = try VirtualPrinter(port: 0) { empty.put($0) }
    first.perform(.takePaper)
    let second = try VirtualPrinter(port: 0) { full.put($0) }
    let spool = try Spool(path: rig.path)
    _ = try spool.add([job("sent"), job("new")], at: Instant(milliseconds: 1))
    // Bytes of this one went out once.
    let sent = try #require(try spool.next(for: "P1"))
    let attempt = try spool.beginAttempt(of: sent.id, at: Instant(milliseconds: 2))
    try spool.endAttempt(
      attempt, of: sent.id, as: .waiting, bytesSent: 9, reason: .linkLost, evidence: "reset",
      at: Instant(milliseconds: 3))
    let service = try PrintService(
      spool: spool,
      printers: [
        PrinterConfiguration(
          id: "P1", host: "127.0.0.1", port: first.port, profile: PrinterProfile(), backup: "P2"),
        PrinterConfiguration(
          id: "P2", host: "127.0.0.1", port: second.port, profile: PrinterProfile()),
      ],
      now: { Instant(milliseconds: 4) }, onOutcome: { rig.outcomes.put($0) }, takeOverAfter: 50,
      log: { _ in })
    let outcome = await rig.outcomes.take(1).first
    #expect(outcome?.key == "new" && outcome?.printer == "P2" && outcome?.isCopy == false)
    #expect(await full.take(1).count == 1)
    #expect(try spool.state(ofKey: "sent") == .waiting)
    // With paper the other one comes out where it was, as a copy.
    first.perform(.loadPaper)
    let late = await rig.outcomes.take(1).first
    #expect(late?.key == "sent" && late?.printer == "P1" && late?.isCopy == true)
    service.stop()
    first.stop()
    second.stop()
  }
}
