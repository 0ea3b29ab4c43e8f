internal import Sockets
internal import Synchronization
internal import Venue

/// What runs on a worker's thread: moves bytes between the socket and the driver.
final class PrinterLoop: PrinterChannel {
  /// How long a stop waits for the slip that is being printed, in milliseconds.
  private static let stopPatience: Int64 = 3_000

  private let worker: PrinterWorker
  private var socket: Socket?
  private var isConnecting = false
  private var now: Int64 { monotonicMilliseconds() }

  init(_ worker: PrinterWorker) { self.worker = worker }

  func run() {
    let driver = PrinterDriver(
      worker.configuration, worker.surroundings.driver, channel: self,
      seed: UInt64.random(in: .min ... .max))
    var stopAt: Int64?
    while true {
      receivePending(driver)
      // Behind it, because it takes what woke us: a stop in between would be waited over.
      if stopAt == nil, worker.shared.withLock({ $0.isStopping }) {
        stopAt = now + Self.stopPatience
      }
      if let stopAt, !driver.isWorking || now >= stopAt { break }
      driver.wake(now: now, takesJobs: stopAt == nil)
      send(driver)
      publish(driver)
      wait(driver, until: stopAt)
    }
    driver.stop(now: now)
  }

  // MARK: The channel

  /// Blocks while a name is looked up; printers should be given by address.
  func open() -> String? {
    do {
      socket = try Socket.connecting(
        to: worker.configuration.host, port: worker.configuration.port)
      isConnecting = true
      return nil
    } catch {
      return "\(error)"
    }
  }

  func close() {
    socket = nil
    isConnecting = false
  }

  // MARK: Waiting

  private func wait(_ driver: PrinterDriver, until limit: Int64?) {
    let start = now
    let due = [driver.deadline(now: start), limit].compactMap(\.self).min()
    let descriptor: Int32? =
      if socket != nil { socket?.descriptor } else { nil }
    let ready = worker.wakeUp.wait(
      descriptor: descriptor, forReading: !isConnecting,
      forWriting: isConnecting || !driver.bytesToSend(now: start).isEmpty,
      milliseconds: due.map { $0 - start })
    if isConnecting {
      if ready.canWrite { finishConnecting(driver) }
    } else if ready.canRead {
      receive(driver)
    }
  }

  private func finishConnecting(_ driver: PrinterDriver) {
    isConnecting = false
    guard let problem = socket?.connectError else {
      return driver.happened(.connected, now: now)
    }
    close()
    driver.happened(.connectFailed(problem), now: now)
  }

  private func receive(_ driver: PrinterDriver) {
    var bytes: [UInt8] = []
    switch socket?.receive(into: &bytes) {
    case .bytes: driver.happened(.received(bytes), now: now)
    case .closed(let reason): closed(reason, driver)
    case .wouldBlock, nil: break
    }
  }

  /// What has come already goes before the time that has passed meanwhile: a disk that stood still for
  /// seconds must not make a printer late that has answered.
  private func receivePending(_ driver: PrinterDriver) {
    guard !isConnecting, let descriptor = socket?.descriptor else { return }
    if worker.wakeUp.wait(descriptor: descriptor, milliseconds: 0).canRead { receive(driver) }
  }

  /// As much as the network takes at once.
  private func send(_ driver: PrinterDriver) {
    while !isConnecting, socket != nil {
      let bytes = driver.bytesToSend(now: now)
      guard !bytes.isEmpty else { return }
      switch socket?.send(bytes) {
      case .bytes(let count): driver.sent(count, now: now)
      case .closed(let reason): return closed(reason, driver)
      case .wouldBlock, nil: return
      }
    }
  }

  private func closed(_ reason: String, _ driver: PrinterDriver) {
    close()
    driver.happened(.linkLost(reason), now: now)
  }

  // MARK: State

  private func publish(_ driver: PrinterDriver) {
    let link = driver.link
    // Counting is left out while bands go out: nothing that the count tells is in a hurry.
    let count =
      link.state == .sending
      ? nil : try? worker.surroundings.driver.spool.waitingCount(for: worker.configuration.id)
    let (time, start) = (worker.surroundings.driver.recordTime(), now)
    let changed: PrinterState? = worker.shared.withLock { shared in
      let old = shared.state
      shared.state.condition = link.shown
      shared.state.faults = link.faults
      shared.state.isPaperNearEnd = link.condition.isPaperNearEnd
      shared.state.isUnproven = driver.paper.isUnproven
      shared.state.slipsLeft = driver.paper.slipsLeft(on: worker.configuration.profile.roll)
      shared.state.detail =
        link.faults.isEmpty ? link.lastProblem?.description ?? "" : "\(link.faults)"
      shared.state.waitingJobs = count ?? old.waitingJobs
      shared.stuckSince = shared.state.canPrint ? nil : shared.stuckSince ?? start
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
  /// True when what the printer says about itself is worth something.
  var isWellConnected: Bool {
    switch state {
    case .disconnected, .connecting, .probing: false
    default: true
    }
  }

  /// The state as people are told it. A printer that could not be reached, or that said nothing, stays
  /// so until it answers, however often it is tried.
  var shown: PrinterState.Condition {
    switch state {
    case .disconnected: whileLost
    case .connecting, .probing: lastProblem == nil ? .connecting : whileLost
    case .idle where !faults.isEmpty: .blocked
    case .idle: barrier == nil && !isClearing && doubt == nil ? .ready : .checking
    case .preflight, .beginning, .sending, .awaitingPrint, .awaitingCut: .printing
    case .suspended: .suspended
    }
  }

  /// Why there is no good connection, as far as people do something different about it.
  private var whileLost: PrinterState.Condition {
    switch lastProblem?.reason {
    case .noAnswer: .silent
    case .notAPrinter: .notAPrinter
    default: .disconnected
    }
  }
}
