internal import Canvas
internal import Sockets

/// What runs on the virtual printer's thread.
final class VirtualPrinterLoop {
  /// Hosts that wait until the one before them has gone.
  private static let waitingLimit = 4
  /// Pieces that the mechanism keeps: they are in files, or with whoever wanted them.
  private static let keptPieces = 1

  private let listener: Listener
  private let folder: String?
  private let log: @Sendable (String) -> Void
  private let onSlip: @Sendable (VirtualPrinter.Slip) -> Void
  private var mechanism: VirtualMechanism
  /// Those that are served; more than one only where a fault interleaves them.
  private var links: [VirtualLink] = []
  private var waiting: [VirtualLink] = []

  init(
    listener: consuming Listener, mechanism: VirtualMechanism, folder: String?,
    log: @escaping @Sendable (String) -> Void,
    onSlip: @escaping @Sendable (VirtualPrinter.Slip) -> Void
  ) {
    self.listener = listener
    self.folder = folder
    self.log = log
    self.onSlip = onSlip
    self.mechanism = mechanism
    self.mechanism.keepsPieces(Self.keptPieces)
  }

  func run(for printer: VirtualPrinter) {
    while true {
      show(mechanism.time(monotonicMilliseconds()))
      for act in printer.takeActs() {
        show(mechanism.change(act, at: monotonicMilliseconds()))
      }
      // Before the answers: who has read one finds what it tells.
      printer.publish(mechanism)
      // Answers leave at once, without a turn of poll before them.
      for link in links where !link.flush() { end(link) }
      admitWaiting()
      guard !printer.isStopping else { return }
      turn(printer)
    }
  }

  private func turn(_ printer: VirtualPrinter) {
    let canRead = mechanism.window > 0
    var interests = links.map {
      WakeUp.Interest(descriptor: $0.descriptor, forReading: canRead, forWriting: $0.hasOutput)
    }
    interests.append(
      WakeUp.Interest(
        descriptor: listener.descriptor, forReading: waiting.count < Self.waitingLimit))
    let wait = mechanism.nextEvent.map { $0 - monotonicMilliseconds() }
    let ready = printer.wait(interests, milliseconds: wait)
    for (link, state) in zip(links, ready) where state.canRead { read(link) }
    if ready.last?.canRead == true { accept() }
  }

  // MARK: Links

  private func accept() {
    guard let socket = listener.accept() else { return }
    admit(VirtualLink(socket))
  }

  private func admit(_ link: VirtualLink) {
    switch mechanism.connect(at: monotonicMilliseconds()) {
    case .accepted:
      log("connected")
      links.append(link)
    case .refused:
      log("refused a connection")
      link.prepareReset()
    case .hanging: waiting.append(link)
    }
  }

  private func admitWaiting() {
    guard !mechanism.isBusy, !waiting.isEmpty else { return }
    admit(waiting.removeFirst())
  }

  private func read(_ link: VirtualLink) {
    guard links.contains(where: { $0 === link }), mechanism.window > 0 else { return }
    guard let bytes = link.receive(limit: mechanism.window) else { return end(link) }
    show(mechanism.receive(bytes[...], at: monotonicMilliseconds()))
  }

  private func end(_ link: VirtualLink) {
    guard links.contains(where: { $0 === link }) else { return }
    links.removeAll { $0 === link }
    mechanism.disconnect(at: monotonicMilliseconds())
    log("connection ended")
  }

  private func resetAll() {
    for link in links { link.prepareReset() }
    links = []
    log("reset the connection")
  }

  // MARK: Effects

  private func show(_ effects: [VirtualMechanism.Effect]) {
    for effect in effects {
      switch effect {
      case .answer(let bytes): answer(bytes)
      case .paper(let piece): eject(piece)
      case .reset: resetAll()
      case .unknown(let bytes): log("unknown bytes \(Self.hex(bytes))")
      }
    }
  }

  /// To the newest connection.
  private func answer(_ bytes: [UInt8]) {
    guard let link = links.last else { return }
    link.put(bytes)
    guard link.hasTooMuchOutput else { return }
    link.prepareReset()
    end(link)
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      + (bytes.count > 16 ? " …" : "")
  }

  private func eject(_ piece: VirtualRoll.Piece) {
    let digits = String(piece.number)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    var path = folder.map { "\($0)/slip-\(padded).png" }
    if let written = path {
      do {
        try piece.picture.writePNG(to: written)
      } catch {
        log("\(error)")
        path = nil
      }
    }
    onSlip(
      VirtualPrinter.Slip(
        number: piece.number, picture: piece.picture, isCut: piece.isCut, seams: piece.seams,
        path: path))
  }
}
