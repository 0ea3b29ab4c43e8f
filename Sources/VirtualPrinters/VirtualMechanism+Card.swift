/// The network card: connections, windows, and what arrives.
extension VirtualMechanism {
  private static let chatterMilliseconds: Int64 = 100
  /// An open window, where bytes are lost instead of waiting.
  private static let endless = 1_048_576

  /// A host connects: what was half read from the last one is forgotten, and automatic status is off.
  public mutating func connect(at now: Int64) -> Admission {
    effects += time(now)
    guard !condition.isOff, !script.isActive(.refuses) else { return .refused }
    if connections > 0 || heldUntil != nil {
      if script.isActive(.refusesSecond) { return .refused }
      guard script.isActive(.interleavesSecond), connections > 0 else { return .hanging }
    } else {
      filter.forget()
      reader.forget()
      isAutomatic = false
    }
    connections += 1
    isHalfOpen = false
    bytesOfConnection = 0
    hasSaidNonsense = false
    movedAt = now
    nextByteAt = now
    nextChatterAt = script.isActive(.endlessAnswers) ? now : nil
    return .accepted
  }

  /// The host closed, or its connection died. What was received whole is still printed.
  public mutating func disconnect(at now: Int64) {
    effects += time(now)
    guard connections > 0 else { return }
    connections -= 1
    connectionEnded()
  }

  /// A connection is being served, or held on to.
  public var isBusy: Bool { connections > 0 || heldUntil != nil }

  /// How many bytes it takes now; 0: it does not read.
  public var window: Int {
    if connections == 0 || condition.isOff || script.isActive(.neverReads) { return 0 }
    if isHalfOpen || script.isActive(.overflows) { return Self.endless }
    if script.isActive(.httpServer) || script.isActive(.sshBanner) { return Self.endless }
    let free = max(0, model.bufferBytes - waitingBytes)
    return script.isActive(.tricklingReader) ? min(free, now >= nextByteAt ? 1 : 0) : free
  }

  /// The connection dies now.
  mutating func reset() {
    effects.append(.reset)
    counters.resets += 1
    connections = 0
    connectionEnded()
  }

  private mutating func connectionEnded() {
    guard connections == 0 else { return }
    isHalfOpen = false
    nextChatterAt = nil
    if script.isActive(.holdsConnection) {
      heldUntil = now + Int64(script.value(of: .holdsConnection) ?? 60) * 1_000
    }
  }

  // MARK: Arrival

  mutating func arrive(_ bytes: ArraySlice<UInt8>) {
    guard connections > 0 else { return }
    let taken = bytes.prefix(window)
    counters.lost += bytes.count - taken.count
    movedAt = now
    var rest = taken
    while !rest.isEmpty, connections > 0 {
      // A script that begins at a byte begins right there.
      let toByte = script.nextByte.map { max(1, $0 - counters.received) } ?? .max
      let part = rest.prefix(min(toByte, hasPlace ? bytesToPlace : .max))
      rest = rest.dropFirst(part.count)
      counters.received += part.count
      bytesOfConnection += part.count
      swallow(part)
      if let byte = script.nextByte, byte <= counters.received {
        for kind in script.begin(byte: counters.received, at: now) { begin(kind) }
      }
      beginAtPlace()
    }
    nextByteAt = now + Int64(script.value(of: .tricklingReader) ?? 0)
  }

  private mutating func swallow(_ bytes: ArraySlice<UInt8>) {
    if isHalfOpen {
      counters.lost += bytes.count
    } else if script.isActive(.httpServer) {
      answerAsHTTP(bytes)
    } else if !script.isActive(.sshBanner) {
      var filter = self.filter
      filter.filter(bytes) {
        take($0)
      } obey: {
        obey($0, $1)
      }
      self.filter = filter
    }
  }

