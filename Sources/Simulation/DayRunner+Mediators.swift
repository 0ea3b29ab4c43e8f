import Venue

extension DayRunner {
  /// What one mediator is doing.
  struct MediatorDuty {
    var isBusy = false
    var isAway = false
    var absence = Absence()
  }

  /// `mediator` was called to `desk` together with the visit, which leaves it at `end`.
  mutating func engage(_ mediator: Int, at desk: Int, _ minute: Double, until end: Double) {
    desks[desk].mediator = mediator
    mediators[mediator].isBusy = true
    outcome.mediatorBusyMinutes[mediator] += end - minute
  }

  /// True when a break begins that was due.
  mutating func release(mediator: Int, _ minute: Double) -> Bool {
    mediators[mediator].isBusy = false
    return takesBreak(mediator: mediator, minute)
  }

  mutating func leaveDuty(_ mediator: Int, _ pause: DayPlan.Break, _ minute: Double) {
    mediators[mediator].absence.note(pause)
    let isFree = !mediators[mediator].isBusy && !mediators[mediator].isAway
    if isFree { _ = takesBreak(mediator: mediator, minute) }
  }

  mutating func goOnDuty(_ mediator: Int, _ minute: Double) {
    mediators[mediator].isAway = false
    guard !takesBreak(mediator: mediator, minute) else { return }
    venue.act(.goOnDuty, mediator: mediator, at: minute)
    askAgain(for: mediator, minute)
  }

  /// Begins what is due of rest and absence; false when nothing is.
  private mutating func takesBreak(mediator: Int, _ minute: Double) -> Bool {
    guard let end = mediators[mediator].absence.begin(at: minute) else { return false }
    venue.act(.takeBreak, mediator: mediator, at: minute)
    mediators[mediator].isAway = true
    agenda.add(.goOnDuty(mediator), at: end)
    return true
  }
}
