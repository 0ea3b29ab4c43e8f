import Simulation
import Testing
import Venue

/// M/G/1 under the policy `accumulating` without a head start, against Kleinrock's exact waits.
@Suite("Accumulating priority waits as Kleinrock's formula says")
struct AccumulatingTests {
  private static let seed: UInt64 = 20_261_124
  private static let people = 80_000

  /// Two classes by priority; scores grow at `percent` of the clock for priority, at 100 % else.
  struct Case: Sendable, CustomTestStringConvertible {
    let percent: Int
    /// Standard deviation of the logarithm of a service time; nil for exponential times.
    let sigma: Double?
    var rate = 0.16
    var share = 0.4
    let mean = 5.0

    /// E[S^2]: of a lognormal mean^2 exp(sigma^2), where exp(0.49) = 1.632316...; of an exponential
    /// 2 mean^2.
    var meanSquare: Double { mean * mean * (sigma == nil ? 2 : 1.632_316_219_955_379) }
    var testDescription: String { "\(percent) %, \(sigma.map { "lognormal \($0)" } ?? "M/M/1")" }

    /// The ordinary class first; with another slope of the urgent one than that of the case.
    func waits(percent: Int) -> [Double] { Oracle.kleinrockWaits(classes(percent: percent)) }

    func classes(percent: Int) -> [Oracle.PriorityClass] {
      [(1 - share, 100), (share, percent)].map { share, percent in
        Oracle.PriorityClass(
          rate: rate * share, meanMinutes: mean, meanSquare: meanSquare, slope: Double(percent))
      }
    }
  }

  private func calls(of given: Case) async throws -> [(isPriority: Bool, wait: Double)] {
    var bounds = Bounds()
    bounds.headStartMinutes = 0
    bounds.priorityRatePercent = given.percent
    let venue = try OneServiceVenue(counters: 1, policy: .accumulating, bounds: bounds)
    let outcome = await venue.run(people: Self.people, rate: given.rate, seed: Self.seed) {
      random in
      .init(
        minutes: given.sigma.map { random.lognormal(mean: given.mean, sigma: $0) }
          ?? random.exponential(mean: given.mean),
        isPriority: random.chance(given.share))
    }
    return outcome.calls.map { (outcome.journeys[$0.person].isPriority, $0.waitMinutes) }
  }

  @Test(
    "Two classes: each waits its own time, and the conservation law holds",
    arguments: [
      Case(percent: 150, sigma: nil), Case(percent: 300, sigma: nil),
      Case(percent: 150, sigma: 0.7), Case(percent: 300, sigma: 0.7),
    ])
  func twoClasses(given: Case) async throws {
    let calls = try await calls(of: given)
    #expect(calls.count == Self.people)
    let exact = given.waits(percent: given.percent)
    for (place, isPriority) in [false, true].enumerated() {
      let wait = BatchMean(calls.filter { $0.isPriority == isPriority }.map(\.wait))
      #expect(
        wait.contains(exact[place]), "class \(place): \(wait), exact \(exact[place])")
    }
    // Who is urgent waits shorter than first come, first served, and longer than the first by law:
    // the interval tells the rate from both, and 150 % from 300 %.
    let urgent = BatchMean(calls.filter(\.isPriority).map(\.wait))
    for other in [100, 150, 300, 1_000_000] where other != given.percent {
      #expect(!urgent.contains(given.waits(percent: other)[1]), "\(urgent) could be \(other) %")
    }
    // Both classes meet the same busy hours: their ratio is known far better than either wait.
    let contrast = contrast(calls, given, percent: given.percent)
    #expect(contrast.contains(0), "\(contrast)")
    for other in [given.percent * 4 / 5, given.percent * 6 / 5] {
      let contrast = self.contrast(calls, given, percent: other)
      #expect(!contrast.contains(0), "could be \(other) %: \(contrast)")
    }
    // Equal means of service: the mean over all is that of any order which does not look at them.
    let conserved = BatchMean(calls.map { given.rate * given.mean * $0.wait })
    let law = Oracle.conservedSum(given.classes(percent: given.percent))
    #expect(conserved.contains(law), "\(conserved), exact \(law)")
    #expect(conserved.halfWidth < law * 0.2, "an interval this wide proves nothing")
  }

  /// Zero in the mean if the waits are in the ratio of Kleinrock's for scores that grow at `percent`.
  private func contrast(
    _ calls: [(isPriority: Bool, wait: Double)], _ given: Case, percent: Int
  ) -> BatchMean {
    let exact = given.waits(percent: percent)
    return BatchMean(
      calls.map { call in
        call.isPriority
          ? call.wait * exact[0] / given.share : -call.wait * exact[1] / (1 - given.share)
      })
  }

  @Test("Three classes of different length at weights 100, 150 and 300 %, and the conservation law")
  func threeClasses() async throws {
    let weights = [100, 150, 300]
    let means = [6.0, 5, 4]
    let rate = 0.16
    let classes = zip(weights, means).map { weight, mean in
      Oracle.PriorityClass(
        rate: rate / 3, meanMinutes: mean, meanSquare: mean * mean * 1.632_316_219_955_379,
        slope: Double(weight))
    }
    var bounds = Bounds()
    bounds.headStartMinutes = 0
    let venue = try OneServiceVenue(
      counters: 1, policy: .accumulating, bounds: bounds, weights: weights)
    let outcome = await venue.run(people: Self.people, rate: rate, seed: Self.seed) { random in
      let service = random.choose([(0, 1.0), (1, 1), (2, 1)])
      return .init(minutes: random.lognormal(mean: means[service], sigma: 0.7), service: service)
    }
    let exact = Oracle.kleinrockWaits(classes)
    for place in classes.indices {
      let wait = BatchMean(outcome.calls.filter { $0.service == place }.map(\.waitMinutes))
      #expect(wait.contains(exact[place]), "class \(place): \(wait), exact \(exact[place])")
      #expect(wait.halfWidth < exact[place] * 0.25, "an interval this wide proves nothing")
    }
    let conserved = BatchMean(outcome.calls.map { rate * means[$0.service] * $0.waitMinutes })
    let law = Oracle.conservedSum(classes)
    #expect(conserved.contains(law), "\(conserved), exact \(law)")
  }
}
