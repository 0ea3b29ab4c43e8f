import Feed
import Foundation
import Simulation
import Venue
import Wire

/// One simulated day: clients come to the kiosks, counters call, serve and forward them.
struct DemoDay {
  /// Something that happens at a minute after opening.
  private enum Happening {
    case arrival
    case call(CounterID)
    case start(CounterID)
    case end(CounterID)
    case recall(CounterID)
    case giveUp(CounterID)
  }

  private(set) var totals = DemoTotals()
  private let venue: VenueConfiguration
  private let speed: Double
  private let end: ContinuousClock.Instant?
  private let reference: ReferenceDay
  private var random: RandomSource
  private var arrivals: [Double]
  private var agenda = Agenda<Happening>()
  /// Stops that visits still have before them.
  private var plans: [VisitID: [ServiceID]] = [:]
  /// Who is at a counter, and for what.
  private var here: [CounterID: (visit: VisitID, number: TicketNumber, service: ServiceID)] = [:]
  private let kiosks: [(id: KioskID, client: Client)]
  private let counters: [CounterID: Client]
  private let minutes: [ServiceID: Double]
  private let began = ContinuousClock.now

  /// Minutes from the daemon's start to the opening of the doors.
  private static let beforeOpening = 5.0
  /// The demo's day ends so long after closing.
  private static let afterClosing = 30.0

  init(
    venue: VenueConfiguration, day: ServiceDay, speed: Double, seed: UInt64, access: DemoAccess,
    port: UInt16, end: ContinuousClock.Instant?
  ) {
    self.venue = venue
    self.speed = speed
    self.end = end
    reference = ReferenceDay(venue: venue)
    random = RandomSource(seed: seed &+ UInt64(day.year * 372 + day.month * 31 + day.day))
    arrivals = reference.arrivals(visits: ReferenceDay.visits, &random)
    func client(_ token: String) -> Client {
      Client(Endpoint(baseURL: "http://127.0.0.1:\(port)", token: token))
    }
    kiosks = access.kiosks.sorted { $0.key < $1.key }.map { ($0.key, client($0.value)) }
    counters = access.counters.mapValues(client)
    minutes = Dictionary(
      venue.services.map { ($0.id, Double($0.plannedMinutes)) }, uniquingKeysWith: { a, _ in a })
  }

  /// Runs until the evening; false when the demo shall end.
  mutating func run() -> Bool {
    arrivals.reverse()
    if let first = arrivals.last { agenda.add(.arrival, at: first) }
    for counter in venue.counters where counter.id != DemoHall.visitorsCounter {
      agenda.add(.call(counter.id), at: random.uniform() * 5)
    }
    while let (minute, happening) = agenda.next() {
      guard minute < ReferenceDay.openMinutes + Self.afterClosing else { return true }
      if waits(until: minute) { return false }
      happen(happening, minute)
    }
    return true
  }

  /// Waits for the minute; true when the demo shall end.
  private func waits(until minute: Double) -> Bool {
    let due = began + .seconds((minute + Self.beforeOpening) * 60 / speed)
    let now = ContinuousClock.now
    if let end, due > end {
      return StopSignal.waits(seconds: now.duration(to: end) / .seconds(1)) || true
    }
    return StopSignal.waits(seconds: now.duration(to: due) / .seconds(1))
  }

  private mutating func happen(_ happening: Happening, _ minute: Double) {
    switch happening {
    case .arrival: arrive(minute)
    case .call(let counter): call(counter, minute)
    case .start(let counter): start(counter, minute)
    case .end(let counter): finish(counter, minute)
    case .recall(let counter):
      if command(counter, "recall") != nil { agenda.add(.giveUp(counter), at: minute + 1) }
    case .giveUp(let counter):
      if command(counter, "no-show") != nil { totals.missed += 1 }
      release(counter, minute)
    }
  }
}

// MARK: - People

extension DemoDay {
  private mutating func arrive(_ minute: Double) {
    arrivals.removeLast()
    if let next = arrivals.last { agenda.add(.arrival, at: next) }
    guard !kiosks.isEmpty else { return }
    let kiosk = kiosks[Int(random.next() % UInt64(kiosks.count))]
    var stops = reference.stops(&random)
    // Seven in ten go to the reception first; the others know what they need.
    let knows = random.chance(0.3) && !stops.isEmpty
    let first = knows ? stops.removeFirst() : "reception"
    let body = IssueBody(
      service: first, language: reference.language(&random),
      priority: reference.isPriority(&random))
    guard
      let answer: IssuedAnswer = ask(kiosk.client, "/v1/visits", JSON.encode(body), [201])
    else { return }
    plans[answer.visit] = stops
    totals.issued += 1
    say(minute, "\(answer.number) issued at \(kiosk.id) for \(first) in \(body.language)")
  }

