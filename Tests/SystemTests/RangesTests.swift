import Hall
import Testing
import Venue

@testable import Simulation

/// What the hall of the sample venue tells people, day after day, against how long they waited.
@Suite("Ranges of the hall's own engine") struct RangesTests {
  @Test("Eight in ten ranges hold once some days are learned")
  func coverage() throws {
    var venue = try VenueFiles.load(directory: Built.project + "/Config/lisbon").configuration
    venue.policy = .statutory
    let population = Population(venue: venue, meanVisits: 750, seed: 5)
    var state: VenueState?
    var shares: [Double] = []
    for day in 0..<9 {
      var runner = DayRunner(
        venue: venue, plan: population.plan(day: day), assumptions: Assumptions(), after: state)
      _ = runner.run()
      state = runner.venue.state
      shares.append(try #require(share(in: runner.venue.state)))
    }
    print("ranges that held, seed 5, nine days: \(shares.map { ($0 * 1_000).rounded() / 10 }) %")
    let learned = shares.suffix(4).reduce(0, +) / 4
    #expect((0.72...0.88).contains(learned))
  }

  /// Of the ranges of one day those that held.
  private func share(in state: VenueState) -> Double? {
    let coverages = (state.configuration?.services ?? [])
      .compactMap { state.estimate(of: $0.id)?.estimator.today }
    let total = coverages.reduce(0) { $0 + $1.total }
    return total == 0
      ? nil : Double(coverages.reduce(0) { $0 + $1.held }) / Double(total)
  }
}
