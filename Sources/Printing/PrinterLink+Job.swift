/// One slip, from preflight to cut.
extension PrinterLink {
  mutating func jobOffered(_ predicted: Int64, _ now: Int64) -> [Action] {
    precondition(wantsJob, "a job is offered to an idle printer without faults")
    state = .preflight
    predictedMilliseconds = predicted
    return askStatus(now)
  }

  mutating func preflightDone(_ found: PrinterFaults, _ now: Int64) -> [Action] {
    faults = found
    guard found.isEmpty else {
      rest(now)
      return [.finish(.notSent(reason: found.description)), .log("printer: \(found)")]
    }
    state = .beginning
    deadline = nil
    return [.beginAttempt]
  }

  mutating func attemptBegun(_ number: Int64, _ now: Int64) -> [Action] {
    guard state == .beginning else { return [] }
    attempt = number
    bodyBytesSent = 0
    // Automatic status may have come since the preflight.
    guard faults.isEmpty else {
      attempt = nil
      rest(now)
      return [.finish(.notSent(reason: faults.description))]
    }
    state = .sending
    isWaitingForBand = true
    deadline = now + Limit.stalled
    let start = EscPosRaster(profile: profile).initialisation
    initialBytesLeft = start.count
    return [.write(start), .drawBand]
  }

  mutating func jobFailed(_ reason: String, _ now: Int64) -> [Action] {
    switch state {
    case .beginning:
      rest(now)
      isHolding = true
      deadline = now + Limit.faultPoll
      return [.finish(.notSent(reason: reason)), .log(reason)]
    case .sending, .suspended:
      // Half a slip lies in the printer: only a new connection gives a clean start.
      return lose(reason, now)
    default:
      return []
    }
  }

  mutating func body(_ bytes: [UInt8], _ now: Int64) -> [Action] {
    guard attempt != nil else { return [] }
    isWaitingForBand = false
    return [.write(bytes)]
  }

  mutating func wrote(_ count: Int, _ now: Int64) -> [Action] {
    guard attempt != nil, state != .awaitingCut else { return [] }
    let initial = min(count, initialBytesLeft)
    initialBytesLeft -= initial
    bodyBytesSent += count - initial
    if state == .sending { deadline = now + Limit.stalled }
    return []
  }

  /// The network has taken a band: the next one is drawn while the printer prints.
  mutating func drained(_ now: Int64) -> [Action] {
    guard state == .sending, !isWaitingForBand else { return [] }
    isWaitingForBand = true
    return [.drawBand]
  }

  mutating func bodyEnded(_ now: Int64) -> [Action] {
    guard let attempt else { return [] }
    isWaitingForBand = false
    let fence = EscPos.fence(profile.fence, token: Self.printToken(attempt))
    if case .suspended = state {
      state = .suspended(during: .awaitingPrint)
    } else {
      state = .awaitingPrint
      deadline = now + fencePatience
    }
    return [.write(fence)]
  }

  /// Each attempt has two tokens.
  static func printToken(_ attempt: Int64) -> FenceToken { FenceToken(number: attempt * 2) }
  static func cutToken(_ attempt: Int64) -> FenceToken { FenceToken(number: attempt * 2 + 1) }

  private var fencePatience: Int64 { Limit.fence + 3 * predictedMilliseconds }

  mutating func fence(_ token: FenceToken, _ now: Int64) -> [Action] {
    guard let attempt else { return [.log("a fence of nobody was answered, ignored")] }
    switch state {
    case .awaitingPrint, .suspended(during: .awaitingPrint):
      guard token == Self.printToken(attempt) else {
        return [.log("a foreign fence was answered, ignored")]
      }
      return printed(attempt, now)
    case .awaitingCut:
      guard token == Self.cutToken(attempt) else {
        return [.log("a foreign fence was answered, ignored")]
      }
      return cutDone(now)
    default:
      return [.log("a fence was answered too early, ignored")]
    }
  }

  /// The answer to `GS r 1` has no token: it counts only while exactly one is awaited.
  mutating func fallbackFence(_ now: Int64) -> [Action] {
    guard profile.fence == .status, let attempt else { return [] }
    switch state {
    case .awaitingPrint, .suspended(during: .awaitingPrint): return printed(attempt, now)
    case .awaitingCut: return cutDone(now)
    default: return []
    }
  }

  private mutating func printed(_ attempt: Int64, _ now: Int64) -> [Action] {
    state = .awaitingCut
    deadline = now + Limit.cut
    statuses = nil
    let cut = EscPos.cut(profile.cutter, feedDots: profile.feedBeforeCutDots)
    let fence = EscPos.fence(profile.fence, token: Self.cutToken(attempt))
    return [.finish(.printed(evidence: "print fence answered")), .write(cut + fence)]
  }

  private mutating func cutDone(_ now: Int64) -> [Action] {
    attempt = nil
    rest(now)
    return []
  }

  /// The slip is printed whatever the cutter did: an alert, never another print.
  mutating func cutOverdue(_ now: Int64) -> [Action] {
    attempt = nil
    rest(now)
    let problem = faults.isEmpty ? "no answer after the cut" : faults.description
    return [.note("cut not confirmed: \(problem)"), .log("cut not confirmed: \(problem)")]
  }

  /// No fence in time: ask what is wrong. No fault, or no answer, leaves the slip unknown.
  mutating func fenceOverdue(_ now: Int64) -> [Action] {
    guard statuses == nil else {
      return lose("no proof of printing, and no answer to the request for its status", now)
    }
    return askStatus(now)
  }

  mutating func suspend(_ now: Int64) -> [Action] {
    state = .suspended(during: state)
    deadline = now + Limit.faultPoll
    return [.note("suspended: \(faults)")]
  }

  mutating func resume(_ before: State, _ now: Int64) -> [Action] {
    state = before
    statuses = nil
    if before == .awaitingPrint {
      deadline = now + fencePatience
      return [.note("went on")]
    }
    deadline = now + Limit.stalled
    guard !isWaitingForBand else { return [.note("went on")] }
    isWaitingForBand = true
    return [.note("went on"), .drawBand]
  }

  /// What is said of the attempt when the link goes.
  mutating func attemptAbandoned(_ reason: String) -> [Action] {
    defer { attempt = nil }
    switch state {
    case .preflight, .beginning:
      return [.finish(.notSent(reason: reason))]
    case .sending, .awaitingPrint, .suspended:
      let outcome: Outcome =
        bodyBytesSent == 0 ? .notSent(reason: reason) : .unknown(reason: reason)
      return [.finish(outcome)]
    case .awaitingCut:
      return attempt == nil ? [] : [.note("link lost before the cut was confirmed: \(reason)")]
    case .disconnected, .connecting, .probing, .idle:
      return []
    }
  }
}
