import Testing
import Venue
import Wire

@testable import DisplayClient
@testable import Views

@Suite struct BoardModelTests {
  private let boot = Samples.boot

  /// The board of a moment, `milliseconds` after the first heartbeat; heartbeats go on until
  /// `lastHeartbeat`.
  private func board(
    _ model: inout BoardModel, at milliseconds: Int64, heard: Bool = true
  ) throws -> Board {
    let now = boot.adding(milliseconds: milliseconds)
    if heard {
      model.receive(
        Samples.heartbeat(at: Samples.start.adding(milliseconds: milliseconds)), at: now)
    }
    guard case .board(let board) = model.frame(at: now).scene.content else {
      throw Missing(what: "a board at \(milliseconds) ms")
    }
    return board
  }

  struct Missing: Error { var what: String }

  private func numbers(_ board: Board) -> [String] {
    board.cards.compactMap { $0?.call.number.description }
  }

  // MARK: Calls

  @Test("Two calls that come together are both shown, both as new")
  func showsBoth() throws {
    let calls = ["A042", "K107"].map { Samples.call($0, counter: "5", secondsAgo: 0) }
    var model = Samples.model(Samples.board(calls))
    let shown = try board(&model, at: 0)
    #expect(Set(numbers(shown)) == ["A042", "K107"])
    #expect(shown.cards.compactMap { $0?.isNew } == [true, true])
  }

