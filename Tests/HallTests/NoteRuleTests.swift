import Testing
import Venue
import Wire

@testable import Hall

/// Who may write and read notes, and for how long: refusals by name, and the end of a part.
struct NoteRuleTests {
  private static let hour: Int64 = 3_600_000
  private var state = VenueState()
  private var now = Venue.Instant(milliseconds: morning)
  private var visit = VisitID(high: 1, low: 1)

  /// Three agencies with one counter each; the visit is at that of `first`, `second` comes after.
  init() throws {
    var venue = try crowdedVenue()
    venue.noteCodes = ["urgent", "fee-paid", "a", "b", "c", "d"]
    venue.agencies = try [("first", "B"), ("second", "C"), ("third", "D")].map { name, letter in
      Agency(
        id: AgencyID(name), prefix: try #require(Prefix(letter)),
        sign: AgencySign(shape: .bar, color: "#1D4E9E"))
    }
    venue.services = venue.agencies.map {
      Service(
        id: ServiceID($0.id.text), agency: $0.id, isNeutral: false, plannedMinutes: 4,
        hours: "Mo-Sa 09:00-20:00")
    }
    venue.counters = venue.agencies.map {
      Counter(
        id: CounterID($0.id.text), label: $0.id.text, agency: $0.id, zone: "hall",
        languages: ["pt"], services: [ServiceID($0.id.text)])
    }
    venue.agreements = [
      Agreement(from: "first", to: "second", fields: [.note, .outcomes], purpose: "p", hours: 2),
      Agreement(from: "first", to: "third", fields: [.note], purpose: "p", hours: 3),
      Agreement(from: "second", to: "third", fields: [.outcomes], purpose: "p", hours: 9),
    ]
    try perform(.configure(venue))
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
    try perform(
      .issue(
        IssueRequest(
          visit: visit,
          stops: [
            PlannedStop(service: "first"), PlannedStop(service: "second", after: ["first"]),
          ], language: "pt")))
    try perform(.counter("first", .callNext))
  }

  private mutating func perform(_ command: Command) throws {
    for event in try state.decide(command, at: now) {
      state.apply(Record(sequence: state.sequence + 1, time: now, event: event))
    }
  }

  private mutating func agree(to reader: AgencyID, _ fields: [SharedField] = [.note]) throws {
    try perform(try state.consent(at: "first", to: reader, fields))
  }

  private func refusal(_ body: () throws(Problem) -> Void) -> String? {
    do { try body() } catch { return "\(error.status) \(error.name)" }
    return nil
  }

  private func refusal(at counter: CounterID = "first", of codes: [NoteCode]) -> String? {
    refusal { () throws(Problem) in _ = try state.notePart(at: counter, codes, now) }
  }

  private func readable(at counter: CounterID) -> [AgencyID] {
    state.noteDesk(at: counter, now)?.readable.map(\.agency) ?? []
  }

  @Test mutating func `without the client's consent no note is written, by name`() throws {
    #expect(refusal(of: ["urgent"]) == "409 consent-missing")
    try agree(to: "second", [.outcomes])
    #expect(refusal(of: ["urgent"]) == "409 consent-missing", "consent to another field")
    try agree(to: "second")
    #expect(refusal(of: ["urgent"]) == nil)
  }

  @Test mutating func `an unknown code, too many, nobody there, no agreement: each by name`() throws
  {
    try agree(to: "second")
    #expect(refusal(of: ["urgent", "nationality"]) == "409 note-code-unknown")
    #expect(refusal(of: ["urgent", "fee-paid", "a", "b", "c", "d"]) == "409 note-too-long")
    #expect(refusal(at: "second", of: ["urgent"]) == "409 counter-is-free")
    #expect(refusal(at: "elsewhere", of: ["urgent"]) == "404 counter-unknown")
    try perform(.counter("first", .finish()))
    try perform(.counter("second", .callNext))
    #expect(refusal(at: "second", of: ["urgent"]) == "409 note-read-by-nobody")
    #expect(refusal(of: ["urgent"]) == "409 counter-is-free")
  }

  @Test mutating func `codes stand once each, in the venue's order`() throws {
    try agree(to: "second")
    let (part, codes) = try state.notePart(at: "first", ["a", "urgent", "a"], now)
    #expect(codes == ["urgent", "a"] && part == Note.Part(visit: visit, agency: "first"))
  }

