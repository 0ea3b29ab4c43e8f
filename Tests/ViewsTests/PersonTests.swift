import Foundation
import Testing
import Venue
import Views

func encoded(_ value: some Encodable) throws -> String {
  String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

/// What one person sees: kiosk, slip and phone.
struct PersonTests {
  // MARK: Kiosk

  @Test func `languages keep the six most used in place, the rest follow by script`() throws {
    let view = try #require(try SampleDay().fold.kiosk("K1"))
    let tags = view.languages.map(\.tag.text)
    #expect(tags == ["pt", "kea", "en", "hi", "bn", "uk", "ar", "zh-Hans", "es"])
    #expect(view.languages.map(\.script).suffix(3) == ["Arab", "Hans", "Latn"])
    #expect(view.languages.first { $0.tag == "ar" }?.direction == .rightToLeft)
  }

  @Test func `offers tell who waits, whether somebody serves, and where`() throws {
    var day = try SampleDay()
    try day.issue("income")
    try day.at("11", .open)
    let view = try #require(day.fold.kiosk("K1"))
    let offer = try #require(view.offers.first { $0.service == "income" })
    #expect(offer.waiting == 1 && offer.isStaffed && offer.floor == 1 && offer.zone == "upper")
    let neutral = try #require(view.offers.first { $0.service == "shelter" })
    #expect(neutral.isNeutral && !neutral.isStaffed)
    #expect(view.isDayOpen && view.personService == "reception")
    #expect(view.needs.map(\.services) == [["permit", "income"]])
    #expect(!view.canPrint, "a printer that nothing is known of is not promised")
    try day.perform(.closeDay)
    #expect(day.fold.kiosk("K1")?.isDayOpen == false)
    #expect(day.fold.kiosk("K9") == nil)
  }

  @Test func `what a kiosk offers can be issued`() throws {
    let day = try SampleDay()
    for offer in try #require(day.fold.kiosk("K1")).offers {
      var future = day
      #expect(throws: Never.self, "\(offer.service)") { try future.issue(offer.service) }
    }
  }

  // MARK: Slip

  private func slip(
    _ day: SampleDay, _ visit: Visit, isCopy: Bool = false
  ) throws -> SlipView {
    let visit = try #require(day.state.visit(visit.id))
    return day.fold.slip(of: visit, localTime: "2026-11-23 09:00", isCopy: isCopy)
  }

  @Test func `people before you are none, one, or a number, with priority counted`() throws {
    var day = try SampleDay()
    let first = try day.issue("income", language: "ar")
    let second = try day.issue("income", language: "ar")
    let third = try day.issue("income", language: "hi")
    #expect(try slip(day, first).before?.text == "ar:noneBefore")
    #expect(try slip(day, second).before?.text == "ar:oneBefore")
    #expect(try slip(day, third).before?.text == "hi:peopleBefore 2")
    let urgent = try day.issue("income", language: "pt", isPriority: true)
    #expect(try slip(day, urgent).before?.text == "pt:noneBefore")
    #expect(try slip(day, third).before?.text == "hi:peopleBefore 3")
  }

  @Test func `a slip speaks the client's language, and the host language beside it`() throws {
    var day = try SampleDay()
    let visit = try day.issue("income", language: "ar")
    let view = try slip(day, visit)
    #expect(view.service?.text == "ar:income" && view.service?.direction == .rightToLeft)
    #expect(view.serviceInHostLanguage?.text == "pt:income")
    #expect(view.place.text == "ar:floor 1 · ar:counterRange 10 11")
    #expect(view.placeInHostLanguage?.text == "pt:floor 1 · pt:counterRange 10 11")
    #expect(view.follow.text == "ar:followOnPhone")
    #expect(view.address == "https://hall.example/phone/\(visit.id)")
    #expect(view.shortCode == String(visit.id.description.suffix(4)))
    #expect(view.issued == "2026-11-23 09:00" && view.copy == nil)
    let host = try day.issue("reception")
    let own = try slip(day, host)
    #expect(own.serviceInHostLanguage == nil && own.placeInHostLanguage == nil)
    #expect(own.place.text == "pt:floor 0 · pt:counterRange 1 2")
  }

  @Test func `a copy is marked in both languages, once where they are one`() throws {
    var day = try SampleDay()
    let foreign = try day.issue("income", language: "ar")
    let own = try day.issue("income")
    #expect(try slip(day, foreign, isCopy: true).copy?.text == "ar:copy · pt:copy")
    #expect(try slip(day, foreign, isCopy: true).copy?.direction == .rightToLeft)
    #expect(try slip(day, own, isCopy: true).copy?.text == "pt:copy")
  }

  @Test func `a neutral service is named on no paper and on no phone`() throws {
    var day = try SampleDay()
    let visit = try day.issue("shelter", language: "hi")
    try day.at("12", .callNext)
    let paper = try slip(day, visit)
    #expect(paper.service == nil && paper.serviceInHostLanguage == nil)
    #expect(paper.place.text == "hi:floor 1 · hi:counter 12")
    let phone = try #require(day.fold.phone(visit.id))
    #expect(phone.service == nil)
    for text in [try encoded(paper), try encoded(phone)] {
      #expect(!text.contains("shelter") && !text.contains("aid"))
    }
  }

  // MARK: Phone

  @Test func `a phone counts down, then names the counter, then forgets it`() throws {
    var day = try SampleDay()
    try day.issue("income")
    let visit = try day.issue("income", language: "ar")
    var phone = try #require(day.fold.phone(visit.id))
    #expect(phone.peopleBefore == 1 && phone.before?.text == "ar:oneBefore")
    #expect(phone.status == .waiting && phone.counter == nil && phone.direction == .rightToLeft)
    try day.at("10", .callNext)
    #expect(day.fold.phone(visit.id)?.before?.text == "ar:noneBefore")
    day.wait(seconds: 9)
    try day.at("11", .callNext)
    phone = try #require(day.fold.phone(visit.id))
    #expect(phone.status == .called && phone.counter == "11" && phone.calledAt == day.now)
    #expect(phone.peopleBefore == nil && phone.before == nil)
    try day.at("11", .finish())
    phone = try #require(day.fold.phone(visit.id))
    #expect(phone.status == .done && phone.counter == nil && phone.calledAt == nil)
    #expect(day.fold.phone(VisitID(high: 1, low: 1)) == nil)
  }

  // MARK: Documents and arrows on a slip

  /// A day at the sample venue whose services ask for documents and whose kiosks have arrows.
  private func askingDay(
    kiosks: [(id: KioskID, printer: PrinterID, arrows: [ZoneArrow])] = []
  ) throws -> SampleDay {
    try SampleDay { venue in
      let asked: [ServiceID: [DocumentID]] = [
        "permit": ["passport", "photo"], "income": ["payslip", "passport"], "shelter": ["secret"],
      ]
      for index in venue.services.indices {
        venue.services[index].documents = asked[venue.services[index].id] ?? []
      }
      venue.kiosks = kiosks.map {
        Kiosk(
          id: $0.id, zone: "ground", printer: $0.printer, personService: "reception",
          arrows: $0.arrows)
      }
    }
  }

  private func slip(
    _ day: inout SampleDay, _ services: [ServiceID], on printer: PrinterID? = nil
  ) throws -> SlipView {
    let id = VisitID(high: 1, low: UInt64(Array(day.state.visitsOfDay).count + 1))
    let stops = services.enumerated().map { index, service in
      PlannedStop(service: service, after: Array(services.prefix(index)))
    }
    try day.perform(.issue(IssueRequest(visit: id, stops: stops, language: "ar")))
    let visit = try #require(day.state.visit(id))
    return day.fold.slip(of: visit, localTime: "", isCopy: false, on: printer)
  }

  @Test func `a slip lists what all its services ask for, each once, in the client's language`()
    throws
  {
    var day = try askingDay()
    let list = try #require(try slip(&day, ["permit", "income"]).documents)
    #expect(list.names.map(\.text) == ["passport", "photo", "payslip"], "the ids, without names")
    #expect(list.heading.text == "ar:haveWithYou" && list.heading.direction == .rightToLeft)
    #expect(try slip(&day, ["reception"]).documents == nil)
  }

  @Test func `a neutral service asks for nothing on paper, and hides nothing of the others`() throws
  {
    var day = try askingDay()
    #expect(try slip(&day, ["shelter"]).documents == nil)
    let mixed = try slip(&day, ["shelter", "income"])
    #expect(mixed.documents?.names.map(\.text) == ["payslip", "passport"])
    #expect(try !encoded(mixed).contains("secret"))
  }

  @Test func `the arrow is that of the kiosk whose printer prints the slip`() throws {
    let up = [ZoneArrow(zone: "ground", points: .up), ZoneArrow(zone: "upper", points: .upLeft)]
    let down = [ZoneArrow(zone: "upper", points: .down)]
    var day = try askingDay(kiosks: [
      ("K1", "P1", up), ("K2", "P2", down), ("K3", "P3", up), ("K4", "P3", down), ("K5", "P5", up),
      ("K6", "P5", up),
    ])
    #expect(try slip(&day, ["income"], on: "P1").arrow == .upLeft)
    #expect(try slip(&day, ["reception"], on: "P1").arrow == .up)
    #expect(try slip(&day, ["income"], on: "P2").arrow == .down)
    #expect(try slip(&day, ["reception"], on: "P2").arrow == nil, "no arrow to that zone")
    #expect(try slip(&day, ["income"], on: "P3").arrow == nil, "two kiosks that do not agree")
    #expect(try slip(&day, ["income"], on: "P5").arrow == .upLeft, "two that do")
    #expect(try slip(&day, ["income"], on: "P9").arrow == nil, "a printer without a kiosk")
    #expect(try slip(&day, ["income"]).arrow == nil)
  }

  // MARK: Nobody sees anybody else

  @Test(arguments: 1...10)
  func `no public view holds the id of a visit, no personal one that of another`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var day = try SampleDay()
    for _ in 0..<150 { day.happen(&random) }
    let fold = day.fold
    let ids = day.state.visitsOfDay.map(\.id)
    var open = try ["all", "ground", "upper"].map { try encoded(fold.board(ScreenID($0))) }
    open.append(try encoded(fold.dashboard(at: day.now)))
    open.append(try encoded(fold.kiosk("K1")))
    for text in open {
      for id in ids { #expect(!text.contains(id.description), "seed \(seed)") }
    }
    for visit in day.state.visitsOfDay {
      let paper = fold.slip(of: visit, localTime: "", isCopy: false)
      let texts = [try encoded(fold.phone(visit.id)), try encoded(paper)]
      for id in ids where id != visit.id {
        #expect(texts.allSatisfy { !$0.contains(id.description) }, "seed \(seed)")
      }
    }
  }
}