  /// Bytes for the buffer; without room they are lost.
  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    guard connections > 0 else { return }
    let room = max(0, model.bufferBytes - waitingBytes)
    if bytes.count > room {
      counters.lost += bytes.count - room
      hasOverflowed = true
    }
    reader.read(bytes.prefix(room), into: &queue)
    // What is obeyed at once makes room for what comes with it.
    print()
  }

  private mutating func obey(_ found: RealTimeFilter.Found, _ bytes: [UInt8]) {
    guard connections > 0 else { return }
    let isOff =
      (found == .pulse && !reader.obeysPulse) || (found == .powerOff && !reader.obeysPowerOff)
    if isOff || (!model.eatsRealTimeBytes && found != .clear && found != .reset) {
      take(bytes[...])
    }
    guard !isOff else { return }
    counters.realTime += bytes.count
    switch found {
    case .status(let kind): sendRealTimeStatus(kind)
    case .starStatus: sendStarStatus()
    case .clear:
      clearBuffers()
      say([0x37, 0x25, 0x00])
    case .recover:
      if condition.isCutterBlocked { perform(.clearCutter) }
    case .reset: forgetAll()
    case .powerOff: powerCycle()
    case .pulse: break
    }
  }

  // MARK: Places in what comes

  private static let places = [
    VirtualFault.Kind.resetAtStart, .resetMidHeader, .resetMidBand, .resetAfterBody,
  ].reduce(UInt64(0)) { $0 | FaultScript.bit($1) }

  private var hasPlace: Bool { script.isWaiting(anyOf: Self.places) }

  /// Bytes that can be taken at once without passing over a place: within a picture, its middle or
  /// its end.
  private var bytesToPlace: Int {
    guard let picture = reader.picture else { return 1 }
    let taken = picture.row * picture.width + picture.column
    let all = picture.rows * picture.width
    return max(1, (taken < (all + 1) / 2 ? (all + 1) / 2 : all) - taken)
  }

  private mutating func beginAtPlace() {
    guard hasPlace, connections > 0 else { return }
    func isAt(_ kind: VirtualFault.Kind, _ count: Int) -> Bool {
      script.isWaiting(kind) && count >= script.value(of: kind) ?? 0
    }
    if bytesOfConnection == 1, script.isWaiting(.resetAtStart) {
      connectionsBegun += 1
      if isAt(.resetAtStart, connectionsBegun) { fire(.resetAtStart) }
    } else if reader.isInPictureHeader, isAt(.resetMidHeader, reader.picturesBegun + 1) {
      fire(.resetMidHeader)
    } else if let picture = reader.picture, isAt(.resetMidBand, reader.picturesBegun),
      (picture.row * picture.width + picture.column) * 2 >= picture.width * picture.rows
    {
      fire(.resetMidBand)
    } else if isAt(.resetAfterBody, reader.fencesRead) {
      fire(.resetAfterBody)
    }
  }

  private mutating func fire(_ kind: VirtualFault.Kind) {
    script.begin(kind, at: now)
    begin(kind)
  }

  // MARK: What the card does by the clock

  /// When it has something to do by itself.
  var nextOfCard: Int64? {
    guard connections > 0 else { return nil }
    var next: Int64?
    func consider(_ time: Int64?) {
      if let time { next = min(next ?? time, time) }
    }
    consider(nextChatterAt)
    if script.isActive(.resetsIdle) { consider(movedAt + idleMilliseconds) }
    if script.isActive(.sshBanner), !hasSaidNonsense { consider(now) }
    if script.isActive(.tricklingReader), nextByteAt > now { consider(nextByteAt) }
    return next
  }

  private var idleMilliseconds: Int64 { Int64(script.value(of: .resetsIdle) ?? 90) * 1_000 }

  mutating func runCard() {
    guard connections > 0, !script.isEmpty else { return }
    if script.isActive(.resetsIdle), now - movedAt >= idleMilliseconds { return reset() }
    if script.isActive(.sshBanner), !hasSaidNonsense {
      hasSaidNonsense = true
      send(Array("SSH-2.0-Rossio_1.0\r\n".utf8))
    }
    if let due = nextChatterAt, due <= now { chatter() }
  }

  /// A tenth of a second of bytes that say nothing.
  private mutating func chatter() {
    nextChatterAt = script.isActive(.endlessAnswers) ? now + Self.chatterMilliseconds : nil
    guard nextChatterAt != nil, !isHalfOpen else { return }
    let count = max(1, (script.value(of: .endlessAnswers) ?? 1_000) / 10)
    send((0..<min(count, 65_536)).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) })
  }

  private mutating func answerAsHTTP(_ bytes: ArraySlice<UInt8>) {
    guard !hasSaidNonsense else { return }
    hasSaidNonsense = true
    let server = script.value(of: .httpServer) ?? 1
    send(Array(Self.webServers[(server - 1) % Self.webServers.count].utf8))
  }

  /// What web servers answer to bytes that are no request. Some of the letters have the form of a
  /// printer's status: four in a row of “22:26:22” are a whole answer.
  private static let webServers = [
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nDate: Mon, 23 Nov 2026 08:58:01 GMT\r\n"
      + "Content-Type: text/html\r\nContent-Length: 157\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 400 Bad Request\r\nDate: Mon, 23 Nov 2026 22:26:22 GMT\r\nServer: Apache/2.4.62 "
      + "(Debian)\r\nContent-Length: 226\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\ndate: Mon, 23 Nov 2026 22:22:22 GMT\r\n\r\n",
  ]
}
