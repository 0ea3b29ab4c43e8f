import Venue

/// What a batch of events may have changed on screens.
struct Changes: Equatable, Sendable {
  /// Everything, for example a new configuration or a new day.
  var isEverything = false
  /// The recent calls.
  var calls = false
  /// Waiting, counters or visits: whatever consoles, kiosks and the dashboard show.
  var hall = false
  /// Any line may have moved.
  var everyLine = false
  /// Services whose lines moved.
  var services: Set<ServiceID> = []
  /// Visits that were touched.
  var visits: Set<VisitID> = []

  static let devices = Changes(isEverything: false, calls: false, hall: true)

  init(isEverything: Bool = false, calls: Bool = false, hall: Bool = false) {
    self.isEverything = isEverything
    self.calls = calls
    self.hall = hall
  }

  /// `state` is the one after `records`.
  init(of records: [Record], in state: VenueState) {
    hall = true
    for record in records {
      switch record.event {
      case .configured, .dayOpened, .dayClosed, .hoursSet, .counterAssigned: isEverything = true
      case .called, .recalled, .finished, .missed, .parked, .expired, .returned: calls = true
      case .stopCancelled(_, let service, _): services.insert(service)
      case .undone:
        calls = true
        // A forward that is taken back moves the line it had gone to, which the visit has forgotten.
        everyLine = true
      case .forwarded(_, _, let service, _):
        calls = true
        services.insert(service)
      default: break
      }
      guard let id = record.event.visit, let visit = state.visit(id) else { continue }
      visits.insert(id)
      services.insert(visit.stop.service)
    }
  }

  mutating func merge(_ other: Changes) {
    isEverything = isEverything || other.isEverything
    calls = calls || other.calls
    hall = hall || other.hall
    everyLine = everyLine || other.everyLine
    services.formUnion(other.services)
    visits.formUnion(other.visits)
  }
}
