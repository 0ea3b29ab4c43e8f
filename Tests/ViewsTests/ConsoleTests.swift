import Testing
import Venue
import Views

struct ConsoleTests {
  private let counters: [CounterID] = ["1", "2", "10", "11", "12"]

  @Test(arguments: 1...8)
  func `who is next on the console is who call-next calls, in that order`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var day = try SampleDay(policy: seed.isMultiple(of: 2) ? .arrival : .statutory)
    for step in 0..<120 {
      day.happen(&random)
      guard step.isMultiple(of: 6) else { continue }
      for counter in counters {
        let view = try #require(day.fold.console(counter, at: day.now))
        var future = day
        var called: [VisitID] = []
        for _ in 0..<ConsoleView.nextLimit {
          guard
            case .called(let visit, _, _, _) = try? future.perform(.counter(counter, .callNext))
              .last
          else { break }
          called.append(visit)
        }
        #expect(view.next.map(\.visit) == called, "seed \(seed), step \(step), counter \(counter)")
      }
    }
  }

  @Test(arguments: 1...8)
  func `lines, visit at the counter and the way back agree with the state`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var day = try SampleDay()
    for step in 0..<120 {
      day.happen(&random)
      guard step.isMultiple(of: 5) else { continue }
      let place: Comment = "seed \(seed), step \(step)"
      for counter in counters {
        let view = try #require(day.fold.console(counter, at: day.now))
        let waiting = day.state.visitsOfDay.filter { $0.status == .waiting }
        for line in view.waiting {
          let mine = waiting.filter { $0.stop.service == line.service }
          #expect(line.count == mine.count, place)
          #expect(line.longestSince == mine.map(\.stop.waitingSince).min(), place)
        }
        let here = day.state.visitsOfDay.first {
          ($0.status == .called || $0.status == .serving) && $0.stop.counter == counter
        }
        #expect(view.current?.visit == here?.id, place)
        var undone = day
        let canUndo = (try? undone.at(counter, .undo)) != nil
        #expect((view.undoUntil != nil) == canUndo, place)
        #expect(view.undoUntil.map { $0 >= day.now } ?? true, place)
      }
    }
  }

  @Test func `a visit shows its language, its earlier stops and why it goes first`() throws {
    var day = try SampleDay()
    try day.issue("permit", language: "ar")
    let issued = day.now
    try day.at("1", .callNext)
    try day.at("1", .start)
    day.wait(seconds: 600)
    try day.at("1", .forward(to: "income"))
    try day.issue("income", isPriority: true)
    let view = try #require(day.fold.console("10", at: day.now))
    #expect(view.next.map(\.reason) == [.priority, .oldest])
    #expect(view.next.map(\.number.description) == ["K001", "A001"])
    try day.at("10", .callNext)
    try day.at("10", .callNext)
    let current = try #require(day.fold.console("10", at: day.now)?.current)
    #expect(current.number.description == "A001" && current.language == "ar")
    #expect(current.endonym == "ar:self" && current.direction == .rightToLeft)
    #expect(current.serviceName == "pt:income" && current.waitingSince == day.now)
    let earlier = try #require(current.earlier.first)
    #expect(current.earlier.count == 1 && earlier.serviceName == "pt:permit")
    #expect(earlier.agencyName == "pt:desk" && earlier.outcome == .forwarded)
    #expect(earlier.startedAt == issued && earlier.endedAt == day.now)
  }

  @Test func `with plain arrival nobody is said to go first by priority`() throws {
    var day = try SampleDay(policy: .arrival)
    try day.issue("income")
    try day.issue("income", isPriority: true)
    let view = try #require(day.fold.console("10", at: day.now))
    #expect(view.next.map(\.reason) == [.oldest, .oldest])
    #expect(view.next.map(\.isPriority) == [false, true])
  }

  @Test func `parked and missed visits of the counter's services stand there, the newest first`()
    throws
  {
    var day = try SampleDay()
    for _ in 0..<12 { try day.issue("income") }
    try day.issue("reception")
    for turn in 0..<12 {
      try day.at("10", .callNext)
      day.wait(seconds: 20)
      try day.at("10", turn.isMultiple(of: 2) ? .noShow : .park)
    }
    try day.at("2", .callNext)
    try day.at("2", .park)
    let view = try #require(day.fold.console("11", at: day.now))
    #expect(view.parked.count == ConsoleView.parkedLimit)
    #expect(view.parked.map(\.since) == view.parked.map(\.since).sorted(by: >))
    #expect(Set(view.parked.map(\.status)) == [.parked, .left])
    #expect(view.parked.allSatisfy { $0.number.description.hasPrefix("K") })
    #expect(day.fold.console("12", at: day.now)?.parked.isEmpty == true)
  }

  @Test func `every service can be a target, with how many wait there`() throws {
    var day = try SampleDay()
    try day.issue("shelter")
    let view = try #require(day.fold.console("1", at: day.now))
    #expect(view.targets.map(\.service).contains("shelter"))
    #expect(view.targets.first { $0.service == "shelter" }?.waiting == 1)
    #expect(view.targets.first { $0.service == "shelter" }?.agencyName == "pt:aid")
    #expect(day.fold.console("99", at: day.now) == nil)
  }

  @Test func `a visit can be forwarded to every other target`() throws {
    var day = try SampleDay()
    try day.issue("permit")
    try day.at("1", .callNext)
    let view = try #require(day.fold.console("1", at: day.now))
    for target in view.targets where target.service != "permit" {
      var future = day
      #expect(throws: Never.self) { try future.at("1", .forward(to: target.service)) }
    }
  }
}
