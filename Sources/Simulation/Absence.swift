/// The breaks of one counter or mediator: what is due once the visit in hand is over, and what was.
struct Absence {
  /// Rest that is due, and the end of the roster's gap.
  private var restMinutes = 0.0
  private var absentUntil = -Double.infinity
  private var taken: [(from: Double, to: Double)] = []

  mutating func note(_ pause: DayPlan.Break) {
    if pause.endsOnTime {
      absentUntil = max(absentUntil, pause.fromMinute + pause.minutes)
    } else {
      restMinutes += pause.minutes
    }
  }

  /// Begins what is due and says when it ends; nil when nothing is.
  mutating func begin(at minute: Double) -> Double? {
    let end = max(minute + restMinutes, absentUntil)
    restMinutes = 0
    guard end > minute else { return nil }
    taken.append((minute, end))
    return end
  }

  /// Of the time from opening to `last`.
  func minutes(until last: Double) -> Double {
    taken.reduce(0) { $0 + max(0, min($1.to, last) - max(0, $1.from)) }
  }
}
