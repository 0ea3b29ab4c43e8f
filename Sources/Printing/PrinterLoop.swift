internal import Canvas
internal import Glibc
internal import Sockets
internal import Synchronization
internal import Venue

/// What runs on a worker's thread: waits for the socket, feeds `PrinterLink`, does what it says.
final class PrinterLoop {
  /// The slip that is being printed.
  private struct Work {
    var waiting: Spool.Waiting
    var slip: PressedSlip
    var bands: ArraySlice<Range<Int>>
    var attempt: Int64?
  }

  /// How long a stop waits for the slip that is being printed, in milliseconds.
  private static let stopPatience: Int64 = 3_000

  private let worker: PrinterWorker
  private let profile: PrinterProfile
  private let encoder: EscPosRaster
  private var link: PrinterLink
  private var socket: Socket?
  private var isConnecting = false
  private var output: [UInt8] = []
  private var outputStart = 0
  /// After a chunk, nothing is sent before this time.
  private var pauseUntil: Int64 = 0
  private var work: Work?
  /// The attempt that a note after the outcome belongs to.
  private var lastAttempt: (number: Int64, bytesSent: Int)?

  init(_ worker: PrinterWorker) {
    self.worker = worker
    profile = worker.configuration.profile
    encoder = EscPosRaster(profile: profile)
    link = PrinterLink(profile: profile, seed: UInt64.random(in: .min ... .max))
  }

  func run() {
    var stopAt: Int64?
    while true {
      if stopAt == nil, worker.shared.withLock({ $0.isStopping }) {
        stopAt = now + Self.stopPatience
      }
      if let stopAt, work == nil || now >= stopAt { break }
      perform(link.handle(.time, now: now))
      if stopAt == nil { offerJob() }
      publish()
      wait(until: stopAt)
    }
    perform(link.lose("the daemon is stopping", now))
  }

  private var now: Int64 { monotonicMilliseconds() }
  private var recordTime: Instant { worker.surroundings.now() }
  private var spool: Spool { worker.surroundings.spool }
  private var hasOutput: Bool { outputStart < output.count }

  // MARK: Waiting

  private func wait(until limit: Int64?) {
    let isPaused = hasOutput && now < pauseUntil
    let wantsWriting = isConnecting || (hasOutput && !isPaused)
    var due = link.deadline
    if let limit { due = min(due ?? limit, limit) }
    if isPaused { due = min(due ?? pauseUntil, pauseUntil) }
    let descriptor: Int32? =
      if socket != nil { socket?.descriptor } else { nil }
    let ready = worker.wakeUp.wait(
      descriptor: descriptor, forReading: !isConnecting, forWriting: wantsWriting,
      milliseconds: due.map { $0 - now })
    if isConnecting {
      if ready.canWrite { finishConnecting() }
      return
    }
    if ready.canRead { receive() }
    if hasOutput, now >= pauseUntil { send() }
  }

  private func finishConnecting() {
    isConnecting = false
    if let problem = socket?.connectError {
      socket = nil
      perform(link.handle(.connectFailed(problem), now: now))
    } else {
      perform(link.handle(.connected, now: now))
    }
  }

  private func receive() {
    var bytes: [UInt8] = []
    switch socket?.receive(into: &bytes) {
    case .bytes: perform(link.handle(.received(bytes), now: now))
    case .closed(let reason): closed(reason)
    case .wouldBlock, nil: break
    }
  }

  private func send() {
    switch socket?.send(output, from: outputStart, limit: profile.chunk?.bytes ?? .max) {
    case .bytes(let count):
      outputStart += count
      if let chunk = profile.chunk { pauseUntil = now + Int64(chunk.pauseMilliseconds) }
      perform(link.handle(.wrote(count), now: now))
      guard !hasOutput else { return }
      output.removeAll(keepingCapacity: true)
      outputStart = 0
      perform(link.handle(.drained, now: now))
    case .closed(let reason): closed(reason)
    case .wouldBlock, nil: break
    }
  }

  private func closed(_ reason: String) {
    dropSocket()
    perform(link.handle(.linkLost(reason), now: now))
  }

  private func dropSocket() {
    socket = nil
    isConnecting = false
    output = []
    outputStart = 0
  }

  // MARK: Doing

  /// Actions may lead to further input, whose actions follow after the present ones.
  private func perform(_ actions: [PrinterLink.Action]) {
    var queue = actions[...]
    while let action = queue.popFirst() {
      if let input = perform(action) { queue += link.handle(input, now: now) }
    }
  }

  private func perform(_ action: PrinterLink.Action) -> PrinterLink.Input? {
    switch action {
    case .connect: return connect()
    case .disconnect: dropSocket()
    case .write(let bytes): output += bytes
    case .beginAttempt: return beginAttempt()
    case .drawBand: return drawBand()
    case .finish(let outcome): finish(outcome)
    case .note(let text): note(text)
    case .log(let text): log(text)
    }
    return nil
  }

