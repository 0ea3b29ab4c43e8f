/// What is known of the paper that a printer put out: how much it has used and about how many slips
/// are left, from what it printed and from its sensors, and whether it proves its slips.
///
/// Sensors say "near the end" and "out"; lengths come from the profile. Before a roll change has been
/// seen nobody knows how full the roll is, and nothing is estimated.
public struct PaperRoll: Equatable, Codable, Sendable {
  /// Slips are taken for so long until one has been printed.
  static let usualSlipMillimetres = 100

  /// Paper used since the roll was put in; nil while nobody knows when that was.
  var usedMillimetres: Int?
  /// Paper used since the near-end sensor spoke; nil while it is silent.
  var usedSinceNearEnd: Int?
  var isOut = false
  /// The mean length of the last slips.
  var slipMillimetres: Int?
  /// False while a process drives the printer, and for good when that ends amid a slip: what it left
  /// in the printer and on its paper has to be ended before the next slip.
  var endsClean = true
  /// Slips in a row of which the printer gave no proof though it was well, up to `unprovenAfter`; nil
  /// where that was never counted.
  var slipsWithoutProof: Int?

  /// One may have been an accident.
  static let unprovenAfter = 2

  init() {}

  /// True until a slip is proven again.
  var isUnproven: Bool { (slipsWithoutProof ?? 0) >= Self.unprovenAfter }

  /// A slip ended.
  mutating func slipEnded(_ outcome: PrinterLink.Outcome) {
    switch outcome {
    case .printed: slipsWithoutProof = 0
    case .notSent: break
    case .interrupted(let problem), .unknown(let problem):
      // Another trouble ends the row, and proves nothing.
      let goesOn = problem.reason == .noProof
      guard !isUnproven else { return }
      slipsWithoutProof = goesOn ? (slipsWithoutProof ?? 0) + 1 : 0
    }
  }

  mutating func printed(millimetres: Int) {
    usedMillimetres = usedMillimetres.map { $0 + millimetres }
    usedSinceNearEnd = usedSinceNearEnd.map { $0 + millimetres }
    // A running mean over about eight slips.
    slipMillimetres = slipMillimetres.map { $0 + (millimetres - $0) / 8 } ?? millimetres
  }

  /// What the sensors say now. Paper after none, or far from the end after near it, is a new roll.
  mutating func sensed(isNearEnd: Bool, isOut: Bool) {
    let isNew = (self.isOut && !isOut) || (usedSinceNearEnd != nil && !isNearEnd && !isOut)
    self.isOut = isOut
    if isNew {
      usedMillimetres = 0
      usedSinceNearEnd = nil
    }
    if isNearEnd, usedSinceNearEnd == nil { usedSinceNearEnd = 0 }
  }

  /// About how many slips can still be printed; nil when nobody can know.
  func slipsLeft(on roll: PrinterProfile.Roll) -> Int? {
    if isOut { return 0 }
    let nearEnd = usedSinceNearEnd.map { roll.nearEndMillimetres - $0 }
    let whole = usedMillimetres.map { roll.millimetres - $0 }
    // The sensor knows better than the sum.
    guard let left = nearEnd ?? whole else { return nil }
    return max(0, left) / max(1, slipMillimetres ?? Self.usualSlipMillimetres)
  }
}
