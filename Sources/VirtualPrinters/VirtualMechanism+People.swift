extension VirtualMechanism {
  private static let feedButtonRows = 80

  mutating func perform(_ act: VirtualAct) {
    switch act {
    case .openCover: alter { $0.isCoverOpen = true }
    case .closeCover: alter { $0.isCoverOpen = false }
    case .takePaper: alter { $0.isPaperOut = true }
    case .loadPaper: loadPaper()
    case .nearEnd: alter { $0.isPaperNearEnd = true }
    case .blockCutter: alter { $0.isCutterBlocked = true }
    case .clearCutter: alter { $0.isCutterBlocked = false }
    case .pressFeed:
      if condition.isOnline { roll.feed(Self.feedButtonRows, at: now) }
    case .tearOff: tearOff()
    case .powerCycle: powerCycle()
    }
  }

  /// Changes the condition; the host is told if it asked to be.
  mutating func alter(_ change: (inout VirtualCondition) -> Void) {
    let before = condition
    change(&condition)
    guard condition != before else { return }
    // Paper that stood still begins to move now.
    work.freeAt = max(work.freeAt, now * 1_000)
    sendStatus()
  }

  mutating func loadPaper() {
    if condition.isPaperOut { roll.newPaper() }
    alter {
      $0.isPaperOut = false
      $0.isPaperNearEnd = false
    }
  }

  mutating func tearOff() {
    if let piece = roll.takeOff(isCut: false) { effects.append(.paper(piece)) }
  }

  /// Off and on again: the connection and all that is in memory is lost, the paper is not.
  mutating func powerCycle() {
    if connections > 0 { reset() }
    forgetAll()
    heldUntil = nil
    condition.isOff = true
    condition.isHeadHot = false
    startsAt = now + Self.startMilliseconds
  }

  mutating func start() {
    startsAt = nil
    alter { $0.isOff = false }
  }

  /// What a printer without power forgets.
  mutating func forgetAll() {
    clearBuffers()
    reader = CommandReader(model: model)
    isAutomatic = false
    etbCounter = 0
    documents = 0
    hasOverflowed = false
  }

  /// `DLE DC4 8`, and what a power cycle does to what waits.
  mutating func clearBuffers() {
    queue.clear()
    filter.forget()
    reader.forget()
    memory = GraphicsMemory()
    work.rows = 0
  }
}
