/// A virtual printer as a pure value: bytes, people and time go in, effects come out.
///
/// Times are milliseconds of any clock that does not go back. Bytes and people do not wait for
/// `time`: each call first does what was due before it. The same calls give the same effects.
public struct VirtualMechanism: Sendable {
  public enum Effect: Equatable, Sendable {
    /// Bytes for the host, one segment each.
    case answer([UInt8])
    /// A piece of paper was cut or torn off.
    case paper(VirtualRoll.Piece)
    /// The connection dies now, and what is on its way with it.
    case reset
    /// Bytes that mean nothing to it: a long run comes in parts.
    case unknown([UInt8])
  }

  public enum Admission: Equatable, Sendable {
    case accepted
    case refused
    /// TCP accepts, but nobody reads: try `connect` again after `nextEvent` or a disconnection.
    case hanging
  }

  public typealias Condition = VirtualCondition

  /// What happened since the beginning.
  public struct Counters: Equatable, Sendable {
    public var received = 0
    /// Bytes that no buffer had room for, or that were sent into a dead link.
    public var lost = 0
    /// Bytes that were obeyed as real-time commands.
    public var realTime = 0
    public var fencesReached = 0
    public var fencesAnswered = 0
    public var cuts = 0
    public var resets = 0
    public var statusesSent = 0
  }

  /// How long it starts after its power came back.
  public static let startMilliseconds: Int64 = 5_000

  public internal(set) var model: VirtualModel
  public internal(set) var condition = VirtualCondition()
  public internal(set) var roll: VirtualRoll
  public internal(set) var counters = Counters()

  // The network card.
  var connections = 0
  var heldUntil: Int64?
  var isHalfOpen = false
  var movedAt: Int64 = 0
  var nextByteAt: Int64 = 0
  var nextChatterAt: Int64?
  var bytesOfConnection = 0
  var hasSaidNonsense = false
  var connectionsBegun = 0

  // The inside.
  var now: Int64 = 0
  var filter: RealTimeFilter
  var reader: CommandReader
  var queue = PrintQueue()
  var work = Work()
  var memory = GraphicsMemory()
  var isAutomatic = false
  var etbCounter: UInt8 = 0
  var documents: UInt8 = 0
  var hasOverflowed = false
  var hasLostRows = false
  var letters = 0
  var lastToken: [UInt8]?
  var startsAt: Int64?
  var script: FaultScript
  var random: SeededRandom
  var effects: [Effect] = []

  /// The rows that are being printed, in microseconds: paper is slow.
  struct Work: Sendable {
    /// When the row or cut is done that was begun last.
    var freeAt: Int64 = 0
    /// Rows of the first command that are done.
    var rows = 0
  }

  /// What `GS ( L` stored: at most one picture.
  struct GraphicsMemory: Sendable {
    static let limit = 65_536
    var width = 0
    var bytes: [UInt8] = []
    var rows: Int { width == 0 ? 0 : bytes.count / width }
  }

  public init(
    model: VirtualModel = VirtualModel(), faults: [VirtualFault] = [], seed: UInt64 = 0
  ) {
    var random = SeededRandom(seed: seed)
    script = FaultScript(faults, random: &random)
    self.random = random
    var model = model
    for fault in faults {
      switch fault.kind {
      case .obeysInPicture: model.eatsRealTimeBytes = true
      case .overflows: model.bufferBytes = max(1, script.value(of: .overflows) ?? 4_096)
      case .coverOpens: model.silentWhenCoverOpen = true
      default: break
      }
    }
    self.model = model
    roll = VirtualRoll(widthDots: model.widthDots)
    filter = RealTimeFilter(family: model.family)
    reader = CommandReader(model: model)
  }

  // MARK: The owner's calls

  /// Prints what time allows, and lets happen what is due.
  public mutating func time(_ now: Int64) -> [Effect] {
    advance(to: now)
    return takeEffects()
  }

  /// Bytes from the host, at most `window` of them: what is beyond it is lost.
  public mutating func receive(_ bytes: ArraySlice<UInt8>, at now: Int64) -> [Effect] {
    advance(to: now)
    arrive(bytes)
    print()
    return takeEffects()
  }

  /// Somebody does something to it.
  public mutating func change(_ act: VirtualAct, at now: Int64) -> [Effect] {
    advance(to: now)
    perform(act)
    print()
    return takeEffects()
  }

  /// When `time` has something to do; nil: only bytes or people bring news.
  public var nextEvent: Int64? {
    var next = nextPrint
    func consider(_ time: Int64?) {
      if let time { next = min(next ?? time, time) }
    }
    if !effects.isEmpty { consider(now) }
    consider(startsAt)
    consider(heldUntil)
    consider(script.nextTime)
    consider(nextOfCard)
    return next.map { max($0, now) }
  }

  /// Pieces that `roll` keeps; older ones are dropped.
  public mutating func keepsPieces(_ count: Int) { roll.keepsPieces = max(0, count) }

  /// Bytes that it holds and has not obeyed yet.
  public var waitingBytes: Int { queue.bytes + reader.head.count }

  mutating func takeEffects() -> [Effect] {
    if effects.isEmpty { return [] }
    defer { effects = [] }
    return effects
  }

  /// The clock moves on: first the paper, then what is due.
  private mutating func advance(to time: Int64) {
    now = max(now, time)
    script.begin(at: now)
    if let startsAt, startsAt <= now { start() }
    if let heldUntil, heldUntil <= now { self.heldUntil = nil }
    print()
    if !script.isEmpty {
      for kind in script.beginDue(at: now) { begin(kind) }
      for kind in script.end(at: now) { end(kind) }
      print()
    }
    runCard()
  }
}
