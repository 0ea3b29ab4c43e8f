internal import Venue

extension Spool {
  /// Settles the jobs that were being printed when the process before this one ended: bytes of them
  /// may have been sent. Returns those of which a person has to find out whether they came out. To be
  /// called once, before any printer starts.
  func recover(for printers: [PrinterConfiguration], at now: Instant) throws -> [PrintJob] {
    var unknown: [PrintJob] = []
    for doubtful in try markUnknown(at: now) {
      let printer = printers.first { $0.id == doubtful.job.printer }
      let times = try timesSent(doubtful.id)
      let outcome = PrinterLink.Outcome.unknown(.daemonEnded)
      if printer?.state(after: outcome, timesSent: times) == .waiting {
        try retry(key: doubtful.job.key, on: nil, at: now)
      } else {
        unknown.append(doubtful.job)
      }
    }
    return unknown
  }
}
