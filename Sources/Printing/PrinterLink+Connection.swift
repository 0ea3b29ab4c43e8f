/// Getting and keeping the connection.
extension PrinterLink {
  mutating func timePassed(_ now: Int64) -> [Action] {
    var actions: [Action] = []
    if let limit = doubt?.until, now >= limit { actions += settleDoubt() }
    if let poll = pollDue, now >= poll { actions += pollWhilePrinting(now) }
    if let limit = due, now >= limit {
      due = nil
      actions += stateLasted(now)
    }
    return actions
  }

  /// The present state has lasted as long as it may.
  private mutating func stateLasted(_ now: Int64) -> [Action] {
    switch state {
    case .disconnected:
      state = .connecting
      due = now + Limit.connecting
      return [.connect]
    case .connecting:
      return lose(.noConnection, now)
    case .probing where askedAt == nil:
      return askStatus(now)
    case .probing, .preflight:
      return lose(talk ?? .silent, now)
    case .idle where isHolding:
      rest(now)
      return []
    case .idle where isClearing && askedAt == nil:
      return startWithoutProof(now)
    case .idle where barrier != nil && faults.isEmpty && askedAt == nil:
      return barrierOverdue(now)
    case .idle:
      return askedAt == nil ? keepAlive(now) : lose(.silent, now)
    case .beginning:
      return []
    case .sending:
      return lose(isBandProofTimed ? .noBandProof : .takesNothing, now)
    case .awaitingPrint:
      return fenceOverdue(now)
    case .awaitingCut:
      return cutOverdue(now)
    case .suspended:
      return suspendedTooLong(now)
    }
  }

  /// A printer that was switched off and on behind its network card has forgotten that it is to tell
  /// changes; it is told again each time.
  private mutating func keepAlive(_ now: Int64) -> [Action] {
    guard faults.isEmpty, barrier == nil else { return askStatus(now) }
    return [.write(commands.automaticStatus)] + askStatus(now)
  }

  /// Who does not answer, or goes, says perhaps what it is; the answer to a fence can be read, too.
  var talk: PrintProblem? {
    guard state == .probing, !noise.isEmpty, said.utf8.count >= 4 else { return nil }
    return .answersLikeNoPrinter(said: said)
  }

  var said: String { firstWords(of: heard) }

  mutating func connected(_ now: Int64) -> [Action] {
    guard state == .connecting else { return [] }
    state = .probing
    condition = PrinterCondition()
    replies = ReplyReader(commands.profile.dialect)
    pattern = FencePattern()
    pendingFence = nil
    (noise, noiseWhenAsked, heard) = ([], 0, [])
    chatter = (now, 0)
    connectedAt = now
    var actions: [Action] = []
    if mayHoldHalfASlip, let clear = commands.clearRequest {
      isClearing = true
      actions.append(.write(clear))
    } else if mayHoldHalfASlip {
      actions += cleanStart(isBufferClear: false, now)
    } else {
      actions.append(.write(commands.initialisation))
    }
    return actions + askStatus(now)
  }

  /// Asks how it is; answered within `interval`, or `due` has passed.
  mutating func askStatus(_ now: Int64, interval: Int64 = Limit.answer) -> [Action] {
    askedAt = now
    noiseWhenAsked = noise.count
    due = now + interval
    replies.statusAsked()
    return [.write(commands.statusRequest)]
  }

  /// Ends what an earlier link left, so that the next slip stands alone on its paper.
  private mutating func cleanStart(isBufferClear: Bool, _ now: Int64) -> [Action] {
    isClearing = false
    barrier = Barrier(tries: (barrier?.tries ?? 0) + 1, since: now)
    return [.write(commands.cleanStart(isBufferClear: isBufferClear) + ask(.cleanStart))]
  }

  /// All that an earlier link left is done.
  mutating func barrierPassed(_ now: Int64) -> [Action] {
    barrier = nil
    mayHoldHalfASlip = false
    if state == .idle { rest(now) }
    return []
  }

  /// It is well and proves nothing: what it was sent may have been lost with its buffer.
  private mutating func barrierOverdue(_ now: Int64) -> [Action] {
    guard let present = barrier else { return [] }
    guard now - present.since >= Limit.barrier else { return askStatus(now) }
    let isTokenless = commands.profile.fence.hasNoToken
    let limit = isTokenless ? Limit.barrierTriesWithoutToken : Limit.barrierTries
    if present.tries < limit {
      return cleanStart(isBufferClear: false, now) + askStatus(now)
    }
    isDistrusted = isDistrusted || isTokenless
    return barrierPassed(now) + [.log("printer does not prove a clean start; going on without")]
  }

  /// The buffer is proven empty: nothing of an abandoned slip will come any more.
  mutating func bufferCleared(_ now: Int64) -> [Action] {
    guard isClearing else { return [] }
    var actions = cleanStart(isBufferClear: true, now)
    if let problem = doubt?.problem {
      doubt = nil
      actions.insert(.finish(.interrupted(problem)), at: 0)
    }
    if state == .idle { rest(now) }
    return actions
  }

  /// It did not say that it cleared its buffer, whatever its profile says.
  private mutating func startWithoutProof(_ now: Int64) -> [Action] {
    let actions = cleanStart(isBufferClear: false, now)
    rest(now)
    return actions + settleDoubt()
  }

  /// Nobody will know any more whether the slip came out.
  private mutating func settleDoubt() -> [Action] {
    guard let problem = doubt?.problem else { return [] }
    doubt = nil
    return [.finish(.unknown(problem))]
  }

  /// Gives the connection up from this side.
  mutating func lose(_ problem: PrintProblem, _ now: Int64) -> [Action] {
    [.disconnect] + linkLost(problem, now)
  }

  mutating func linkLost(_ problem: PrintProblem, _ now: Int64) -> [Action] {
    if case .disconnected = state { return [] }
    let actions = attemptAbandoned(problem, now)
    let isNews = problem != lastProblem
    lastProblem = problem
    askedAt = nil
    pollDue = nil
    isClearing = false
    isBandProofTimed = false
    pendingFence = nil
    barrier = nil
    isHolding = false
    if connectedAt > 0, now - connectedAt > Limit.goodLink { failures = 0 }
    connectedAt = 0
    failures += 1
    state = .disconnected
    due = now + backOff()
    return actions + (isNews ? [.log("printer lost: \(problem)")] : [])
  }

  /// Doubles from 0.2 s to 10 s; the jitter takes up to half of it away.
  private mutating func backOff() -> Int64 {
    let full = Limit.shortestBackOff << Int64(min(failures - 1, 10))
    let bounded = min(full, Limit.longestBackOff)
    return bounded - Int64(random.next() % UInt64(bounded / 2))
  }

  /// Who tells nothing is asked more often.
  private var idlePatience: Int64 {
    commands.profile.automaticStatus ? Limit.keepAlive : Limit.idlePoll
  }

  /// The link is idle: from here on only keep-alives and, with a fault, polls are due.
  mutating func rest(_ now: Int64) {
    state = .idle
    isHolding = false
    pollDue = nil
    due =
      if let askedAt { askedAt + Limit.answer } else if !faults.isEmpty {
        now + Limit.faultPoll
      } else { now + (isClearing || barrier != nil ? Limit.answer : idlePatience) }
  }
}
