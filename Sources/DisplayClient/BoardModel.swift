import Venue
import Views
import Wire

/// Decides what the screen shows, from the newest view, the daemon's heartbeats and the local clock.
///
/// Pure: times come in as arguments, and the same history gives the same scenes. The board never
/// shows more than it knows: it greys 5 s after the last heartbeat and sends people to the reception
/// after 30 s. The number and counter of a call never rotate; sentences do.
struct BoardModel: Sendable {
  /// A board that has not heard the daemon for this long says how old it is.
  static let staleMilliseconds: Int64 = 5_000
  /// A board that has not heard the daemon for this long shows no calls any more.
  static let lostMilliseconds: Int64 = 30_000
  /// A sentence stands for this long; four seconds are the least that people can read one in.
  static let sentenceMilliseconds: Int64 = 6_000
  /// The picture moves against burn-in once in this time.
  static let shiftMilliseconds: Int64 = 600_000
  /// Before the first words of the daemon, trouble is told after this long: most of it is over.
  static let troubleMilliseconds: Int64 = 2_000

  private let size: PixelSize
  private let startedAt: LocalTime
  private var view: BoardView?
  private var layoutOfView: Result<BoardLayout, Illegible>?
  private var clock: DaemonClock?
  private var places = Places()
  private var arrivals = Arrivals()
  private var beat = false
  private var trouble: String?

  /// `size` is the screen's; `time` is now.
  init(size: PixelSize, at time: LocalTime) {
    self.size = size
    startedAt = time
  }

  // MARK: What comes in

  /// Takes a new view. Views are whole, so that one replaces another.
  mutating func receive(_ view: BoardView) {
    let isSameScreen =
      self.view?.widthMillimetres == view.widthMillimetres
      && self.view?.viewingDistanceMillimetres == view.viewingDistanceMillimetres
    if layoutOfView == nil || !isSameScreen { layoutOfView = Self.layout(of: view, on: size) }
    self.view = view
  }

  /// Takes a heartbeat that arrived at `time`.
  mutating func receive(_ heartbeat: Heartbeat, at time: LocalTime) {
    if clock == nil {
      clock = DaemonClock(heartbeat, at: time)
    } else {
      clock?.hear(heartbeat, at: time)
    }
    beat.toggle()
    trouble = nil
  }

  /// Says in English why nothing comes from the daemon; until the next heartbeat.
  mutating func receive(trouble: String) { self.trouble = trouble }

  /// Where things lie, once a view has told the screen's measures; nil too when it refuses them.
  var layout: BoardLayout? { try? layoutOfView?.get() }

  /// Why the screen's measures are refused.
  var refusal: Illegible? {
    guard case .failure(let illegible)? = layoutOfView else { return nil }
    return illegible
  }

  private static func layout(
    of view: BoardView, on size: PixelSize
  ) -> Result<BoardLayout, Illegible> {
    Result { () throws(Illegible) in
      try BoardLayout(
        size: size, widthMillimetres: view.widthMillimetres,
        viewingDistanceMillimetres: view.viewingDistanceMillimetres)
    }
  }

  // MARK: What is seen

  /// What one frame shows, for how long, and what is heard with it.
  struct Frame: Equatable, Sendable {
    var scene: Scene
    /// When the scene next changes without news from the daemon; nil: never.
    var changesAt: LocalTime?
    /// Whether a call has come that nobody was told of by sound.
    var chimes: Bool
  }

  /// The frame of a moment. Moments come in rising order.
  mutating func frame(at now: LocalTime) -> Frame {
    var wake = Wake(now: now)
    var chimes = false
    let content: Scene.Content
    if let view, let clock, let layoutOfView {
      let silence = now.milliseconds(since: clock.heardAt)
      if silence >= Self.lostMilliseconds {
        content = .notice(askReception(view))
      } else {
        wake.consider(clock.heardAt.adding(milliseconds: Self.lostMilliseconds))
        switch layoutOfView {
        case .failure(let illegible):
          content = .notice(notice(.illegible, detail: illegible.description))
        case .success(let layout):
          chimes = arrivals.take(view.calls, clock: clock, at: now)
          content = .board(board(view, clock, layout, &wake))
        }
      }
    } else {
      content = .notice(connecting(&wake))
    }
    let shift = shift(&wake)
    return Frame(
      scene: Scene(content: content, shift: shift), changesAt: wake.earliest, chimes: chimes)
  }

  private func connecting(_ wake: inout Wake) -> Notice {
    let tellsAt = startedAt.adding(milliseconds: Self.troubleMilliseconds)
    wake.consider(tellsAt)
    return notice(.connecting, detail: wake.now >= tellsAt ? trouble : nil)
  }

  private func askReception(_ view: BoardView) -> Notice {
    var asking = notice(.askReception, detail: trouble)
    asking.phrases = view.askReception.withoutRepeats
    return asking
  }

