import Canvas
import Synchronization
import Venue
import Views
import VirtualPrinters

@testable import Printing

/// A print driver, a network and a printer in virtual time. The same seed gives the same run.
final class VirtualWorld: PrinterChannel {
  struct Setup {
    var profile: PrinterProfile
    var model: VirtualModel
    var faults: [VirtualFault]
    var seed: UInt64
    var jobs = 3
    /// Kill the daemon once, somewhere.
    var crashes = false
    var copiesUnknown = false
    /// Prints what the driver logs.
    var isTold = false
  }

  /// One TCP connection as the network sees it.
  private final class Link {
    var toPrinter: [UInt8] = []
    var toPrinterStart = 0
    /// When the bytes up to this count may be delivered.
    var arrivals: [(count: Int, at: Int64)] = []
    var toHost: [(bytes: [UInt8], at: Int64)] = []
    var isAdmitted = false
    /// The host has closed; what it sent before still comes.
    var isClosed = false
    var pending: Int { toPrinter.count - toPrinterStart }
  }

  /// What the driver reported, looked at as soon as it has let go.
  private final class Reported: Sendable {
    private let outcomes = Mutex<[JobOutcome]>([])
    func add(_ outcome: JobOutcome) { outcomes.withLock { $0.append(outcome) } }
    func take() -> [JobOutcome] {
      outcomes.withLock { outcomes in
        defer { outcomes = [] }
        return outcomes
      }
    }
  }

  let setup: Setup
  private(set) var problems: [String] = []
  private(set) var now: Int64 = 0
  private(set) var steps = 0
  private(set) var mostHeld = 0
  private(set) var mechanism: VirtualMechanism
  let spool: Spool
  private(set) var slips: [SlipView] = []
  private(set) var outcomes: [JobOutcome] = []
  /// How each slip looks, and its copy.
  private var pictures: [VisitID: [Monochrome]] = [:]

  private var random: SplitMix64
  private var driver: PrinterDriver?
  private var link: Link?
  /// Links that the host has given up and the printer has not.
  private var old: [Link] = []
  private var connectDue: Int64?
  private var lostDue: Int64?
  private var crashDue: Int64?
  private var jobsDue: [Int64] = []
  private let reported = Reported()
  private let configuration: PrinterConfiguration
  private let latency: ClosedRange<Int64>
  private let sendBuffer: Int

  init(_ setup: Setup) throws {
    self.setup = setup
    random = SplitMix64(seed: setup.seed)
    mechanism = VirtualMechanism(model: setup.model, faults: setup.faults, seed: setup.seed)
    spool = try Spool(path: ":memory:")
    configuration = PrinterConfiguration(
      id: "P1", host: "printer", port: 9_100, profile: setup.profile,
      copiesUnknown: setup.copiesUnknown)
    latency = 0...Int64.random(in: 0...20, using: &random)
    sendBuffer = [2_048, 16_384, 200_000].randomElement(using: &random) ?? 16_384
    var due: Int64 = 0
    for _ in 0..<setup.jobs {
      due += Int64.random(in: 0...4_000, using: &random)
      jobsDue.append(due)
    }
    if setup.crashes { crashDue = Int64.random(in: 50...15_000, using: &random) }
    start()
  }

  // MARK: The daemon

  private func start() {
    do {
      let reported = reported
      let isTold = setup.isTold
      _ = try spool.recover(for: [configuration], at: instant)
      driver = PrinterDriver(
        configuration,
        PrinterDriver.Surroundings(
          spool: spool, source: TestSlips(), recordTime: { Instant(milliseconds: 1_000) },
          onOutcome: { reported.add($0) }, log: { text in if isTold { print(text) } }),
        channel: self, seed: random.next())
    } catch {
      problems.append("\(error)")
    }
  }

  private var instant: Instant { Instant(milliseconds: 1_000) }

  /// The process is gone; its kernel says so, or the cable is what went.
  private func crash() {
    crashDue = nil
    driver = nil
    connectDue = nil
    lostDue = nil
    if let link {
      link.isClosed = true
      old.append(link)
    }
    link = nil
    start()
  }

