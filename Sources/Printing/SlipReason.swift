/// Why a slip is in doubt, failed or was interrupted: as many words as a person at a counter can do
/// something different about.
///
/// The raw values stand in spools and views, and the pages have a sentence for each: a word may be
/// added, and none may change its meaning. What exactly was seen is the evidence, in English.
public enum SlipReason: String, CaseIterable, Sendable {
  case paperOut
  case coverOpen
  case cutterFailed
  /// Mechanics, heat, or offline without saying why.
  case printerFault
  /// It is connected and says nothing: off, held by another program, or its cover is open.
  case noAnswer
  /// What answers is no printer, or talks without end.
  case notAPrinter
  case linkLost
  /// It says that it is well, and has not proven that the slip is on paper.
  case noProof
  /// It takes no more bytes, and says of no fault.
  case stuck
  /// The daemon stopped, or ended, amid the slip.
  case restarted
  /// It waited until its person had long been called.
  case tooLate
  /// Too many others waited.
  case tooMany
  /// It does not fit its paper, or has no picture for another reason.
  case notDrawn
  /// The spool's disk is full or broken.
  case spoolFailed
}

extension SlipReason {
  /// The worst of several faults: what has to be done first.
  init(_ faults: PrinterFaults) {
    self =
      if faults.contains(.paperOut) {
        .paperOut
      } else if faults.contains(.coverOpen) {
        .coverOpen
      } else if faults.contains(.cutter) {
        .cutterFailed
      } else {
        .printerFault
      }
  }
}