  private func notice(_ kind: Notice.Kind, detail: String?) -> Notice {
    Notice(kind: kind, venue: view?.venue, phrases: [], detail: detail)
  }

  /// A circle of eight steps around the middle, within the layout's margin.
  private func shift(_ wake: inout Wake) -> Scene.Shift {
    let step = max(0, wake.now.milliseconds(since: startedAt) / Self.shiftMilliseconds)
    wake.consider(startedAt.adding(milliseconds: (step + 1) * Self.shiftMilliseconds))
    let steps: [(Double, Double)] = [
      (0, 0), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1),
    ]
    let (x, y) = steps[Int(step) % steps.count]
    return Scene.Shift(x: x * BoardLayout.margin / 2, y: y * BoardLayout.margin / 2)
  }

  // MARK: The board

  private mutating func board(
    _ view: BoardView, _ clock: DaemonClock, _ layout: BoardLayout, _ wake: inout Wake
  ) -> Board {
    let staleAt = clock.heardAt.adding(milliseconds: Self.staleMilliseconds)
    let isStale = wake.now >= staleAt
    wake.consider(staleAt)
    // A stale board stands still at the moment up to which it knows.
    let moment = isStale ? clock.heardAt : wake.now
    let now = clock.now(at: moment)
    places.arrange(view.calls, at: now, capacities: layout.grids.map(\.places))
    if !isStale { considerAges(of: view.calls, clock, &wake) }

    let cards = places.numbers.map { number in
      number.flatMap { number in view.calls.first { $0.number == number } }
    }
    let shown = Set(places.numbers.compactMap { $0 })
    let sentences = view.sentences.withoutRepeats
    return Board(
      venue: view.venue, headings: view.headings.withoutRepeats,
      time: time(view, clock, isStale: isStale, now: now, &wake), isStale: isStale,
      note: note(clock.heartbeat), grid: layout.grids[places.density],
      cards: cards.map { $0.map { card($0, view, clock, isStale: isStale, &wake) } },
      earlierCalls: view.earlierCalls,
      history: Array(view.calls.filter { !shown.contains($0.number) }.prefix(layout.historyRows)),
      sentence: sentences.isEmpty ? nil : sentences[sentenceIndex(of: sentences.count, &wake)],
      sentenceNumber: view.calls.first { !$0.isOver }?.number, beat: beat)
  }

  private func considerAges(of calls: [BoardView.Call], _ clock: DaemonClock, _ wake: inout Wake) {
    for call in calls {
      for age in [
        Arrivals.newMilliseconds, BoardView.currentMilliseconds, Places.lingerMilliseconds,
      ] {
        wake.consider(clock.localTime(of: call.calledAt.adding(milliseconds: age)))
      }
    }
  }

  private func time(
    _ view: BoardView, _ clock: DaemonClock, isStale: Bool, now: Instant, _ wake: inout Wake
  ) -> Board.Time {
    let text = clock.timeOfDay(at: now)
    guard !isStale else { return .asOf(view.asOf, time: text) }
    wake.consider(clock.localTime(of: clock.nextMinute(after: now)))
    return .clock(text)
  }

  private func note(_ heartbeat: Heartbeat) -> String? {
    guard heartbeat.simulated else { return nil }
    let speed = heartbeat.speed
    let text = speed == speed.rounded() ? "\(Int64(speed))" : "\(speed)"
    return speed == 1 ? "simulated clock" : "simulated clock ×\(text)"
  }

  private func card(
    _ call: BoardView.Call, _ view: BoardView, _ clock: DaemonClock, isStale: Bool,
    _ wake: inout Wake
  ) -> Board.Card {
    let now = clock.now(at: isStale ? clock.heardAt : wake.now)
    let isNewest = call.calledAt == view.calls.first?.calledAt
    let age = now.milliseconds(since: call.calledAt)
    let isNew = age < (isNewest ? BoardView.currentMilliseconds : Arrivals.newMilliseconds)
    let isBright = isNew && !isStale && arrivals.isBright(call, &wake)
    return Board.Card(call: call, isNew: isNew, isBright: isBright)
  }

  private func sentenceIndex(of count: Int, _ wake: inout Wake) -> Int {
    let turn = max(0, wake.now.milliseconds(since: startedAt) / Self.sentenceMilliseconds)
    if count > 1 {
      wake.consider(startedAt.adding(milliseconds: (turn + 1) * Self.sentenceMilliseconds))
    }
    return Int(turn) % count
  }
}

extension [Phrase] {
  /// Each phrase once: a language without a pack answers in the host's words.
  var withoutRepeats: [Phrase] {
    var texts: Set<String> = []
    return filter { texts.insert($0.text).inserted }
  }
}
