public import Venue

/// What somebody is to the daemon, and so what they may do.
public enum Role: String, Codable, Sendable, CaseIterable {
  /// A device on which people take tickets.
  case kiosk
  /// A hall display.
  case display
  /// A device that stands at one counter.
  case counter
  /// A person who works at the counters of one agency.
  case staff
  case reception
  /// A person of the pool of mediators.
  case mediator
  case manager
  case administrator
}

/// Somebody whom the daemon knows: an enrolled device or a person who has logged in.
public struct Principal: Equatable, Sendable {
  public var role: Role
  /// The kiosk's, screen's or counter's id, or the login name, which may be a pseudonym.
  public var id: String
  /// Whose counters a person of the role `staff` may use.
  public var agency: AgencyID?
  /// Who a person of the role `mediator` is in the pool.
  public var mediator: MediatorID?

  public init(
    role: Role, id: String, agency: AgencyID? = nil, mediator: MediatorID? = nil
  ) {
    self.role = role
    self.id = id
    self.agency = agency
    self.mediator = mediator
  }

  /// The scope of this principal's idempotency keys.
  var asker: String { role.rawValue + ":" + id }
}

/// What a request wants to do.
enum Action: Equatable, Sendable {
  case issue(at: KioskID?)
  case changeVisit
  case operate(CounterID, of: AgencyID?)
  case turnDay
  /// What a counter serves today.
  case assign
  case changeDuty(of: MediatorID)
  case see(ViewKey, of: AgencyID?)
  /// Notes at a counter and the client's consent to them.
  case handleNotes(at: CounterID, of: AgencyID?)
  /// Print a slip again that is in doubt, or settle it.
  case handleSlips
}

extension Principal {
  /// Default deny: what is not named here is forbidden.
  func may(_ action: Action, receptionAgencies: Set<AgencyID>) -> Bool {
    switch (role, action) {
    // A client agrees to an agency's reading, not to the venue's.
    case (.manager, .handleNotes), (.administrator, .handleNotes): false
    case (.counter, .handleNotes(let counter, _)): counter.text == id
    case (.staff, .handleNotes(_, let owner)): owner != nil && owner == agency
    case (.reception, .handleNotes(_, let owner)):
      owner.map(receptionAgencies.contains) ?? false
    case (.manager, _), (.administrator, _): true
    case (.kiosk, .issue(let kiosk)): kiosk == nil || kiosk?.text == id
    case (.kiosk, .see(.kiosk(let kiosk), _)): kiosk.text == id
    case (.display, .see(.board(let screen), _)): screen.text == id
    case (.counter, .operate(let counter, _)): counter.text == id
    case (.counter, .see(.console(let counter), _)): counter.text == id
    case (.counter, .changeVisit), (.staff, .changeVisit), (.reception, .changeVisit): true
    case (.counter, .handleSlips), (.staff, .handleSlips), (.reception, .handleSlips): true
    case (.counter, .see(.printers, _)), (.staff, .see(.printers, _)): true
    case (.reception, .see(.printers, _)): true
    case (.staff, .operate(_, let owner)), (.staff, .see(.console, let owner)):
      owner != nil && owner == agency
    case (.reception, .issue), (.reception, .see(.kiosk, _)), (.reception, .see(.board, _)): true
    case (.reception, .see(.dashboard, _)), (.reception, .assign): true
    case (.reception, .changeDuty), (.reception, .see(.mediator, _)): true
    case (.mediator, .changeDuty(let whose)), (.mediator, .see(.mediator(let whose), _)):
      whose == mediator
    case (.reception, .operate(_, let owner)), (.reception, .see(.console, let owner)):
      owner.map(receptionAgencies.contains) ?? false
    default: false
    }
  }
}
