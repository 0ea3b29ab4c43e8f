import Canvas
import Foundation
import Synchronization
import Testing
import Venue
import Views
import VirtualPrinters

@testable import Printing

/// A sample of the fault scripts over real sockets, between the service and a virtual printer; the
/// roll is the judge. `FaultMatrixTests` runs all of them in virtual time.
///
/// Each case is decided within a quarter of a minute. It looks at the outcomes on Swift's threads, though,
/// which other tests of this process hold: on a busy machine it has taken three minutes.
@Suite("Faults over real sockets", .timeLimit(.minutes(10)))
struct SocketFaultTests {
  /// Faults that are soon over.
  private static let faults = [
    "reset-at-start=1", "reset-mid-header=2", "reset-mid-band=2", "reset-after-body=1",
    "reset-before-fence=1", "reset-at-byte=9000", "drops-answer=1", "wrong-token=1",
    "doubled-token=1", "splits-answers", "splits-status",
    "ignores-fences,1s", "paper-out=200,1s", "paper-out-loses-row=300,1s",
    "status-inside-answers", "paper-out-tears=250,1s", "cover-opens=300,1s", "cutter-fails=1,1s",
    "power-cycles=300",
    // A token of nobody while the slip is being printed, whose rest is then lost.
    "foreign-token=450 paper-out-drops-rest=470,1s",
  ]

  /// Hosts that are no printers, and one that talks without end.
  private static let nonsense = ["http-server", "ssh-banner", "endless-answers,never"]

  @Test(
    "what is printed is whole on the roll, once unmarked, on paper of its own",
    arguments: PrinterProfile.Dialect.allCases)
  func rollAgrees(_ dialect: PrinterProfile.Dialect) async throws {
    try await Self.forEach(Self.faults) { try await SocketCase(dialect, $0).printAll() }
  }

  @Test(
    "what is no printer is told in words, is sent nothing of a slip, and the slips wait",
    arguments: PrinterProfile.Dialect.allCases)
  func noPrinter(_ dialect: PrinterProfile.Dialect) async throws {
    try await Self.forEach(Self.nonsense) { try await SocketCase(dialect, $0).findNoPrinter() }
  }

  /// All at the same time: each has a printer and a service of its own, and mostly waits.
  private static func forEach(
    _ faults: [String], _ run: @escaping @Sendable (String) async throws -> [String]
  ) async throws {
    try await withThrowingTaskGroup(of: (String, [String]).self) { group in
      for fault in faults { group.addTask { (fault, try await run(fault)) } }
      for try await (fault, problems) in group {
        #expect(problems.isEmpty, "\(fault): \(problems.joined(separator: "; "))")
      }
    }
  }
}

/// A service and a printer with a fault, or with several that are separated by spaces.
///
/// Whatever it waits for ends when the suite's time is over, as its task is cancelled then; what was
/// not decided is told, with all that the service said.
private final class SocketCase: Sendable {
  /// A slip that was given up so often will not come out any more.
  private static let retryLimit = 6

  private let spoolPath = FileManager.default.temporaryDirectory.path + "/fault-\(UUID()).sqlite"
  private let outcomes = AsyncStream.makeStream(of: JobOutcome.self)
  private let states = AsyncStream.makeStream(of: PrinterState.self)
  private let papers = AsyncStream.makeStream(of: VirtualPrinter.Slip.self)
  private let log = ServiceLog()
  private let printer: VirtualPrinter
  private let service: PrintService

  init(_ dialect: PrinterProfile.Dialect, _ faults: String) throws {
    var profile = PrinterProfile(dialect: dialect)
    profile.rowsPerSecond = 20_000
    if dialect == .starLine { profile.fence = .etb }
    var model = VirtualModel(family: dialect.isStar ? .star : .escpos)
    model.rowsPerSecond = 20_000
    model.cutMilliseconds = 5
    let (papers, outcomes, states, log) = (papers, outcomes, states, log)
    printer = try VirtualPrinter(
      port: 0, model: model,
      faults: faults.split(separator: " ").map { try VirtualFault(String($0)) },
      log: { log.add("the printer: \($0)") }, onSlip: { papers.continuation.yield($0) }
    )
    service = try PrintService(
      spool: Spool(path: spoolPath),
      printers: [
        PrinterConfiguration(id: "P1", host: "127.0.0.1", port: printer.port, profile: profile)
      ],
      press: SocketSlips.press,
      onOutcome: {
        log.add("\($0.key) is \($0.result): \($0.detail)")
        outcomes.continuation.yield($0)
      },
      onStateChange: {
        log.add("\($0.condition), \($0.waitingJobs) wait, “\($0.detail)”")
        states.continuation.yield($0)
      },
      onAttempt: { log.add("\($0): an attempt begins") }, log: { log.add($0) })
  }

