internal import Venue

extension Spool {
  /// What is to be told after the process before this one ended amid slips.
  struct Recovery {
    /// Slips of which nobody knows whether they came out; a person decides.
    var unknown: [PrintJob] = []
    /// Printers that may hold half a slip.
    var printers: Set<PrinterID> = []
  }

  static let recoveryReason = "the daemon ended while this was being sent"

  /// Settles the jobs that were being printed when the process ended: bytes of them may have been
  /// sent. To be called once, before any printer starts.
  func recover(for printers: [PrinterConfiguration], at now: Instant) throws -> Recovery {
    var recovery = Recovery()
    for doubtful in try markUnknown(at: now) {
      recovery.printers.insert(doubtful.job.printer)
      let printer = printers.first { $0.id == doubtful.job.printer }
      let times = try timesSent(doubtful.id)
      let outcome = PrinterLink.Outcome.unknown(reason: Self.recoveryReason)
      if printer?.state(after: outcome, timesSent: times) == .waiting {
        try retry(key: doubtful.job.key, on: nil, at: now)
      } else {
        recovery.unknown.append(doubtful.job)
      }
    }
    return recovery
  }
}
