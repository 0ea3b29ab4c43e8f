public import Canvas
internal import FoundationEssentials
internal import Sockets
internal import Synchronization
internal import Threads

/// A printer in software: listens like a network card, prints into PNG files.
///
/// A `VirtualMechanism` on real sockets and the monotonic clock. One connection at a time, like the
/// cards of real printers: a second one hangs until the first has gone, unless a fault says
/// otherwise. Slips come out as `slip-0001.png` and so on in `folder`.
public final class VirtualPrinter: Sendable {
  /// A piece of paper that was cut or torn off.
  public struct Slip: Sendable {
    /// Counts from 1.
    public var number: Int
    public var picture: Monochrome
    /// False: it was torn off.
    public var isCut: Bool
    /// Rows before which a new roll was loaded: what stands above is on other paper.
    public var seams: [Int]
    /// Its PNG file; nil without a folder, or when it could not be written.
    public var path: String?
  }

  private struct Shared {
    var isStopping = false
    var acts: [VirtualAct] = []
    var condition = VirtualCondition()
    var counters = VirtualMechanism.Counters()
  }

  /// Acts that wait for its thread; more are dropped, as nobody has so many hands.
  private static let actLimit = 1_000

  /// The port it listens on, also when the kernel picked it.
  public let port: UInt16
  private let shared = Mutex(Shared())
  private let watch: @Sendable (VirtualMechanism.Counters) -> Void
  private let wakeUp: WakeUp
  private let thread = Mutex<OwnThread?>(nil)

  /// Listens from now on. `port` 0 lets the kernel pick one. `folder` is made when it is missing;
  /// files in it are written over. `onSlip`, `log` and `watch` are called on the printer's thread;
  /// `watch` whenever its counters have changed, before the answers to what it counted leave. Without
  /// a model it is one whose paper takes no time to speak of.
  public init(
    host: String = "127.0.0.1", port: UInt16 = 9100, model: VirtualModel = .fast(),
    faults: [VirtualFault] = [], seed: UInt64 = 0, folder: String? = nil,
    log: @escaping @Sendable (String) -> Void = { _ in },
    watch: @escaping @Sendable (VirtualMechanism.Counters) -> Void = { _ in },
    onSlip: @escaping @Sendable (Slip) -> Void
  ) throws {
    if let folder {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    let listener = try Listener(host: host, port: port)
    self.port = listener.port
    self.watch = watch
    wakeUp = try WakeUp()
    let loop = VirtualPrinterLoop(
      listener: listener, mechanism: VirtualMechanism(model: model, faults: faults, seed: seed),
      folder: folder, log: log, onSlip: onSlip)
    try start(loop)
  }

  private func start(_ loop: sending VirtualPrinterLoop) throws(OwnThread.Failure) {
    // The thread is the loop's only owner from here on.
    nonisolated(unsafe) let loop = loop
    let started = try OwnThread { [self] in unsafe loop.run(for: self) }
    thread.withLock { $0 = started }
  }

  /// Somebody opens the cover, takes the paper out and so on; soon, on the printer's thread.
  public func perform(_ act: VirtualAct) {
    shared.withLock { if $0.acts.count < Self.actLimit { $0.acts.append(act) } }
    wakeUp.wake()
  }

  /// As its thread saw it last.
  public var condition: VirtualCondition { shared.withLock { $0.condition } }
  public var counters: VirtualMechanism.Counters { shared.withLock { $0.counters } }

  /// Bytes that arrived since it was switched on.
  public var receivedBytes: Int { counters.received }

  /// Switches it off: ends the connection and stops listening. Returns when that is done.
  public func stop() {
    shared.withLock { $0.isStopping = true }
    wakeUp.wake()
    thread.withLock { $0.take() }?.join()
  }

  // MARK: For its thread

  var isStopping: Bool { shared.withLock { $0.isStopping } }

  /// What people did since the last time.
  func takeActs() -> [VirtualAct] {
    shared.withLock { shared in
      defer { shared.acts = [] }
      return shared.acts
    }
  }

  func publish(_ mechanism: VirtualMechanism) {
    let isNews = shared.withLock { shared in
      defer {
        shared.condition = mechanism.condition
        shared.counters = mechanism.counters
      }
      return shared.counters != mechanism.counters
    }
    if isNews { watch(mechanism.counters) }
  }

  func wait(_ interests: [WakeUp.Interest], milliseconds: Int64?) -> [WakeUp.Ready] {
    wakeUp.wait(interests, milliseconds: milliseconds)
  }
}
