internal import Canvas
internal import Venue
internal import Views

/// Where the pictures of slips come from.
protocol SlipSource: Sendable {
  /// Throws when the slip cannot be drawn on paper of that width.
  func open(_ slip: SlipView, widthDots: Int) throws -> any OpenSlip
}

/// A slip that is laid out, drawn band by band.
protocol OpenSlip: Sendable {
  var heightDots: Int { get }
  func band(_ rows: Range<Int>) throws -> Monochrome
}

/// What connects a driver with its printer.
protocol PrinterChannel: AnyObject {
  /// Starts to connect; returns why that cannot even be tried.
  func open() -> String?
  func close()
}

/// Feeds one `PrinterLink` and does what it says, but for moving bytes: that is left to its owner, a
/// loop with a socket or a test with virtual time.
///
/// Not `Sendable`: one thread owns it.
final class PrinterDriver {
  struct Surroundings: Sendable {
    var spool: Spool
    var source: any SlipSource
    /// Time for what is recorded and shown.
    var recordTime: @Sendable () -> Instant
    var onOutcome: @Sendable (JobOutcome) -> Void
    /// An attempt is on disk: its first byte leaves next.
    var onAttempt: @Sendable (PrinterID) -> Void = { _ in }
    var log: @Sendable (String) -> Void
  }

  /// The slip that is being printed.
  private struct Work {
    var waiting: Spool.Waiting
    var slip: any OpenSlip
    var bands: ArraySlice<Range<Int>>
    /// The first band, drawn before the attempt is recorded: its bytes leave at once after that.
    var firstBody: [UInt8]
    var attempt: Int64?
    /// Since when it is stuck in the printer, and whether people were told.
    var stuckSince: Int64?
    var isTold = false
  }

  /// A slip that is stuck for so long is told to people: its person stands at the kiosk.
  private static let stuckMilliseconds: Int64 = 15_000

  let configuration: PrinterConfiguration
  private(set) var link: PrinterLink
  private(set) var paper: PaperRoll
  private weak var channel: (any PrinterChannel)?
  private let surroundings: Surroundings
  private let commands: CommandSet

  private var output: [UInt8] = []
  private var outputStart = 0
  /// After a chunk, nothing is sent before this time.
  private var pauseUntil: Int64 = 0
  private var work: Work?
  /// The attempt that a note after the outcome belongs to.
  private var lastAttempt: (number: Int64, bytesSent: Int)?
  private var slipsSincePaperWasKept = 0

  /// Waits so many slips before it writes down how much paper was used.
  private static let slipsPerPaperRecord = 20

  init(
    _ configuration: PrinterConfiguration, _ surroundings: Surroundings,
    channel: any PrinterChannel, seed: UInt64
  ) {
    self.configuration = configuration
    self.surroundings = surroundings
    self.channel = channel
    commands = CommandSet(profile: configuration.profile)
    paper = Self.paper(in: configuration.id, surroundings)
    link = PrinterLink(
      profile: configuration.profile, mayHoldHalfASlip: !paper.endsClean, seed: seed)
    paper.endsClean = false
    keepPaper()
  }

  /// What cannot be read may have been left unclean.
  private static func paper(in printer: PrinterID, _ surroundings: Surroundings) -> PaperRoll {
    do {
      return try surroundings.spool.paper(in: printer)
    } catch {
      surroundings.log("\(printer): the spool cannot say what paper it has: \(error)")
      var unknown = PaperRoll()
      unknown.endsClean = false
      return unknown
    }
  }

  /// True until the slip in hand is decided and cut.
  var isWorking: Bool { work != nil || link.attempt != nil }

  // MARK: What happens

  /// Time has passed, or somebody put jobs into the spool.
  func wake(now: Int64, takesJobs: Bool = true) {
    perform(link.handle(.time, now: now), now)
    tellStuck(now)
    if takesJobs { offerJob(now) }
  }

  /// The connection was made, failed, or ended, or bytes came.
  func happened(_ input: PrinterLink.Input, now: Int64) {
    switch input {
    case .connectFailed, .linkLost: dropOutput()
    default: break
    }
    perform(link.handle(input, now: now), now)
    sensePaper()
  }

  /// Ends the connection; a slip in hand is unknown from then on.
  func stop(now: Int64) {
    let actions = link.lose(.daemonStopping, now)
    perform(actions.filter { if case .log = $0 { false } else { true } }, now)
    paper.endsClean = !link.mayHoldHalfASlip
    keepPaper()
  }

  /// When `wake` is due.
  func deadline(now: Int64) -> Int64? {
    let pause = hasOutput && now < pauseUntil ? pauseUntil : nil
    return [link.deadline, pause].compactMap(\.self).min()
  }

