import Foundation
import Hall
import Testing
import Venue

/// Referral notes over HTTP: consent, note, reading, their end, and what the journal keeps of them.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct NotesTests {
  private let hall: HallDirectory
  private let tokens: [String: String]

  /// Migration (counter 9) may write for social security (23), legal (28) for tax (17) for an hour.
  init() throws {
    let venue = try VenueCopy()
    try venue.replace(
      #"to: "social-security", fields: ["outcomes", "language"],"#,
      with: #"to: "social-security", fields: ["outcomes", "note"],"#, in: "agreements.json5")
    try venue.replace(
      "agreements: [",
      with: """
        agreements: [
            { from: "legal", to: "tax", fields: ["outcomes", "note"], purpose: "p", hours: 1 },
        """, in: "agreements.json5")
    try venue.replace(
      #""one story, told once", hours: 12"#, with: #""one story, told once", hours: 1"#,
      in: "agreements.json5")
    hall = try HallDirectory(venue: venue.path)
    keptVenue = venue
    var tokens = ["script": try hall.token(.manager, "script")]
    for counter in ["9", "17", "23", "28", "34"] {
      tokens[counter] = try hall.token(.counter, counter)
    }
    self.tokens = tokens
  }

  private let keptVenue: VenueCopy

  private func client(_ daemon: DaemonProcess, _ who: String) throws -> HTTPClient {
    try daemon.client(token: tokens[who])
  }

  /// Issues a visit for these services in turn, and calls it to the first `counter`.
  @discardableResult
  private func visit(_ daemon: DaemonProcess, _ services: [String], at counter: String) throws
    -> String
  {
    var stops: [String] = []
    for (index, service) in services.enumerated() {
      let after = index == 0 ? "" : #","after":["\#(services[index - 1])"]"#
      stops.append(#"{"service":"\#(service)"\#(after)}"#)
    }
    let script = try client(daemon, "script")
    let body = #"{"language":"ar","stops":[\#(stops.joined(separator: ","))]}"#
    let visit = try #require(try script.post("/v1/visits", body)["visit"])
    try call(daemon, visit, to: counter)
    return visit
  }

  private func call(_ daemon: DaemonProcess, _ visit: String, to counter: String) throws {
    let answer = try client(daemon, counter).post(
      "/v1/counters/\(counter)/call", #"{"visit":"\#(visit)"}"#)
    #expect(answer.status == 200, "\(answer.text)")
  }

  private func post(
    _ daemon: DaemonProcess, _ counter: String, _ what: String, _ body: String, key: String? = nil
  ) throws -> HTTPAnswer {
    try client(daemon, counter).post(
      "/v1/counters/\(counter)/\(what)", body, key.map { ["Idempotency-Key": $0] } ?? [:])
  }

  /// What the console of `counter` shows of notes: agency and codes, a line each.
  private func notes(_ daemon: DaemonProcess, _ counter: String) throws -> [String] {
    let answer = try client(daemon, counter).get("/v1/counters/\(counter)/notes")
    #expect(answer.status == 200, "\(answer.text)")
    let lines = try #require(answer.json["notes"] as? [[String: Any]])
    return lines.map {
      "\($0["agency"] ?? ""): \(($0["codes"] as? [String] ?? []).joined(separator: ", "))"
    }
  }

  private static let consent = #"{"to":"social-security","fields":["note","outcomes"]}"#
  private static let note = #"{"codes":["papers-missing","appointment-made"]}"#
  private static let journey = ["residence-renewal", "social-security-number", "health-number"]
  private static let line = "migration: papers-missing, appointment-made"

  @Test func `a note goes with the visit to whom the client agreed, and to nobody else`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let visit = try visit(daemon, Self.journey, at: "9")
    let early = try post(daemon, "9", "note", Self.note)
    #expect(early.status == 409 && early.problem == "consent-missing", "\(early.text)")
    let wrong = try post(daemon, "9", "consent", #"{"to":"health","fields":["note"]}"#)
    #expect(wrong.status == 409 && wrong.problem == "nothing-to-agree-to")
    #expect(try post(daemon, "9", "consent", Self.consent).status == 200)
    #expect(try post(daemon, "9", "note", Self.note).status == 200)
    #expect(try notes(daemon, "9") == [Self.line], "its own")
    #expect(try notes(daemon, "23").isEmpty, "nobody is there yet")
    #expect(try post(daemon, "9", "finish", "{}").status == 200)
    try call(daemon, visit, to: "23")
    #expect(try notes(daemon, "23") == [Self.line])
    #expect(try notes(daemon, "9").isEmpty, "the visit has gone on")
    #expect(try post(daemon, "23", "finish", "{}").status == 200)
    try call(daemon, visit, to: "34")
    #expect(try notes(daemon, "34").isEmpty, "health has no agreement")
    let slip = try daemon.client().get("/v1/phone/\(visit)").text
    #expect(slip.contains("ملاحظة قصيرة") && !slip.contains("papers-missing"))
  }

  @Test func `without consent the next agency reads nothing, and a note can be taken back`() throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let visit = try visit(daemon, ["legal-advice", "tax-number"], at: "28")
    #expect(try post(daemon, "28", "consent", #"{"to":"tax","fields":["note"]}"#).status == 200)
    #expect(try post(daemon, "28", "note", #"{"codes":["urgent"]}"#).status == 200)
    #expect(try post(daemon, "28", "note", #"{"codes":[]}"#).status == 200)
    #expect(try notes(daemon, "28").isEmpty)
    #expect(try post(daemon, "28", "finish", "{}").status == 200)
    try call(daemon, visit, to: "17")
    #expect(try notes(daemon, "17").isEmpty)
    #expect(try earlier(daemon, "17") == 0, "an association's part takes consent for outcomes too")
  }

  @Test func `with consent an association's outcomes are seen, and its note is not unless named`()
    throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let visit = try visit(daemon, ["legal-advice", "tax-number"], at: "28")
    #expect(try post(daemon, "28", "consent", #"{"to":"tax","fields":["outcomes"]}"#).status == 200)
    #expect(try post(daemon, "28", "note", #"{"codes":["urgent"]}"#).problem == "consent-missing")
    #expect(try post(daemon, "28", "finish", "{}").status == 200)
    try call(daemon, visit, to: "17")
    #expect(try earlier(daemon, "17") == 1)
  }

  private func earlier(_ daemon: DaemonProcess, _ counter: String) throws -> Int? {
    let view = try client(daemon, counter).get("/v1/console/\(counter)").json
    let current = try #require(view["current"] as? [String: Any])
    return (current["earlier"] as? [Any])?.count
  }

  @Test func `a note lives through a restart, and is gone after its hours, old copy or not`() throws
  {
    var daemon = try hall.start()
    let visit = try visit(daemon, ["legal-advice", "tax-number"], at: "28")
    let consent = #"{"to":"tax","fields":["note"]}"#
    #expect(try post(daemon, "28", "consent", consent).status == 200)
    #expect(try post(daemon, "28", "note", #"{"codes":["urgent"]}"#).status == 200)
    #expect(try post(daemon, "28", "finish", "{}").status == 200)
    daemon.kill9()
    daemon = try hall.start("--clock", "2026-11-23T09:30")
    try call(daemon, visit, to: "17")
    #expect(try notes(daemon, "17") == ["legal: urgent"], "half an hour later")
    daemon.kill9()
    let old = try ["notes.sqlite", "notes.sqlite-wal"].map {
      ($0, try Data(contentsOf: URL(fileURLWithPath: hall.data + "/" + $0)))
    }
    daemon = try hall.start("--clock", "2026-11-23T10:30")
    #expect(try notes(daemon, "17").isEmpty, "the hour is over")
    daemon.kill9()
    for (name, bytes) in old { try bytes.write(to: URL(fileURLWithPath: hall.data + "/" + name)) }
    // Even to a clock that is set back the key is gone.
    daemon = try hall.start("--clock", "2026-11-23T09:30")
    #expect(try notes(daemon, "17").isEmpty, "the copy cannot be opened")
    daemon.kill9()
  }

  @Test func `the running daemon ends a note when its hours are over`() throws {
    // An hour of this clock is six seconds.
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "600")
    defer { daemon.kill9() }
    _ = try visit(daemon, ["legal-advice", "tax-number"], at: "28")
    #expect(
      try post(daemon, "28", "consent", #"{"to":"tax","fields":["note"]}"#).status == 200)
    #expect(try post(daemon, "28", "note", #"{"codes":["urgent"]}"#, key: "k").status == 200)
    #expect(try post(daemon, "28", "finish", "{}").status == 200)
    let stream = try StreamClient(
      port: daemon.port, "/v1/dashboard/main", token: tokens["script"])
    // Answered from the note itself as long as there is one; afterwards nobody is at the counter.
    var answer = try post(daemon, "28", "note", #"{"codes":["urgent"]}"#, key: "k")
    while answer.status == 200 {
      _ = try stream.next("heartbeat")
      answer = try post(daemon, "28", "note", #"{"codes":["urgent"]}"#, key: "k")
    }
    #expect(answer.problem == "counter-is-free")
  }

  @Test func `the journal knows that the client agreed, and no word of the note`() throws {
    let daemon = try hall.start()
    try visit(daemon, Self.journey, at: "9")
    let before = try hall.records().count
    let first = try post(daemon, "9", "consent", Self.consent, key: "c")
    let again = try post(daemon, "9", "consent", Self.consent, key: "c")
    #expect(first.status == 200 && first.body == again.body)
    #expect(try hall.records().count == before + 1, "one event")
    #expect(try post(daemon, "9", "note", Self.note, key: "n").status == 200)
    #expect(try hall.records().count == before + 1, "a note is no event")
    #expect(try daemon.terminate() == .exit(0))
    let lines = try hall.rossio("journal", "--data", hall.data).output.split(separator: "\n")
    let consents = lines.filter { $0.contains(#""consented""#) }
    #expect(consents.count == 1 && consents[0].contains(#""fields":["outcomes","note"]"#))
    for line in lines where !line.contains(#""configured""#) {
      #expect(!line.contains("papers-missing") && !line.contains("appointment-made"), "\(line)")
    }
    // Of the stored answers, too, none is the note's: its codes stand in the configuration alone.
    let journal = try Data(contentsOf: URL(fileURLWithPath: hall.data + "/journal.sqlite"))
    let log = try? Data(contentsOf: URL(fileURLWithPath: hall.data + "/journal.sqlite-wal"))
    #expect((journal + (log ?? Data())).firstRange(of: Data("writtenAt".utf8)) == nil)
    #expect(try hall.rossio("verify", "--data", hall.data).ending == .exit(0))
    #expect(!daemon.log.contains("papers-missing"))
  }

  @Test func `a repeated note is one note, with another body it is refused`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    try visit(daemon, Self.journey, at: "9")
    #expect(try post(daemon, "9", "consent", Self.consent).status == 200)
    let first = try post(daemon, "9", "note", Self.note, key: "n")
    #expect(try post(daemon, "9", "note", #"{"codes":["urgent"]}"#, key: "other").status == 200)
    #expect(try post(daemon, "9", "note", Self.note, key: "n").body == first.body)
    #expect(try notes(daemon, "9") == ["migration: urgent"], "the repeated one wrote nothing")
    let reused = try post(daemon, "9", "note", #"{"codes":["urgent"]}"#, key: "n")
    #expect(reused.status == 422 && reused.problem == "idempotency-key-reused")
    // The visit has gone on, and the answer is the same.
    #expect(try post(daemon, "9", "finish", "{}").status == 200)
    #expect(try post(daemon, "9", "note", Self.note, key: "n").body == first.body)
    #expect(try post(daemon, "9", "note", Self.note, key: "new").problem == "counter-is-free")
  }

  @Test func `bad bodies are refused, and so is a manager`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    try visit(daemon, Self.journey, at: "9")
    for (what, body) in [
      ("note", #"{"codes":"urgent"}"#), ("note", #"{"text":"Maria"}"#), ("note", ""),
      ("consent", #"{"to":"social-security","fields":["note"],"because":"trust"}"#),
      ("consent", #"{"to":"social-security","fields":["name"]}"#),
    ] {
      let answer = try post(daemon, "9", what, body)
      #expect(answer.status == 400 && answer.problem == "bad-body", "\(what) \(body)")
    }
    #expect(
      try post(daemon, "9", "note", #"{"codes":["Maria"]}"#).problem == "note-code-unknown")
    let manager = try client(daemon, "script")
    let refused = [
      try manager.get("/v1/counters/9/notes"), try manager.post("/v1/counters/9/note", Self.note),
      try manager.post("/v1/counters/9/consent", Self.consent),
      try client(daemon, "23").get("/v1/counters/9/notes"),
    ]
    for answer in refused { #expect(answer.status == 403 && answer.problem == "not-allowed") }
  }
}