  deinit {
    for end in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: spoolPath + end)
    }
  }

  private func order() {
    for slip in SocketSlips.all {
      service.enqueue(
        PrintJob(key: slip.key, printer: "P1", slip: slip.view, copyMark: Samples.copyMark))
    }
  }

  // MARK: A printer with a fault

  /// Prints all slips; what is unknown is asked for again. Returns what is wrong.
  func printAll() async throws -> [String] {
    order()
    let problems = try await decideAll()
    service.stop()
    printer.perform(.tearOff)
    printer.stop()
    papers.continuation.finish()
    var pieces: [VirtualPrinter.Slip] = []
    for await piece in papers.stream { pieces.append(piece) }
    return try withLog(problems + judge(pieces))
  }

  private func withLog(_ problems: [String]) -> [String] {
    problems.isEmpty ? [] : problems + ["\n" + log.text]
  }

  private func decideAll() async throws -> [String] {
    var open = Set(SocketSlips.all.map(\.key))
    var retries = 0
    for await outcome in outcomes.stream {
      switch outcome.result {
      case .printed: open.remove(outcome.key)
      case .unknown where retries < Self.retryLimit:
        retries += 1
        try service.retry(key: outcome.key)
      default: return ["\(outcome.key) is \(outcome.result): \(outcome.detail)"]
      }
      if open.isEmpty { return [] }
    }
    return [
      "\(open.sorted()) not decided, \(service.states()[0]), \(printer.condition), "
        + "\(printer.counters)"
    ]
  }

  /// The paper alone against what the spool says.
  private func judge(_ pieces: [VirtualPrinter.Slip]) throws -> [String] {
    var problems: [String] = []
    let entries = try Spool(path: spoolPath).entries()
    if entries.count != SocketSlips.all.count { problems.append("\(entries.count) jobs are kept") }
    for slip in SocketSlips.all {
      let state = entries.first { $0.key == slip.key }?.state
      let whole = [slip.plain, slip.marked].map { look in
        pieces.reduce(0) {
          $0 + Judge.wholeCopies(of: look, in: $1.picture, seams: $1.seams)
        }
      }
      if state == .printed, whole == [0, 0] {
        problems.append("\(slip.key) is “printed” and not whole on any piece")
      }
      let unmarked = pieces.reduce(0) {
        $0 + Judge.wholeCopies(of: slip.plainHead, in: $1.picture, seams: [])
      }
      if unmarked > 1 { problems.append("\(slip.key) began \(unmarked) times without a mark") }
    }
    for piece in pieces where piece.isCut {
      let found = SocketSlips.all.filter { slip in
        [slip.plainHead, slip.markedHead].contains {
          Judge.wholeCopies(of: $0, in: piece.picture, seams: []) > 0
        }
      }
      if found.count > 1 { problems.append("one piece carries \(found.map(\.key))") }
    }
    return problems
  }

  // MARK: No printer

  func findNoPrinter() async throws -> [String] {
    order()
    var told: PrinterState?
    for await state in states.stream
    where state.waitingJobs == SocketSlips.all.count && !state.detail.isEmpty {
      told = state
      break
    }
    let received = printer.receivedBytes
    service.stop()
    printer.stop()
    var problems: [String] = []
    if told?.canPrint != false || told?.detail.contains("answers like no printer") != true {
      problems.append("it is told as \(told?.detail ?? "nothing")")
    }
    if received > 4_000 { problems.append("it was sent \(received) bytes") }
    let entries = try Spool(path: spoolPath).entries()
    if entries.count != SocketSlips.all.count
      || !entries.allSatisfy({ $0.state == .waiting && $0.attempts == 0 && !$0.isCopy })
    {
      problems.append("the jobs are \(entries)")
    }
    return withLog(problems)
  }
}

/// What a service and its printer said, and when.
private final class ServiceLog: Sendable {
  /// A link that is lost and found all the time says some five lines a second.
  private static let limit = 2_000

  private let start = ContinuousClock.now
  private let lines = Mutex<[String]>([])

  func add(_ line: String) {
    let time = start.duration(to: .now)
    lines.withLock { lines in
      if lines.count < Self.limit { lines.append("\(time) \(line)") }
    }
  }

  var text: String { lines.withLock { $0.joined(separator: "\n") } }
}

/// The slips of all these cases, drawn once.
private struct SocketSlips: Sendable {
  var view: SlipView
  var plain: Monochrome
  var marked: Monochrome
  /// So much of them that no other slip begins like that.
  var plainHead: Monochrome
  var markedHead: Monochrome
  var key: String { view.number.description }

  static let press = SlipPress()
  static let all: [SocketSlips] = (try? drawn()) ?? []

  private static func drawn() throws -> [SocketSlips] {
    let views = try (1...3).map { index in
      var slip = Samples.slip(number: try #require(TicketNumber("A10\(index)")))
      slip.visit = VisitID(high: 5, low: UInt64(index))
      return slip
    }
    let looks = try views.map { view in
      var marked = view
      marked.copy = Samples.copyMark
      return try [view, marked].map { try press.picture(of: $0, widthDots: 576) }
    }
    let rows = rowsThatDiffer(looks.flatMap(\.self))
    return zip(views, looks).map { view, looks in
      SocketSlips(
        view: view, plain: looks[0], marked: looks[1], plainHead: head(looks[0], rows),
        markedHead: head(looks[1], rows))
    }
  }

  private static func head(_ picture: Monochrome, _ rows: Int) -> Monochrome {
    Monochrome(
      width: picture.width, height: rows,
      packed: Array(picture.bytes.prefix(rows * picture.bytesPerRow)))
      ?? Monochrome(width: picture.width, height: rows)
  }

  /// The number of first rows of which no two of `pictures` have the same.
  private static func rowsThatDiffer(_ pictures: [Monochrome]) -> Int {
    var rows = 1
    for (index, one) in pictures.enumerated() {
      for other in pictures.dropFirst(index + 1) {
        let same = zip(one.bytes, other.bytes).prefix { $0 == $1 }.count
        rows = max(rows, same / one.bytesPerRow + 1)
      }
    }
    return rows
  }
}
