/// A command that was read and waits for its turn.
enum Command: Equatable, Sendable {
  case initialise
  case feed(Int)
  /// The next `count` rows of the queue's data, `width` bytes each.
  case rows(width: Int, count: Int, isGarbled: Bool)
  /// Takes a graphics picture of that row length into memory: so far without rows.
  case store(width: Int)
  /// The next `count` rows of the queue's data go into memory.
  case stored(width: Int, count: Int, isGarbled: Bool)
  case printStored
  /// Feeds to the cutter and `feed` dots more, and cuts.
  case cut(feed: Int)
  case fence(Fence)
  case automaticStatus(Bool)
  case identity(UInt8)
  case clearCounter
  case unknown([UInt8])
}

/// A command that is answered once all before it is on paper.
enum Fence: Equatable, Sendable {
  /// `GS ( H`: four bytes.
  case process([UInt8])
  /// `GS r 1`.
  case paperSensor
  /// `ESC GS ETX 01`: two bytes.
  case document([UInt8])
  case etb
}

/// The receive buffer behind the reader: commands in print order, and the rows that belong to them.
struct PrintQueue: Sendable {
  /// Bytes of unknown commands that are joined into one.
  private static let unknownLimit = 64

  private var commands: [(command: Command, bytes: Int)] = []
  private var start = 0
  private var commandBytes = 0
  private(set) var data = ByteQueue()

  /// Bytes that it takes up in the printer's memory.
  var bytes: Int { commandBytes + data.count }

  var first: Command? { start < commands.count ? commands[start].command : nil }

  mutating func append(_ command: Command, bytes: Int) {
    commands.append((command, bytes))
    commandBytes += bytes
  }

  mutating func appendUnknown(_ byte: UInt8) {
    if start < commands.count, case .unknown(var bytes) = commands[commands.count - 1].command,
      bytes.count < Self.unknownLimit
    {
      bytes.append(byte)
      commands[commands.count - 1] = (.unknown(bytes), bytes.count)
      commandBytes += 1
    } else {
      append(.unknown([byte]), bytes: 1)
    }
  }

  /// Adds `count` rows, which lie in `bytes`, to the newest command if they continue it.
  mutating func appendRows(
    _ bytes: ArraySlice<UInt8>, width: Int, count: Int, isGarbled: Bool, isStored: Bool
  ) {
    data.append(bytes)
    if start < commands.count {
      switch commands[commands.count - 1].command {
      case .rows(width, let before, isGarbled) where !isStored:
        commands[commands.count - 1].command =
          .rows(width: width, count: before + count, isGarbled: isGarbled)
        return
      case .stored(width, let before, isGarbled) where isStored:
        commands[commands.count - 1].command =
          .stored(width: width, count: before + count, isGarbled: isGarbled)
        return
      default: break
      }
    }
    append(
      isStored
        ? .stored(width: width, count: count, isGarbled: isGarbled)
        : .rows(width: width, count: count, isGarbled: isGarbled), bytes: 0)
  }

  mutating func dropFirst() {
    commandBytes -= commands[start].bytes
    start += 1
    if start == commands.count {
      commands.removeAll(keepingCapacity: true)
      start = 0
    } else if start > 1_024 {
      commands.removeFirst(start)
      start = 0
    }
  }

  /// Takes the first `count` rows of the first command, which has at least as many.
  mutating func dropRows(_ count: Int) {
    switch first {
    case .rows(let width, let all, let isGarbled):
      data.drop(count * width)
      commands[start].command = .rows(width: width, count: all - count, isGarbled: isGarbled)
      if all == count { dropFirst() }
    case .stored(let width, let all, _):
      data.drop(all * width)
      dropFirst()
    default: preconditionFailure("the first command has no rows")
    }
  }

  mutating func clear() { self = PrintQueue() }
}
