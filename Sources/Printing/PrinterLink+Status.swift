/// What the printer says, and what follows.
extension PrinterLink {
  mutating func received(_ bytes: [UInt8], _ now: Int64) -> [Action] {
    if now - chatter.since >= Limit.chatter { chatter = (now, 0) }
    chatter.bytes += bytes.count
    guard chatter.bytes <= Limit.chatterBytes else { return lose(.answersWithoutEnd, now) }
    if state == .probing { heard += bytes.prefix(Limit.noise - heard.count) }
    var actions: [Action] = []
    for reply in replies.read(bytes) {
      actions += handle(reply, now)
      if state == .disconnected { break }
    }
    return actions
  }

  private mutating func handle(_ reply: PrinterReply, _ now: Int64) -> [Action] {
    switch reply {
    case .condition(let condition, let isAnswer):
      return conditionIs(condition, isAnswer: isAnswer, now)
    case .fence(let token):
      return fence(token, now)
    case .sensors where commands.profile.fence == .status:
      return pattern.add(isText: false).map { fence($0, now) } ?? []
    case .sensors:
      return unexpected([0x20], now)
    case .identity(let text):
      identity += (identity.isEmpty ? "" : " ") + text
      identity = String(identity.prefix(80))
      guard commands.profile.fence == .status else { return identityFence(now) }
      return pattern.add(isText: true).map { fence($0, now) } ?? []
    case .cleared:
      return bufferCleared(now)
    case .noise(let bytes):
      return unexpected(bytes, now)
    }
  }

  /// Too much that makes no sense is no printer.
  private mutating func unexpected(_ bytes: [UInt8], _ now: Int64) -> [Action] {
    noise += bytes
    guard noise.count > Limit.noise else { return [] }
    return lose(.answersLikeNoPrinter(said: state == .probing ? said : ""), now)
  }

  private mutating func conditionIs(
    _ found: PrinterCondition, isAnswer: Bool, _ now: Int64
  ) -> [Action] {
    var actions = etbFence(found, now)
    if isAnswer, state != .probing { noise = [] }
    guard isAnswer, askedAt != nil else {
      // Before its first answer it may be no printer at all: “0 Ba” of a web server is such a status.
      return state == .probing ? actions : actions + changed(to: found, now)
    }
    askedAt = nil
    if state == .probing, noise.count > noiseWhenAsked {
      // “rv26” is such an answer: only one that comes alone is believed. It is asked again once it is
      // quiet.
      due = now + Limit.quiet
      return actions
    }
    switch state {
    case .probing:
      actions += probed(found, now)
    case .preflight:
      actions += preflightDone(found, now)
    case .awaitingPrint where isFenceOverdue && found.faults.isEmpty:
      actions += lose(.noProof, now)
    default:
      actions += changed(to: found, now)
    }
    return actions
  }

  private mutating func probed(_ found: PrinterCondition, _ now: Int64) -> [Action] {
    lastProblem = nil
    noise = []
    identity = ""
    condition = found
    rest(now)
    let word = found.faults.isEmpty ? "ready" : found.faults.description
    // A printer with a fault reads no command that is not a real-time one; ask it when it is well.
    return [.log("printer connected: \(word)")]
      + (found.faults.isEmpty ? [.write(commands.identityRequest)] : [])
  }

  /// What the printer says about itself, asked or not.
  private mutating func changed(to found: PrinterCondition, _ now: Int64) -> [Action] {
    let isNews = found.faults != faults
    condition = found
    if !faults.isEmpty { barrier?.since = now }
    var actions: [Action] = []
    if isNews { actions.append(.log(faults.isEmpty ? "printer is ready" : "printer: \(faults)")) }
    switch state {
    case .idle:
      if askedAt == nil, !isHolding { rest(now) }
    case .sending, .awaitingPrint:
      actions += faults.isEmpty ? [] : suspend(now)
    case .suspended(let before):
      noteBreak()
      actions += faults.isEmpty ? resume(before, now) : []
    case .disconnected, .connecting, .probing, .preflight, .beginning, .awaitingCut:
      break
    }
    return actions
  }

  // MARK: While a slip is being printed

  /// Not every fault is told unasked, and a printer that says nothing may have its cover open.
  mutating func pollWhilePrinting(_ now: Int64) -> [Action] {
    pollDue = now + (faults.isEmpty ? Limit.printPoll : Limit.faultPoll)
    guard let asked = askedAt else {
      askedAt = now
      replies.statusAsked()
      return [.write(commands.statusRequest)]
    }
    let patience = Limit.answer + (attempt?.predictedMilliseconds ?? 0)
    guard now - asked >= patience else { return [] }
    if case .suspended = state {
      // A question may have been lost with what the printer forgot.
      askedAt = now
      replies.statusAsked()
      return [.write(commands.statusRequest)]
    }
    guard state == .awaitingPrint, attempt?.brokeBecause == nil else { return [] }
    attempt?.brokeBecause = .silentAmidSlip
    return [.note("says nothing")]
  }

  mutating func suspend(_ now: Int64) -> [Action] {
    state = .suspended(during: state)
    due = now + Limit.suspended
    pollDue = now + Limit.faultPoll
    noteBreak()
    return [.note("suspended: \(faults)")]
  }

  private mutating func noteBreak() {
    let faults = faults
    guard !faults.isDisjoint(with: .breaking) else { return }
    // Silence may have been the cover already; a fault that it tells is what it was.
    guard attempt?.brokeBecause == nil || attempt?.brokeBecause == .silentAmidSlip else { return }
    attempt?.brokeBecause = .faultsAmidSlip(faults)
  }

  private mutating func resume(_ before: State, _ now: Int64) -> [Action] {
    state = before
    isFenceOverdue = false
    pollDue = now + Limit.printPoll
    if before == .awaitingPrint {
      due = now + fencePatience
      return [.note("went on")]
    }
    due = now + Limit.stalled
    isBandProofTimed = false
    return [.note("went on")] + drained(now)
  }

  /// Its person has gone, and the next ones wait: what is left of the slip is taken back.
  mutating func suspendedTooLong(_ now: Int64) -> [Action] {
    guard commands.clearRequest != nil else {
      due = now + Limit.suspended
      return []
    }
    return lose(.suspendedTooLong(faults), now)
  }
}
