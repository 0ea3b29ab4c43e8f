import Testing
import Venue

@testable import Views

/// What is said of printers and slips: alerts, and the list of all.
struct CareTests {
  private static let start = Instant(milliseconds: 1_795_424_400_000)

  /// The sample venue with three printers, of which P2 stands in for P1, and a kiosk on each floor.
  private func day() throws -> SampleDay {
    try SampleDay { venue in
      venue.printers = [
        Printer(id: "P1", host: "h", port: 1, profile: "p", backup: "P2"),
        Printer(id: "P2", host: "h", port: 2, profile: "p"),
        Printer(id: "P3", host: "h", port: 3, profile: "p"),
      ]
      venue.kiosks = [
        Kiosk(id: "K2", zone: "upper", printer: "P2", personService: "reception"),
        Kiosk(id: "K1", zone: "ground", printer: "P1", personService: "reception"),
      ]
    }
  }

  private func printer(
    _ word: String, canPrint: Bool, nearEndSince: Instant? = nil,
    unprovenSince: Instant? = nil, slipsLeft: Int? = nil, waiting: Int = 0
  ) -> DeviceStates.PrinterState {
    DeviceStates.PrinterState(
      word: word, canPrint: canPrint, since: Self.start, waiting: waiting,
      nearEndSince: nearEndSince, unprovenSince: unprovenSince, slipsLeft: slipsLeft,
      model: "Make 1", address: "h:1")
  }

  private func fold(_ day: SampleDay, _ devices: DeviceStates) -> Fold {
    Fold(state: day.state, lexicon: sampleLexicon(), devices: devices)
  }

