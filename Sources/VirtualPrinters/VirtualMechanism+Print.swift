extension VirtualMechanism {
  /// From head to cutter: 13 mm.
  private static let rowsToCutter = 104
  /// Rows after which the owner should look again, so that the window opens while a picture prints.
  private static let rowsAtATime = 64
  /// Lines of letters that nobody meant.
  private static let letterRows = 24
  private static let lettersPerLine = 48

  /// Paper moves, or would if there were something to print.
  private var canPrint: Bool { condition.isOnline && !script.isActive(.claimsHealth) }

  /// Obeys the commands whose turn has come by now.
  mutating func print() {
    let limit = now * 1_000
    while canPrint, work.freeAt <= limit, let command = queue.first {
      obey(command, limit: limit)
    }
    if !canPrint || queue.first == nil { work.freeAt = max(work.freeAt, limit) }
  }

  /// When the next rows or the next command are done.
  var nextPrint: Int64? {
    guard canPrint, let command = queue.first else { return nil }
    let rows = max(1, min(rowsLeft(of: command), rowsToTrigger, Self.rowsAtATime))
    let microseconds = work.freeAt + Int64(rows - 1) * model.microsecondsPerRow
    return (microseconds + 999) / 1_000
  }

  private func rowsLeft(of command: Command) -> Int {
    switch command {
    case .rows(_, let count, _): count
    case .feed(let rows): rows - work.rows
    case .printStored: memory.rows - work.rows
    case .cut(let feed): feed - work.rows
    default: 0
    }
  }

  private var rowsToTrigger: Int { script.nextRow.map { max(0, $0 - roll.totalRows) } ?? .max }

  private mutating func obey(_ command: Command, limit: Int64) {
    switch command {
    case .rows(let width, let count, let isGarbled):
      let rows = rowsInTime(count, limit)
      put(queue.data.first(rows * width), width: width, count: rows, isGarbled: isGarbled)
      queue.dropRows(rows)
    case .feed(let all):
      if feed(all, limit) { finish() }
    case .printStored:
      if printMemory(limit) { finish() }
    case .cut(let rows):
      if feed(rows, limit) { cut() }
    case .store(let width):
      memory = GraphicsMemory(width: width)
      finish()
    case .stored(let width, let count, let isGarbled):
      store(queue.data.first(count * width), isGarbled: isGarbled)
      queue.dropRows(count)
    default: obeyWithoutRows(command)
    }
    // Last: what begins here may clear the queue.
    if let row = script.nextRow, roll.totalRows >= row {
      for kind in script.begin(row: roll.totalRows, at: now) { begin(kind) }
    }
  }

  private mutating func obeyWithoutRows(_ command: Command) {
    switch command {
    case .fence(let fence):
      queue.dropFirst()
      reach(fence)
    case .initialise:
      // Star's stays as it was set.
      if model.family == .escpos { isAutomatic = false }
      memory = GraphicsMemory()
      finish()
    case .automaticStatus(let isOn):
      isAutomatic = isOn
      finish()
      sendStatus()
    case .identity(let kind):
      finish()
      sendIdentity(kind)
    case .clearCounter:
      etbCounter = 0
      finish()
    case .unknown(let bytes):
      finish()
      effects.append(.unknown(bytes))
      for byte in bytes where byte >= 0x20 { printLetter() }
    default: finish()
    }
  }

  private mutating func finish() {
    work.rows = 0
    queue.dropFirst()
  }

  // MARK: Rows

  /// Rows of `left` that can be begun by `limit`, and before the script has something to say.
  private func rowsInTime(_ left: Int, _ limit: Int64) -> Int {
    min(left, Int((limit - work.freeAt) / model.microsecondsPerRow) + 1, rowsToTrigger)
  }

  private mutating func put(
    _ bytes: ArraySlice<UInt8>, width: Int, count: Int, isGarbled: Bool = false
  ) {
    if script.isActive(.claimsHealthLosesRows) {
      lose(count)
    } else {
      let seen = isGarbled ? Self.garbled(bytes) : bytes
      roll.print(seen, width: width, count: count, at: timeOfLast(count))
    }
    work.freeAt += Int64(count) * model.microsecondsPerRow
  }

  /// The head prints on nothing, and nobody notices.
  private mutating func lose(_ rows: Int) {
    roll.lose(rows)
    hasLostRows = true
  }

  /// True once all rows are fed.
  private mutating func feed(_ all: Int, _ limit: Int64) -> Bool {
    let rows = rowsInTime(all - work.rows, limit)
    if script.isActive(.claimsHealthLosesRows) {
      lose(rows)
    } else {
      roll.feed(rows, at: timeOfLast(rows))
    }
    work.freeAt += Int64(rows) * model.microsecondsPerRow
    work.rows += rows
    return work.rows == all
  }

  private mutating func store(_ bytes: ArraySlice<UInt8>, isGarbled: Bool) {
    guard memory.bytes.count + bytes.count <= GraphicsMemory.limit else { return }
    memory.bytes += isGarbled ? Self.garbled(bytes) : bytes
  }

  /// True once all rows are printed.
  private mutating func printMemory(_ limit: Int64) -> Bool {
    let rows = rowsInTime(memory.rows - work.rows, limit)
    let width = memory.width
    let start = work.rows * width
    put(memory.bytes[start..<start + rows * width], width: width, count: rows)
    work.rows += rows
    guard work.rows == memory.rows else { return false }
    memory = GraphicsMemory()
    return true
  }

  private func timeOfLast(_ rows: Int) -> Int64 {
    (work.freeAt + Int64(max(0, rows - 1)) * model.microsecondsPerRow) / 1_000
  }

  /// Bytes that are no commands are printed as letters on real printers, and seen on the roll: a
  /// line of them with its first letter.
  private mutating func printLetter() {
    letters += 1
    guard letters % Self.lettersPerLine == 1 else { return }
    let width = (model.widthDots + 7) / 8
    let rows = [UInt8](repeating: 0x99, count: width * Self.letterRows)
    put(rows[...], width: width, count: Self.letterRows)
  }

  private static func garbled(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    ArraySlice(bytes.map { $0 ^ 0x5A })
  }

  // MARK: Cuts

  private mutating func cut() {
    counters.cuts += 1
    for kind in script.begin(cut: counters.cuts, at: now) { begin(kind) }
    guard !condition.isCutterBlocked else {
      // Tried again once it is cleared.
      counters.cuts -= 1
      return
    }
    finish()
    work.freeAt += Int64(Self.rowsToCutter) * model.microsecondsPerRow
    work.freeAt += model.hasCutter ? model.cutMilliseconds * 1_000 : 0
    if model.hasCutter, let piece = roll.takeOff(isCut: true) { effects.append(.paper(piece)) }
  }
}