  /// “Printed” is held against the paper as it is at that moment.
  private func judge(_ outcome: JobOutcome) {
    guard outcome.result == .printed, let looks = pictures[outcome.visit] else { return }
    let isOnPaper = looks.contains { Judge.isWhole($0, on: mechanism.roll) }
    if !isOnPaper {
      problems.append("“printed” for \(outcome.key), which is not whole on the roll")
    }
  }

  /// A person asks for what is unknown to be printed again.
  func retryUnknown() throws {
    for entry in try spool.entries(in: [.unknown]) {
      try spool.retry(key: entry.key, on: nil, at: instant)
    }
  }

  // MARK: The channel

  func open() -> String? {
    connectDue = now + delay()
    return nil
  }

  func close() {
    connectDue = nil
    lostDue = nil
    guard let link else { return }
    link.isClosed = true
    old.append(link)
    self.link = nil
  }

  private func delay() -> Int64 { Int64.random(in: latency, using: &random) }

  // MARK: Running

  /// Runs until `end`, or until nothing can happen any more.
  func run(until end: Int64) {
    var sameTime = 0
    while problems.isEmpty {
      guard let next = nextEvent, next <= end else { break }
      sameTime = next > now ? 0 : sameTime + 1
      now = max(now, next)
      steps += 1
      if sameTime > 5_000 { problems.append("a busy loop at \(now) ms") }
      step()
      mostHeld = max(mostHeld, driver?.heldBytes ?? 0)
    }
    now = max(now, end)
  }

  private var nextEvent: Int64? {
    var times: [Int64?] = [
      driver?.deadline(now: now), mechanism.nextEvent, connectDue, lostDue, crashDue, jobsDue.first,
    ]
    for link in old + [link].compactMap(\.self) {
      times.append(link.toHost.first?.at)
      if link.isAdmitted, mechanism.window > 0 || link.pending == 0 {
        times.append(link.arrivals.first?.at)
      }
      // A hanging or closing link is looked at with the printer's own events.
      if link.isClosed, link.isAdmitted, link.pending == 0 { times.append(now) }
    }
    return times.compactMap(\.self).min().map { max($0, now) }
  }

  private func step() {
    if let due = crashDue, now >= due { crash() }
    show(mechanism.time(now))
    admit()
    deliver()
    if let due = connectDue, now >= due { connect() }
    if let due = lostDue, now >= due {
      lostDue = nil
      driver?.happened(.linkLost("reset"), now: now)
    }
    while let due = jobsDue.first, now >= due {
      jobsDue.removeFirst()
      addJob()
    }
    driver?.wake(now: now)
    pump()
    for outcome in reported.take() {
      outcomes.append(outcome)
      judge(outcome)
    }
  }

  private func addJob() {
    let index = UInt64(slips.count + 1)
    let number = TicketNumber("A" + String(100 + index)) ?? Samples.number
    var slip = Samples.slip(number: number)
    slip.visit = VisitID(high: setup.seed, low: index)
    slips.append(slip)
    pictures[slip.visit] = [false, true].map {
      TestSlips.picture(of: slip, isCopy: $0, widthDots: setup.profile.widthDots)
    }
    do {
      _ = try spool.add(
        [PrintJob(key: "k\(index)", printer: "P1", slip: slip, copyMark: Samples.copyMark)],
        at: instant)
    } catch {
      problems.append("\(error)")
    }
  }

  private func connect() {
    connectDue = nil
    switch mechanism.connect(at: now) {
    case .refused:
      driver?.happened(.connectFailed("refused"), now: now)
    case .accepted:
      link = Link()
      link?.isAdmitted = true
      driver?.happened(.connected, now: now)
    case .hanging:
      link = Link()
      driver?.happened(.connected, now: now)
    }
  }

  private func admit() {
    guard let link, !link.isAdmitted, !mechanism.isBusy else { return }
    switch mechanism.connect(at: now) {
    case .accepted: link.isAdmitted = true
    case .refused:
      self.link = nil
      driver?.happened(.linkLost("reset"), now: now)
    case .hanging: break
    }
  }

