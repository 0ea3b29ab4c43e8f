import Testing
import Venue
import Views

struct BoardTests {
  private func board(_ day: SampleDay, _ screen: ScreenID = "all") throws -> BoardView {
    try #require(day.fold.board(screen))
  }

  @Test func `a call shows number, counter, place, arrow and agency`() throws {
    var day = try SampleDay()
    try day.issue("income")
    day.wait(seconds: 60)
    try day.at("10", .callNext)
    let call = try #require(try board(day).calls.first)
    #expect(call.number.description == "K001" && call.counter == "10")
    #expect(call.calledAt == day.now && call.ordinal == 1 && call.again == nil)
    #expect(call.arrow == .up && call.place.text == "pt:floor 1")
    #expect(call.agency?.text == "pt:tax" && call.sign?.shape == .disc && !call.isSilent)
  }

  @Test
  func `a call is over once its visit has left the counter, and no longer when that is undone`()
    throws
  {
    var day = try SampleDay()
    try day.issue("income")
    try day.at("10", .callNext)
    #expect(try board(day).calls.map(\.isOver) == [false])
    try day.at("10", .start)
    #expect(try board(day).calls.map(\.isOver) == [false])
    try day.at("10", .finish())
    #expect(try board(day).calls.map(\.isOver) == [true])
    try day.at("10", .undo)
    #expect(try board(day).calls.map(\.isOver) == [false])
  }

  @Test func `a screen shows calls of its zones only`() throws {
    var day = try SampleDay()
    try day.issue("income")
    try day.issue("reception")
    try day.at("10", .callNext)
    try day.at("2", .callNext)
    #expect(try board(day, "all").calls.map(\.counter) == ["2", "10"])
    #expect(try board(day, "ground").calls.map(\.counter) == ["2"])
    #expect(try board(day, "upper").calls.map(\.counter) == ["10"])
    #expect(try board(day, "ground").calls.first?.arrow == .left)
    #expect(try board(day, "upper").calls.first?.arrow == nil)
    #expect(day.fold.board("none") == nil)
  }

  @Test func `a neutral service hides agency and sign and is called without a chime`() throws {
    var day = try SampleDay()
    try day.issue("shelter", language: "ar")
    try day.at("12", .callNext)
    let call = try #require(try board(day).calls.first)
    #expect(call.number.description == "N001")
    #expect(call.agency == nil && call.sign == nil && call.isSilent)
    let text = try encoded(try board(day))
    for word in ["shelter", "aid", "#009E73", "ring"] { #expect(!text.contains(word)) }
  }

  @Test func `a second call says so, moves to the front and stands there once`() throws {
    var day = try SampleDay()
    try day.issue("income")
    try day.issue("reception")
    try day.at("10", .callNext)
    day.wait(seconds: 5)
    try day.at("2", .callNext)
    day.wait(seconds: 30)
    try day.at("10", .recall)
    let calls = try board(day).calls
    #expect(calls.map(\.number.description) == ["K001", "A001"])
    #expect(calls[0].ordinal == 2 && calls[0].again?.text == "pt:callAgain 2")
    #expect(calls[0].calledAt == day.now && calls[1].again == nil)
  }

  @Test func `a call that is taken back leaves the board, a recall becomes the first call again`()
    throws
  {
    var day = try SampleDay()
    try day.issue("income")
    try day.at("10", .callNext)
    let called = day.now
    day.wait(seconds: 2)
    try day.at("10", .recall)
    day.wait(seconds: 2)
    try day.at("10", .undo)
    #expect(try board(day).calls.map(\.ordinal) == [1])
    #expect(try board(day).calls.map(\.calledAt) == [called])
    try day.at("10", .undo)
    #expect(try board(day).calls.isEmpty)
  }

  @Test func `calls are the newest first, with a bound`() throws {
    var day = try SampleDay()
    for _ in 0..<40 { try day.issue("income") }
    for _ in 0..<40 {
      day.wait(seconds: 1)
      try day.at("10", .callNext)
    }
    let calls = try board(day).calls
    #expect(calls.count == BoardView.callLimit)
    let numbers = (1...41).filter { $0 != 4 }.reversed().prefix(BoardView.callLimit)
    #expect(calls.map { Int($0.number.value) } == Array(numbers))
  }

  @Test func `headings cover as many scripts as there is room for, the host language first`() throws
  {
    let view = try board(SampleDay())
    #expect(view.headings.map(\.language) == ["pt", "hi", "bn", "uk", "ar", "zh-Hans"])
    #expect(view.headings.map(\.text).allSatisfy { $0.hasSuffix(":ticket") })
    #expect(view.headings.first { $0.language == "ar" }?.direction == .rightToLeft)
  }

  @Test func `sentences come in all languages with a place for the number`() throws {
    let view = try board(SampleDay())
    let all = ["pt", "kea", "en", "hi", "bn", "uk", "ar", "zh-Hans", "es"]
    #expect(view.sentences.map(\.text) == all.map { "\($0):goWhenCalled {number}" })
    #expect(view.askReception.map(\.text) == all.map { "\($0):askReception" })
    #expect(view.asOf.text == "pt:asOf {time}" && view.earlierCalls.text == "pt:earlierCalls")
  }
}
