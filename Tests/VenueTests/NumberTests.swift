import Testing
import Venue

@Suite("Numbers")
struct NumberTests {
  @Test("Numbers count per prefix, and neutral services share the venue's neutral prefix")
  func perPrefix() throws {
    var hall = try TestHall(try smallVenue())
    let services: [ServiceID] = ["reception", "income", "permit", "shelter", "income"]
    let numbers = try services.map { try hall.issue($0).number.description }
    #expect(numbers == ["A001", "K001", "A002", "T001", "K002"])
  }

  @Test("After 999 comes 1000")
  func afterNineHundredNinetyNine() throws {
    var hall = try TestHall(try smallVenue())
    var last = ""
    for _ in 0..<1001 { last = try hall.issue("reception").number.description }
    #expect(last == "A1001")
  }

  @Test("Skipped values are never issued")
  func skips() throws {
    var hall = try TestHall(try smallVenue(skips: [2, 3, 5]))
    let numbers = try (0..<4).map { _ in try hall.issue("reception").number.description }
    #expect(numbers == ["A001", "A004", "A006", "A007"])
  }

  @Test("A new day begins at 001, and an earlier or equal day never opens again")
  func newDay() throws {
    var hall = try TestHall(try smallVenue())
    try hall.issue("reception")
    try hall.perform(.closeDay)
    let day = ServiceDay(year: 2026, month: 11, day: 23)
    #expect(throws: Refusal.dayIsPast(day, last: day)) { try hall.perform(.openDay(day)) }
    try hall.perform(.openDay(ServiceDay(year: 2026, month: 11, day: 24)))
    #expect(try hall.issue("reception").number.description == "A001")
  }

  @Test(
    "The text of a number is read back, and nothing else is",
    arguments: [
      ("A042", true), ("T1000", true), ("I001", false), ("O001", false), ("A42", false),
      ("A0042", false), ("A000", false), ("a042", false), ("A04٢", false), ("", false),
      ("A99999999999", false),
    ])
  func text(_ text: String, _ isNumber: Bool) {
    #expect((TicketNumber(text) != nil) == isNumber)
    if isNumber { #expect(TicketNumber(text)?.description == text) }
  }

  @Test("A visit's id is read back from its 26 characters; other texts are not ids")
  func visitID() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<1_000 {
      let id = VisitID(high: random.next(), low: random.next())
      #expect(id.description.utf8.count == 26)
      #expect(VisitID(id.description) == id)
    }
    #expect(VisitID(high: 0, low: 31).description == String(repeating: "0", count: 25) + "Z")
    #expect(VisitID(high: .max, low: .max).description == "7" + String(repeating: "Z", count: 25))
    for text in ["", "8" + String(repeating: "0", count: 25), String(repeating: "U", count: 26)] {
      #expect(VisitID(text) == nil)
    }
  }
}