  // MARK: Bytes to send

  var hasOutput: Bool { outputStart < output.count }

  /// What may be sent now; empty when nothing may.
  func bytesToSend(now: Int64) -> ArraySlice<UInt8> {
    guard now >= pauseUntil else { return [] }
    return output[outputStart...].prefix(configuration.profile.chunk?.bytes ?? .max)
  }

  /// So many of them were taken by the network.
  func sent(_ count: Int, now: Int64) {
    outputStart += count
    if let chunk = configuration.profile.chunk {
      pauseUntil = now + Int64(chunk.pauseMilliseconds)
    }
    perform(link.handle(.wrote(count), now: now), now)
    guard !hasOutput else { return }
    dropOutput()
    perform(link.handle(.drained, now: now), now)
  }

  private func dropOutput() {
    output.removeAll(keepingCapacity: true)
    outputStart = 0
  }

  /// Bytes that it holds, for tests of its bounds.
  var heldBytes: Int { output.count + link.noise.count }

  // MARK: Doing

  /// Actions may lead to further input, whose actions follow after the present ones.
  private func perform(_ actions: [PrinterLink.Action], _ now: Int64) {
    var queue = actions[...]
    while let action = queue.popFirst() {
      if let input = perform(action) { queue += link.handle(input, now: now) }
    }
  }

  private func perform(_ action: PrinterLink.Action) -> PrinterLink.Input? {
    switch action {
    case .connect: return channel?.open().map { .connectFailed($0) }
    case .disconnect:
      dropOutput()
      channel?.close()
    case .write(let bytes): output += bytes
    case .beginAttempt: return beginAttempt()
    case .drawBand: return drawBand()
    case .finish(let outcome): finish(outcome)
    case .note(let text): note(text)
    case .log(let text): log(text)
    }
    return nil
  }

  private func log(_ text: String) { surroundings.log("\(configuration.id): \(text)") }
}

// MARK: - Jobs

extension PrinterDriver {
  private var spool: Spool { surroundings.spool }
  private var recordTime: Instant { surroundings.recordTime() }

  /// Gives the link the oldest job, laid out and with its first band drawn.
  private func offerJob(_ now: Int64) {
    guard link.wantsJob, work == nil else { return }
    do {
      guard let waiting = try spool.next(for: configuration.id) else { return }
      guard let prepared = prepare(waiting) else { return }
      work = prepared
      let predicted = commands.predictedMilliseconds(heightDots: prepared.slip.heightDots)
      perform(link.handle(.jobOffered(predictedMilliseconds: predicted), now: now), now)
    } catch {
      log("the spool cannot be read: \(error)")
    }
  }

  /// A slip that cannot be drawn is discarded, and nothing of it is sent: it never can be.
  private func prepare(_ waiting: Spool.Waiting) -> Work? {
    do {
      let slip = try surroundings.source.open(
        waiting.job.slip, widthDots: configuration.profile.widthDots)
      var bands = commands.bands(heightDots: slip.heightDots)[...]
      let first = try bands.popFirst().map { commands.body(of: try slip.band($0)) }
      return Work(waiting: waiting, slip: slip, bands: bands, firstBody: first ?? [])
    } catch {
      log("the slip of \(waiting.job.slip.number) cannot be drawn: \(error)")
      discard(waiting, because: .undrawable("\(error)"))
      return nil
    }
  }

  /// A spool that cannot be written keeps it, and it is tried again.
  private func discard(_ waiting: Spool.Waiting, because problem: PrintProblem) {
    do {
      try spool.discard(waiting.id, because: problem.reason, at: recordTime)
      surroundings.onOutcome(JobOutcome(waiting.job, .failed, because: problem))
    } catch {
      log("the spool cannot discard the slip of \(waiting.job.slip.number): \(error)")
    }
  }

  private func beginAttempt() -> PrinterLink.Input {
    guard let id = work?.waiting.id else { return .jobFailed(.noJob) }
    do {
      let attempt = try spool.beginAttempt(of: id, at: recordTime)
      work?.attempt = attempt
      surroundings.onAttempt(configuration.id)
      return .attemptBegun(attempt)
    } catch {
      return .jobFailed(.unrecordable("\(error)"))
    }
  }

  private func drawBand() -> PrinterLink.Input? {
    guard let present = work else { return nil }
    if !present.firstBody.isEmpty {
      work?.firstBody = []
      return .body(present.firstBody)
    }
    guard let rows = work?.bands.popFirst() else { return .bodyEnded }
    do {
      return .body(commands.body(of: try present.slip.band(rows)))
    } catch {
      return .jobFailed(.undrawable("\(error)"))
    }
  }

