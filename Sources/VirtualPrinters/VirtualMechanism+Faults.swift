extension VirtualMechanism {
  /// What a fault does as it begins.
  mutating func begin(_ kind: VirtualFault.Kind) {
    switch kind {
    case .resetAtStart, .resetMidHeader, .resetMidBand, .resetAfterBody, .resetAtByte:
      if connections > 0 { reset() }
    case .paperOut, .paperOutLosesRow, .paperOutDropsRest, .paperOutTears:
      alter { $0.isPaperOut = true }
    case .paperRunsLow: runLow()
    case .foreignToken: sayForeignToken()
    case .cutterFails: alter { $0.isCutterBlocked = true }
    case .halfOpen: isHalfOpen = connections > 0
    case .halfOpenLater:
      isHalfOpen = connections > 0
      if !isHalfOpen { script.delayByASecond(kind, at: now) }
    case .forgetsAutomaticStatus: forgetAutomaticStatus()
    case .powerCycles: powerCycle()
    case .coverOpens: alter { $0.isCoverOpen = true }
    case .headTooHot: alter { $0.isHeadHot = true }
    default: break
    }
  }

  /// What the person does who mends it.
  mutating func end(_ kind: VirtualFault.Kind) {
    work.freeAt = max(work.freeAt, now * 1_000)
    switch kind {
    case .paperOut, .paperRunsLow: loadPaper()
    case .paperOutLosesRow:
      if case .rows = queue.first {
        queue.dropRows(1)
        roll.lose(1)
      }
      loadPaper()
    case .paperOutDropsRest:
      queue.clear()
      memory = GraphicsMemory()
      work.rows = 0
      loadPaper()
    case .paperOutTears:
      tearOff()
      loadPaper()
    case .cutterFails: alter { $0.isCutterBlocked = false }
    case .coverOpens: alter { $0.isCoverOpen = false }
    case .headTooHot: alter { $0.isHeadHot = false }
    default: break
    }
  }

  /// Near its end first, out some rows later.
  private mutating func runLow() {
    if condition.isPaperNearEnd {
      alter { $0.isPaperOut = true }
    } else {
      alter { $0.isPaperNearEnd = true }
      let rows = Int.random(in: 1...400, using: &random)
      script.delay(.paperRunsLow, toRow: roll.totalRows + rows)
    }
  }

  /// Between two slips, so that no part of one is lost; a card of its own keeps the connection.
  private mutating func forgetAutomaticStatus() {
    guard queue.first == nil, reader.isAtRest, memory.bytes.isEmpty else {
      return script.delayByASecond(.forgetsAutomaticStatus, at: now)
    }
    forgetAll()
  }
}
