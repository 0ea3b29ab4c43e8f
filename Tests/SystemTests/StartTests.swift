import Foundation
import Hall
import Journal
import SQLite
import Testing
import Venue

/// What keeps a daemon from starting is said in words, and nothing is touched or lost.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct StartTests {
  /// The exit status of a daemon that could not start.
  private static let cannotStart = ChildProcess.Ending.exit(71)

  /// Starts a daemon that must not come up; its log.
  private func refusal(_ hall: HallDirectory, _ options: [String] = []) throws -> String {
    let process = try hall.launch(options)
    let (ending, output) = try process.waitForEnd()
    #expect(ending == Self.cannotStart && output.isEmpty)
    for line in process.errors.split(separator: "\n") {
      #expect(line.hasPrefix("<3>") || line.hasPrefix("<4>") || line.hasPrefix("<6>"), "\(line)")
    }
    return process.errors
  }

  /// A hall in which some numbers were issued, at rest.
  private func usedHall(_ clock: String = "2026-11-23T09:00") throws -> (
    hall: HallDirectory, token: String, visits: [String]
  ) {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start("--clock", clock, "--speed", "1")
    let client = try daemon.client(token: token)
    let visits = try (0..<20).map { _ in
      try #require(try client.post("/v1/visits", forReception)["visit"])
    }
    #expect(try daemon.terminate() == .exit(0))
    return (hall, token, visits)
  }

  // MARK: Others in the way

  @Test func `a second daemon on the same directory is refused, and the first goes on`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start()
    let words = try refusal(hall)
    #expect(words.contains("in use by another rossiod (process \(daemon.process.pid))"), "\(words)")
    #expect(try daemon.client(token: token).post("/v1/visits", forReception).status == 201)
    #expect(try daemon.terminate() == .exit(0))
    let next = try hall.start()
    #expect(try next.terminate() == .exit(0), "a stopped daemon leaves no lock")
  }

  @Test func `a killed daemon leaves nothing that keeps the next one out`() throws {
    let hall = try HallDirectory()
    for _ in 0..<3 { try hall.start().kill9() }
    #expect(try hall.start().terminate() == .exit(0))
  }

  @Test func `a port in use is named, and nothing of the journal is lost`() throws {
    let other = try HallDirectory()
    let holder = try other.start()
    let (hall, token, visits) = try usedHall()
    let address = "127.0.0.1:\(holder.port)"
    let words = try refusal(
      hall, ["--listen", address, "--clock", "2026-11-23T09:05", "--speed", "1"])
    #expect(words.contains("cannot listen on \(address)"), "\(words)")
    #expect(words.contains("another process listens there"), "\(words)")
    #expect(try Set(hall.issued().keys.map(\.description)) == Set(visits))
    #expect(try holder.terminate() == .exit(0))
    let daemon = try hall.start("--listen", address, "--clock", "2026-11-23T09:10", "--speed", "1")
    #expect(try daemon.client(token: token).get("/v1/phone/\(visits[0])").status == 200)
    #expect(try daemon.terminate() == .exit(0))
  }

  // MARK: A journal that is missing or damaged

  @Test func `a journal that is missing beside its slips is refused: its numbers are on paper`()
    throws
  {
    let (hall, token, _) = try usedHall()
    let journal = hall.data + "/journal.sqlite"
    // A script's numbers have no slips: there is nothing to take them twice from.
    let printed = try hall.token(.kiosk, "K1")
    let used = try hall.start("--clock", "2026-11-23T09:05", "--speed", "1")
    #expect(try used.client(token: printed).post("/v1/visits", forReception).status == 201)
    #expect(try used.terminate() == .exit(0))
    try FileManager.default.moveItem(atPath: journal, toPath: journal + ".away")
    let words = try refusal(hall)
    #expect(words.contains("journal.sqlite is missing") && words.contains("backup"), "\(words)")
    #expect(!FileManager.default.fileExists(atPath: journal))
    try FileManager.default.moveItem(atPath: journal + ".away", toPath: journal)
    let daemon = try hall.start("--clock", "2026-11-23T09:10", "--speed", "1")
    #expect(try daemon.client(token: token).post("/v1/visits", forReception).status == 201)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test(arguments: [0, 4_096])
  func `a damaged spool is told with the way out, and that way works`(from byte: Int) throws {
    let (hall, _, _) = try usedHall()
    let kiosk = try hall.token(.kiosk, "K1")
    var numbers: [String] = []
    for time in ["2026-11-23T09:05", "2026-11-23T09:10"] {
      let used = try hall.start("--clock", time, "--speed", "1")
      let issued = try used.client(token: kiosk).post("/v1/visits", forReception)
      numbers.append(try #require(issued["number"]))
      #expect(try used.terminate() == .exit(0))
    }
    let spool = hall.data + "/spool.sqlite"
    // What is in the log beside it would be good still.
    try Database(path: spool, mode: .readWrite).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let sound = try Data(contentsOf: URL(fileURLWithPath: spool))
    let damage = Data(repeating: 0x55, count: sound.count - byte)
    try (sound.prefix(byte) + damage).write(to: URL(fileURLWithPath: spool))
    let words = try refusal(hall)
    #expect(words.contains("Move \(spool) away") && words.contains("printers reprint"), "\(words)")
    for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: spool + end) {
      try FileManager.default.moveItem(atPath: spool + end, toPath: spool + end + ".away")
    }
    let daemon = try hall.start("--clock", "2026-11-23T10:10", "--speed", "1")
    // The last minute's come by themselves.
    let slips = try hall.rossio("printers", "slips", "--data", hall.data).output
    #expect(numbers.map { slips.contains($0) } == [false, true], "\(slips)")
    let again = try hall.rossio("printers", "reprint", numbers[0], "--data", hall.data)
    #expect(again.ending == .exit(0) && again.output.contains(numbers[0]), "\(again.errors)")
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `slips that do not fit are warned of at the start, and the hall opens`() throws {
    let venue = try VenueCopy()
    let word = String(repeating: "Donaudampfschiff", count: 5)
    try venue.replace("en: \"Keep", with: "en: \"\(word) Keep", in: "slip.json5")
    let hall = try HallDirectory(venue: venue.path)
    let script = try hall.token(.manager, "script")
    let daemon = try hall.start()
    // It answers while it looks.
    let client = try daemon.client(token: script)
    while !daemon.process.errors.contains("cannot be printed") {
      #expect(try client.get("/v1/dashboard/main").status == 200)
    }
    let words = daemon.process.errors
    #expect(words.contains("rossio check") && words.contains(word), "\(words)")
    #expect(try daemon.terminate() == .exit(0))
  }

  // MARK: A damaged journal

  /// The place of a visit's 16 bytes in the file, as only its event holds them.
  private func place(of visit: String, in file: Data) throws -> Int {
    let id = try #require(VisitID(visit))
    let bytes = [id.high, id.low].flatMap { half in
      unsafe withUnsafeBytes(of: half.bigEndian) { unsafe Array($0) }
    }
    let little = [id.high, id.low].flatMap { half in
      unsafe withUnsafeBytes(of: half.littleEndian) { unsafe Array($0) }
    }
    let range = file.range(of: Data(bytes)) ?? file.range(of: Data(little))
    return try #require(range, "the event holds the visit").lowerBound
  }

  @Test func `a byte flipped in an event is found, named, and nothing is changed`() throws {
    let (hall, token, visits) = try usedHall()
    let url = URL(fileURLWithPath: hall.data + "/journal.sqlite")
    let sound = try Data(contentsOf: url)
    var damaged = sound
    damaged[try place(of: visits[11], in: sound) + 3] ^= 0x10
    try damaged.write(to: url)
    let words = try refusal(hall)
    // configured, day-opened, hours-set, then the numbers from 4 on.
    #expect(words.contains("journal.sqlite is damaged: event 15"), "\(words)")
    #expect(words.contains("Nothing was changed") && words.contains("rossio verify"), "\(words)")
    #expect(try Data(contentsOf: url) == damaged)
    let verify = try hall.rossio("verify", "--data", hall.data)
    #expect(verify.ending == .exit(1) && verify.errors.contains("event 15"), "\(verify.errors)")
    try sound.write(to: url)
    #expect(try hall.rossio("verify", "--data", hall.data).ending == .exit(0))
    let daemon = try hall.start("--clock", "2026-11-23T10:00", "--speed", "1")
    let next = try daemon.client(token: token).post("/v1/visits", forReception)
    #expect(next["number"] == "R024", "4, 13 and 17 are skipped: 20 numbers end at R023")
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `bytes flipped anywhere never crash it and never pass as sound`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("flipped bytes: seed \(seed)")
    var random = SeededRandom(seed: seed)
    let (hall, _, visits) = try usedHall()
    let url = URL(fileURLWithPath: hall.data + "/journal.sqlite")
    let sound = try Data(contentsOf: url)
    for round in 0..<(isLong ? 300 : 12) {
      var damaged = sound
      for _ in 0..<4 {
        damaged[Int.random(in: 0..<sound.count, using: &random)] ^=
          UInt8.random(in: 1...255, using: &random)
      }
      try damaged.write(to: url)
      let place: Comment = "seed \(seed), round \(round)"
      let process = try hall.launch(["--clock", "2026-11-23T10:00", "--speed", "1"])
      if try process.readLine() == nil {
        #expect(try process.waitForEnd().ending == Self.cannotStart, place)
        #expect(process.errors.contains("<3>"), place)
      } else {
        // The bytes were of no event: everything issued is still there.
        let kept = Set(try hall.issued().keys.map(\.description))
        #expect(kept == Set(visits), place)
        process.send(signal: SIGTERM)
        let ending = try process.waitForEnd().ending
        #expect(ending == .exit(0) || ending == .exit(74), place)
      }
      for side in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: url.path + side)
      }
      try sound.write(to: url)
    }
  }

  @Test func `a file that is no journal is left alone`() throws {
    let hall = try HallDirectory()
    let url = URL(fileURLWithPath: hall.data + "/journal.sqlite")
    let foreign = Data(String(repeating: "not a journal ", count: 1_000).utf8)
    try foreign.write(to: url)
    let words = try refusal(hall)
    #expect(words.contains("is not a journal of Rossio: move it away"), "\(words)")
    #expect(try Data(contentsOf: url) == foreign)
  }

  // MARK: Clocks

  @Test func `a clock set back is reported, reopens no day, and numbers go on`() throws {
    let (hall, token, _) = try usedHall("2026-11-24T09:00")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    #expect(daemon.log.contains("<4>The journal already goes to 2026-11-24 09:0"), "\(daemon.log)")
    let next = try daemon.client(token: token).post("/v1/visits", forReception)
    #expect(next.status == 201 && next["number"] == "R024")
    #expect(try daemon.terminate() == .exit(0))
    try expectOneOpening(hall)
  }

  @Test func `a machine whose clock is behind the journal is told so, and the hall goes on`() throws
  {
    let (hall, token, _) = try usedHall("2199-11-25T09:00")
    let daemon = try hall.start(HallDirectory.realClock)
    #expect(daemon.log.contains("<3>The machine's clock says "), "\(daemon.log)")
    #expect(daemon.log.contains("already goes to 2199-11-25 09:0"), "\(daemon.log)")
    let next = try daemon.client(token: token).post("/v1/visits", forReception)
    #expect(next.status == 201 && next["number"] == "R024")
    #expect(try daemon.terminate() == .exit(0))
    try expectOneOpening(hall)
  }

  private func expectOneOpening(_ hall: HallDirectory) throws {
    let records = try hall.records()
    let openings = records.filter { if case .dayOpened = $0.event { true } else { false } }
    #expect(openings.count == 1)
    #expect(records.map(\.time) == records.map(\.time).sorted())
    #expect(try Journal.verify(directory: hall.data).isSound)
  }

  // MARK: Configuration and command line

  @Test func `a bad configuration is refused with the words of rossio check, touching nothing`()
    throws
  {
    let venue = try VenueCopy()
    try venue.replace("policy: \"statutory\"", with: "policy: \"fastest\"")
    try venue.replace("services: [\"confidential-talk\"]", with: "services: [\"nothing\"]")
    try venue.replace("timeZone: ", with: "timezone: ")
    let hall = try HallDirectory(venue: venue.path)
    let untouched = hall.scratch.path + "/untouched"
    let words = try refusal(hall, ["--data", untouched])
    let check = try hall.rossio("check", venue.path)
    #expect(check.ending == .exit(1) && check.output.isEmpty)
    let lines = words.split(separator: "\n").map { $0.dropFirst(3) }
    #expect(lines == check.errors.split(separator: "\n").map { $0[...] })
    #expect(lines.count >= 3 && lines.allSatisfy { $0.contains("Mend: ") })
    #expect(!FileManager.default.fileExists(atPath: untouched))
    #expect(try hall.rossio("check", Built.project + "/Config/lisbon").ending == .exit(0))
  }

  @Test func `a configuration that became bad leaves the journal as it is`() throws {
    let (hall, _, _) = try usedHall()
    let venue = try VenueCopy()
    try venue.replace("policy: \"statutory\"", with: "policy: \"fastest\"")
    let url = URL(fileURLWithPath: hall.data + "/journal.sqlite")
    let before = try Data(contentsOf: url)
    let words = try refusal(hall, ["--venue", venue.path])
    #expect(words.contains("fastest"), "\(words)")
    #expect(try Data(contentsOf: url) == before)
  }

  @Test(arguments: [
    ["--venue"], ["--speed", "0"], ["--speed", "fast"], ["--listen", "8080"], ["--listen", ":1"],
    ["--listen", "127.0.0.1:99999"], ["--colour", "red"], ["surprise"],
  ])
  func `a command line that cannot be followed says how it is used`(words: [String]) throws {
    let hall = try HallDirectory()
    let process = try hall.launch(words)
    #expect(try process.waitForEnd().ending == .exit(64))
    #expect(process.errors.contains("usage: rossiod --venue DIR"), "\(process.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: hall.data).isEmpty)
  }

  @Test(arguments: ["noon", "2026-02-30T09:00", "2026-03-29T01:30"])
  func `a clock that is none is refused before anything is touched`(clock: String) throws {
    let hall = try HallDirectory()
    let words = try refusal(hall, ["--clock", clock])
    #expect(words.contains("--clock takes a local time such as"), "\(words)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: hall.data).isEmpty)
  }

  @Test func `a host that is not this machine's is named`() throws {
    let hall = try HallDirectory()
    let words = try refusal(hall, ["--listen", "192.0.2.1:8080"])
    #expect(words.contains("does not have that address"), "\(words)")
  }
}
