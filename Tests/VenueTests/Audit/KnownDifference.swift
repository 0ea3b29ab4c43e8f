/// Where the engine departs from what its documents say.
///
/// The audit holds the engine to the rules with these departures, no more and no fewer: each has a
/// scenario in `KnownDifferenceTests`, and the long form fails for one that no day shows any more.
enum KnownDifference: String, CaseIterable, Sendable {
  /// Of the visits of one service, kind, language and counter to come back to, only the one that
  /// waits longest is looked at, also when it cannot be called while one behind it could, or when
  /// their scores are equal in whole milliseconds and arrival should decide.
  case onlyHeadsAreLookedAt
  /// Undo takes back two commands of one counter when they came in the same millisecond.
  case sameMillisecondIsOneCommand
  /// The daily cap counts events, not stops: a forward to a planned stop counts the stop twice, one
  /// that was taken back still counts, and a stop to which the visit comes back does not.
  case capCountsEvents
  /// A counter that is assigned a service twice counts as two open counters.
  case assignedTwiceCountsTwice
  /// An appointment does not go first where the other stop begins before it and ends after it.
  case appointmentComesSecond
  /// A forward to a planned stop forgets the counter to which the visit was to come back.
  case forwardForgetsTheCounter
}
