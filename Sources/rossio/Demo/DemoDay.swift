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
    case duty(MediatorID, DemoDuty)
  }

  private(set) var totals = DemoTotals()
  private let venue: VenueConfiguration
  private let speed: Double
  private let end: ContinuousClock.Instant?
  private let reference: ReferenceDay
  private var random: RandomSource
  private var arrivals: [Double]
  private var agenda = Agenda<Happening>()
  /// What visits that wait for reception have come for.
  private var plans: [VisitID: [ServiceID]] = [:]
  /// Who is at a counter, and for what.
  private var here: [CounterID: (visit: VisitID, number: TicketNumber, service: ServiceID)] = [:]
  private let kiosks: [(id: KioskID, client: Client)]
  private let counters: [CounterID: Client]
  private let reception: Client
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
    reception = client(access.receptionToken)
    minutes = Dictionary(
      venue.services.map { ($0.id, Double($0.plannedMinutes)) }, uniquingKeysWith: { a, _ in a })
  }

  /// Runs until the evening; false when the demo shall end.
  mutating func run() -> Bool {
    arrivals.reverse()
    if let first = arrivals.last { agenda.add(.arrival, at: first) }
    let visitors = [DemoHall.visitorsCounter, DemoHall.visitorsReception]
    for counter in venue.counters where !visitors.contains(counter.id) {
      agenda.add(.call(counter.id), at: random.uniform() * 5)
    }
    for (index, mediator) in venue.mediators.enumerated() {
      for (minute, duty) in DemoDuty.day(of: index) {
        agenda.add(.duty(mediator.id, duty), at: minute)
      }
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
    case .duty(let mediator, let duty): change(mediator, duty, minute)
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
    let stops = reference.stops(&random)
    // Rather more than half go to the reception first; the others know what they need, all of it.
    let knows = random.chance(0.45) && !stops.isEmpty
    var body = IssueBody(
      service: knows ? stops[0] : "reception", language: reference.language(&random),
      priority: reference.isPriority(&random))
    if knows, stops.count > 1 {
      body.service = nil
      body.stops = stops.map { StopBody(service: $0) }
    }
    // Towards closing the kiosk refuses what cannot be served any more.
    let answer: IssuedAnswer? = ask(kiosk.client, "/v1/visits", JSON.encode(body), [201, 409])
    guard let answer else {
      totals.turnedAway += 1
      return
    }
    if !knows { plans[answer.visit] = stops }
    totals.issued += 1
    let what = knows ? stops.map(\.text).joined(separator: ", ") : "reception"
    say(minute, "\(answer.number) issued at \(kiosk.id) for \(what) in \(body.language)")
  }

  private mutating func call(_ counter: CounterID, _ minute: Double) {
    guard let client = counters[counter] else { return }
    let answer: CounterAnswer? = ask(
      client, "/v1/counters/\(counter)/call-next", [], [200, 204, 409])
    guard let answer, let visit = answer.visit, let number = answer.number,
      let service = answer.service
    else {
      // Nobody waits, or nobody for whom there are words: look again in a minute.
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
    planStops(of: visit.visit, at: counter)
    let mean = minutes[visit.service] ?? 10
    let takes = random.lognormal(mean: mean, sigma: ReferenceDay.serviceSigma)
    agenda.add(.end(counter), at: minute + takes)
  }

  private mutating func finish(_ counter: CounterID, _ minute: Double) {
    guard let visit = here[counter] else { return }
    if random.chance(Self.forwardShare), let other = reference.stops(&random).first,
      other != visit.service
    {
      forward(visit.number, from: counter, to: other, minute)
    } else {
      end(visit.number, at: counter, minute)
    }
    release(counter, minute)
  }

  /// One in twenty turns out to need somebody else first; half of them come back afterwards.
  private static let forwardShare = 0.05
  /// Of the stops that end, those about which staff say how.
  private static let outcomeShare = 0.8

  private mutating func forward(
    _ number: TicketNumber, from counter: CounterID, to service: ServiceID, _ minute: Double
  ) {
    let body = ForwardBody(service: service, comesBack: random.chance(0.5))
    guard command(counter, "forward", JSON.encode(body)) != nil else { return }
    totals.forwarded += 1
    let comesBack = body.comesBack == true ? ", and comes back" : ""
    say(minute, "\(number) forwarded from counter \(counter) to \(service)\(comesBack)")
  }

  /// The stop ends; a visit with stops before it goes on to the next.
  private mutating func end(_ number: TicketNumber, at counter: CounterID, _ minute: Double) {
    let says = random.chance(Self.outcomeShare) && !venue.outcomes.isEmpty
    let outcome = says ? venue.outcomes[Int(random.next() % UInt64(venue.outcomes.count))] : nil
    let body = JSON.encode(FinishBody(outcome: outcome))
    guard let answer = command(counter, "finish", body) else { return }
    if answer.visitStatus == .waiting {
      totals.wentOn += 1
      say(minute, "\(number) goes on from counter \(counter)")
    } else {
      totals.finished += 1
      say(minute, "\(number) finished at counter \(counter)")
    }
  }

  /// Reception puts on the visit what the person has come for.
  private mutating func planStops(of visit: VisitID, at counter: CounterID) {
    guard let client = counters[counter], let stops = plans.removeValue(forKey: visit) else {
      return
    }
    for stop in stops {
      let body = JSON.encode(StopBody(service: stop))
      let _: VisitAnswer? = ask(client, "/v1/visits/\(visit)/plan", body, [200, 409])
    }
  }

  /// A mediator who is with a client has the break after that.
  private mutating func change(_ mediator: MediatorID, _ duty: DemoDuty, _ minute: Double) {
    let path = "/v1/mediators/\(mediator)/\(duty.rawValue)"
    let answer: MediatorAnswer? = ask(reception, path, [], [200, 409])
    guard answer != nil else { return agenda.add(.duty(mediator, duty), at: minute + 5) }
    say(minute, "mediator \(mediator): \(duty.rawValue)")
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

/// What a mediator does about the own duty, as the interface calls it.
enum DemoDuty: String {
  case onDuty = "on-duty"
  case takeBreak = "break"

  /// On duty before the doors open, and half an hour of break about noon, one after the other.
  static func day(of index: Int) -> [(minute: Double, duty: DemoDuty)] {
    let noon = 180 + Double(index) * 20
    return [(-4, .onDuty), (noon, .takeBreak), (noon + 30, .onDuty)]
  }
}

/// What a demo came to.
struct DemoTotals {
  var issued = 0
  /// Came too late for a ticket.
  var turnedAway = 0
  var called = 0
  var finished = 0
  var forwarded = 0
  /// Stops that ended where the visit had more before it.
  var wentOn = 0
  var missed = 0
  var unexpected = 0

  mutating func add(_ other: DemoTotals) {
    issued += other.issued
    turnedAway += other.turnedAway
    called += other.called
    finished += other.finished
    forwarded += other.forwarded
    wentOn += other.wentOn
    missed += other.missed
    unexpected += other.unexpected
  }

  func summary(slips: Int, errors: Int) -> String {
    "issued \(issued), turned away \(turnedAway), called \(called), forwarded \(forwarded), went on \(wentOn), finished \(finished), "
      + "no-show \(missed), slips \(slips), unexpected \(unexpected), errors in the log \(errors)"
  }
}
