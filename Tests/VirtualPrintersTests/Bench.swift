import Canvas
import VirtualPrinters

/// A virtual printer in virtual time, and a host that sends as much as it takes.
struct Bench {
  var mechanism: VirtualMechanism
  var now: Int64 = 1_000_000
  /// What the host received, in segments.
  var segments: [[UInt8]] = []
  var pieces: [VirtualRoll.Piece] = []
  var resets = 0
  var unknown: [UInt8] = []
  /// What the host has not been able to send yet; a reset loses it.
  var toSend: [UInt8] = []
  var isConnected = false

  init(
    _ model: VirtualModel = VirtualModel(widthDots: 64), _ faults: [VirtualFault] = [],
    seed: UInt64 = 0
  ) {
    mechanism = VirtualMechanism(model: model, faults: faults, seed: seed)
    connect()
  }

  var answers: [UInt8] { segments.flatMap(\.self) }

  @discardableResult
  mutating func connect() -> VirtualMechanism.Admission {
    let admission = mechanism.connect(at: now)
    isConnected = isConnected || admission == .accepted
    return admission
  }

  mutating func send(_ bytes: [UInt8]) {
    toSend += bytes
    push()
  }

  mutating func act(_ act: VirtualAct) {
    note(mechanism.change(act, at: now))
    push()
  }

  /// Lets `milliseconds` pass, from event to event; false if there were more events than that takes.
  @discardableResult
  mutating func wait(_ milliseconds: Int64, eventLimit: Int = 100_000) -> Bool {
    let end = now + milliseconds
    for _ in 0..<eventLimit {
      guard let next = mechanism.nextEvent, next <= end else {
        now = end
        note(mechanism.time(now))
        push()
        return true
      }
      now = max(now, next)
      note(mechanism.time(now))
      push()
    }
    return false
  }

  /// Takes out what the host received so far.
  mutating func takeAnswers() -> [UInt8] {
    defer { segments = [] }
    return answers
  }

  private mutating func push() {
    while isConnected, !toSend.isEmpty, mechanism.window > 0 {
      let part = toSend.prefix(mechanism.window)
      toSend.removeFirst(part.count)
      note(mechanism.receive(part, at: now))
    }
  }

  private mutating func note(_ effects: [VirtualMechanism.Effect]) {
    for effect in effects {
      switch effect {
      case .answer(let bytes): segments.append(bytes)
      case .paper(let piece): pieces.append(piece)
      case .unknown(let bytes): unknown += bytes
      case .reset:
        resets += 1
        toSend = []
        isConnected = false
      }
    }
  }
}

/// Bytes written by hand from the command references.
enum Hand {
  static let initialise: [UInt8] = [0x1B, 0x40]
  static let cut: [UInt8] = [0x1D, 0x56, 0x42, 0x00]
  static let statusOn: [UInt8] = [0x1D, 0x61, 0x0E]

  /// 64 dots wide; row `y` starts with the bytes y+1 and 0x80, so that none is blank or like another.
  static func rows(_ count: Int, from first: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    for y in first..<first + count {
      // Never 0x10, with which real-time commands start.
      let number = UInt8(y % 250 + 1)
      bytes += [number == 0x10 ? 0xFE : number, 0x80, UInt8(y / 250), 0, 0, 0, 0, 0xFF]
    }
    return bytes
  }

  static func raster(rows count: Int, from first: Int = 0) -> [UInt8] {
    let header: [UInt8] = [0x1D, 0x76, 0x30, 0, 8, 0, UInt8(count % 256), UInt8(count / 256)]
    return header + rows(count, from: first)
  }

  static func fence(_ token: String) -> [UInt8] {
    [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30] + Array(token.utf8)
  }

  static func answer(_ token: String) -> [UInt8] { [0x37, 0x22] + Array(token.utf8) + [0x00] }

  /// A whole slip of 200 rows in bands of 50.
  static func slip(_ first: String = "prt1", _ second: String = "cut1") -> [UInt8] {
    var bytes: [UInt8] = []
    for band in 0..<4 { bytes += raster(rows: 50, from: band * 50) }
    return bytes + fence(first) + cut + fence(second)
  }

  static func starRaster(rows count: Int, from first: Int = 0) -> [UInt8] {
    let size: [UInt8] = [8, 0, UInt8(count % 256), UInt8(count / 256), 0]
    return [0x1B, 0x1D, 0x53, 0x01] + size + rows(count, from: first)
  }

  static func document(_ n1: UInt8, _ n2: UInt8) -> [UInt8] { [0x1B, 0x1D, 0x03, 0x01, n1, n2] }

  static func starSlip() -> [UInt8] {
    var bytes: [UInt8] = []
    for band in 0..<4 { bytes += starRaster(rows: 50, from: band * 50) }
    return bytes + document(1, 2) + [0x1B, 0x64, 0x02] + document(1, 3)
  }

  static func picture(_ rows: [UInt8]) -> Monochrome? {
    Monochrome(width: 64, height: rows.count / 8, packed: rows)
  }

  static let wholeSlip = picture(rows(200))
}
