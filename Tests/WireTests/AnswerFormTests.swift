import Foundation
import Testing
import Venue
import Views
import Wire

/// Names and kinds of fields are the contract that scripts rely on.
struct AnswerFormTests {
  private let id = VisitID(high: 1, low: 2)
  private let name = "0000000000000G000000000002"

  private func visit(
    _ status: Visit.Status, calls: Int = 0, counter: CounterID? = nil
  ) throws -> Visit {
    let number = try #require(TicketNumber("A042"))
    return Visit(
      id: id, number: number, language: "zh-Hans", isPriority: true,
      issuedAt: Instant(milliseconds: 1_795_424_400_123), arrival: 7, status: status,
      stop: Stop(
        service: "tax-number", waitingSince: Instant(milliseconds: 1_795_424_400_123),
        counter: counter, calls: calls),
      earlier: [], revision: 9)
  }

  @Test func `an issued number says visit, number, position and what was asked`() throws {
    try expect(
      IssuedAnswer(visit: visit(.waiting), peopleBefore: 4, printing: false),
      is: """
        {"visit": "\(name)", "number": "A042", "position": 5, "peopleBefore": 4,
         "service": "tax-number", "language": "zh-Hans", "priority": true,
         "issuedAt": 1795424400123, "printing": false, "promise": "turn"}
        """)
  }

