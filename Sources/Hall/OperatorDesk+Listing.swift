import Printing
import Venue
import Views
import Wire

/// The slips that somebody may have to look after, for the command line: what pages tell, and what
/// waits.
extension OperatorDesk {
  /// What is in the spool, newest first: what waits, fails or is in doubt, or all of a week.
  func slips(all: Bool) async throws -> [SpoolLine] {
    let told = await hall.toldOfSlips()
    var entries = try slips.entries(in: all ? nil : [.waiting, .printing, .unknown])
    if !all {
      for (visit, slip) in told where slip.report.outcome == .failed {
        entries += try slips.entries(of: visit).prefix(1).filter { $0.state == .discarded }
      }
      entries = try entries.filter { try !isSuperseded($0) }
    }
    return entries.sorted { $0.created > $1.created }.map { line($0, told[$0.visit]) }
  }

  /// A slip that is stuck in a printer is being printed, and one that never can be is discarded: people
  /// are told that they are in doubt and failed. One that is printed again since is what it is.
  private func line(_ entry: SpoolEntry, _ told: ToldSlip?) -> SpoolLine {
    var line = SpoolLine(entry)
    guard let told, !entry.isTest, told.note?.isRetried != true,
      told.note.map({ $0.printer == entry.printer }) ?? true
    else {
      return line
    }
    switch (entry.state, told.report.outcome) {
    case (.printing, .unknown), (.discarded, .failed):
      line.state = told.report.outcome.rawValue
      line.reason = told.note?.reason ?? line.reason
      line.evidence = told.note?.evidence ?? line.evidence
    default: break
    }
    return line
  }

  /// True when a copy of the slip in doubt, or stuck, has come out since.
  private func isSuperseded(_ entry: SpoolEntry) throws -> Bool {
    guard entry.state == .unknown || entry.state == .printing else { return false }
    return try slips.entries(in: [.printed], of: entry.visit).contains {
      $0.changed >= entry.changed
    }
  }
}

extension SpoolLine {
  init(_ entry: SpoolEntry) {
    self.init(
      key: entry.key, number: entry.number, isTest: entry.isTest, printer: entry.printer,
      state: entry.state.rawValue, copy: entry.isCopy, attempts: entry.attempts,
      created: entry.created, changed: entry.changed, reason: entry.reason?.rawValue,
      evidence: entry.evidence)
  }
}
