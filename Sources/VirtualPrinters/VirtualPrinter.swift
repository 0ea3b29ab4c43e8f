public import Canvas
internal import FoundationEssentials
internal import Sockets
internal import Synchronization
internal import Threads

/// A printer in software: listens like a network card, prints into PNG files.
///
/// One connection at a time, like the cards of real printers: a second one waits until the first has
/// gone. Slips come out as `slip-0001.png` and so on in `folder`.
public final class VirtualPrinter: Sendable {
  /// What people do to a printer.
  public struct Condition: Equatable, Sendable {
    public var isPaperOut = false
    public var isCoverOpen = false
    public var isPaperNearEnd = false
    /// Its plug is pulled once it has received so many bytes; nil for a printer that stays.
    public var vanishesAfterBytes: Int?

    public init(
      isPaperOut: Bool = false, isCoverOpen: Bool = false, isPaperNearEnd: Bool = false,
      vanishesAfterBytes: Int? = nil
    ) {
      self.isPaperOut = isPaperOut
      self.isCoverOpen = isCoverOpen
      self.isPaperNearEnd = isPaperNearEnd
      self.vanishesAfterBytes = vanishesAfterBytes
    }

    public var isOnline: Bool { !isPaperOut && !isCoverOpen }
  }

  /// A piece of paper that was cut off.
  public struct Slip: Sendable {
    /// Counts from 1.
    public var number: Int
    public var picture: Monochrome
    /// Its PNG file; nil without a folder, or when it could not be written.
    public var path: String?
  }

  private struct Shared {
    var isStopping = false
    var condition = Condition()
    var received = 0
  }

  /// The port it listens on, also when the kernel picked it.
  public let port: UInt16
  private let shared = Mutex(Shared())
  private let wakeUp: WakeUp
  private let thread = Mutex<OwnThread?>(nil)

  /// Listens from now on. `port` 0 lets the kernel pick one. `folder` is made when it is missing;
  /// files in it are written over. `onSlip` and `log` are called on the printer's thread.
  public init(
    host: String = "127.0.0.1", port: UInt16 = 9100, widthDots: Int = 576, folder: String? = nil,
    log: @escaping @Sendable (String) -> Void = { _ in },
    onSlip: @escaping @Sendable (Slip) -> Void
  ) throws {
    if let folder {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    let listener = try Listener(host: host, port: port)
    self.port = listener.port
    wakeUp = try WakeUp()
    let loop = VirtualPrinterLoop(
      listener: listener, widthDots: widthDots, folder: folder, log: log, onSlip: onSlip)
    try start(loop)
  }

  private func start(_ loop: sending VirtualPrinterLoop) throws(OwnThread.Failure) {
    // The thread is the loop's only owner from here on.
    nonisolated(unsafe) let loop = loop
    let started = try OwnThread { [self] in unsafe loop.run(for: self) }
    thread.withLock { $0 = started }
  }

  /// Opens the cover, takes the paper out and so on; what waits is printed once it is online again.
  public func setCondition(_ condition: Condition) {
    shared.withLock { $0.condition = condition }
    wakeUp.wake()
  }

  /// Bytes that arrived since it was switched on.
  public var receivedBytes: Int { shared.withLock { $0.received } }

  /// Switches it off: ends the connection and stops listening. Returns when that is done.
  public func stop() {
    shared.withLock { $0.isStopping = true }
    wakeUp.wake()
    thread.withLock { $0.take() }?.join()
  }

  // MARK: For its thread

  var isStopping: Bool { shared.withLock { $0.isStopping } }
  var condition: Condition { shared.withLock { $0.condition } }

  /// Counts what came, and pulls the plug when that is due.
  func note(received count: Int) {
    shared.withLock { shared in
      shared.received += count
      if let limit = shared.condition.vanishesAfterBytes, shared.received >= limit {
        shared.isStopping = true
      }
    }
  }

  func wait(descriptor: Int32, forReading: Bool, forWriting: Bool) -> WakeUp.Ready {
    wakeUp.wait(
      descriptor: descriptor, forReading: forReading, forWriting: forWriting, milliseconds: nil)
  }
}

/// What runs on the virtual printer's thread.
final class VirtualPrinterLoop {
  private let listener: Listener
  private let folder: String?
  private let log: @Sendable (String) -> Void
  private let onSlip: @Sendable (VirtualPrinter.Slip) -> Void
  private var mechanism: VirtualMechanism
  private var slips = 0

  init(
    listener: consuming Listener, widthDots: Int, folder: String?,
    log: @escaping @Sendable (String) -> Void,
    onSlip: @escaping @Sendable (VirtualPrinter.Slip) -> Void
  ) {
    self.listener = listener
    self.folder = folder
    self.log = log
    self.onSlip = onSlip
    mechanism = VirtualMechanism(widthDots: widthDots)
  }

  func run(for printer: VirtualPrinter) {
    while !printer.isStopping {
      let ready = printer.wait(
        descriptor: listener.descriptor, forReading: true, forWriting: false)
      if ready.canRead, let connection = listener.accept() { serve(connection, for: printer) }
    }
  }

  private func serve(_ connection: consuming Socket, for printer: VirtualPrinter) {
    log("connected")
    var output: [UInt8] = []
    while !printer.isStopping {
      show(mechanism.change(to: printer.condition), answers: &output)
      let ready = printer.wait(
        descriptor: connection.descriptor, forReading: !mechanism.isFull,
        forWriting: !output.isEmpty)
      if ready.canRead {
        var bytes: [UInt8] = []
        if case .closed = connection.receive(into: &bytes) { break }
        printer.note(received: bytes.count)
        show(mechanism.receive(bytes), answers: &output)
      }
      if !output.isEmpty, case .bytes(let count) = connection.send(output, from: 0, limit: .max) {
        output.removeFirst(count)
      }
    }
    mechanism.connectionEnded()
    log("connection ended")
  }

  private func show(_ effects: [VirtualMechanism.Effect], answers: inout [UInt8]) {
    for effect in effects {
      switch effect {
      case .answer(let bytes): answers += bytes
      case .slip(let picture): eject(picture)
      case .unknown(let byte): log("unknown command byte \(String(byte, radix: 16))")
      }
    }
  }

  private func eject(_ picture: Monochrome) {
    slips += 1
    let digits = String(slips)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    var path = folder.map { "\($0)/slip-\(padded).png" }
    if let written = path {
      do {
        try picture.writePNG(to: written)
      } catch {
        log("\(error)")
        path = nil
      }
    }
    onSlip(VirtualPrinter.Slip(number: slips, picture: picture, path: path))
  }
}
