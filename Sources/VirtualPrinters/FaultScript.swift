/// The faults of one printer as they run: which wait, which are at work, which are over.
struct FaultScript: Sendable {
  typealias Kind = VirtualFault.Kind

  struct Armed: Sendable {
    enum Phase: Equatable, Sendable {
      case waiting
      /// `until` in milliseconds; nil: for ever.
      case active(until: Int64?)
      case over
    }

    let kind: Kind
    /// Where it begins, or its size.
    var at: Int
    /// The distance to the next time, for what happens again.
    let step: Int
    /// Milliseconds that it lasts; nil: for ever.
    let lasts: Int64?
    let isRepeated: Bool
    var phase = Phase.waiting
    /// For moments that are due by the clock.
    var due: Int64?
  }

  private(set) var armed: [Armed]
  private var beganAt: Int64?
  /// One bit a kind: is at work, is waiting.
  private var activeKinds: UInt64 = 0
  private var waitingKinds: UInt64 = 0

  init(_ faults: [VirtualFault], random: inout SeededRandom) {
    armed = []
    for fault in faults { armed.append(Self.arm(fault, &random)) }
    refresh()
  }

  private static func arm(_ fault: VirtualFault, _ random: inout SeededRandom) -> Armed {
    let kind = fault.kind
    let chosen: Int =
      switch kind.trigger {
      case .start(let range, _) where kind == .resetsIdle:
        Bool.random(using: &random) ? range.lowerBound : range.upperBound
      case .start(let range, _), .byte(let range), .row(let range), .fence(let range),
        .place(let range), .cut(let range), .seconds(let range):
        Int.random(in: range, using: &random)
      }
    let mending = Int64.random(in: 2_000...20_000, using: &random)
    let isNeverMended = Int.random(in: 0..<4, using: &random) == 0
    let lasts: Int64? =
      switch fault.healing {
      case .usual: kind.isHabit || (isNeverMended && !kind.isMoment) ? nil : mending
      case .after(let milliseconds): milliseconds
      case .never: nil
      }
    let at = max(0, fault.value ?? chosen)
    return Armed(
      kind: kind, at: at, step: max(1, at), lasts: lasts,
      isRepeated: kind.isMoment && fault.healing != .usual)
  }

  /// The first event: what is there from the start begins.
  mutating func begin(at now: Int64) {
    guard beganAt == nil else { return }
    beganAt = now
    for index in armed.indices {
      switch armed[index].kind.trigger {
      case .start: activate(index, at: now)
      case .byte where armed[index].at == 0 && !armed[index].kind.isMoment: activate(index, at: now)
      case .seconds: armed[index].due = now + Int64(armed[index].at) * 1_000
      default: break
      }
    }
  }

  var isEmpty: Bool { armed.isEmpty }
  func isActive(_ kind: Kind) -> Bool { activeKinds & Self.bit(kind) != 0 }
  func isWaiting(_ kind: Kind) -> Bool { waitingKinds & Self.bit(kind) != 0 }
  func isWaiting(anyOf kinds: UInt64) -> Bool { waitingKinds & kinds != 0 }

  /// Where it begins, or its size.
  func value(of kind: Kind) -> Int? { armed.first { $0.kind == kind }?.at }

  // MARK: Beginnings

  /// The next row, byte or moment at which something begins.
  var nextRow: Int? { next { if case .row = $0.kind.trigger { $0.at } else { nil } } }
  var nextByte: Int? { next { if case .byte = $0.kind.trigger { $0.at } else { nil } } }

  /// When something begins or ends by the clock.
  var nextTime: Int64? {
    armed.compactMap {
      switch $0.phase {
      case .waiting: $0.due
      case .active(let until): until
      case .over: nil
      }
    }.min()
  }

  /// Kinds that begin at `row`, in the order in which they were given.
  mutating func begin(row: Int, at now: Int64) -> [Kind] {
    begin(at: now) { if case .row = $0.kind.trigger { $0.at <= row } else { false } }
  }

  mutating func begin(byte: Int, at now: Int64) -> [Kind] {
    begin(at: now) { if case .byte = $0.kind.trigger { $0.at <= byte } else { false } }
  }

  mutating func begin(fence: Int, at now: Int64) -> [Kind] {
    begin(at: now) { if case .fence = $0.kind.trigger { $0.at <= fence } else { false } }
  }

  mutating func begin(cut: Int, at now: Int64) -> [Kind] {
    begin(at: now) { if case .cut = $0.kind.trigger { $0.at <= cut } else { false } }
  }

  /// Moments whose time has come.
  mutating func beginDue(at now: Int64) -> [Kind] {
    begin(at: now) { $0.due.map { $0 <= now } ?? false }
  }

  mutating func begin(_ kind: Kind, at now: Int64) {
    _ = begin(at: now) { $0.kind == kind }
  }

  /// Kinds that are over now.
  mutating func end(at now: Int64) -> [Kind] {
    guard activeKinds != 0 else { return [] }
    var ended: [Kind] = []
    for index in armed.indices {
      if case .active(let until?) = armed[index].phase, until <= now {
        armed[index].phase = .over
        ended.append(armed[index].kind)
      }
    }
    if !ended.isEmpty { refresh() }
    return ended
  }

  /// Puts off what has two stages: it waits again, from `row` on.
  mutating func delay(_ kind: Kind, toRow row: Int) {
    guard let index = armed.firstIndex(where: { $0.kind == kind }) else { return }
    armed[index].at = row
    armed[index].phase = .waiting
    refresh()
  }

  /// It was no good moment: it waits a second more.
  mutating func delayByASecond(_ kind: Kind, at now: Int64) {
    guard let index = armed.firstIndex(where: { $0.kind == kind }) else { return }
    armed[index].due = now + 1_000
    armed[index].phase = .waiting
    refresh()
  }

  private mutating func begin(at now: Int64, _ isDue: (Armed) -> Bool) -> [Kind] {
    guard waitingKinds != 0 else { return [] }
    var kinds: [Kind] = []
    for index in armed.indices where armed[index].phase == .waiting && isDue(armed[index]) {
      kinds.append(armed[index].kind)
      activate(index, at: now)
    }
    return kinds
  }

  private mutating func activate(_ index: Int, at now: Int64) {
    let fault = armed[index]
    if !fault.kind.isMoment {
      armed[index].phase = .active(until: fault.lasts.map { now + $0 })
    } else if fault.isRepeated, fault.lasts.map({ now < (beganAt ?? now) + $0 }) ?? true {
      armed[index].at += fault.step
      armed[index].due = fault.due.map { $0 + Int64(fault.step) * 1_000 }
    } else {
      armed[index].phase = .over
    }
    refresh()
  }

  private func next(_ place: (Armed) -> Int?) -> Int? {
    guard waitingKinds != 0 else { return nil }
    var best: Int?
    for fault in armed where fault.phase == .waiting {
      if let place = place(fault), best.map({ place < $0 }) ?? true { best = place }
    }
    return best
  }

  private mutating func refresh() {
    activeKinds = 0
    waitingKinds = 0
    for fault in armed {
      if fault.phase == .waiting { waitingKinds |= Self.bit(fault.kind) }
      if case .active = fault.phase { activeKinds |= Self.bit(fault.kind) }
    }
  }

  static func bit(_ kind: Kind) -> UInt64 { 1 << UInt64(kind.rawValue) }
}
