/// What a printer says about its condition, in the bytes of each family.
enum StatusBytes {
  /// The answer to `DLE EOT kind`.
  static func realTime(_ kind: UInt8, _ condition: VirtualCondition) -> UInt8 {
    let fixed: UInt8 = 0x12
    switch kind {
    case 1: return fixed | (condition.isOnline ? 0 : 0x08)
    case 2:
      return fixed | (condition.isCoverOpen ? 0x04 : 0) | (condition.isPaperOut ? 0x20 : 0)
        | (condition.hasError ? 0x40 : 0)
    case 3:
      return fixed | (condition.isCutterBlocked ? 0x08 : 0) | (condition.isHeadHot ? 0x40 : 0)
    default:
      return fixed | (condition.isPaperNearEnd ? 0x0C : 0) | (condition.isPaperOut ? 0x60 : 0)
    }
  }

  /// The four bytes of ESC/POS' automatic status.
  static func automatic(_ condition: VirtualCondition) -> [UInt8] {
    [
      0x10 | (condition.isOnline ? 0 : 0x08) | (condition.isCoverOpen ? 0x20 : 0),
      (condition.isCutterBlocked ? 0x08 : 0) | (condition.isHeadHot ? 0x40 : 0),
      (condition.isPaperNearEnd ? 0x03 : 0) | (condition.isPaperOut ? 0x0C : 0), 0x00,
    ]
  }

  /// The answer to `GS r 1`.
  static func paperSensor(_ condition: VirtualCondition) -> UInt8 {
    condition.isPaperNearEnd ? 0x03 : 0x00
  }

  /// The nine bytes of Star's automatic status. `counter` is that of ETB, 0 to 31.
  static func star(
    _ condition: VirtualCondition, counter: UInt8, hasOverflowed: Bool
  ) -> [UInt8] {
    let ink: UInt8 = (condition.isPaperNearEnd ? 0x06 : 0) | (condition.isPaperOut ? 0x08 : 0)
    let etb =
      (counter & 0x10) << 2 | (counter & 0x08) << 2 | (counter & 0x04) << 1 | (counter & 0x03) << 1
    return [
      0x23, 0x06, (condition.isCoverOpen ? 0x20 : 0) | (condition.isOnline ? 0 : 0x08),
      (condition.isHeadHot ? 0x40 : 0) | (condition.isCutterBlocked ? 0x08 : 0),
      hasOverflowed ? 0x40 : 0, ink, 0, etb, 0,
    ]
  }
}
