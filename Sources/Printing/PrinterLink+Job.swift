/// One slip, from preflight to cut.
extension PrinterLink {
  mutating func jobOffered(_ predicted: Int64, _ now: Int64) -> [Action] {
    precondition(wantsJob, "a job is offered to an idle printer without faults")
    state = .preflight
    attempt = Attempt(number: 0, predictedMilliseconds: predicted)
    bodyBytesSent = 0
    return askStatus(now)
  }

  mutating func preflightDone(_ found: PrinterCondition, _ now: Int64) -> [Action] {
    condition = found
    guard faults.isEmpty else {
      attempt = nil
      rest(now)
      return [.finish(.notSent(.faults(faults))), .log("printer: \(faults)")]
    }
    state = .beginning
    due = nil
    return [.beginAttempt]
  }

  mutating func attemptBegun(_ number: Int64, _ now: Int64) -> [Action] {
    guard state == .beginning else { return [] }
    // Automatic status may have come since the preflight.
    if !faults.isEmpty { return giveBack(.faults(faults), now) }
    if commands.profile.fence == .etb, condition.etbCounter == nil {
      return hold(giveBack(.noCounter, now), now)
    }
    state = .sending
    let start = commands.initialisation
    attempt?.number = number
    attempt?.initialBytesLeft = start.count
    isWaitingForBand = true
    isBandProofTimed = false
    isFenceOverdue = false
    due = now + Limit.stalled
    pollDue = now + Limit.printPoll
    return [.write(start), .drawBand]
  }

  /// Nothing was sent: the job waits again.
  private mutating func giveBack(_ problem: PrintProblem, _ now: Int64) -> [Action] {
    attempt = nil
    rest(now)
    return [.finish(.notSent(problem))]
  }

  private mutating func hold(_ actions: [Action], _ now: Int64) -> [Action] {
    isHolding = true
    due = now + Limit.faultPoll
    return actions
  }

  mutating func jobFailed(_ problem: PrintProblem, _ now: Int64) -> [Action] {
    switch state {
    case .beginning:
      return hold(giveBack(problem, now), now) + [.log("\(problem)")]
    case .sending, .suspended:
      // Half a slip lies in the printer: only a new connection gives a clean start.
      return lose(problem, now)
    default:
      return []
    }
  }

  mutating func body(_ bytes: [UInt8], _ now: Int64) -> [Action] {
    guard attempt != nil else { return [] }
    isWaitingForBand = false
    guard commands.profile.bandByBand else { return [.write(bytes)] }
    isBandProofTimed = false
    return [.write(bytes + ask(.band))]
  }

  mutating func wrote(_ count: Int, _ now: Int64) -> [Action] {
    if state == .preflight {
      // The answer is awaited from here: drawing came between the time of the question and this.
      due = now + Limit.answer
      return []
    }
    guard var attempt, state != .awaitingCut else { return [] }
    let initial = min(count, attempt.initialBytesLeft)
    attempt.initialBytesLeft -= initial
    bodyBytesSent += count - initial
    self.attempt = attempt
    if state == .sending, !isBandProofTimed { due = now + Limit.stalled }
    return []
  }

  /// The network has taken a band: the next one is drawn while the printer prints.
  mutating func drained(_ now: Int64) -> [Action] {
    guard state == .sending, !isWaitingForBand else { return [] }
    guard !awaitsBandProof else {
      if !isBandProofTimed { due = now + fencePatience }
      isBandProofTimed = true
      return []
    }
    isWaitingForBand = true
    return [.drawBand]
  }

  /// What was sent of the slip so far is on paper.
  mutating func bandProven(_ now: Int64) -> [Action] {
    isBandProofTimed = false
    guard state == .sending else { return [] }
    due = now + Limit.stalled
    return drained(now)
  }

  mutating func bodyEnded(_ now: Int64) -> [Action] {
    guard attempt != nil else { return [] }
    isWaitingForBand = false
    isPrintAskedTwice = false
    attempt?.isBodyComplete = true
    if case .suspended = state {
      state = .suspended(during: .awaitingPrint)
    } else {
      state = .awaitingPrint
      due = now + fencePatience
    }
    return [.write(ask(.print))]
  }

  // MARK: Proof

  var fencePatience: Int64 { Limit.fence + 3 * (attempt?.predictedMilliseconds ?? 0) }

  mutating func printProven(_ now: Int64) -> [Action] {
    guard let attempt else { return [] }
    state = .awaitingCut
    due = now + Limit.cut
    isFenceOverdue = false
    return [.finish(outcome(of: attempt)), .write(commands.cut), .write(ask(.cut))]
  }

  private func outcome(of attempt: Attempt) -> Outcome {
    if isDistrusted { return .unknown(.answersMixedUp) }
    if let problem = attempt.brokeBecause { return .interrupted(problem) }
    return .printed(evidence: "the printer answered behind its last line")
  }

  mutating func cutDone(_ now: Int64) -> [Action] {
    attempt = nil
    rest(now)
    return []
  }

  /// The slip is printed whatever the cutter did: an alert, never another print. A new connection
  /// cuts once more, so that the next slip does not hang on to this one.
  mutating func cutOverdue(_ now: Int64) -> [Action] {
    lose(faults.isEmpty ? .silentAfterCut : .faults(faults), now)
  }

  /// No fence in time: ask what is wrong. No fault, or no answer, leaves the slip unknown.
  mutating func fenceOverdue(_ now: Int64) -> [Action] {
    guard !isFenceOverdue else {
      return lose(.neitherProofNorStatus, now)
    }
    isFenceOverdue = true
    return askStatus(now)
  }

  /// What is said of the attempt when the link goes.
  mutating func attemptAbandoned(_ problem: PrintProblem, _ now: Int64) -> [Action] {
    guard let abandoned = attempt else { return [] }
    attempt = nil
    switch state {
    case .preflight, .beginning:
      return [.finish(.notSent(problem))]
    case .sending, .awaitingPrint, .suspended:
      guard bodyBytesSent > 0 else { return [.finish(.notSent(problem))] }
      mayHoldHalfASlip = true
      // Where it cannot be whole on paper, a printer that proves its buffer empty settles it. What
      // broke it says more than how its link went after that.
      let isPartial = !abandoned.isBodyComplete || abandoned.brokeBecause != nil
      let cause = abandoned.brokeBecause ?? problem
      let isLater = cause != problem
      guard isPartial, commands.clearRequest != nil else {
        return (isLater ? [.note("link lost: \(problem)")] : []) + [.finish(.unknown(cause))]
      }
      doubt = (cause, now + Limit.takingBack)
      return [.note("link lost: \(problem)")]
    case .awaitingCut:
      mayHoldHalfASlip = true
      return [.note("cut not confirmed: \(problem)")]
    case .disconnected, .connecting, .probing, .idle:
      return []
    }
  }
}
