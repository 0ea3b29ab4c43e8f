import Testing
import Venue
import Views

/// What slip and phone say of the client's consents.
struct SharesTests {
  private func shares(_ consents: [Consent], language: LanguageTag = "ar") throws -> [Phrase] {
    var day = try SampleDay()
    let visit = try day.issue("income", language: language)
    for consent in consents { try day.perform(.consent(visit.id, consent)) }
    let known = try #require(day.state.visit(visit.id))
    let slip = day.fold.slip(of: known, localTime: "2026-11-23 09:00", isCopy: true)
    let phone = try #require(day.fold.phone(visit.id))
    #expect(phone.shares == slip.shares)
    return slip.shares
  }

  @Test func `a slip says in the client's language who may read what from whom`() throws {
    let shares = try shares([Consent(from: "desk", to: "tax", fields: [.note, .outcomes])])
    #expect(
      shares.map(\.text) == ["ar:sharedWith ar:desk ar:tax ar:sharedOutcomes · ar:sharedNote"])
    #expect(shares[0].language == "ar" && shares[0].direction == .rightToLeft)
  }

  @Test
  func `the newest consent of a pair holds, another pair has its own, and none is taken back`()
    throws
  {
    let shares = try shares([
      Consent(from: "desk", to: "tax", fields: [.needs]),
      Consent(from: "tax", to: "desk", fields: [.note]),
      Consent(from: "desk", to: "tax", fields: [.language, .needs]),
      Consent(from: "aid", to: "tax", fields: [.note]),
      Consent(from: "aid", to: "tax", fields: []),
    ])
    #expect(
      shares.map(\.text) == [
        "ar:sharedWith ar:tax ar:desk ar:sharedNote",
        "ar:sharedWith ar:desk ar:tax ar:sharedLanguage · ar:sharedNeeds",
      ])
  }

  @Test func `an agency whose services are all neutral is not named`() throws {
    let shares = try shares([
      Consent(from: "aid", to: "tax", fields: [.note]),
      Consent(from: "desk", to: "aid", fields: [.note]),
    ])
    #expect(
      shares.map(\.text) == [
        "ar:sharedWith ar:anotherOffice ar:tax ar:sharedNote",
        "ar:sharedWith ar:desk ar:anotherOffice ar:sharedNote",
      ])
    #expect(try !encoded(shares).contains("aid"))
  }

  @Test func `who has agreed to nothing reads nothing of it`() throws {
    #expect(try shares([]).isEmpty)
  }
}
