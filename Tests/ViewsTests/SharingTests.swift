import Testing
import Venue
import Views

/// What agencies see of each other: nothing that no agreement names.
struct SharingTests {
  private static func agreement(_ fields: [SharedField], hours: Int = 24) -> Agreement {
    Agreement(from: "aid", to: "tax", fields: fields, purpose: "test", hours: hours)
  }

  /// A visit that was at the association and is now called at counter 10 of the tax office, with a
  /// permit still to come.
  private func dayAtTax(
    agreements: [Agreement], kind: Agency.Kind = .association, consent: [SharedField]? = nil
  ) throws -> SampleDay {
    var day = try SampleDay { venue in
      venue.agreements = agreements
      for index in venue.agencies.indices where venue.agencies[index].id == "aid" {
        venue.agencies[index].kind = kind
      }
    }
    let visit = try day.issue("shelter", language: "ar")
    try day.at("12", .callNext)
    try day.at("12", .forward(to: "income"))
    try day.perform(.plan(visit.id, PlannedStop(service: "permit")))
    if let consent {
      try day.perform(.consent(visit.id, Consent(from: "aid", to: "tax", fields: consent)))
    }
    try day.at("10", .callNext)
    return day
  }

  private func current(_ day: SampleDay) throws -> ConsoleView.Current {
    try #require(day.fold.console("10", at: day.now)?.current)
  }

  @Test func `without agreements other agencies' stops and the language are left out`() throws {
    let current = try current(try dayAtTax(agreements: [], kind: .authority))
    #expect(current.earlier.isEmpty && current.planned.isEmpty && current.hiddenStops == 2)
    #expect(current.language == nil && current.endonym == nil && current.direction == nil)
    #expect(current.help == .direct && current.reason == .oldest)
    let text = try encoded(current)
    #expect(!text.contains("shelter") && !text.contains("permit") && !text.contains("\"ar"))
  }

  @Test func `an agreement opens the fields that it names, and no others`() throws {
    let outcomes = try current(
      try dayAtTax(agreements: [Self.agreement([.outcomes])], kind: .authority))
    #expect(outcomes.earlier.map(\.service) == ["shelter"] && outcomes.language == nil)
    #expect(outcomes.hiddenStops == 1, "the planned permit belongs to the desk")
    let language = try current(
      try dayAtTax(agreements: [Self.agreement([.language])], kind: .authority))
    #expect(language.earlier.isEmpty && language.language == "ar" && language.hiddenStops == 2)
  }

  @Test func `what an association keeps takes the client's consent besides`() throws {
    let agreements = [Self.agreement([.outcomes, .language])]
    let none = try current(try dayAtTax(agreements: agreements))
    #expect(none.earlier.isEmpty && none.language == nil)
    let some = try current(try dayAtTax(agreements: agreements, consent: [.outcomes]))
    #expect(some.earlier.map(\.service) == ["shelter"] && some.language == nil)
    let alone = try current(try dayAtTax(agreements: [], consent: [.outcomes]))
    #expect(alone.earlier.isEmpty, "consent alone opens nothing")
  }

  @Test func `a note always takes consent, an own part never`() throws {
    let agreements = [Self.agreement([.note])]
    for (consent, expected) in [(nil, false), ([SharedField.note], true)] {
      let day = try dayAtTax(agreements: agreements, kind: .authority, consent: consent)
      let visit = try #require(day.state.visitsOfDay.first { _ in true })
      func mayRead(_ reader: AgencyID) -> Bool {
        day.state.mayRead(.note, of: "aid", by: reader, visit: visit, endedAt: nil, at: day.now)
      }
      #expect(mayRead("tax") == expected)
      #expect(mayRead("aid") && !mayRead("desk"))
    }
  }

  @Test func `only authorities and receptions need consent for an association's part`() {
    for field in SharedField.allCases where field != .note {
      for owner in Agency.Kind.allCases {
        #expect(!field.takesConsent(of: owner, by: .association))
        for reader in [Agency.Kind.authority, .reception] {
          #expect(field.takesConsent(of: owner, by: reader) == (owner == .association))
        }
      }
    }
  }

  @Test func `an agreement lapses when its hours after the end of the stop are over`() throws {
    var day = try dayAtTax(agreements: [Self.agreement([.outcomes], hours: 1)], kind: .authority)
    day.wait(seconds: 3_599)
    #expect(try current(day).earlier.count == 1)
    day.wait(seconds: 1)
    #expect(try current(day).earlier.isEmpty)
    #expect(try current(day).hiddenStops == 2)
  }

  @Test func `agreements have a direction`() throws {
    let reverse = Agreement(
      from: "tax", to: "aid", fields: SharedField.allCases, purpose: "test", hours: 24)
    #expect(try current(try dayAtTax(agreements: [reverse], kind: .authority)).earlier.isEmpty)
  }
}