  /// Bytes that have arrived, in pieces as the window allows.
  private func deliver() {
    for link in old {
      deliver(link)
      link.toHost = []
      guard link.pending == 0 || !link.isAdmitted else { continue }
      if link.isAdmitted { mechanism.disconnect(at: now) }
      old.removeAll { $0 === link }
    }
    guard let link else { return }
    deliver(link)
    while let answer = self.link?.toHost.first, answer.at <= now {
      self.link?.toHost.removeFirst()
      driver?.happened(.received(answer.bytes), now: now)
    }
  }

  private func deliver(_ link: Link) {
    while link.isAdmitted, let arrival = link.arrivals.first, arrival.at <= now,
      link === self.link || old.contains(where: { $0 === link })
    {
      let count = min(arrival.count, mechanism.window)
      guard count > 0 else { return }
      let bytes = link.toPrinter[link.toPrinterStart..<link.toPrinterStart + count]
      link.toPrinterStart += count
      if count == arrival.count {
        link.arrivals.removeFirst()
      } else {
        link.arrivals[0].count -= count
      }
      if link.pending == 0 {
        link.toPrinter = []
        link.toPrinterStart = 0
      }
      show(mechanism.receive(bytes, at: now))
    }
  }

  /// What the driver wants to send goes into the kernel's buffer, in segments.
  private func pump() {
    while let driver, let link {
      let room = sendBuffer - link.pending
      let bytes = driver.bytesToSend(now: now).prefix(room)
      guard !bytes.isEmpty else { return }
      let part = bytes.prefix(Int.random(in: 1...4_000, using: &random))
      link.toPrinter += part
      // Bytes never overtake each other.
      let at = max(now + delay(), link.arrivals.last?.at ?? 0)
      link.arrivals.append((part.count, at))
      driver.sent(part.count, now: now)
    }
  }

  private func show(_ effects: [VirtualMechanism.Effect]) {
    for effect in effects {
      switch effect {
      case .answer(let bytes):
        guard let link, link.isAdmitted else { continue }
        let at = max(now + delay(), link.toHost.last?.at ?? 0)
        link.toHost.append((bytes, at))
      case .reset:
        old = []
        guard link?.isAdmitted == true else { continue }
        link = nil
        lostDue = now + delay()
      case .paper, .unknown:
        break
      }
    }
  }

  // MARK: Judging

  /// Everything that must hold whatever the printer did; `isMended` when its fault was over for long.
  func judge(isMended: Bool) throws {
    let entries = try spool.entries()
    if entries.count != slips.count {
      problems.append("\(slips.count) jobs, \(entries.count) kept")
    }
    for slip in slips {
      guard let entry = entries.first(where: { $0.visit == slip.visit }),
        let looks = pictures[slip.visit]
      else {
        problems.append("\(slip.number) is lost")
        continue
      }
      let unmarked = Judge.wholeCopies(of: looks[0], on: mechanism.roll)
      if unmarked > 1 {
        problems.append("\(slip.number) came out \(unmarked) times without a mark")
      }
      let isOnPaper = unmarked > 0 || Judge.isWhole(looks[1], on: mechanism.roll)
      if entry.state == .printed, !isOnPaper {
        problems.append("\(slip.number) is “printed” and not on the roll")
      }
      if isMended, entry.state != .printed {
        problems.append(
          "\(slip.number) is \(entry.state) though the printer is well: \(entry.evidence ?? "")")
      }
    }
    judgePieces()
    if mostHeld > 40_000 { problems.append("held \(mostHeld) bytes") }
    let secondsRun = max(1, now / 1_000)
    if Int64(steps) > 5_000 + 200 * secondsRun {
      problems.append("\(steps) steps in \(secondsRun) s")
    }
  }

  /// No piece of paper carries the beginnings of two visits' slips.
  private func judgePieces() {
    for piece in mechanism.roll.pieces where piece.isCut {
      let found = slips.filter { slip in
        pictures[slip.visit, default: []].contains { Judge.begins($0, in: piece.picture) }
      }
      if found.count > 1 {
        problems.append(
          "one piece carries \(found.map(\.number.description).joined(separator: " and "))")
      }
    }
  }
}