  private mutating func call(_ counter: CounterID, _ minute: Double) {
    guard let client = counters[counter] else { return }
    let answer: CounterAnswer? = ask(client, "/v1/counters/\(counter)/call-next", [], [200, 204])
    guard let answer, let visit = answer.visit, let number = answer.number,
      let service = answer.service
    else {
      // Nobody waits: look again in a minute.
      agenda.add(.call(counter), at: minute + 0.75 + random.uniform() / 2)
      return
    }
    here[counter] = (visit, number, service)
    totals.called += 1
    say(minute, "\(number) called to counter \(counter)")
    if random.chance(ReferenceDay.noShowShare) {
      agenda.add(.recall(counter), at: minute + 1)
    } else {
      agenda.add(.start(counter), at: minute + 0.3 + random.uniform() * 0.7)
    }
  }

  private mutating func start(_ counter: CounterID, _ minute: Double) {
    guard let visit = here[counter], command(counter, "start") != nil else {
      return release(counter, minute)
    }
    let mean = minutes[visit.service] ?? 10
    let takes = random.lognormal(mean: mean, sigma: ReferenceDay.serviceSigma)
    agenda.add(.end(counter), at: minute + takes)
  }

  private mutating func finish(_ counter: CounterID, _ minute: Double) {
    guard let visit = here[counter] else { return }
    var stops = plans[visit.visit] ?? []
    stops.removeAll { $0 == visit.service }
    if let next = stops.first {
      plans[visit.visit] = Array(stops.dropFirst())
      if command(counter, "forward", JSON.encode(ForwardBody(service: next))) != nil {
        totals.forwarded += 1
        say(minute, "\(visit.number) forwarded from counter \(counter) to \(next)")
      }
    } else if command(counter, "finish") != nil {
      plans[visit.visit] = nil
      totals.finished += 1
      say(minute, "\(visit.number) finished at counter \(counter)")
    }
    release(counter, minute)
  }

  private mutating func release(_ counter: CounterID, _ minute: Double) {
    here[counter] = nil
    agenda.add(.call(counter), at: minute + 0.2 + random.uniform() * 0.5)
  }
}

// MARK: - Talking to the daemon

extension DemoDay {
  /// Nil when the daemon refused, as it may where somebody else works at the same counter.
  private mutating func command(
    _ counter: CounterID, _ name: String, _ body: [UInt8] = []
  ) -> CounterAnswer? {
    guard let client = counters[counter] else { return nil }
    return ask(client, "/v1/counters/\(counter)/\(name)", body, [200, 409])
  }

  private mutating func ask<Answer: Decodable>(
    _ client: Client, _ path: String, _ body: [UInt8], _ expected: Set<Int>
  ) -> Answer? {
    do {
      let key = "demo-" + String(random.next(), radix: 16)
      let reply = try client.send("POST", path, body: body, idempotencyKey: key)
      guard expected.contains(reply.status) else {
        let problem: Problem? = try? JSON.decode(from: reply.body)
        complain("\(path): \(reply.status) \(problem?.detail ?? "")")
        return nil
      }
      return reply.status < 300 && reply.status != 204 ? try JSON.decode(from: reply.body) : nil
    } catch {
      complain("\(path): \(error)")
      return nil
    }
  }

  private mutating func complain(_ text: String) {
    totals.unexpected += 1
    Terminal.complain("unexpected: \(text)")
  }

  private func say(_ minute: Double, _ text: String) {
    let time = 8 * 60 + 30 + Int(minute.rounded(.down))
    let clock = [time / 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    Terminal.say("\(clock)  \(text)")
  }
}

/// What a demo came to.
struct DemoTotals {
  var issued = 0
  var called = 0
  var finished = 0
  var forwarded = 0
  var missed = 0
  var unexpected = 0

  mutating func add(_ other: DemoTotals) {
    issued += other.issued
    called += other.called
    finished += other.finished
    forwarded += other.forwarded
    missed += other.missed
    unexpected += other.unexpected
  }

  func summary(slips: Int, errors: Int) -> String {
    "issued \(issued), called \(called), forwarded \(forwarded), finished \(finished), "
      + "no-show \(missed), slips \(slips), unexpected \(unexpected), errors in the log \(errors)"
  }
}