  @Test func `paper that runs low is said while the printer prints, with the slips left`() throws {
    let day = try day()
    let late = Self.start.adding(milliseconds: 60_000)
    let devices = DeviceStates(printers: [
      "P1": printer("ready", canPrint: true, nearEndSince: late, slipsLeft: 40),
      "P2": printer("ready", canPrint: true, slipsLeft: 700),
      "P3": printer("disconnected", canPrint: false, waiting: 2),
    ])
    let care = fold(day, devices).dashboard(at: day.now).devices
    #expect(care.map(\.subject) == ["P3", "P1"], "what does not print comes first")
    #expect(care.map(\.level) == [.beyond, .near])
    #expect(care.map(\.state) == ["disconnected", "paperNearEnd"])
    let (gone, low) = (try #require(care.first), try #require(care.last))
    #expect(low.slipsLeft == 40 && low.since == late)
    #expect(gone.waiting == 2 && gone.since == Self.start)
  }

  @Test func `a printer that proves nothing is near, whatever its paper says, and prints`() throws {
    let day = try day()
    let late = Self.start.adding(milliseconds: 60_000)
    let devices = DeviceStates(printers: [
      "P1": printer("printing", canPrint: true, unprovenSince: late, slipsLeft: 700),
      "P2": printer(
        "ready", canPrint: true, nearEndSince: Self.start, unprovenSince: late, slipsLeft: 40),
      "P3": printer("ready", canPrint: true),
    ])
    let care = fold(day, devices).dashboard(at: day.now).devices
    #expect(care.map(\.subject) == ["P1", "P2"])
    #expect(care.allSatisfy { $0.state == "unproven" && $0.level == .near && $0.since == late })
    #expect(care.map(\.slipsLeft) == [nil, 40], "how much paper is left is news where it runs low")
    let lines = fold(day, devices).printers().printers
    #expect(lines.map(\.state) == ["unproven", "unproven", "ready"])
    #expect(lines.map(\.level) == [.near, .near, .good] && lines.allSatisfy(\.canPrint))
    #expect(lines.first?.slipsLeft == 700 && lines.first?.since == late)
  }

  @Test(arguments: [
    "paperOut", "coverOpen", "cutterFailed", "offline", "error", "disconnected", "suspended",
    "blocked", "connecting", "silent", "notAPrinter",
  ])
  func `a printer that does not print is beyond, whatever its paper says`(word: String) throws {
    let day = try day()
    let devices = DeviceStates(printers: [
      "P1": printer(
        word, canPrint: false, nearEndSince: Self.start, unprovenSince: Self.start, slipsLeft: 3)
    ])
    let care = try #require(fold(day, devices).console("10", at: day.now)?.care.first)
    #expect(care.level == .beyond && care.state == word && care.kind == .printer)
    let line = try #require(fold(day, devices).printers().printers.first)
    #expect(line.state == word && line.level == .beyond && !line.canPrint)
  }

  @Test func `all printers of the venue are listed, also those that nothing was heard of`() throws {
    let day = try day()
    let devices = DeviceStates(printers: [
      "P1": printer("printing", canPrint: true, slipsLeft: 12, waiting: 1)
    ])
    let view = fold(day, devices).printers()
    #expect(view.printers.map(\.printer) == ["P1", "P2", "P3"])
    #expect(view.printers.map(\.state) == ["printing", "connecting", "connecting"])
    #expect(view.printers.map(\.level) == [.good, .beyond, .beyond])
    #expect(view.printers.map(\.backup) == ["P2", nil, nil])
    let first = try #require(view.printers.first)
    #expect(first.model == "Make 1" && first.address == "h:1" && first.slipsLeft == 12)
    #expect(first.waiting == 1 && first.since == Self.start)
    let dashboard = fold(day, devices).dashboard(at: day.now)
    #expect(dashboard.printers == view.printers && dashboard.slips == view.slips)
  }

  @Test func `a kiosk prints as long as its printer or the one that stands in can`() throws {
    let day = try day()
    func canPrint(_ first: Bool, _ second: Bool, at kiosk: KioskID) -> Bool? {
      let devices = DeviceStates(printers: [
        "P1": printer("x", canPrint: first), "P2": printer("x", canPrint: second),
        "P3": printer("x", canPrint: true),
      ])
      return fold(day, devices).kiosk(kiosk)?.canPrint
    }
    #expect(canPrint(true, false, at: "K1") == true)
    #expect(canPrint(false, true, at: "K1") == true)
    #expect(canPrint(false, false, at: "K1") == false, "P3 stands in for nobody")
    #expect(canPrint(true, false, at: "K2") == false, "P1 does not stand in for P2")
  }

  @Test func `reception is offered the nearest printer first, and told which work`() throws {
    let day = try day()
    let devices = DeviceStates(printers: ["P2": printer("ready", canPrint: true)])
    let reception = try #require(fold(day, devices).console("1", at: day.now))
    #expect(reception.outlets.map(\.printer) == ["P1", "P2"])
    #expect(reception.outlets.map(\.canPrint) == [false, true])
    #expect(reception.outlets.map(\.state) == ["connecting", "ready"])
    #expect(reception.nearestPrinter == "P1")
    let upstairs = try #require(fold(day, devices).console("10", at: day.now))
    #expect(upstairs.nearestPrinter == "P2" && upstairs.outlets.isEmpty)
  }

  // MARK: Slips

  private func report(
    _ outcome: SlipReport.Outcome, _ visit: Visit, isCopy: Bool = false
  ) -> Command {
    .reportSlip(SlipReport(visit: visit.id, printer: "P1", outcome: outcome, isCopy: isCopy))
  }

  @Test(
    arguments: [SlipReport.Outcome.unknown, .failed], [SlipReport.Outcome.printed, .discarded])
  func `a slip in doubt is listed by its number until it is printed or settled`(
    doubt: SlipReport.Outcome, end: SlipReport.Outcome
  ) throws {
    var day = try day()
    let visit = try day.issue("income")
    try day.perform(report(doubt, visit))
    for care in [
      day.fold.dashboard(at: day.now).devices,
      try #require(day.fold.console("12", at: day.now)).care,
    ] {
      #expect(care.map(\.kind) == [.slip] && care.map(\.subject) == ["K001"])
      #expect(care.map(\.state) == [doubt.rawValue] && care.map(\.level) == [.beyond])
      #expect(care.map(\.printer) == ["P1"])
    }
    #expect(day.fold.printers().slips.map(\.number.description) == ["K001"])
    try day.perform(report(end, visit, isCopy: true))
    #expect(day.fold.dashboard(at: day.now).devices.isEmpty)
    #expect(day.fold.console("12", at: day.now)?.care.isEmpty == true)
    #expect(day.fold.printers().slips.isEmpty)
  }

  @Test func `a slip's line says what was seen of it, and that it waits to be printed again`()
    throws
  {
    var day = try day()
    let visit = try day.issue("income")
    try day.perform(report(.unknown, visit))
    var devices = DeviceStates()
    let seen = day.now.adding(milliseconds: 5_000)
    devices.note(
      .init(printer: "P1", since: seen, reason: "linkLost", evidence: "the link was lost"),
      on: visit.id)
    let slip = try #require(fold(day, devices).printers().slips.first)
    #expect(slip.reason == "linkLost")
    #expect(slip.evidence == "the link was lost" && slip.since == seen && slip.state == "unknown")
    let retried = seen.adding(milliseconds: 1)
    devices.note(
      .init(printer: "P3", since: retried, reason: nil, evidence: nil, isRetried: true),
      on: visit.id)
    let again = try #require(fold(day, devices).printers().slips.first)
    #expect(again.state == "retrying" && again.printer == "P3" && again.since == retried)
    #expect(fold(day, devices).dashboard(at: day.now).devices.map(\.level) == [.near])
  }

  @Test func `of two notes the newer counts, of two at once the printer's`() {
    let visit = VisitID(high: 1, low: 1)
    func note(_ time: Int64, retried: Bool) -> DeviceStates.SlipNote {
      .init(
        printer: "P1", since: Instant(milliseconds: time), reason: nil, evidence: nil,
        isRetried: retried)
    }
    let (asked, came) = (note(5, retried: true), note(5, retried: false))
    for (notes, expected) in [
      ([asked, came], came), ([came, asked], came), ([note(4, retried: false), asked], asked),
      ([note(6, retried: false), asked], note(6, retried: false)),
    ] {
      var devices = DeviceStates()
      for note in notes { devices.note(note, on: visit) }
      #expect(devices.slips[visit] == expected)
    }
  }

  @Test func `of many slips in doubt the newest are listed`() throws {
    var day = try day()
    var last: TicketNumber?
    for _ in 0..<30 {
      let visit = try day.issue("income")
      last = visit.number
      try day.perform(report(.failed, visit))
    }
    let slips = day.fold.printers().slips
    #expect(slips.count == PrintersView.slipLimit)
    #expect(slips.first?.number == last)
  }
}
