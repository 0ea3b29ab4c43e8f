public import Venue

extension Fold {
  /// Everything that needs a person: printers that do not print, then those whose paper runs low or
  /// that prove nothing, screens, slips.
  func care() -> [Care] {
    let printers = devices.printers.sorted { $0.key < $1.key }
    return [Care.Level.beyond, .near].flatMap { level in
      printers.filter { $0.value.level == level }.map { care($0.key, $0.value) }
    } + screenCare() + slipLines().map(care)
  }

  private func care(_ id: PrinterID, _ printer: DeviceStates.PrinterState) -> Care {
    // How much paper is left is no news of a printer that is near for another reason.
    let isPaperNews = printer.level != .near || printer.nearEndSince != nil
    return Care(
      kind: .printer, subject: id.text, state: printer.shownWord, level: printer.level,
      since: printer.shownSince, waiting: printer.waiting,
      slipsLeft: isPaperNews ? printer.slipsLeft : nil)
  }

  private func screenCare() -> [Care] {
    devices.blindScreens.sorted { $0.key < $1.key }.map {
      Care(kind: .screen, subject: $0.key.text, state: "blind", since: $0.value)
    }
  }

  private func care(_ slip: PrintersView.Slip) -> Care {
    Care(
      kind: .slip, subject: slip.number.description, state: slip.state,
      level: slip.state == "retrying" ? .near : .beyond, since: slip.since, printer: slip.printer)
  }

  /// All printers of the venue, and the slips that need somebody.
  public func printers() -> PrintersView {
    PrintersView(printers: printerLines(), slips: slipLines())
  }

  func printerLines() -> [PrintersView.Line] {
    (state.configuration?.printers ?? []).map { printer in
      let known = devices.printers[printer.id]
      return PrintersView.Line(
        printer: printer.id, model: known?.model ?? "", address: known?.address ?? "",
        state: devices.word(of: printer.id), level: known?.level ?? .beyond,
        canPrint: known?.canPrint ?? false, since: known?.shownSince,
        waiting: known?.waiting ?? 0, slipsLeft: known?.slipsLeft, backup: printer.backup)
    }
  }

  func slipLines() -> [PrintersView.Slip] {
    let open = state.slips.values.compactMap { report in
      state.visit(report.visit).map { (visit: $0, report: report) }
    }
    return open.sorted { $0.visit.arrival > $1.visit.arrival }.prefix(PrintersView.slipLimit)
      .map { slipLine($0.visit, $0.report) }
  }

  private func slipLine(_ visit: Visit, _ report: SlipReport) -> PrintersView.Slip {
    let note = devices.slips[visit.id]
    return PrintersView.Slip(
      number: visit.number,
      state: note?.isRetried == true ? "retrying" : report.outcome.rawValue,
      printer: note?.printer ?? report.printer, isCopy: report.isCopy,
      since: note?.since ?? visit.issuedAt, reason: note?.reason, evidence: note?.evidence)
  }
}

extension VenueState {
  /// In the counter's zone, then on its floor, then elsewhere.
  public func kiosks(near counter: Counter) -> [Kiosk] {
    let zones = configuration?.zones ?? []
    func floor(_ zone: ZoneID) -> Int? { zones.first { $0.id == zone }?.floor }
    func distance(_ kiosk: Kiosk) -> Int {
      if kiosk.zone == counter.zone { return 0 }
      return floor(kiosk.zone) == floor(counter.zone) ? 1 : 2
    }
    let kiosks = configuration?.kiosks ?? []
    return (0...2).flatMap { far in kiosks.filter { distance($0) == far } }
  }
}
