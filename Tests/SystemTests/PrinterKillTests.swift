import Foundation
import Hall
import Printing
import Testing
import Venue
import VirtualPrinters

/// kill -9 of the daemon between the bytes of slips, with a printer of each dialect; the paper is the
/// judge. The seed is printed; the long form of 300 kills:
/// `ROSSIO_LONG=1 swift test --filter PrinterKillTests`.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct PrinterKillTests {
  /// The printers take turns, so that each dialect has a fourth of them.
  private static let kills = isLong ? 300 : 16
  /// A moment that does not come is not waited for: the daemon is killed at rest.
  private static let patienceMilliseconds = 4_000

  /// What the printers P1 to P4 are, with the kiosks K1 to K4. Epson's can prove that their buffer is
  /// empty, Star's cannot, and the fence of the last one has no token.
  private static let makes: [(dialect: PrinterProfile.Dialect, profile: String)] = [
    (.escPosRaster, "epson-tm-t20iii"), (.escPosGraphics, "epson-tm-m30"),
    (.starPRNT, "star-mc-print3"), (.starLine, "star-tsp650ii"),
  ]

  /// Venue, printers and daemons, one after the other on the same directory and port.
  private final class Rig {
    let venue: VenueCopy
    let hall: HallDirectory
    let killSwitch = KillSwitch()
    let trays: [PaperTray]
    let printers: [VirtualPrinter]
    /// The tokens of the kiosks.
    let kiosks: [String]
    var port: UInt16 = 0
    var slowestStart = Duration.zero
    /// What clients know: the number of each key; nil without an answer.
    var numbers: [Key: String?] = [:]
    let people: SlipOperator

    init() throws {
      venue = try VenueCopy()
      try Self.place(PrinterKillTests.makes.map(\.profile), in: venue)
      hall = try HallDirectory(venue: venue.path)
      let killSwitch = killSwitch
      trays = PrinterKillTests.makes.map { _ in PaperTray() }
      printers = try zip(PrinterKillTests.makes, trays).enumerated().map { index, place in
        let isStar = place.0.dialect == .starPRNT || place.0.dialect == .starLine
        var model = VirtualModel(family: isStar ? .star : .escpos)
        model.rowsPerSecond = 20_000
        model.cutMilliseconds = 5
        let tray = place.1
        return try VirtualPrinter(
          port: 0, model: model, watch: { killSwitch.watch(index, $0) }, onSlip: { tray.put($0) })
      }
      kiosks = try printers.indices.map { [hall] in try hall.token(.kiosk, "K\($0 + 1)") }
      people = SlipOperator(hall: hall, staff: try hall.token(.counter, "17"))
    }

    /// All get odd pieces with pauses, so that a slip takes a while and any of its bytes may be the
    /// last.
    private static func place(_ profiles: [String], in venue: VenueCopy) throws {
      for profile in profiles {
        try venue.replace(
          "feedsBlankRows: true,",
          with: "feedsBlankRows: true,\n  chunk: { bytes: 389, pauseMilliseconds: 1 },",
          in: "../printers/\(profile).json5")
      }
      // The sample venue has three printers, two kiosks with them, and all printers of one kind.
      for (index, profile) in profiles.enumerated().dropFirst().prefix(2) {
        let end = "port: \(9_100 + index), profile: "
        try venue.replace(end + "\"epson-tm-t20iii\"", with: end + "\"\(profile)\"")
      }
      try venue.replace(
        "  printers: [",
        with: """
            printers: [
              { id: "P4", host: "127.0.0.1", port: 9103, profile: "\(profiles[3])" },
          """)
      try venue.replace(
        "  kiosks: [",
        with: """
            kiosks: [
              { id: "K3", zone: "east", printer: "P3", personService: "reception" },
              { id: "K4", zone: "west", printer: "P4", personService: "reception" },
          """)
    }

    func start() throws -> DaemonProcess {
      let began = ContinuousClock.now
      let daemon = try hall.start(
        "--listen", "127.0.0.1:\(port)", "--printer", "P1=127.0.0.1:\(printers[0].port)",
        "--printer", "P2=127.0.0.1:\(printers[1].port)",
        "--printer", "P3=127.0.0.1:\(printers[2].port)",
        "--printer", "P4=127.0.0.1:\(printers[3].port)")
      slowestStart = max(slowestStart, began.duration(to: .now))
      port = daemon.port
      return daemon
    }

    /// Asks for a number; asked for again with the same key once a daemon runs again.
    func issue(_ key: Key, at daemon: DaemonProcess) {
      let answer = try? daemon.client(token: kiosks[key.printer])
        .post("/v1/visits", forReception, key: key.text)
      if numbers[key] == nil { numbers[key] = .some(nil) }
      if let answer, answer.status == 201 { numbers[key] = answer["number"] }
    }

    func issueUnanswered(at daemon: DaemonProcess) {
      for (key, number) in numbers.sorted(by: { $0.key.text < $1.key.text }) where number == nil {
        issue(key, at: daemon)
      }
    }

    /// Switches the printers off; what hangs out of them counts, too.
    func stopPrinters() {
      for printer in printers {
        printer.perform(.tearOff)
        printer.stop()
      }
    }
  }

  /// Who asked for a number: the idempotency key.
  private struct Key: Hashable {
    var printer: Int
    var round: Int
    var turn: Int
    var text: String { "K\(printer + 1)-\(round)-\(turn)" }
  }

  @Test func `however often the daemon is killed amid slips, paper and spool agree`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("kill -9 amid slips: seed \(seed)")
    var random = SeededRandom(seed: seed)
    let rig = try Rig()
    var timely = Self.makes.map { _ in 0 }
    for round in 0..<Self.kills {
      let daemon = try rig.start()
      let printer = round % Self.makes.count
      rig.killSwitch.arm(
        Self.moment(Self.makes[printer].dialect, &random), at: printer,
        since: rig.printers[printer].counters, for: daemon)
      rig.issueUnanswered(at: daemon)
      for turn in 0..<Int.random(in: 3...5, using: &random) {
        // Enough for the moment to come, and something for others to lose.
        let other = Int.random(in: 0..<Self.makes.count, using: &random)
        rig.issue(Key(printer: turn < 2 ? printer : other, round: round, turn: turn), at: daemon)
      }
      if Bool.random(using: &random) { rig.people.look(at: daemon) }
      if rig.killSwitch.waitForKill(milliseconds: Self.patienceMilliseconds) {
        timely[printer] += 1
      }
    }
    let daemon = try rig.start()
    rig.issueUnanswered(at: daemon)
    try rig.people.printAll(daemon)
    #expect(try daemon.terminate() == .exit(0))
    rig.stopPrinters()
    try judge(rig, timely, "seed \(seed)")
  }

  /// A moment of two slips or of the clean start before them. A slip has some 25,000 bytes.
  private static func moment(
    _ dialect: PrinterProfile.Dialect, _ random: inout SeededRandom
  ) -> KillSwitch.Moment {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...5: .bytes(Int.random(in: 1...50_000, using: &random))
    // Where fences have no token, only prints have one.
    case 6...7: .fences(Int.random(in: 1...(dialect == .starLine ? 2 : 4), using: &random))
    default: .cuts(Int.random(in: 1...2, using: &random))
    }
  }

  private func judge(_ rig: Rig, _ timely: [Int], _ place: Comment) throws {
    let venue = try VenueFiles.load(directory: rig.venue.path)
    let slips = try SpooledSlip.all(
      in: rig.hall.data + "/spool.sqlite", press: SlipPress(venue.slip), widthDots: 576)
    let printed = slips.filter { $0.state == "printed" }
    // A slip that was taken out is another one's original, and that is a copy.
    let open = slips.filter { slip in
      slip.state != "printed"
        && !(slip.state == "discarded" && printed.contains { $0.visit == slip.visit })
    }
    #expect(open.map { "\($0.number) is \($0.state)" }.isEmpty, place)
    let issued = try rig.hall.issued()
    let lost = Set(issued.keys.map(\.description)).subtracting(slips.map(\.key))
    #expect(lost.isEmpty, "jobs are lost; \(place)")
    #expect(
      Set(rig.numbers.values.compactMap(\.self)) == Set(issued.values.map(\.description)), place)
    #expect(issued.count == rig.numbers.count, place)
    var copies = 0
    for (index, make) in Self.makes.enumerated() {
      let numbers = rig.numbers.filter { $0.key.printer == index }.values.compactMap(\.self)
      // A further copy that the operator asked for is a job of its own, and looks like a first copy.
      let own = slips.filter {
        $0.key == $0.visit.description && numbers.contains($0.number.description)
      }
      let judge = PaperJudge(own, on: rig.trays[index].all)
      copies += judge.copies
      print(
        "kill -9 amid slips of \(make.dialect.rawValue): \(timely[index]) kills, "
          + "\(own.count) slips, \(judge.beginnings) begun, \(judge.whole) whole, "
          + "\(judge.copies) copies, \(rig.printers[index].receivedBytes) bytes")
      let word: Comment = "\(make.dialect.rawValue), \(place)"
      #expect(judge.problems.isEmpty, word)
      let jobs = printed.count { numbers.contains($0.number.description) }
      #expect(judge.whole >= jobs, "each job that is printed; \(word)")
      let least = Self.kills / Self.makes.count * 2 / 3
      #expect(timely[index] >= least, "most kills come amid slips; \(word)")
      if isLong { #expect(judge.copies > 0, word) }
    }
    print("kill -9 amid slips: slowest start \(rig.slowestStart)")
    #expect(copies > 0, "no kill came amid a slip; \(place)")
  }

  @Test func `every dialect has a printer here`() throws {
    let rig = try Rig()
    let venue = try VenueFiles.load(directory: rig.venue.path)
    let printers = venue.configuration.printers.sorted { $0.id.text < $1.id.text }
    let dialects = printers.compactMap { venue.profiles[$0.profile]?.dialect }
    #expect(dialects == Self.makes.map(\.dialect))
    #expect(Set(dialects) == Set(PrinterProfile.Dialect.allCases))
  }
}
