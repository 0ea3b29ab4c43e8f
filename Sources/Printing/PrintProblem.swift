/// What went wrong with a slip or with its printer, as whoever noticed it knows it. The only place
/// that has the English sentences; they are for logs, the command line and tooltips, and nothing is
/// read out of them.
enum PrintProblem: Equatable {
  // What the printer says.
  case faults(PrinterFaults)
  case faultsAmidSlip(PrinterFaults)
  case suspendedTooLong(PrinterFaults)
  /// Half of the slip may be out, and nobody knows when the rest comes.
  case stuckInPrinter(PrinterFaults)

  // What it does not say.
  case silent
  case silentAmidSlip
  case silentAfterCut
  case neitherProofNorStatus
  case noProof
  case noBandProof
  case noCounter
  /// Its late answers may be taken for those to newer questions.
  case answersMixedUp
  case takesNothing

  // What is no printer.
  case answersLikeNoPrinter(said: String)
  case answersWithoutEnd

  // The connection, in the system's words.
  case noConnection
  case link(String)

  // The daemon and its disk.
  case daemonStopping
  case daemonEnded
  case waitedTooLong
  case tooManyWaiting(limit: Int)
  case notTaken
  case undrawable(String)
  case unrecordable(String)
  case spoolUnwritable
  case noJob
}

extension PrintProblem {
  /// The word for people.
  var reason: SlipReason {
    switch self {
    case .faults(let faults), .faultsAmidSlip(let faults), .suspendedTooLong(let faults),
      .stuckInPrinter(let faults):
      SlipReason(faults)
    case .silent, .silentAmidSlip, .silentAfterCut, .neitherProofNorStatus: .noAnswer
    case .noProof, .noBandProof, .noCounter, .answersMixedUp: .noProof
    case .takesNothing: .stuck
    case .answersLikeNoPrinter, .answersWithoutEnd: .notAPrinter
    case .noConnection, .link: .linkLost
    case .daemonStopping, .daemonEnded: .restarted
    case .waitedTooLong: .tooLate
    case .tooManyWaiting, .notTaken: .tooMany
    case .undrawable: .notDrawn
    case .unrecordable, .spoolUnwritable, .noJob: .spoolFailed
    }
  }
}

extension PrintProblem: CustomStringConvertible {
  /// In English.
  var description: String {
    switch self {
    case .faults(let faults): faults.description
    case .faultsAmidSlip(let faults): "\(faults) in the middle of the slip"
    case .suspendedTooLong(let faults):
      "\(faults) for \(PrinterLink.Limit.suspended / 60_000) minutes in the middle of a slip"
    case .stuckInPrinter(let faults): "stuck in the printer: \(faults)"
    case .silent:
      "no answer: it is off, held by another program, its cover is open, or it is no printer"
    case .silentAmidSlip: "the printer said nothing for a while in the middle of the slip"
    case .silentAfterCut: "no answer after the cut"
    case .neitherProofNorStatus:
      "no proof of printing, and no answer to the request for its status"
    case .noProof: "no proof of printing, though the printer reports no fault"
    case .noBandProof: "no proof that a part of the slip was printed"
    case .noCounter: "its status has no ETB counter: choose another fence"
    case .answersMixedUp:
      "the printer's answers cannot be told apart since a slip was interrupted: restart it and the "
        + "daemon"
    case .takesNothing: "took no byte for \(PrinterLink.Limit.stalled / 1_000) s"
    case .answersLikeNoPrinter(""): "answers like no printer"
    case .answersLikeNoPrinter(let said): "answers like no printer: “\(said)”"
    case .answersWithoutEnd: "answers without end"
    case .noConnection: "no connection within \(PrinterLink.Limit.connecting / 1_000) s"
    case .link(let words): words
    case .daemonStopping: "the daemon is stopping"
    case .daemonEnded: "the daemon ended while this was being sent"
    case .waitedTooLong: "waited too long for its printer"
    case .tooManyWaiting(let limit): "\(limit) slips wait already"
    case .notTaken: "too many slips wait, or stopping"
    case .undrawable(let why): "the slip cannot be drawn: \(why)"
    case .unrecordable(let why): "the spool cannot record the attempt: \(why)"
    case .spoolUnwritable: "the spool cannot be written"
    case .noJob: "no job"
    }
  }
}
