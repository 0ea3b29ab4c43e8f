internal import Sockets

/// Finds out what a printer can do without printing anything, for a profile of its own.
///
/// Blocks for some seconds. Only what an answer proved is `probed`; width, cutter and the like need a
/// test page.
public final class PrinterProbe {
  /// Why nothing could be found out.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    case unreachable(String)
    /// What it said instead, as far as it can be read.
    case noPrinter(said: String)
    /// It is a printer, and reads nothing until a person has helped.
    case needsHelp(PrinterFaults)
    case noProof

    public var description: String {
      switch self {
      case .unreachable(let reason):
        "\(reason). Is it switched on, on this network, and does no other program (a daemon) hold it?"
      case .noPrinter(let said) where said.isEmpty:
        "It accepts connections and answers nothing that a printer would, neither ESC/POS nor Star. "
          + "A printer is silent while its cover is open, and while another program, such as a "
          + "daemon, holds it; or it is no printer: is the address right? Nothing was printed."
      case .noPrinter(let said):
        "It is no printer that is known here: it says “\(said)”. Nothing was printed."
      case .needsHelp(let faults):
        "It is a printer, and it says: \(faults). Mend that and probe again."
      case .noProof:
        "It is a printer, but it answers no fence: nothing could prove that a slip is on paper. "
          + "It cannot be used here."
      }
    }
  }

  /// How long an answer is waited for, in milliseconds.
  private static let patience: Int64 = 1_500
  /// A banner comes unasked and at once.
  private static let bannerPatience: Int64 = 400
  private static let connecting: Int64 = 3_000
  /// A host that says more than this is not listened to.
  private static let byteLimit = 65_536

  private let socket: Socket
  private let wakeUp: WakeUp
  private var said: [UInt8] = []

  private init(host: String, port: UInt16) throws {
    wakeUp = try WakeUp()
    socket = try Socket.connecting(to: host, port: port)
    let ready = wakeUp.wait(
      descriptor: socket.descriptor, forReading: false, forWriting: true,
      milliseconds: Self.connecting)
    guard ready.canWrite else { throw Failure.unreachable("No connection to \(host):\(port)") }
    if let problem = socket.connectError {
      throw Failure.unreachable("No connection to \(host):\(port): \(problem)")
    }
  }

  /// The profile of the printer at `host`. Throws `Failure` and `SocketError`.
  public static func run(host: String, port: UInt16) throws -> PrinterProfile {
    let probe = try PrinterProbe(host: host, port: port)
    // Who speaks first is no printer: automatic status is off on a new connection.
    let banner = probe.ask([], PrinterProfile.Dialect.escPosRaster, patience: bannerPatience) {
      _ in false
    }
    if banner.contains(where: { if case .noise = $0 { true } else { false } }) {
      throw Failure.noPrinter(said: firstWords(of: probe.said))
    }
    return try probe.askEscPos() ?? probe.askStar()
      ?? { throw Failure.noPrinter(said: firstWords(of: probe.said)) }()
  }

  private static let unnamed = "Unnamed printer"

  // MARK: Dialects

  private func askEscPos() throws -> PrinterProfile? {
    let commands = CommandSet(profile: PrinterProfile())
    guard let faults = condition(commands, .escPosRaster) else { return nil }
    guard faults.isEmpty else { throw Failure.needsHelp(faults) }
    var profile = PrinterProfile()
    let token = FenceToken(number: Int64.random(in: 0...80_000_000), length: 4)
    _ = ask(EscPos.initialise, .escPosRaster, patience: 100) { _ in false }
    if isAnswered(EscPos.processID(token), .escPosRaster, by: { $0 == .fence(token) }) {
      profile.fence = .processID
    } else if isAnswered(EscPos.sensors, .escPosRaster, by: { $0 == .sensors }) {
      profile.fence = .status
    } else {
      throw Failure.noProof
    }
    profile.name = name(EscPos.identity, .escPosRaster)
    profile.automaticStatus = isAnswered(EscPos.automaticStatus, .escPosRaster) {
      if case .condition(_, isAnswer: false) = $0 { true } else { false }
    }
    profile.clearsBuffer = isAnswered(EscPos.clearBuffer, .escPosRaster) { $0 == .cleared }
    // What a clone takes for letters waits for the end of its line; this throws it away.
    _ = ask(EscPos.initialise, .escPosRaster, patience: 100) { _ in false }
    if profile.fence == .status {
      // Without Epson's fence it is a clone, and clones have weak buffers. Where fences have no token
      // it must say what it is in its turn: without that nothing could be told apart.
      guard profile.name != Self.unnamed else { throw Failure.noProof }
      profile.bandRows = 48
      profile.chunk = .weakBuffer
    } else {
      profile.bandRows = 128
    }
    // Until somebody knows better: it costs a few milliseconds a slip.
    profile.bandByBand = true
    return known(profile)
  }

  private func askStar() throws -> PrinterProfile? {
    let commands = CommandSet(profile: PrinterProfile(dialect: .starPRNT))
    guard let faults = condition(commands, .starPRNT) else { return nil }
    guard faults.isEmpty else { throw Failure.needsHelp(faults) }
    var profile = PrinterProfile(dialect: .starPRNT)
    let token = FenceToken(number: Int64.random(in: 0...9_000), length: 2)
    if !isAnswered(Star.document(token), .starPRNT, by: { $0 == .fence(token) }) {
      profile.dialect = .starLine
      profile.fence = .etb
    }
    profile.name = name(Star.identity, .starPRNT)
    profile.automaticStatus = isAnswered(Star.automaticStatus, .starPRNT) {
      if case .condition = $0 { true } else { false }
    }
    if profile.fence == .etb, !isAnswered(Star.etb, .starPRNT, by: Self.hasCounter) {
      throw Failure.noProof
    }
    return known(profile)
  }

  private static func hasCounter(_ reply: PrinterReply) -> Bool {
    if case .condition(let condition, _) = reply { condition.etbCounter != nil } else { false }
  }

  private func known(_ profile: PrinterProfile) -> PrinterProfile {
    var profile = profile
    for capability in PrinterProfile.Capability.allCases {
      profile.knowledge[capability] = .unverified
    }
    for capability in [PrinterProfile.Capability.fence, .automaticStatus, .clearsBuffer] {
      profile.knowledge[capability] = .probed
    }
    if profile.chunk == nil { profile.knowledge[.chunk] = nil }
    return profile
  }

  // MARK: Asking

  /// Nil when it does not answer in this dialect.
  private func condition(
    _ commands: CommandSet, _ dialect: PrinterProfile.Dialect
  ) -> PrinterFaults? {
    var found: PrinterFaults?
    let replies = ask(commands.statusRequest, dialect) { reply in
      guard case .condition(let condition, isAnswer: true) = reply else { return false }
      found = condition.faults
      return true
    }
    // “rv26” of a web server is such an answer: only one that comes alone is believed.
    return replies.contains { if case .noise = $0 { true } else { false } } ? nil : found
  }

  private func name(_ request: [UInt8], _ dialect: PrinterProfile.Dialect) -> String {
    let names = ask(request, dialect, patience: 500) { _ in false }.compactMap {
      if case .identity(let text) = $0 { text } else { nil }
    }
    return names.isEmpty ? Self.unnamed : names.joined(separator: " ")
  }

  private func isAnswered(
    _ request: [UInt8], _ dialect: PrinterProfile.Dialect, by isIt: (PrinterReply) -> Bool
  ) -> Bool {
    ask(request, dialect, until: isIt).contains(where: isIt)
  }

  /// Sends `request` and gathers replies until one is what is wanted, or patience ends.
  private func ask(
    _ request: [UInt8], _ dialect: PrinterProfile.Dialect,
    patience: Int64 = PrinterProbe.patience, until isWanted: (PrinterReply) -> Bool
  ) -> [PrinterReply] {
    var reader = ReplyReader(dialect)
    var replies: [PrinterReply] = []
    if !request.isEmpty, case .closed = socket.send(request[...]) { return [] }
    let end = monotonicMilliseconds() + patience
    while monotonicMilliseconds() < end, said.count < Self.byteLimit {
      let ready = wakeUp.wait(
        descriptor: socket.descriptor, milliseconds: end - monotonicMilliseconds())
      guard ready.canRead else { continue }
      var bytes: [UInt8] = []
      if case .closed = socket.receive(into: &bytes) { break }
      said += bytes
      let read = reader.read(bytes)
      replies += read
      if read.contains(where: isWanted) { break }
    }
    return replies
  }
}