  /// Half of it may be on paper, and nobody knows when the rest comes: for people it is in doubt.
  private func tellStuck(_ now: Int64) {
    guard case .suspended = link.state, let present = work, !present.isTold else { return }
    let since = present.stuckSince ?? now
    work?.stuckSince = since
    guard now - since >= Self.stuckMilliseconds else { return }
    work?.isTold = true
    surroundings.onOutcome(
      JobOutcome(present.waiting.job, .unknown, because: .stuckInPrinter(link.faults)))
  }

  private func finish(_ outcome: PrinterLink.Outcome) {
    guard let done = work else { return }
    work = nil
    let state = record(outcome, of: done)
    let before = paper
    paper.slipEnded(outcome)
    if paper != before { keepPaper() }
    let job = done.waiting.job
    switch state {
    case .printed:
      used(dots: done.slip.heightDots)
      surroundings.onOutcome(JobOutcome(job, .printed, outcome.evidence))
    case .unknown:
      surroundings.onOutcome(
        JobOutcome(job, .unknown, reason: outcome.reason, outcome.evidence))
    case .waiting, .printing, .discarded:
      break
    }
  }

  /// What becomes of the job. A record that fails leaves it as being printed, which the next start
  /// calls unknown.
  private func record(_ outcome: PrinterLink.Outcome, of done: Work) -> Spool.State {
    guard let attempt = done.attempt else { return .waiting }
    let bytesSent = link.bodyBytesSent
    lastAttempt = (attempt, bytesSent)
    do {
      let before = try spool.timesSent(done.waiting.id)
      let state = configuration.state(
        after: outcome, timesSent: before + (bytesSent > 0 ? 1 : 0))
      return try spool.endAttempt(
        attempt, of: done.waiting.id, as: state, bytesSent: bytesSent, reason: outcome.reason,
        evidence: outcome.evidence, at: recordTime)
    } catch {
      log(
        "the spool cannot record what became of the slip of \(done.waiting.job.slip.number): \(error)"
      )
      return configuration.state(after: outcome, timesSent: .max)
    }
  }

  private func note(_ text: String) {
    let present = work?.attempt.map { (number: $0, bytesSent: link.bodyBytesSent) }
    guard let attempt = present ?? lastAttempt else { return }
    do {
      try spool.note(text, on: attempt.number, bytesSent: attempt.bytesSent, at: recordTime)
    } catch {
      log("the spool cannot record “\(text)”: \(error)")
    }
  }
}

extension PrinterConfiguration {
  /// A slip that was interrupted is sent so often before a person has to look.
  static let sendLimit = 3

  /// What becomes of a job, by the table of what may follow what: nothing sent, it waits; proven not
  /// to be whole, it is printed again as a copy; not known, a person decides, or once the venue.
  func state(after outcome: PrinterLink.Outcome, timesSent: Int) -> Spool.State {
    switch outcome {
    case .printed: .printed
    case .notSent: .waiting
    case .interrupted: timesSent < Self.sendLimit ? .waiting : .unknown
    case .unknown: copiesUnknown && timesSent < 2 ? .waiting : .unknown
    }
  }
}

extension PrinterLink.Outcome {
  private var problem: PrintProblem? {
    switch self {
    case .printed: nil
    case .notSent(let problem), .interrupted(let problem), .unknown(let problem): problem
    }
  }

  var reason: SlipReason? { problem?.reason }

  var evidence: String {
    if case .printed(let evidence) = self { evidence } else { problem?.description ?? "" }
  }
}

// MARK: - Paper

extension PrinterDriver {
  private func used(dots: Int) {
    let profile = configuration.profile
    let fed = profile.feedBeforeCutDots + CommandSet.tearOffMillimetres * profile.dotsPerMillimetre
    paper.printed(millimetres: (dots + fed) / profile.dotsPerMillimetre)
    slipsSincePaperWasKept += 1
    if slipsSincePaperWasKept >= Self.slipsPerPaperRecord { keepPaper() }
  }

  private func sensePaper() {
    guard link.isWellConnected else { return }
    let before = paper
    paper.sensed(
      isNearEnd: link.condition.isPaperNearEnd, isOut: link.faults.contains(.paperOut))
    if paper != before { keepPaper() }
  }

  private func keepPaper() {
    slipsSincePaperWasKept = 0
    do {
      try spool.keep(paper, in: configuration.id)
    } catch {
      log("the spool cannot keep how much paper was used: \(error)")
    }
  }
}
