import Foundation
import Hall
import Printing
import Testing
import Venue
import VirtualPrinters

/// kill -9 of the daemon between the bytes of slips; the paper is the judge. The seed is printed; the
/// long form of 300 kills: `ROSSIO_LONG=1 swift test --filter PrinterKillTests`.
@Suite(.serialized, .timeLimit(.minutes(60)))
struct PrinterKillTests {
  private static let kills = isLong ? 300 : 12
  private static let kiosks = ["K1", "K2"]
  /// A moment that does not come is not waited for: the daemon is killed at rest.
  private static let patienceMilliseconds = 4_000

  /// Venue, printers and daemons, one after the other on the same directory and port.
  private final class Rig {
    let venue: VenueCopy
    let hall: HallDirectory
    let killSwitch = KillSwitch()
    let trays = [PaperTray(), PaperTray()]
    let printers: [VirtualPrinter]
    let kiosks: [String]
    var port: UInt16 = 0
    var slowestStart = Duration.zero
    /// What clients know: the number of each key; nil without an answer.
    var numbers: [String: String?] = [:]
    let people: SlipOperator

    init() throws {
      venue = try VenueCopy()
      try Self.sendInPieces(venue)
      hall = try HallDirectory(venue: venue.path)
      let (killSwitch, trays) = (killSwitch, trays)
      printers = try [VirtualModel.Family.escpos, .star].enumerated().map { index, family in
        var model = VirtualModel(family: family)
        model.rowsPerSecond = 20_000
        model.cutMilliseconds = 5
        return try VirtualPrinter(
          port: 0, model: model, watch: { killSwitch.watch(index, $0) },
          onSlip: { trays[index].put($0) })
      }
      kiosks = try PrinterKillTests.kiosks.map { [hall] in try hall.token(.kiosk, $0) }
      people = SlipOperator(hall: hall, staff: try hall.token(.counter, "17"))
    }

    /// P1 can prove that its buffer is empty, P2 cannot. Both get odd pieces with pauses, so that a
    /// slip takes a while and any of its bytes may be the last.
    private static func sendInPieces(_ venue: VenueCopy) throws {
      let chunk = "\n  chunk: { bytes: 389, pauseMilliseconds: 1 },"
      for file in ["epson-tm-t20iii", "star-mc-print3"] {
        try venue.replace(
          "feedsBlankRows: true,", with: "feedsBlankRows: true," + chunk,
          in: "../printers/\(file).json5")
      }
      try venue.replace(
        "port: 9101, profile: \"epson-tm-t20iii\"",
        with: "port: 9101, profile: \"star-mc-print3\"")
    }

    func start() throws -> DaemonProcess {
      let began = ContinuousClock.now
      let daemon = try hall.start(
        "--listen", "127.0.0.1:\(port)", "--printer", "P1=127.0.0.1:\(printers[0].port)",
        "--printer", "P2=127.0.0.1:\(printers[1].port)")
      slowestStart = max(slowestStart, began.duration(to: .now))
      port = daemon.port
      return daemon
    }

    /// Asks for a number; asked for again with the same key once a daemon runs again.
    func issue(_ key: String, at daemon: DaemonProcess) {
      let kiosk = kiosks[key.hasPrefix("K1") ? 0 : 1]
      let answer = try? daemon.client(token: kiosk).post("/v1/visits", forReception, key: key)
      if numbers[key] == nil { numbers[key] = .some(nil) }
      if let answer, answer.status == 201 { numbers[key] = answer["number"] }
    }

    func issueUnanswered(at daemon: DaemonProcess) {
      for (key, number) in numbers.sorted(by: { $0.key < $1.key }) where number == nil {
        issue(key, at: daemon)
      }
    }

    /// Switches the printers off; what hangs out of them counts, too.
    func papers() -> [Paper] {
      for printer in printers {
        printer.perform(.tearOff)
        printer.stop()
      }
      return trays.flatMap(\.all)
    }
  }

  @Test func `however often the daemon is killed amid slips, paper and spool agree`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("kill -9 amid slips: seed \(seed)")
    var random = SeededRandom(seed: seed)
    let rig = try Rig()
    var late = 0
    for round in 0..<Self.kills {
      let daemon = try rig.start()
      let printer = Int.random(in: 0..<2, using: &random)
      rig.killSwitch.arm(
        Self.moment(&random), at: printer, since: rig.printers[printer].counters, for: daemon)
      rig.issueUnanswered(at: daemon)
      for turn in 0..<Int.random(in: 2...4, using: &random) {
        let kiosk = turn == 0 ? printer : Int.random(in: 0..<2, using: &random)
        rig.issue("\(Self.kiosks[kiosk])-\(round)-\(turn)", at: daemon)
      }
      if Bool.random(using: &random) { rig.people.look(at: daemon) }
      if !rig.killSwitch.waitForKill(milliseconds: Self.patienceMilliseconds) { late += 1 }
    }
    let daemon = try rig.start()
    rig.issueUnanswered(at: daemon)
    try rig.people.printAll(daemon)
    #expect(try daemon.terminate() == .exit(0))
    #expect(late <= Self.kills / 3, "most kills come amid slips: \(late) came at rest")
    #expect(rig.slowestStart < .seconds(10), "ready again quickly: \(rig.slowestStart)")
    try judge(rig, "seed \(seed)")
  }

  /// A slip has some 25,000 bytes.
  private static func moment(_ random: inout SeededRandom) -> KillSwitch.Moment {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...5: .bytes(Int.random(in: 1...60_000, using: &random))
    case 6...7: .fences(Int.random(in: 1...4, using: &random))
    default: .cuts(Int.random(in: 1...3, using: &random))
    }
  }

  private func judge(_ rig: Rig, _ place: Comment) throws {
    let papers = rig.papers()
    let venue = try VenueFiles.load(directory: rig.venue.path)
    let slips = try SpooledSlip.all(
      in: rig.hall.data + "/spool.sqlite", press: SlipPress(venue.slip), widthDots: 576)
    let judge = PaperJudge(slips, on: papers)
    print(
      "kill -9 amid slips: \(slips.count) slips, \(judge.beginnings) begun, \(judge.whole) whole, "
        + "\(judge.copies) copies, slowest start \(rig.slowestStart)")
    #expect(judge.problems.isEmpty, place)
    let open = slips.filter { $0.state != "printed" }.map { "\($0.number) is \($0.state)" }
    #expect(open.isEmpty, place)
    #expect(judge.copies > 0, "no kill came amid a slip; \(place)")
    let issued = try rig.hall.issued()
    let lost = Set(issued.keys.map(\.description)).subtracting(slips.map(\.key))
    #expect(lost.isEmpty, "jobs are lost; \(place)")
    #expect(
      Set(rig.numbers.values.compactMap(\.self)) == Set(issued.values.map(\.description)), place)
    #expect(issued.count == rig.numbers.count, place)
  }
}
