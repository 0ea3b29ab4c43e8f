import Venue
import Views
import Wire

/// Names one view of the hall: what one screen shows.
enum ViewKey: Hashable, Sendable {
  case board(ScreenID)
  case console(CounterID)
  case kiosk(KioskID)
  case dashboard
  case printers
  case mediator(MediatorID)
  case phone(VisitID)

  /// The view as JSON; nil when the venue or the day has nothing of that name.
  func encoded(of fold: Fold, at now: Instant) -> [UInt8]? {
    switch self {
    case .board(let screen): fold.board(screen).map(JSON.encode)
    case .console(let counter): fold.console(counter, at: now).map(JSON.encode)
    case .kiosk(let kiosk): fold.kiosk(kiosk).map(JSON.encode)
    case .dashboard: JSON.encode(fold.dashboard(at: now))
    case .printers: JSON.encode(fold.printers())
    case .mediator(let mediator): fold.mediator(mediator).map(JSON.encode)
    case .phone(let visit): fold.phone(visit).map(JSON.encode)
    }
  }

  /// True when `changes` may have changed this view.
  func isTouched(by changes: Changes, service: ServiceID?) -> Bool {
    if changes.isEverything { return true }
    switch self {
    case .board: return changes.calls
    case .console, .kiosk, .dashboard, .printers, .mediator: return changes.hall
    case .phone(let visit):
      return changes.everyLine || changes.visits.contains(visit)
        || service.map(changes.services.contains) ?? true
    }
  }

  /// Boards are published first: a call must be seen before anything else is.
  var urgency: Int {
    switch self {
    case .board: 0
    case .console, .mediator: 1
    case .kiosk: 2
    case .dashboard, .printers: 3
    case .phone: 4
    }
  }
}