  private func connect() -> PrinterLink.Input? {
    do {
      socket = try Socket.connecting(
        to: worker.configuration.host, port: worker.configuration.port)
      isConnecting = true
      return nil
    } catch {
      return .connectFailed("\(error)")
    }
  }

  private func log(_ text: String) {
    worker.surroundings.log("\(worker.configuration.id): \(text)")
  }

  // MARK: Jobs

  /// Gives the link the oldest job. A slip that cannot be drawn is discarded: it never can be.
  private func offerJob() {
    guard link.wantsJob, work == nil else { return }
    do {
      guard let waiting = try spool.next(for: worker.configuration.id) else { return }
      guard let slip = draw(waiting) else { return }
      work = Work(
        waiting: waiting, slip: slip, bands: encoder.bands(heightDots: slip.heightDots)[...])
      let predicted = Int64(slip.heightDots) * 1_000 / Int64(profile.rowsPerSecond)
      perform(link.handle(.jobOffered(predictedMilliseconds: predicted), now: now))
    } catch {
      log("the spool cannot be read: \(error)")
    }
  }

  private func draw(_ waiting: Spool.Waiting) -> PressedSlip? {
    do {
      return try worker.surroundings.press.open(
        waiting.job.slip, widthDots: profile.widthDots)
    } catch {
      log("the slip \(waiting.job.key) cannot be drawn: \(error)")
      try? spool.discard(waiting.id, at: recordTime)
      report(waiting.job, .failed, "cannot be drawn: \(error)")
      return nil
    }
  }

  private func beginAttempt() -> PrinterLink.Input {
    guard let id = work?.waiting.id else { return .jobFailed("no job") }
    do {
      let attempt = try spool.beginAttempt(of: id, at: recordTime)
      work?.attempt = attempt
      return .attemptBegun(attempt)
    } catch {
      return .jobFailed("the spool cannot record the attempt: \(error)")
    }
  }

  private func drawBand() -> PrinterLink.Input? {
    guard let slip = work?.slip else { return nil }
    guard let rows = work?.bands.popFirst() else { return .bodyEnded }
    do {
      return .body(encoder.body(of: try slip.band(rows)))
    } catch {
      return .jobFailed("the slip cannot be drawn: \(error)")
    }
  }

  private func finish(_ outcome: PrinterLink.Outcome) {
    guard let done = work else { return }
    work = nil
    let (state, evidence): (Spool.State, String) =
      switch outcome {
      case .printed(let evidence): (.printed, evidence)
      case .unknown(let reason): (.unknown, reason)
      case .notSent(let reason): (.waiting, reason)
      }
    if let attempt = done.attempt { record(state, evidence, attempt, done) }
    switch outcome {
    case .printed: report(done.waiting.job, .printed, evidence)
    case .unknown: report(done.waiting.job, .unknown, evidence)
    case .notSent: break
    }
  }

  /// A record that fails leaves the job as being printed, which the next start calls unknown.
  private func record(_ state: Spool.State, _ evidence: String, _ attempt: Int64, _ done: Work) {
    lastAttempt = (attempt, link.bodyBytesSent)
    do {
      try spool.endAttempt(
        attempt, of: done.waiting.id, as: state, bytesSent: link.bodyBytesSent,
        evidence: evidence, at: recordTime)
    } catch {
      log("the spool cannot record that \(done.waiting.job.key) is \(state): \(error)")
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

  private func report(_ job: PrintJob, _ result: JobOutcome.Result, _ detail: String) {
    worker.surroundings.onOutcome(JobOutcome(job, result, detail))
  }

  // MARK: State

  private func publish() {
    // Counting is left out while bands go out: nothing that the count tells is in a hurry.
    let count = link.state == .sending ? nil : try? spool.waitingCount(for: worker.configuration.id)
    let time = recordTime
    let changed: PrinterState? = worker.shared.withLock { shared in
      let old = shared.state
      shared.state.condition = link.condition
      shared.state.faults = link.faults
      shared.state.isPaperNearEnd = link.isPaperNearEnd
      shared.state.detail = link.faults.isEmpty ? link.lastProblem : link.faults.description
      shared.state.waitingJobs = count ?? old.waitingJobs
      shared.stuckSince = shared.state.canPrint ? nil : shared.stuckSince ?? now
      guard shared.state != old else { return nil }
      if shared.state.condition != old.condition || shared.state.faults != old.faults {
        shared.state.since = time
      }
      return shared.state
    }
    if let changed { worker.surroundings.onStateChange(changed) }
  }
}

extension PrinterLink {
  /// The state as people are told it. A printer that could not be reached stays disconnected until
  /// it answers, however often it is tried.
  var condition: PrinterState.Condition {
    switch state {
    case .disconnected: .disconnected
    case .connecting, .probing: lastProblem.isEmpty ? .connecting : .disconnected
    case .idle: faults.isEmpty ? .ready : .blocked
    case .preflight, .beginning, .sending, .awaitingPrint, .awaitingCut: .printing
    case .suspended: .suspended
    }
  }
}
