import Venue
import Views

/// What people who look after slips need of the state.
extension Hall {
  struct SlipOwner: Sendable {
    var visit: VisitID
    var number: TicketNumber
    /// What somebody has to look after; nil when the slip is on paper or settled.
    var report: SlipReport?
    /// True when it is in doubt and nobody has asked for it again since.
    var isStuck: Bool
  }

  /// The visit of the open day with this id or number; nil when there is none.
  func slipOwner(named name: String) -> SlipOwner? {
    let visit: Visit?
    if let id = VisitID(name) {
      visit = state.visit(id)
    } else if let number = TicketNumber(name.uppercased()) {
      visit = state.visitsOfDay.first { $0.number == number }
    } else {
      visit = nil
    }
    return visit.map { visit in
      let report = state.slips[visit.id]
      let isRetried = devices.slips[visit.id]?.isRetried ?? false
      return SlipOwner(
        visit: visit.id, number: visit.number, report: report,
        isStuck: report?.outcome == .unknown && !isRetried)
    }
  }

  /// What people are told of every slip that somebody has to look after.
  func toldOfSlips() -> [VisitID: ToldSlip] {
    var told: [VisitID: ToldSlip] = [:]
    for (visit, report) in state.slips {
      told[visit] = ToldSlip(report: report, note: devices.slips[visit])
    }
    return told
  }

  /// Slips that somebody has to look after, as the journal has them.
  var openSlips: [VisitID: SlipReport] { state.slips }

  /// Notes of settled slips are kept until there are so many.
  private static var slipNoteLimit: Int { 1_000 }

  func noteSlip(_ note: DeviceStates.SlipNote, on visit: VisitID) {
    let open = state.slips
    devicesChanged { devices in
      devices.note(note, on: visit)
      guard devices.slips.count > Self.slipNoteLimit else { return }
      devices.keepSlips { open[$0] != nil || $0 == visit }
    }
  }

  func printers() -> PrintersView { fold().printers() }

  /// True when a slip given to `printer` now comes out there.
  func canPrint(_ printer: PrinterID) -> Bool { devices.printers[printer]?.canPrint ?? false }

  /// `printer`, or its backup where only that can print now.
  func workingPrinter(for printer: PrinterID) -> PrinterID {
    let backup = state.configuration?.printers.first { $0.id == printer }?.backup
    guard let backup, !canPrint(printer), canPrint(backup) else { return printer }
    return backup
  }

  /// The first printer that works, else the first.
  var anyPrinter: PrinterID? {
    let all = state.configuration?.printers.map(\.id) ?? []
    return all.first(where: canPrint) ?? all.first
  }
}

/// A slip that somebody has to look after: what the journal has, and what was last seen of it.
struct ToldSlip: Sendable {
  var report: SlipReport
  var note: DeviceStates.SlipNote?
}