  @Test func `there is nothing to agree to where no agreement names the pair or the field`() throws
  {
    func refusal(_ reader: AgencyID, _ fields: [SharedField], at counter: CounterID = "first")
      -> String?
    {
      self.refusal { () throws(Problem) in _ = try state.consent(at: counter, to: reader, fields) }
    }
    #expect(refusal("second", [.note, .language]) == "409 nothing-to-agree-to")
    #expect(refusal("third", [.outcomes]) == "409 nothing-to-agree-to")
    #expect(refusal("first", [.note]) == "409 nothing-to-agree-to", "one's own part needs none")
    #expect(refusal("nobody", [.note]) == "409 nothing-to-agree-to")
    #expect(refusal("second", [.note], at: "second") == "409 counter-is-free")
    let command = try state.consent(at: "first", to: "second", [.note, .outcomes, .note])
    let consent = Consent(from: "first", to: "second", fields: [.outcomes, .note])
    #expect(command == .consent(visit, consent))
  }

  @Test mutating func `an agency reads what an agreement and the client allow, while both last`()
    throws
  {
    try agree(to: "second")
    #expect(readable(at: "first") == ["first"])
    try perform(.counter("first", .finish()))
    try perform(.counter("second", .callNext))
    #expect(readable(at: "second") == ["first", "second"])
    now = now.adding(milliseconds: 2 * Self.hour - 1)
    #expect(readable(at: "second") == ["first", "second"])
    now = now.adding(milliseconds: 1)
    #expect(readable(at: "second") == ["second"], "two hours are over")
  }

  @Test mutating func `without consent, or without an agreement, nothing is readable`() throws {
    try agree(to: "second", [.outcomes])
    try perform(.counter("first", .forward(to: "third")))
    try perform(.counter("third", .callNext))
    #expect(readable(at: "third") == ["third"], "an agreement, no consent")
    try perform(
      .consent(visit, Consent(from: "second", to: "third", fields: SharedField.allCases)))
    #expect(readable(at: "third") == ["third"], "consent, no agreement on notes")
  }

  @Test mutating func `a part lasts until its stop has ended and its longest hours are over`()
    throws
  {
    let part = Note.Part(visit: visit, agency: "first")
    now = now.adding(milliseconds: 8 * Self.hour)
    #expect(state.partsOver([part], at: now).isEmpty, "the stop has not ended")
    try perform(.counter("first", .finish()))
    #expect(state.partsOver([part], at: now.adding(milliseconds: 3 * Self.hour - 1)).isEmpty)
    #expect(state.partsOver([part], at: now.adding(milliseconds: 3 * Self.hour)) == [part])
  }

  @Test mutating func `the end of the day ends every part, the next day every note`() throws {
    let part = Note.Part(visit: visit, agency: "first")
    let other = Note.Part(visit: VisitID(high: 1, low: 2), agency: "first")
    #expect(state.partsOver([part, other], at: now) == [other], "a visit that nobody knows")
    try perform(.closeDay)
    #expect(state.partsOver([part], at: now).isEmpty)
    #expect(state.partsOver([part], at: now.adding(milliseconds: 3 * Self.hour)) == [part])
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 24)))
    #expect(state.partsOver([part], at: now) == [part])
  }

  @Test mutating func `at a counter that is lent the part is its own agency's`() throws {
    try perform(.counter("first", .finish()))
    try perform(.counter("third", .serve(["second"])))
    try perform(.counter("third", .callNext))
    let part = Note.Part(visit: visit, agency: "third")
    #expect(state.partsOver([part], at: now.adding(milliseconds: 8 * Self.hour)).isEmpty)
    try perform(.counter("third", .finish()))
    #expect(state.partsOver([part], at: now) == [part], "no agreement is about its notes")
  }

  @Test mutating func `the desk lists who may read what once the client agrees`() throws {
    try agree(to: "second")
    let desk = try #require(state.noteDesk(at: "first", now))
    #expect(desk.visit == visit && desk.codes.count == 6)
    #expect(
      desk.readers == [
        .init(agency: "second", fields: [.note], agreed: [.note]),
        .init(agency: "third", fields: [.note], agreed: []),
      ])
    #expect(state.noteDesk(at: "second", now)?.visit == nil)
    #expect(state.noteDesk(at: "elsewhere", now) == nil)
  }
}
