import Foundation
import Testing
import Venue
import Wire

/// The lines that `rossio journal` prints.
struct EventDocumentTests {
  private static let visit = VisitID(high: 1, low: 2)
  private static let name = "0000000000000G000000000002"

  private static func moves() -> [(Event, String)] {
    let at = #""visit": "\#(name)", "counter": "12""#
    return [
      (
        .called(visit, at: "12"),
        #"{"type": "called", \#(at), "help": "direct", "reason": "oldest"}"#
      ),
      (
        .called(visit, at: "12", help: .mediator("M1"), because: .language),
        #"{"type": "called", \#(at), "help": "mediator", "mediator": "M1", "reason": "language"}"#
      ),
      (.recalled(visit, at: "12"), #"{"type": "recalled", \#(at)}"#),
      (.started(visit, at: "12"), #"{"type": "started", \#(at)}"#),
      (.finished(visit, at: "12"), #"{"type": "finished", \#(at)}"#),
      (
        .finished(visit, at: "12", outcome: "settled", next: "work"),
        #"{"type": "finished", \#(at), "outcome": "settled", "next": "work"}"#
      ),
      (
        .mediatorJoined(visit, at: "12", "M1"),
        #"{"type": "mediator-joined", \#(at), "mediator": "M1"}"#
      ),
      (.missed(visit, at: "12"), #"{"type": "missed", \#(at)}"#),
      (.parked(visit, at: "12"), #"{"type": "parked", \#(at)}"#),
      (.undone(visit, at: "12"), #"{"type": "undone", \#(at)}"#),
      (
        .forwarded(visit, at: "12", to: "tax-number"),
        #"{"type": "forwarded", \#(at), "service": "tax-number"}"#
      ),
      (
        .forwarded(visit, at: "12", to: "tax-number", comesBack: true),
        #"{"type": "forwarded", \#(at), "service": "tax-number", "comesBack": true}"#
      ),
      (
        .stopPlanned(visit, PlannedStop(service: "work", after: ["tax"])),
        #"{"type": "stop-planned", "visit": "\#(name)", "stop": {"service": "work", "after": ["tax"]}}"#
      ),
      (
        .stopCancelled(visit, "work", next: "tax"),
        #"{"type": "stop-cancelled", "visit": "\#(name)", "service": "work", "next": "tax"}"#
      ),
      (.returned(visit), #"{"type": "returned", "visit": "\#(name)"}"#),
      (.resumed(visit), #"{"type": "resumed", "visit": "\#(name)"}"#),
      (.left(visit), #"{"type": "left", "visit": "\#(name)"}"#),
      (.expired(visit), #"{"type": "expired", "visit": "\#(name)"}"#),
    ]
  }

  private static func others() throws -> [(Event, String)] {
    let day = ServiceDay(year: 2026, month: 11, day: 3)
    let number = try #require(TicketNumber("A1000"))
    let report = SlipReport(visit: visit, printer: "P1", outcome: .unknown, isCopy: true)
    let settled = SlipReport(visit: visit, printer: "P2", outcome: .discarded, isCopy: false)
    func issue(_ kiosk: KioskID?) -> Event {
      .issued(
        Venue.Issue(
          visit: visit, number: number, service: "tax", language: "ar", isPriority: true,
          kiosk: kiosk))
    }
    let issued = """
      {"type": "issued", "visit": "\(name)", "number": "A1000", "service": "tax",
       "language": "ar", "priority": true
      """
    return [
      (.dayOpened(day), #"{"type": "day-opened", "day": "2026-11-03"}"#),
      (.dayClosed(day), #"{"type": "day-closed", "day": "2026-11-03"}"#),
      (issue("K1"), issued + #", "kiosk": "K1"}"#), (issue(nil), issued + "}"),
      (
        .mediatorChanged("M1", .onBreak),
        #"{"type": "mediator-changed", "mediator": "M1", "status": "onBreak"}"#
      ),
      (
        .counterAssigned("12", ["work"]),
        #"{"type": "counter-assigned", "counter": "12", "services": ["work"]}"#
      ),
      (.counterOpened("12"), #"{"type": "counter-opened", "counter": "12"}"#),
      (.counterPaused("12"), #"{"type": "counter-paused", "counter": "12"}"#),
      (.counterClosed("12"), #"{"type": "counter-closed", "counter": "12"}"#),
      (
        .slipReported(report),
        """
        {"type": "slip-reported", "visit": "\(name)", "printer": "P1", "outcome": "unknown",
         "copy": true}
        """
      ),
      (
        .slipReported(settled),
        """
        {"type": "slip-reported", "visit": "\(name)", "printer": "P2", "outcome": "discarded",
         "copy": false}
        """
      ),
    ]
  }

  @Test func `every event is a line with seq, time, type and its own fields`() throws {
    for (event, fields) in try Self.moves() + Self.others() {
      let record = Record(
        sequence: 41, time: Instant(milliseconds: 1_795_424_400_007), event: event)
      let stamp = #"{"seq": 41, "time": "2026-11-23T09:00:00.007Z", "#
      try expect(EventDocument(record), is: stamp + fields.dropFirst())
      #expect(!JSON.encode(EventDocument(record)).contains(10), "a line has no line break")
    }
  }

  @Test func `a configuration is written in full`() throws {
    let prefix = try #require(Prefix("N"))
    let configuration = VenueConfiguration(
      id: "small", name: "Rossio\n2", hostLanguage: "pt", languages: ["pt"],
      timeZone: "Europe/Lisbon", publicURL: "http://a/b",
      numbering: Numbering(skips: [13], neutralPrefix: prefix), policy: .statutory, zones: [],
      agencies: [], services: [], counters: [], needs: [], kiosks: [], screens: [], printers: [])
    let record = Record(
      sequence: 1, time: Instant(milliseconds: 0), event: .configured(configuration))
    try expect(
      EventDocument(record),
      is: """
        {"seq": 1, "time": "1970-01-01T00:00:00.000Z", "type": "configured", "configuration":
          {"id": "small", "name": "Rossio\\n2", "hostLanguage": "pt", "languages": ["pt"],
           "timeZone": "Europe/Lisbon", "publicURL": "http://a/b",
           "numbering": {"skips": [13], "neutralPrefix": "N"}, "policy": "statutory",
           "zones": [], "agencies": [], "services": [], "counters": [], "needs": [],
           "kiosks": [], "screens": [], "printers": [], "holidays": [], "mediators": [],
           "agreements": [], "outcomes": [], "noteCodes": [],
           "bounds": {"languageWindowMinutes": 6, "telephoneAfterMinutes": 10,
             "headStartMinutes": 15, "priorityRatePercent": 100, "ordinaryRatePercent": 100,
             "creditPercent": 70, "appointmentGraceMinutes": 15, "earlyIssueMinutes": 60,
             "overtimeMinutes": 60, "voucherDays": 14, "walkSeconds": 90, "stopLimit": 8,
             "peopleLimit": 20}}}
        """)
    #expect(!JSON.encode(EventDocument(record)).contains(10))
  }

  @Test func `a time keeps every millisecond`() throws {
    for millisecond in 0..<1_000 as Range<Int64> {
      let record = Record(
        sequence: 1, time: Instant(milliseconds: 1_795_424_400_000 + millisecond),
        event: .counterOpened("1"))
      let text = String(decoding: JSON.encode(EventDocument(record)), as: UTF8.self)
      let digits = String(String(1_000 + millisecond).dropFirst())
      #expect(text.contains("09:00:00.\(digits)Z"), "\(text)")
    }
  }
}
