import Foundation
import Hall
import Printing
import Sockets
import Synchronization
import Venue
import Views

/// A print service with printers that take no time: what is left is ours.
final class PrintLoad: Sendable {
  struct Outcome: Sendable {
    /// Milliseconds from the order to the proof.
    var printed: [Double] = []
    /// Milliseconds from the attempt on disk to its first body byte.
    var firstBytes: [Double] = []
    var notPrinted = 0
    var mostWaiting = 0
  }

  private struct State {
    var outcome = Outcome()
    var ordered: [String: ContinuousClock.Instant] = [:]
    var attempted: [PrinterID: ContinuousClock.Instant] = [:]
    var count = 0
  }

  /// What the service's threads and the printers report.
  private final class Ledger: Sendable {
    private let state = Mutex(State())

    func withLock<Result>(_ body: (inout sending State) -> sending Result) -> Result {
      state.withLock(body)
    }
  }

  private let ledger = Ledger()
  private let service: PrintService
  private let sinks: [SinkPrinter]
  private let slips: [SlipView]
  private let path: String

  init(venue: LoadedVenue, printers: Int) throws {
    path = NSTemporaryDirectory() + "rossio-bench-" + UUID().uuidString + ".sqlite"
    slips = try venue.configuration.languages.flatMap { language in
      try venue.configuration.services.prefix(8).map { service in
        try PrintBench.slip(service.id, language, venue)
      }
    }
    let ledger = ledger
    let ids = (1...printers).map { PrinterID("B\($0)") }
    sinks = try ids.map { id in
      try SinkPrinter {
        let now = ContinuousClock.now
        ledger.withLock { state in
          guard let began = state.attempted.removeValue(forKey: id) else { return }
          state.outcome.firstBytes.append(began.duration(to: now) / .milliseconds(1))
        }
      }
    }
    service = try PrintService(
      spool: Spool(path: path),
      printers: zip(ids, sinks).map { id, sink in
        PrinterConfiguration(
          id: id, host: "127.0.0.1", port: sink.port, profile: PrinterProfile())
      },
      press: SlipPress(venue.slip),
      onOutcome: { outcome in
        let now = ContinuousClock.now
        ledger.withLock { state in
          guard let began = state.ordered.removeValue(forKey: outcome.key) else { return }
          guard outcome.result == .printed else { return state.outcome.notPrinted += 1 }
          state.outcome.printed.append(began.duration(to: now) / .milliseconds(1))
        }
      },
      onAttempt: { printer in
        let now = ContinuousClock.now
        ledger.withLock { $0.attempted[printer] = now }
      },
      log: { _ in })
  }

  /// Orders slips evenly, in turn from all printers, and waits until all are decided.
  func run(seconds: Double, perSecond: Double) throws {
    let total = Int(seconds * perSecond)
    let began = ContinuousClock.now
    for index in 0..<total {
      let due = began + .seconds(Double(index) / perSecond)
      let rest = ContinuousClock.now.duration(to: due) / .seconds(1)
      if rest > 0 { Thread.sleep(forTimeInterval: rest) }
      order(index)
    }
    let limit = ContinuousClock.now + .seconds(20)
    while ledger.withLock({ !$0.ordered.isEmpty }), ContinuousClock.now < limit {
      Thread.sleep(forTimeInterval: 0.01)
    }
    ledger.withLock { state in
      state.outcome.notPrinted += state.ordered.count
      state.ordered = [:]
    }
  }

  private func order(_ index: Int) {
    let count = ledger.withLock { state in
      state.count += 1
      return state.count
    }
    var slip = slips[count % slips.count]
    slip.visit = VisitID(high: 1, low: UInt64(count))
    slip.number = TicketNumber("B\(100 + count % 900)") ?? slip.number
    let key = "bench:\(count)"
    let now = ContinuousClock.now
    ledger.withLock { state in
      state.ordered[key] = now
      state.outcome.mostWaiting = max(state.outcome.mostWaiting, state.ordered.count)
    }
    let mark = slip.copy ?? slip.follow
    service.enqueue(
      PrintJob(
        key: key, printer: PrinterID("B\(index % sinks.count + 1)"), slip: slip, copyMark: mark))
  }

  var outcome: Outcome { ledger.withLock { $0.outcome } }
  func forget() { ledger.withLock { $0.outcome = Outcome() } }

  func stop() {
    service.stop()
    for sink in sinks { sink.stop() }
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
  }
}

/// A printer without paper: answers what ESC/POS asks at once, and throws pictures away.
final class SinkPrinter: Sendable {
  let port: UInt16
  private let isStopping = Mutex(false)
  private let wakeUp: WakeUp

  /// `onPicture` is told on its thread when the first picture of a slip arrives.
  init(onPicture: @escaping @Sendable () -> Void) throws {
    let listener = try Listener(host: "127.0.0.1", port: 0)
    port = listener.port
    wakeUp = try WakeUp()
    // The thread is the listener's only owner from here on.
    nonisolated(unsafe) let held = ListenerBox(listener)
    let thread = Thread { [self] in unsafe serve(held, onPicture) }
    thread.start()
  }

  func stop() {
    isStopping.withLock { $0 = true }
    wakeUp.wake()
  }

  private final class ListenerBox {
    let listener: Listener
    init(_ listener: consuming Listener) { self.listener = listener }
  }

  private func serve(_ held: ListenerBox, _ onPicture: () -> Void) {
    while !isStopping.withLock({ $0 }) {
      let ready = wakeUp.wait(descriptor: held.listener.descriptor, milliseconds: nil)
      if ready.canRead, let socket = held.listener.accept() { serve(socket, onPicture) }
    }
  }

  private func serve(_ socket: consuming Socket, _ onPicture: () -> Void) {
    var hasPicture = false
    var tail: [UInt8] = []
    while !isStopping.withLock({ $0 }) {
      let ready = wakeUp.wait(descriptor: socket.descriptor, milliseconds: nil)
      guard ready.canRead else { continue }
      var bytes = tail
      if case .closed = socket.receive(into: &bytes) { return }
      var answer: [UInt8] = []
      var index = 0
      // Pictures hold no command that is looked for here: hazards are nudged away.
      while index + 3 < bytes.count {
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0x10, 0x04, 1...4): answer.append(0x12)
        case (0x1D, 0x76, 0x30) where !hasPicture:
          hasPicture = true
          onPicture()
        case (0x1D, 0x28, 0x48) where index + 11 <= bytes.count:
          answer += [0x37, 0x22] + bytes[index + 7..<index + 11] + [0x00]
          hasPicture = false
        case (0x1D, 0x28, 0x48): break
        case (0x1D, 0x49, 0x42...0x43): answer += [0x5F, 0x42, 0x00]
        case (0x1D, 0x61, 0x0E): answer += [0x10, 0, 0, 0]
        default: break
        }
        if bytes[index] == 0x1D, bytes[index + 1] == 0x28, index + 11 > bytes.count { break }
        index += 1
      }
      // A question may end with the last three bytes of what has come.
      tail = Array(bytes[index...])
      if tail.count == 3, tail[0] == 0x10, tail[1] == 0x04 {
        answer.append(0x12)
        tail = []
      }
      if !answer.isEmpty { _ = socket.send(answer[...]) }
    }
  }
}
