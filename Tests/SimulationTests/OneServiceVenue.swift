import Foundation
import Simulation
import Venue

/// A venue of one service, for which queueing theory has exact answers; or of one service for each
/// weight, all at the same counters.
struct OneServiceVenue {
  var configuration: VenueConfiguration

  init(
    counters: Int, policy: CallPolicy, bounds: Bounds = Bounds(), weights: [Int] = [100]
  ) throws {
    guard let prefix = Prefix("A"), let neutral = Prefix("T") else { throw FixtureError() }
    let services = weights.indices.map { ServiceID($0 == 0 ? "permit" : "permit-\($0 + 1)") }
    configuration = VenueConfiguration(
      id: "oracle", name: "Oracle", hostLanguage: "pt", languages: ["pt"],
      timeZone: "Europe/Lisbon", publicURL: "http://127.0.0.1",
      numbering: Numbering(skips: [], neutralPrefix: neutral), policy: policy,
      zones: [Zone(id: "hall", floor: 0)],
      agencies: [
        Agency(id: "desk", prefix: prefix, sign: AgencySign(shape: .bar, color: "#1D4E9E"))
      ],
      services: services.map {
        Service(
          id: $0, agency: "desk", isNeutral: false, plannedMinutes: 5, hours: "Mo-Su 00:00-24:00")
      },
      counters: (1...counters).map { number in
        Counter(
          id: CounterID("\(number)"), label: "\(number)", agency: "desk", zone: "hall",
          languages: ["pt"], services: services,
          weights: zip(services, weights).map { ServiceWeight(service: $0, percent: $1) })
      },
      needs: [], kiosks: [], screens: [], printers: [], bounds: bounds)
  }

  /// What chance decides of one person.
  struct Drawn {
    var minutes: Double
    var isPriority = false
    var patience = Double.infinity
    var service = 0
  }

  /// Lets `people` come one by one with exponential gaps of mean 1 / `rate` minutes.
  func run(
    people: Int, rate: Double, seed: UInt64,
    person: (inout RandomSource) -> Drawn
  ) async -> DayOutcome {
    var random = RandomSource(seed: seed)
    var minute = 0.0
    var plan = DayPlan(
      people: [], desks: configuration.counters.map { _ in DayPlan.Desk() }, closingMinute: 0)
    for _ in 0..<people {
      minute += random.exponential(mean: 1 / rate)
      let drawn = person(&random)
      plan.people.append(
        DayPlan.Person(
          arrivalMinute: minute, language: 0, isPriority: drawn.isPriority,
          patienceMinutes: drawn.patience,
          errands: [DayPlan.Errand(service: drawn.service, minutes: drawn.minutes)]))
    }
    plan.closingMinute = minute
    let (venue, drawn) = (configuration, plan)
    return await onThread { DayRunner.run(venue: venue, plan: drawn) }
  }
}

/// Works for seconds beside the pool of tasks, on whose two threads tests with sockets wait.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: work()) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}

struct FixtureError: Error {}

/// A mean with its half-width of 99.7 % confidence, from batches of a correlated sequence.
struct BatchMean: CustomStringConvertible {
  let mean: Double
  let halfWidth: Double

  /// Leaves out the first tenth, which is not yet steady.
  init(_ values: [Double], batches: Int = 20) {
    let steady = values.dropFirst(values.count / 10)
    let size = steady.count / batches
    let means = (0..<batches).map { batch in
      steady.dropFirst(batch * size).prefix(size).reduce(0, +) / Double(size)
    }
    let mean = means.reduce(0, +) / Double(batches)
    let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(batches - 1)
    self.mean = mean
    // Student's t with 19 degrees of freedom at 0.15 % on either side.
    halfWidth = 3.40 * (variance / Double(batches)).squareRoot()
  }

  func contains(_ value: Double) -> Bool { abs(value - mean) <= halfWidth }

  var description: String { "\(mean) +- \(halfWidth)" }
}
