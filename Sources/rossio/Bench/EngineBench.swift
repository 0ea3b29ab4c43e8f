import Foundation
import Hall
import Simulation
import Venue

/// `rossio bench engine`: the rules of the hall alone, on one processor: no journal, no network.
///
/// Days are measured in processor time of the one thread, so that other programmes do not count.
/// A simulated day under the policy `accumulating`, and what one call-next costs in a long line
/// compared with a short one.
struct EngineBench: Bench {
  static let name = "engine"
  let seconds: Double

  struct Report: Encodable {
    /// The median of simulated days of 1,060 visits, from the draw to the last service.
    var day_1060_ms = 0.0
    var day_limit_ms = 50.0
    var day_share_of_limit = 0.0
    var days = 0
    /// 10,000 such days on all processors of this machine, from the figure above.
    var days_10000_minutes = 0.0
    /// Median of finish, call-next and the ticket that takes the place in the line.
    var call_next_100_us = 0.0
    var call_next_16000_us = 0.0
    var call_next_ratio = 0.0
    var call_next_ratio_limit = 3.0
  }

  func run() throws -> Report {
    var venue = try VenueFiles.load(directory: try Installation.directory("Config") + "/lisbon")
      .configuration
    venue.policy = .accumulating
    var report = Report()
    let days = dayTimes(venue, for: seconds / 2)
    report.days = days.count
    report.day_1060_ms = days[days.count / 2]
    report.day_share_of_limit = report.day_1060_ms / report.day_limit_ms
    let processors = Double(ProcessInfo.processInfo.activeProcessorCount)
    report.days_10000_minutes = report.day_1060_ms * 10_000 / processors / 60_000
    (report.call_next_100_us, report.call_next_16000_us) = callTimes(venue, for: seconds / 2)
    report.call_next_ratio = report.call_next_16000_us / report.call_next_100_us
    return report
  }

  /// Sorted, in milliseconds.
  private func dayTimes(_ venue: VenueConfiguration, for seconds: Double) -> [Double] {
    let population = Population(
      venue: venue, meanVisits: Double(ReferenceDay.visitsOfDesign), seed: 1)
    var times: [Double] = []
    let deadline = ContinuousClock.now + .seconds(seconds)
    repeat {
      let began = ProcessFigures.threadMilliseconds()
      _ = DayRunner.run(venue: venue, plan: population.plan(day: times.count))
      times.append(ProcessFigures.threadMilliseconds() - began)
    } while ContinuousClock.now < deadline
    return times.sorted()
  }

  /// Medians in microseconds with 100 and with 16,000 waiting, measured in turn.
  private func callTimes(
    _ venue: VenueConfiguration, for seconds: Double
  ) -> (short: Double, long: Double) {
    var short = Crowd(venue, waiting: 100)
    var long = Crowd(venue, waiting: 16_000)
    var times: (short: [Double], long: [Double]) = ([], [])
    let deadline = ContinuousClock.now + .seconds(seconds)
    repeat {
      times.short.append(short.turn())
      times.long.append(long.turn())
    } while ContinuousClock.now < deadline
    return (times.short.sorted()[times.short.count / 2], times.long.sorted()[times.long.count / 2])
  }
}

/// A hall in which always the same number of people wait: who is called is replaced.
private struct Crowd {
  private var state = VenueState()
  private var random = RandomSource(seed: 1)
  private var now = Instant(milliseconds: 1_795_422_600_000)
  private var turns = 0
  private let venue: VenueConfiguration
  private let languages: [LanguageTag]

  /// Every counter is open, every mediator on duty; lines as long as the reference demand makes them.
  init(_ venue: VenueConfiguration, waiting: Int) {
    self.venue = venue
    let people = Population(venue: venue, meanVisits: 2_000, seed: 1).plan(day: 0).people
    languages = people.map { venue.languages[$0.language] }
    perform(.configure(venue))
    perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
    for mediator in venue.mediators { perform(.mediator(mediator.id, .goOnDuty)) }
    for counter in venue.counters { perform(.counter(counter.id, .open)) }
    for _ in 0..<waiting { issue(at: venue.services[Int(random.next() % count)].id) }
  }

  private var count: UInt64 { UInt64(venue.services.count) }

  /// One call-next with the end of the service before it, in microseconds; nil-free: a counter for
  /// which nobody waits is asked as well, as in a hall.
  mutating func turn() -> Double {
    let counter = venue.counters[turns % venue.counters.count]
    turns += 1
    now = now.adding(milliseconds: 1_000)
    let began = ContinuousClock.now
    let events = perform(.counter(counter.id, .callNext))
    let took = began.duration(to: .now) / .microseconds(1)
    for case .called(let visit, _, _, _) in events {
      if let service = state.visit(visit)?.stop.service { issue(at: service) }
    }
    return took
  }

  private mutating func issue(at service: ServiceID) {
    let id = VisitID(high: random.next(), low: random.next())
    let language = languages[Int(random.next() % UInt64(languages.count))]
    perform(
      .issue(
        IssueRequest(
          visit: id, service: service, language: language, isPriority: random.next() % 8 == 0)))
  }

  @discardableResult
  private mutating func perform(_ command: Command) -> [Event] {
    guard let events = try? state.decide(command, at: now) else { return [] }
    for event in events {
      state.apply(Record(sequence: state.sequence + 1, time: now, event: event))
    }
    return events
  }
}
