import Testing
import Venue
import Views

/// A day counted again from its records alone, by scanning everything: shares no code with the
/// engine or the folds.
private struct Recount {
  struct Person {
    var service: ServiceID
    var isPriority: Bool
    var number: TicketNumber
    var state = "waiting"
    var since: Instant
    var firstCall: Instant?
    /// Waits of stops with a call, as (end of wait, milliseconds), without the present stop.
    var waits: [(Instant, Int64)] = []

    var allWaits: [(Instant, Int64)] {
      waits + (firstCall.map { [($0, $0.milliseconds - since.milliseconds)] } ?? [])
    }
  }

  var people: [VisitID: Person] = [:]
  var order: [VisitID] = []
  var statuses: [CounterID: String] = [:]
  var at: [CounterID: VisitID] = [:]
  private var steps: [CounterID: [(VisitID, Person, Bool)]] = [:]

  init(_ records: [Record]) {
    for record in records { follow(record) }
  }

  private mutating func follow(_ record: Record) {
    let now = record.time
    switch record.event {
    case .issued(let issue):
      order.append(issue.visit)
      people[issue.visit] = Person(
        service: issue.service, isPriority: issue.isPriority, number: issue.number, since: now)
    case .called(let visit, let counter, _, _):
      step(visit, counter) {
        $0.firstCall = $0.firstCall ?? now; $0.state = "called"
      }
      at[counter] = visit
    case .recalled(let visit, let counter): step(visit, counter) { _ in }
    case .started(let visit, let counter): step(visit, counter) { $0.state = "serving" }
    case .finished(let visit, let counter, _, _): end(visit, counter, "done")
    case .missed(let visit, let counter): end(visit, counter, "missed")
    case .parked(let visit, let counter): end(visit, counter, "parked")
    case .forwarded(let visit, let counter, let service, _):
      end(visit, counter, "waiting")
      people[visit].map { people[visit]?.waits = $0.allWaits }
      people[visit]?.firstCall = nil
      people[visit]?.since = now
      people[visit]?.service = service
    case .undone(_, let counter):
      guard let (visit, before, wasHere) = steps[counter]?.popLast() else { return }
      people[visit] = before
      at[counter] = wasHere ? visit : nil
    case .resumed(let visit): people[visit]?.state = "waiting"
    case .left(let visit): people[visit]?.state = "left"
    case .expired(let visit), .returned(let visit):
      people[visit]?.state = "expired"
      at = at.filter { $0.value != visit }
    case .counterOpened(let counter): statuses[counter] = "open"
    case .counterPaused(let counter): statuses[counter] = "paused"
    case .counterClosed(let counter): statuses[counter] = "closed"
    case .configured, .dayOpened, .dayClosed, .slipReported, .hoursSet, .stopPlanned,
      .stopCancelled, .consented, .mediatorChanged, .mediatorJoined, .counterAssigned:
      break
    }
  }

  private mutating func step(
    _ visit: VisitID, _ counter: CounterID, _ change: (inout Person) -> Void
  ) {
    guard var person = people[visit] else { return }
    steps[counter, default: []].append((visit, person, at[counter] == visit))
    change(&person)
    people[visit] = person
  }

  private mutating func end(_ visit: VisitID, _ counter: CounterID, _ state: String) {
    step(visit, counter) { $0.state = state }
    at[counter] = nil
  }

  func count(_ state: String) -> Int { people.values.count { $0.state == state } }

  /// The smallest wait that at least so many percent do not exceed, by trying each.
  static func percentile(_ share: Int, of waits: [Int64]) -> Int64? {
    waits.filter { wait in waits.count { $0 <= wait } * 100 >= share * waits.count }.min()
  }
}

