/// Finds real-time commands as bytes arrive, wherever they stand.
struct RealTimeFilter: Sendable {
  enum Found: Equatable, Sendable {
    /// `DLE EOT n`: 1 to 4.
    case status(UInt8)
    /// `ESC ACK SOH`.
    case starStatus
    /// `DLE DC4 8`: both buffers are cleared.
    case clear
    /// `DLE ENQ n`: goes on after an error.
    case recover
    /// `ESC ACK CAN`: as if switched off and on, but that the connection stays.
    case reset
    /// `DLE DC4 2`: switches off.
    case powerOff
    /// `DLE DC4 1`: a pulse for a cash drawer.
    case pulse
  }

  static let clearBytes: [UInt8] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]

  private let family: VirtualModel.Family
  private let lead: UInt8
  /// The start of what may become a real-time command.
  private var started: [UInt8] = []

  init(family: VirtualModel.Family) {
    self.family = family
    lead = family == .escpos ? 0x10 : 0x1B
  }

  mutating func forget() { started = [] }

  /// Walks through `bytes`: `pass` gets those that are data, in order; `obey` each command with its
  /// bytes.
  mutating func filter(
    _ bytes: ArraySlice<UInt8>, pass: (ArraySlice<UInt8>) -> Void,
    obey: (Found, [UInt8]) -> Void
  ) {
    var rest = bytes
    while !rest.isEmpty {
      if started.isEmpty {
        let candidate = rest.firstIndex(of: lead) ?? rest.endIndex
        if candidate > rest.startIndex { pass(rest[..<candidate]) }
        rest = rest[candidate...]
        if rest.isEmpty { return }
      }
      started.append(rest.removeFirst())
      settle(pass: pass, obey: obey)
    }
  }

  /// What cannot become a command any more is data; its tail may start another one.
  private mutating func settle(
    pass: (ArraySlice<UInt8>) -> Void, obey: (Found, [UInt8]) -> Void
  ) {
    while !started.isEmpty {
      switch family == .escpos ? matchEscPos() : matchStar() {
      case .maybe: return
      case .found(let found):
        let bytes = started
        started = []
        return obey(found, bytes)
      case .no:
        pass(started[..<1])
        started.removeFirst()
      }
    }
  }

  private enum Match {
    case maybe, no
    case found(Found)
  }

  private func matchEscPos() -> Match {
    guard started[0] == 0x10 else { return .no }
    guard started.count > 1 else { return .maybe }
    switch started[1] {
    case 0x04: return third { (1...4).contains($0) ? .status($0) : nil }
    case 0x05: return third { $0 <= 2 ? .recover : nil }
    case 0x14:
      guard started.count > 2 else { return .maybe }
      switch started[2] {
      case 0x01:
        guard started.count < 4 || started[3] <= 1 else { return .no }
        guard started.count == 5 else { return .maybe }
        return (1...8).contains(started[4]) ? .found(.pulse) : .no
      case 0x02: return whole([0x10, 0x14, 0x02, 0x01, 0x08], .powerOff)
      case 0x08: return whole(Self.clearBytes, .clear)
      default: return .no
      }
    default: return .no
    }
  }

  private func matchStar() -> Match {
    guard started[0] == 0x1B else { return .no }
    guard started.count > 1 else { return .maybe }
    guard started[1] == 0x06 else { return .no }
    return third { $0 == 0x01 ? .starStatus : $0 == 0x18 ? .reset : nil }
  }

  private func third(_ meaning: (UInt8) -> Found?) -> Match {
    guard started.count > 2 else { return .maybe }
    return meaning(started[2]).map { .found($0) } ?? .no
  }

  private func whole(_ command: [UInt8], _ found: Found) -> Match {
    guard command.starts(with: started) else { return .no }
    return started.count == command.count ? .found(found) : .maybe
  }
}