  @Test func `an issued number tells its wait as a range of minutes`() throws {
    let visit = try visit(.waiting)
    let answer = IssuedAnswer(
      visit: visit, peopleBefore: 4,
      expectedWait: Venue.WaitRange(
        low: 11 * 60_000, expected: 20 * 60_000, high: 32 * 60_000, hasHistory: true),
      promise: .mayCloseFirst, printing: true)
    #expect(answer.waitFromMinutes == 10 && answer.waitToMinutes == 35)
    let text = String(decoding: answer.json, as: UTF8.self)
    #expect(
      text.hasSuffix(
        #""printing":true,"waitFromMinutes":10,"waitToMinutes":35,"promise":"mayCloseFirst"}"#))
  }

  @Test func `a counter's answer holds the visit that was moved, flat`() throws {
    try expect(
      CounterAnswer(
        counter: "17", status: .open, visit: visit(.called, calls: 2, counter: "17")),
      is: """
        {"counter": "17", "status": "open", "visit": "\(name)", "number": "A042",
         "service": "tax-number", "language": "zh-Hans", "priority": true,
         "visitStatus": "called", "calls": 2}
        """)
  }

  @Test func `a counter without a visit has no field for one, not even null`() throws {
    try expect(
      CounterAnswer(counter: "17", status: .paused, visit: nil),
      is: #"{"counter": "17", "status": "paused"}"#)
  }

  @Test(arguments: Visit.Status.allCases)
  func `a visit's status is one of the seven words`(status: Visit.Status) throws {
    let words = ["waiting", "called", "serving", "parked", "done", "left", "expired"]
    #expect(words.contains(status.rawValue))
    try expect(
      VisitAnswer(visit(status)),
      is: """
        {"visit": "\(name)", "number": "A042", "service": "tax-number", "language": "zh-Hans",
         "priority": true, "status": "\(status.rawValue)"}
        """)
  }

  @Test func `whatever stands in a name comes through as it is`() throws {
    let scalars = (0..<0x300).compactMap(UnicodeScalar.init) + "\u{2028}العربية 中文 🎫".unicodeScalars
    for scalar in scalars {
      let name = "a\(Character(scalar))\"b\\"
      let visit = Visit(
        id: id, number: try #require(TicketNumber("A042")), language: LanguageTag(name),
        isPriority: false, issuedAt: Instant(milliseconds: 0), arrival: 1, status: .waiting,
        stop: Stop(service: ServiceID(name), waitingSince: Instant(milliseconds: 0)), earlier: [],
        revision: 1)
      let object = try JSONSerialization.jsonObject(with: Data(VisitAnswer(visit).json))
      let fields = try #require(object as? [String: Any])
      #expect(fields["service"] as? String == name && fields["language"] as? String == name)
    }
  }

  @Test func `a day is a date, and absent when none is open`() throws {
    try expect(
      DayAnswer(day: ServiceDay(year: 2026, month: 3, day: 9)), is: #"{"day": "2026-03-09"}"#)
    try expect(DayAnswer(day: nil), is: "{}")
  }

  @Test func `a session names role and id, and what else there is`() throws {
    try expect(
      SessionAnswer(role: "staff", id: "swift-7", login: "swift-7", agency: "tax", counter: nil),
      is: #"{"role": "staff", "id": "swift-7", "login": "swift-7", "agency": "tax"}"#)
    try expect(
      SessionAnswer(role: "counter", id: "3", login: nil, agency: nil, counter: "3"),
      is: #"{"role": "counter", "id": "3", "counter": "3"}"#)
  }

  @Test func `a problem is a problem document with the refusal's name`() throws {
    let refusal = Refusal.counterIsFree("7")
    try expect(
      Problem(status: 409, name: refusal.name, detail: refusal.explanation),
      is: """
        {"type": "about:blank", "title": "counter is free", "status": 409,
         "name": "counter-is-free", "detail": "Nobody is at counter 7. Call somebody first."}
        """)
  }

  @Test func `a heartbeat tells the daemon's time and how fast it goes`() throws {
    let now = Instant(milliseconds: 1_795_424_400_123)
    try expect(
      Heartbeat(now: now, utcOffsetMinutes: -60, speed: 60, simulated: true),
      is: #"{"now": 1795424400123, "utcOffsetMinutes": -60, "speed": 60, "simulated": true}"#)
  }

  @Test func `small answers have the fields that clients read`() throws {
    try expect(
      HealthAnswer(status: "ready", sequence: 12), is: #"{"status": "ready", "sequence": 12}"#)
    try expect(SecretAnswer(secret: "s"), is: #"{"secret": "s"}"#)
    try expect(CountAnswer(count: 3), is: #"{"count": 3}"#)
    try expect(
      StaffLine(login: "a", role: "staff", agency: "tax"),
      is: #"{"login": "a", "role": "staff", "agency": "tax"}"#)
  }

  @Test func `a slip's reason stands beside its evidence, and is left out where there is none`()
    throws
  {
    for (reason, field) in [("linkLost", #""reason": "linkLost", "#), (nil, "")] {
      let line = SpoolLine(
        key: "k", number: try #require(TicketNumber("A042")), isTest: false, printer: "P1",
        state: "unknown",
        copy: true, attempts: 1, created: Instant(milliseconds: 1),
        changed: Instant(milliseconds: 2), reason: reason, evidence: "reset")
      try expect(
        line,
        is: """
          {"key": "k", "number": "A042", "isTest": false, "printer": "P1",
           "state": "unknown", "copy": true,
           "attempts": 1, "created": 1, "changed": 2, \(field)"evidence": "reset"}
          """)
      let view = """
        {"printers": [], "slips": [{"number": "A042", "state": "unknown", "printer": "P1",
          "isCopy": true, "since": 2, \(field)"evidence": "reset"}]}
        """
      let printers: PrintersView = try JSON.decode(from: Array(view.utf8))
      #expect(printers.slips.map(\.reason) == [reason])
      try expect(printers, is: view)
    }
  }

  @Test func `the languages of a venue come with endonym, direction and script`() throws {
    let pack = LanguagePack(
      tag: "ar", endonym: "العربية", direction: .rightToLeft, script: "Arab", reviewer: "",
      reviewed: "", words: [:], agencies: [:], services: [:], needs: [:], zones: [:])
    let languages = Lexicon(hostLanguage: "pt", packs: [pack]).offered(["ar"])
    try expect(
      LanguageList(hostLanguage: "pt", languages: languages),
      is: """
        {"hostLanguage": "pt", "languages":
          [{"tag": "ar", "endonym": "العربية", "direction": "rtl", "script": "Arab"}]}
        """)
  }

  @Test func `bodies of requests come back as they were sent`() throws {
    let body: IssueBody = try JSON.decode(
      from: Array(#"{"service": "tax-number", "language": "ar", "more": [1]}"#.utf8))
    #expect(body.service == "tax-number" && body.language == "ar")
    #expect(body.priority == nil && body.kiosk == nil)
    try expect(
      IssueBody(service: "a", language: "b", priority: false, kiosk: "K1"),
      is: #"{"service": "a", "language": "b", "priority": false, "kiosk": "K1"}"#)
    let call: CallBody = try JSON.decode(from: Array(#"{"visit": "\#(name)"}"#.utf8))
    #expect(call.visit == id)
  }
}
