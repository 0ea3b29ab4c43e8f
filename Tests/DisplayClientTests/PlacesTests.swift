import Testing
import Venue
import Views

@testable import DisplayClient

@Suite struct PlacesTests {
  private let capacities = [5, 10, 24]
  private let now = Samples.start

  private func names(_ places: Places) -> [String] {
    places.numbers.map { $0?.description ?? "-" }
  }

  @Test("Calls that come one after the other take the free places from the top")
  func fillsFromTop() {
    var places = Places()
    var calls: [BoardView.Call] = []
    for (index, number) in ["A001", "K002", "E003"].enumerated() {
      calls.insert(Samples.call(number, counter: "1", secondsAgo: Int64(30 - index)), at: 0)
      places.arrange(calls, at: now, capacities: capacities)
    }
    #expect(names(places) == ["A001", "K002", "E003", "-", "-"])
  }

  @Test("A call keeps its place when it is called again and when others come and go")
  func keepsPlace() {
    var places = Places()
    let first = Samples.call("A001", counter: "1", secondsAgo: 30)
    let second = Samples.call("K002", counter: "2", secondsAgo: 20)
    places.arrange([second, first], at: now, capacities: capacities)
    let before = names(places)
    let again = Samples.call("A001", counter: "1", secondsAgo: 0, ordinal: 2)
    places.arrange([again, second], at: now, capacities: capacities)
    #expect(names(places) == before)
    places.arrange([again], at: now, capacities: capacities)
    #expect(names(places).firstIndex(of: "A001") == before.firstIndex(of: "A001"))
  }

  @Test("After its minute a call whose visit has left the counter is history; before, it stays")
  func overLeaves() {
    var places = Places()
    let served = Samples.call("A001", counter: "1", secondsAgo: 70)
    let over = Samples.call("K002", counter: "2", secondsAgo: 70, isOver: true)
    let fresh = Samples.call("E003", counter: "3", secondsAgo: 50, isOver: true)
    places.arrange([fresh, over, served], at: now, capacities: capacities)
    #expect(Set(names(places)).subtracting(["-"]) == ["A001", "E003"])
  }

  @Test("A new call takes the place of the oldest one that has had its minute")
  func replacesOldest() {
    var places = Places()
    let ages: [Int64] = [10, 70, 130, 100, 65]
    let old = ages.enumerated().map { index, age in
      Samples.call("A00\(index + 1)", counter: "1", secondsAgo: age)
    }.sorted { $0.calledAt > $1.calledAt }
    places.arrange(old, at: now, capacities: capacities)
    let place = places.numbers.firstIndex(of: TicketNumber("A003"))
    let new = Samples.call("K009", counter: "1", secondsAgo: 0)
    places.arrange([new] + old, at: now, capacities: capacities)
    #expect(places.numbers.firstIndex(of: TicketNumber("K009")) == place)
    #expect(places.density == 0)
  }

  @Test("More due calls than places make the grid denser, and drop none")
  func growsDenser() {
    var places = Places()
    places.arrange(Samples.rush(5), at: now, capacities: capacities)
    let before = names(places)
    places.arrange(Samples.rush(8), at: now, capacities: capacities)
    #expect(places.density == 1)
    #expect(Array(names(places).prefix(5)) == before)
    #expect(places.numbers.compactMap { $0 }.count == 8)
  }

  @Test("A call that has had five minutes leaves, needed or not")
  func leaves() {
    var places = Places()
    let call = Samples.call("A001", counter: "1", secondsAgo: 0)
    places.arrange([call], at: now, capacities: capacities)
    places.arrange([call], at: now.adding(milliseconds: 299_999), capacities: capacities)
    #expect(names(places).contains("A001"))
    places.arrange([call], at: now.adding(milliseconds: 300_000), capacities: capacities)
    #expect(!names(places).contains("A001"))
  }

  @Test(
    "Whatever comes: due calls are all shown, each once, and none moves",
    arguments: 1...40 as ClosedRange<UInt64>)
  func holdsUnderRandomCalls(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var places = Places()
    var calls: [BoardView.Call] = []
    var time = Int64(0)
    for step in 0..<200 {
      time += Int64.random(in: 0...15_000, using: &random)
      let value = 1 + Int.random(in: 0..<40, using: &random)
      let number = value < 10 ? "A00\(value)" : "A0\(value)"
      var call = Samples.call(number, counter: "1", secondsAgo: 0)
      call.calledAt = now.adding(milliseconds: time)
      // An undone call disappears as if it had never been.
      if Int.random(in: 0..<10, using: &random) == 0, !calls.isEmpty { calls.removeFirst() }
      calls.removeAll { $0.number == call.number }
      calls = Array(([call] + calls).prefix(BoardView.callLimit))
      let before = places
      places.arrange(calls, at: now.adding(milliseconds: time), capacities: capacities)

      let due = calls.filter { time - $0.calledAt.milliseconds(since: now) < 60_000 }
      let shown = places.numbers.compactMap { $0 }
      #expect(Set(shown).count == shown.count, "seed \(seed), step \(step)")
      for call in due {
        #expect(shown.contains(call.number), "seed \(seed), step \(step): \(call.number)")
        if let place = before.numbers.firstIndex(of: call.number) {
          #expect(places.numbers[place] == call.number, "seed \(seed), step \(step)")
        }
      }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
