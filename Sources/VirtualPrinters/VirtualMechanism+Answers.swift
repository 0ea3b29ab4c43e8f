extension VirtualMechanism {
  /// Says `bytes` to the host, if anybody listens and it may speak.
  mutating func say(_ bytes: [UInt8]) {
    guard maySpeak else { return }
    movedAt = now
    send(bytes)
  }

  private var maySpeak: Bool {
    connections > 0 && !isHalfOpen && !condition.isOff && !script.isActive(.silent)
      && !script.isActive(.httpServer) && !script.isActive(.sshBanner)
      && !(model.silentWhenCoverOpen && condition.isCoverOpen)
  }

  /// One segment, or one for each byte.
  mutating func send(_ bytes: [UInt8]) {
    if script.isActive(.splitsAnswers) {
      for byte in bytes { effects.append(.answer([byte])) }
    } else {
      effects.append(.answer(bytes))
    }
  }

  // MARK: Status

  /// What the host is told: not always the truth.
  private var statusBytes: [UInt8] {
    model.family == .escpos
      ? StatusBytes.automatic(condition)
      : StatusBytes.star(condition, counter: etbCounter, hasOverflowed: hasOverflowed)
  }

  /// The automatic status, if that is on.
  mutating func sendStatus() {
    guard isAutomatic else { return }
    counters.statusesSent += 1
    let bytes = statusBytes
    if script.isActive(.splitsStatus) {
      let middle = Int.random(in: 1..<bytes.count, using: &random)
      say(Array(bytes[..<middle]))
      say(Array(bytes[middle...]))
    } else {
      say(bytes)
    }
  }

  /// Star's status, which is sent on request also while the automatic one is off.
  mutating func sendStarStatus() {
    counters.statusesSent += 1
    say(statusBytes)
  }

  mutating func sendRealTimeStatus(_ kind: UInt8) {
    say([StatusBytes.realTime(kind, condition)])
  }

  mutating func sendIdentity(_ kind: UInt8) {
    let lies = script.isActive(.liesAboutIdentity)
    let maker = lies ? "EPSON" : model.maker
    let name = lies ? "TM-T88VII" : model.name
    if model.family == .star {
      return say([0x1B, 0x23, 0x2A, 0x2C] + Array("\(name) Ver1.0".utf8) + [0x0A, 0x00])
    }
    switch kind {
    case 0x42: say([0x5F] + Array(maker.utf8) + [0x00])
    case 0x41, 0x43...0x45: say([0x5F] + Array(name.utf8) + [0x00])
    case 1...3, 0x31...0x33: say([0x02])
    default: break
    }
  }

  // MARK: Fences

  /// All before `fence` is on paper.
  mutating func reach(_ fence: Fence) {
    counters.fencesReached += 1
    let kinds = script.begin(fence: counters.fencesReached, at: now)
    if kinds.contains(.resetBeforeFence) { return reset() }
    // Not even counted: a later status would tell. Rows that were lost in silence silence the fence
    // behind them, or no host could ever know.
    let isSilent = script.isActive(.claimsHealthLosesRows) || hasLostRows
    hasLostRows = false
    guard !script.isActive(.ignoresFences), !isSilent else { return }
    if fence == .etb { etbCounter = (etbCounter + 1) & 0x1F }
    if case .document = fence { documents &+= 1 }
    guard !kinds.contains(.dropsAnswer) else { return }
    let token = token(of: fence, kinds)
    if maySpeak { counters.fencesAnswered += 1 }
    answer(fence, token)
    if kinds.contains(.doubledToken) { answer(fence, token) }
    lastToken = fence.token
  }

  private mutating func token(of fence: Fence, _ kinds: [VirtualFault.Kind]) -> [UInt8] {
    var token = fence.token
    if kinds.contains(.wrongToken) {
      if fence == .etb { etbCounter = (etbCounter + 1) & 0x1F }
      if !token.isEmpty { token[token.count - 1] = token[token.count - 1] == 0x21 ? 0x22 : 0x21 }
    }
    if kinds.contains(.oldToken) {
      if fence == .etb { etbCounter = (etbCounter &- 1) & 0x1F }
      token = lastToken ?? randomToken(token.count)
    }
    return token
  }

  private mutating func answer(_ fence: Fence, _ token: [UInt8]) {
    switch fence {
    case .process: sayAround([0x37, 0x22] + token + [0x00])
    case .paperSensor: say([StatusBytes.paperSensor(condition)])
    case .document: sayAround([0x1B, 0x1D, 0x03, 0x01] + token + [documents, 0x00])
    case .etb: sendStatus()
    }
  }

  /// With an automatic status in its midst, when the script wants that.
  private mutating func sayAround(_ bytes: [UInt8]) {
    guard script.isActive(.statusInsideAnswers), isAutomatic else { return say(bytes) }
    let middle = Int.random(in: 1..<bytes.count, using: &random)
    for byte in bytes[..<middle] { say([byte]) }
    sendStatus()
    for byte in bytes[middle...] { say([byte]) }
  }

  /// A token that nobody asked for.
  mutating func sayForeignToken() {
    if model.family == .escpos {
      say([0x37, 0x22] + randomToken(4) + [0x00])
    } else {
      say([0x1B, 0x1D, 0x03, 0x01] + randomToken(2) + [documents, 0x00])
    }
  }

  private mutating func randomToken(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
  }
}

extension Fence {
  var token: [UInt8] {
    switch self {
    case .process(let token), .document(let token): token
    case .paperSensor, .etb: []
    }
  }
}