  @Test("Each call is among the current ones for a minute, however many follow it")
  func showsEachForAMinute() throws {
    var calls: [BoardView.Call] = []
    var model = Samples.model(Samples.board([]))
    for second in Int64(0)..<120 {
      if second.isMultiple(of: 3) {
        let number = "A\(100 + second)"
        calls.insert(Samples.call(number, counter: "1", secondsAgo: -second), at: 0)
        calls = Array(calls.prefix(BoardView.callLimit))
        model.receive(Samples.board(calls))
      }
      let shown = Set(numbers(try board(&model, at: second * 1000 + 1)))
      let due = calls.filter {
        $0.calledAt > Samples.start.adding(milliseconds: (second - 60) * 1000)
      }
      for call in due { #expect(shown.contains(call.number.description), "second \(second)") }
    }
  }

  @Test("What is not in the grid is in the history, newest first, and nothing is in both")
  func splitsHistory() throws {
    var model = Samples.model(
      Samples.board(Samples.busyCalls, widthMillimetres: 941, viewingDistanceMillimetres: 6000))
    let shown = try board(&model, at: 0)
    let past = shown.history.map(\.number.description)
    #expect(numbers(shown) == ["A042", "K107", "E018", "T203", "M011"])
    #expect(past == ["A041", "K106", "E017", "C040", "T202"])
  }

  @Test("A call that was undone is gone at once")
  func forgetsUndone() throws {
    var model = Samples.model(Samples.board([Samples.call("A042", counter: "1", secondsAgo: 1)]))
    #expect(numbers(try board(&model, at: 0)) == ["A042"])
    model.receive(Samples.board([]))
    #expect(numbers(try board(&model, at: 10)).isEmpty)
  }

  @Test("A new call pulses once a second, for five seconds at most")
  func pulses() throws {
    var model = Samples.model(Samples.board([Samples.call("A042", counter: "1", secondsAgo: 0)]))
    var turns = 0
    var before = false
    for tick in Int64(0)...100 {
      let card = try #require(try board(&model, at: tick * 100).cards[0])
      #expect(card.isNew)
      if card.isBright && !before { turns += 1 }
      before = card.isBright
      if tick >= 50 { #expect(!card.isBright) }
    }
    #expect(turns == 5)
  }

  @Test("The newest call stays marked for a minute, the ones before it for twenty seconds")
  func marksNewest() throws {
    let calls = [
      Samples.call("A042", counter: "1", secondsAgo: 0),
      Samples.call("K107", counter: "1", secondsAgo: 1),
    ]
    var model = Samples.model(Samples.board(calls))
    func marked(_ seconds: Int64) throws -> [String] {
      try board(&model, at: seconds * 1000).cards.compactMap { card in
        card.flatMap { $0.isNew ? $0.call.number.description : nil }
      }
    }
    #expect(try marked(18) == ["A042", "K107"])
    #expect(try marked(19) == ["A042"])
    #expect(try marked(59) == ["A042"])
    #expect(try marked(60).isEmpty)
  }

  // MARK: Sound

  @Test("A call chimes once; a recall chimes again")
  func chimes() {
    var model = Samples.model(Samples.board([Samples.call("A042", counter: "1", secondsAgo: 0)]))
    #expect(model.frame(at: boot).chimes)
    #expect(!model.frame(at: boot.adding(milliseconds: 500)).chimes)
    let again = Samples.call("A042", counter: "1", secondsAgo: -1, ordinal: 2)
    model.receive(Samples.board([again]))
    #expect(model.frame(at: boot.adding(milliseconds: 1000)).chimes)
  }

  @Test("Silent calls, and calls that are long past at the start, make no sound")
  func staysSilent() {
    let calls = [
      Samples.call("A042", counter: "1", secondsAgo: 0, isSilent: true),
      Samples.call("K107", counter: "1", secondsAgo: 30),
    ]
    var model = Samples.model(Samples.board(calls))
    #expect(!model.frame(at: boot).chimes)
  }

  // MARK: Truth or blank

  @Test("Five seconds without a heartbeat grey the board and say as of when it is")
  func greys() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls))
    #expect(!(try board(&model, at: 4_999, heard: false)).isStale)
    let stale = try board(&model, at: 5_000, heard: false)
    #expect(stale.isStale)
    #expect(stale.time == .asOf(Samples.phrase("pt", "Situação às {time}"), time: "10:32"))
  }

  @Test("A stale board stands still: its calls are those of the moment it speaks of")
  func standsStill() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls))
    let first = try board(&model, at: 5_000, heard: false)
    let last = try board(&model, at: 29_999, heard: false)
    #expect(first.cards == last.cards)
    #expect(first.history == last.history)
    #expect(first.time == last.time)
  }

  @Test("Thirty seconds without a heartbeat send people to the reception, in their languages")
  func asksReception() {
    var model = Samples.model(Samples.board(Samples.busyCalls))
    let scene = model.frame(at: boot.adding(milliseconds: 30_000)).scene
    guard case .notice(let notice) = scene.content else {
      Issue.record("no notice")
      return
    }
    #expect(notice.kind == .askReception)
    #expect(notice.phrases == Samples.askReception)
  }

  @Test("The board is back with the first heartbeat")
  func comesBack() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls))
    _ = model.frame(at: boot.adding(milliseconds: 40_000))
    let back = try board(&model, at: 41_000)
    #expect(!back.isStale)
    #expect(back.time == .clock("10:32"))
  }

  @Test("Before the first view the screen is neutral, and tells trouble only when it lasts")
  func connects() {
    var model = BoardModel(size: Samples.fullHD, at: boot)
    model.receive(trouble: "the server does not answer")
    func notice(at milliseconds: Int64) -> Notice? {
      let scene = model.frame(at: boot.adding(milliseconds: milliseconds)).scene
      guard case .notice(let notice) = scene.content else { return nil }
      return notice
    }
    #expect(notice(at: 0) == Notice(kind: .connecting, venue: nil, phrases: [], detail: nil))
    #expect(notice(at: 2_000)?.detail == "the server does not answer")
  }

  @Test("A simulated clock is named, with its speed")
  func namesSimulatedClock() throws {
    for (heartbeat, note) in [
      (Samples.heartbeat(), nil), (Samples.heartbeat(simulated: true), "simulated clock"),
      (Samples.heartbeat(speed: 60, simulated: true), "simulated clock ×60"),
      (Samples.heartbeat(speed: 1.5, simulated: true), "simulated clock ×1.5"),
    ] {
      var model = Samples.model(Samples.board([]), heartbeat: heartbeat)
      #expect(try board(&model, at: 0, heard: false).note == note)
    }
  }

  // MARK: What moves

  @Test("Sentences rotate through every language and stand four seconds at least")
  func rotatesSentences() throws {
    var model = Samples.model(Samples.board(Samples.busyCalls))
    var turns: [(Phrase, Int64)] = []
    for tick in Int64(0)..<600 {
      let sentence = try #require(try board(&model, at: tick * 100).sentence)
      if turns.last?.0 != sentence { turns.append((sentence, tick * 100)) }
    }
    for (turn, next) in zip(turns, turns.dropFirst()) { #expect(next.1 - turn.1 >= 4_000) }
    #expect(Set(turns.map(\.0.text)) == Set(Samples.sentences.map(\.text)))
  }

  @Test("The picture moves every ten minutes, never by more than two per cent in all")
  func shifts() {
    var model = Samples.model(Samples.board([]))
    let shifts = (Int64(0)..<30).map { step in
      model.frame(at: boot.adding(milliseconds: step * 600_000)).scene.shift
    }
    for (shift, next) in zip(shifts, shifts.dropFirst()) { #expect(shift != next) }
    for axis in [shifts.map(\.x), shifts.map(\.y)] {
      let lowest = axis.min() ?? 0
      let highest = axis.max() ?? 0
      #expect(highest - lowest <= 0.020001)
      #expect(highest - lowest > 0)
    }
  }

  /// The promise that the loop may sleep: scenes change only at the times that frames announce.
  @Test("A frame says when the next one differs", arguments: [1.0, 60.0])
  func announcesChanges(speed: Double) throws {
    let heartbeat = Samples.heartbeat(speed: speed, simulated: speed != 1)
    var model = Samples.model(Samples.board(Samples.rush(14)), heartbeat: heartbeat)
    var frame = model.frame(at: boot)
    var changes = 0
    for step in Int64(1)...9_000 {
      // Every moment at which the loop could wake for another reason, and a prime stride besides.
      let millisecond = step * 5
      let now = boot.adding(milliseconds: millisecond)
      var probe = model
      let seen = probe.frame(at: now)
      if let announced = frame.changesAt, now < announced {
        #expect(seen.scene == frame.scene, "changed unannounced at \(millisecond) ms")
      } else {
        frame = model.frame(at: now)
        changes += 1
      }
    }
    // Idle screens sleep: no more than a pulse and a few thresholds woke it.
    #expect(changes < 160)
  }
}
