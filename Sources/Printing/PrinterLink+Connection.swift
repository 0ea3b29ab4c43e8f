/// Getting and keeping the connection, and the printer's status.
extension PrinterLink {
  mutating func timePassed(_ now: Int64) -> [Action] {
    guard let due = deadline, now >= due else { return [] }
    deadline = nil
    switch state {
    case .disconnected:
      state = .connecting
      deadline = now + Limit.connecting
      return [.connect]
    case .connecting:
      return lose("no connection within \(Limit.connecting / 1_000) s", now)
    case .probing, .preflight:
      return lose("no answer to the request for its status", now)
    case .idle where isHolding:
      rest(now)
      return []
    case .idle:
      return statuses == nil ? askStatus(now) : lose("no answer to the request for its status", now)
    case .beginning:
      return []
    case .sending:
      return lose("took no byte for \(Limit.stalled / 1_000) s", now)
    case .awaitingPrint:
      return fenceOverdue(now)
    case .awaitingCut:
      return cutOverdue(now)
    case .suspended:
      // A printer may be silent while its cover is open: no answer means nothing here.
      return askStatus(now, interval: Limit.faultPoll)
    }
  }

  mutating func connected(_ now: Int64) -> [Action] {
    guard state == .connecting else { return [] }
    state = .probing
    faults = []
    replies = EscPosReplyReader()
    return [.write(EscPos.initialise + EscPos.automaticStatus)] + askStatus(now)
  }

  /// Asks for all four statuses; they are due within `interval`.
  mutating func askStatus(_ now: Int64, interval: Int64 = Limit.answer) -> [Action] {
    statuses = []
    deadline = now + interval
    return [.write(EscPos.statusRequests)]
  }

  /// Gives the connection up from this side.
  mutating func lose(_ reason: String, _ now: Int64) -> [Action] {
    [.disconnect] + linkLost(reason, now)
  }

  mutating func linkLost(_ reason: String, _ now: Int64) -> [Action] {
    if case .disconnected = state { return [] }
    let actions = attemptAbandoned(reason)
    let isNews = reason != lastProblem
    lastProblem = reason
    statuses = nil
    failures += 1
    let retryAt = now + backOff()
    state = .disconnected(retryAt: retryAt)
    deadline = retryAt
    return actions + (isNews ? [.log("printer lost: \(reason)")] : [])
  }

  /// Doubles from 0.2 s to 10 s; the jitter takes up to half of it away.
  private mutating func backOff() -> Int64 {
    let full = Limit.shortestBackOff << Int64(min(failures - 1, 10))
    let bounded = min(full, Limit.longestBackOff)
    return bounded - Int64(random.next() % UInt64(bounded / 2))
  }

  /// The link is idle: from here on only keep-alives and, with a fault, polls are due.
  mutating func rest(_ now: Int64) {
    state = .idle
    isHolding = false
    deadline = now + (faults.isEmpty ? Limit.keepAlive : Limit.faultPoll)
  }

  mutating func handle(_ reply: PrinterReply, now: Int64) -> [Action] {
    switch reply {
    case .status(let byte):
      return statusByte(byte, now)
    case .automatic(let faults, let isNearEnd):
      isPaperNearEnd = isNearEnd
      return faultsAre(faults, now)
    case .fence(let token):
      return fence(token, now)
    case .fallbackFence:
      return fallbackFence(now)
    case .identity(let text):
      identity += (identity.isEmpty ? "" : " ") + text
      return []
    case .cleared, .noise:
      return []
    }
  }

  private mutating func statusByte(_ byte: UInt8, _ now: Int64) -> [Action] {
    guard var collected = statuses else { return [] }
    collected.append(byte)
    statuses = collected
    guard collected.count == 4 else { return [] }
    statuses = nil
    isPaperNearEnd = collected[3] & 0x0C != 0
    let found = PrinterFaults(statuses: collected)
    switch state {
    case .probing:
      return probed(found, now)
    case .preflight:
      return preflightDone(found, now)
    case .awaitingPrint where found.isEmpty:
      // It was asked because its fence is overdue.
      return lose("no proof of printing, though the printer reports no fault", now)
    default:
      return faultsAre(found, now)
    }
  }

  private mutating func probed(_ found: PrinterFaults, _ now: Int64) -> [Action] {
    failures = 0
    lastProblem = ""
    identity = ""
    faults = found
    rest(now)
    let condition = found.isEmpty ? "ready" : found.description
    // A printer with a fault reads no command that is not a real-time one; ask it when it is well.
    return [.log("printer connected: \(condition)")]
      + (found.isEmpty ? [.write(EscPos.identity)] : [])
  }

  /// What the printer says about itself, asked or not.
  mutating func faultsAre(_ found: PrinterFaults, _ now: Int64) -> [Action] {
    let isNews = found != faults
    faults = found
    var actions: [Action] = []
    if isNews { actions.append(.log(found.isEmpty ? "printer is ready" : "printer: \(found)")) }
    switch state {
    case .idle:
      if statuses == nil { rest(now) }
    case .sending, .awaitingPrint:
      actions += found.isEmpty ? [] : suspend(now)
    case .suspended(let before):
      actions += found.isEmpty ? resume(before, now) : []
      if !found.isEmpty, statuses == nil { deadline = now + Limit.faultPoll }
    case .disconnected, .connecting, .probing, .preflight, .beginning, .awaitingCut:
      break
    }
    return actions
  }
}