struct DashboardTests {
  @Test(arguments: 1...8)
  func `every figure is what a recount from the records gives`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var day = try SampleDay()
    for step in 0..<300 {
      day.happen(&random)
      guard step.isMultiple(of: 50) else { continue }
      try compare(day, "seed \(seed), step \(step)")
    }
    try day.perform(.closeDay)
    try compare(day, "seed \(seed), after closing")
  }

  private func compare(_ day: SampleDay, _ place: Comment) throws {
    let view = day.fold.dashboard(at: day.now)
    let recount = Recount(day.records)
    let people = Array(recount.people.values)
    #expect(view.totals.issued == people.count, place)
    #expect(view.totals.waiting == recount.count("waiting"), place)
    #expect(view.totals.called == recount.count("called"), place)
    #expect(view.totals.serving == recount.count("serving"), place)
    #expect(view.totals.parked == recount.count("parked"), place)
    #expect(view.totals.done == recount.count("done"), place)
    #expect(view.totals.missed == recount.count("missed"), place)
    #expect(view.totals.left == recount.count("left"), place)
    #expect(view.totals.expired == recount.count("expired"), place)
    let waiting = people.filter { $0.state == "waiting" && $0.firstCall == nil }
    #expect(view.waitingNow == waiting.count, place)
    #expect(view.waitingPriority == waiting.count { $0.isPriority }, place)
    #expect(view.longest?.waitingSince == waiting.map(\.since).min(), place)
    try compareCounters(view, recount, place)
    compareWaits(view, people, day.now, place)
    compareAgencies(view, people, place)
  }

  private func compareCounters(
    _ view: DashboardView, _ recount: Recount, _ place: Comment
  ) throws {
    for line in view.counters {
      #expect(line.status.rawValue == recount.statuses[line.counter, default: "closed"], place)
      let person = recount.at[line.counter].flatMap { recount.people[$0] }
      #expect(line.number == person?.number, place)
      #expect(line.visitStatus?.rawValue == person?.state, place)
    }
    #expect(view.countersOpen == recount.statuses.values.count { $0 == "open" }, place)
    #expect(view.countersPaused == recount.statuses.values.count { $0 == "paused" }, place)
    #expect(view.countersBusy == recount.at.count, place)
    #expect(view.counters.count == 5, place)
  }

  private func compareWaits(
    _ view: DashboardView, _ people: [Recount.Person], _ now: Instant, _ place: Comment
  ) {
    let all = people.flatMap(\.allWaits)
    let recent = all.filter { now.milliseconds - $0.0.milliseconds <= 3_600_000 }
    for (figures, waits) in [(view.wholeDay, all.map(\.1)), (view.lastHour, recent.map(\.1))] {
      #expect(figures.count == waits.count, place)
      #expect(figures.p50Milliseconds == Recount.percentile(50, of: waits), place)
      #expect(figures.p90Milliseconds == Recount.percentile(90, of: waits), place)
      let mean = waits.isEmpty ? nil : waits.reduce(0, +) / Int64(waits.count)
      #expect(figures.meanMilliseconds == mean, place)
    }
  }

  private func compareAgencies(
    _ view: DashboardView, _ people: [Recount.Person], _ place: Comment
  ) {
    let owners: [ServiceID: AgencyID] = [
      "reception": "desk", "permit": "desk", "income": "tax", "shelter": "aid",
    ]
    for line in view.agencies {
      let mine = people.filter { $0.state == "waiting" && owners[$0.service] == line.agency }
      #expect(line.waiting == mine.count, place)
      #expect(line.longestSince == mine.map(\.since).min(), place)
    }
  }

  @Test func `devices that need a person stand on the dashboard and on every console`() throws {
    let day = try SampleDay()
    let since = Instant(milliseconds: 5)
    let devices = DeviceStates(
      printers: [
        "P1": .init(word: "paperOut", canPrint: false, since: since, waiting: 3),
        "P2": .init(word: "idle", canPrint: true, since: since, waiting: 0),
      ], blindScreens: ["all": since])
    let fold = Fold(state: day.state, lexicon: sampleLexicon(), devices: devices)
    let wanted = [
      Care(
        kind: .printer, subject: "P1", state: "paperOut", level: .beyond, since: since, waiting: 3),
      Care(kind: .screen, subject: "all", state: "blind", since: since, waiting: 0),
    ]
    #expect(fold.dashboard(at: day.now).devices == wanted)
    #expect(fold.console("1", at: day.now)?.care == wanted)
  }
}
