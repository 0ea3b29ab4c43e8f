import Venue

/// What the manager sees of the pool, of the truth of what people are told, and of what comes.
extension Fold {
  func ranges() -> DashboardView.Ranges {
    var sum = DashboardView.Ranges(count: 0, held: 0)
    for service in state.configuration?.services ?? [] {
      guard let today = state.estimate(of: service.id)?.estimator.today else { continue }
      sum.count += today.total
      sum.held += today.held
    }
    return sum
  }

  func mediators() -> DashboardView.Mediators {
    var sum = DashboardView.Mediators(onDuty: 0, busy: 0, onBreak: 0, offDuty: 0)
    for mediator in state.configuration?.mediators ?? [] {
      guard let mediator = state.mediatorState(mediator.id) else { continue }
      switch mediator.status {
      case .onDuty: sum.onDuty += 1
      case .onBreak: sum.onBreak += 1
      case .offDuty: sum.offDuty += 1
      }
      if mediator.visit != nil { sum.busy += 1 }
    }
    return sum
  }

  func arrivals(at now: Instant) -> [DashboardView.Arrivals] {
    guard let hours = state.hours else { return [] }
    let spans = hours.services.flatMap(\.spans)
    guard let opens = spans.map(\.opens).min(), let closes = spans.map(\.closes).max() else {
      return []
    }
    let quarters = hours.quarter(at: opens)...hours.quarter(at: closes.adding(milliseconds: -1))
    return quarters.map { quarter in
      let range = state.arrivals.expected(quarter: quarter, now: hours.quarter(at: now))
      return DashboardView.Arrivals(
        quarter: quarter, low: range.map { Int($0.low.rounded()) },
        expected: range.map { Int($0.expected.rounded()) },
        high: range.map { Int($0.high.rounded()) })
    }
  }
}
