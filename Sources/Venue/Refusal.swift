/// Why the venue does not do what was asked. Nothing has changed; the sentence says what to do.
public enum Refusal: Error, Equatable, Sendable {
  case dayNotOpen
  case dayAlreadyOpen(ServiceDay)
  case dayIsPast(ServiceDay, last: ServiceDay)
  case serviceUnknown(ServiceID)
  case languageUnknown(LanguageTag)
  case counterUnknown(CounterID)
  case kioskUnknown(KioskID)
  case visitUnknown(VisitID)
  case visitAlreadyExists(VisitID)
  case nobodyWaiting(CounterID)
  case counterIsFree(CounterID)
  case counterIsBusy(CounterID, with: TicketNumber)
  case visitIsElsewhere(TicketNumber, counter: CounterID)
  case visitIsClosed(TicketNumber, Visit.Status)
  case visitIsWaiting(TicketNumber)
  case visitIsBeingServed(TicketNumber)
  case serviceHasNoCounter(ServiceID)
  case counterDoesNotServe(CounterID, ServiceID)
  case alreadyAtService(TicketNumber, ServiceID)
  case nothingToUndo(CounterID)
  case numbersExhausted(Prefix)
  case serviceInUse(ServiceID)
  case counterInUse(CounterID)

  /// The refusal's name on the wire; part of the API, never changed.
  public var name: String {
    switch self {
    case .dayNotOpen: "day-not-open"
    case .dayAlreadyOpen: "day-already-open"
    case .dayIsPast: "day-is-past"
    case .serviceUnknown: "service-unknown"
    case .languageUnknown: "language-unknown"
    case .counterUnknown: "counter-unknown"
    case .kioskUnknown: "kiosk-unknown"
    case .visitUnknown: "visit-unknown"
    case .visitAlreadyExists: "visit-already-exists"
    case .nobodyWaiting: "nobody-waiting"
    case .counterIsFree: "counter-is-free"
    case .counterIsBusy: "counter-is-busy"
    case .visitIsElsewhere: "visit-is-elsewhere"
    case .visitIsClosed: "visit-is-closed"
    case .visitIsWaiting: "visit-is-waiting"
    case .visitIsBeingServed: "visit-is-being-served"
    case .serviceHasNoCounter: "service-has-no-counter"
    case .counterDoesNotServe: "counter-does-not-serve"
    case .alreadyAtService: "already-at-service"
    case .nothingToUndo: "nothing-to-undo"
    case .numbersExhausted: "numbers-exhausted"
    case .serviceInUse: "service-in-use"
    case .counterInUse: "counter-in-use"
    }
  }

  /// One sentence or two in English: what is wrong, where, what to do.
  public var explanation: String {
    switch self {
    case .dayNotOpen:
      "No service day is open. Open the day first."
    case .dayAlreadyOpen(let day):
      "The service day \(day) is open already. Close it before you open another."
    case .dayIsPast(let day, let last):
      "The service day \(day) cannot be opened: \(last) has been opened before. Check the clock."
    case .serviceUnknown(let service):
      "There is no service '\(service)'. The kiosk view lists the services."
    case .languageUnknown(let language):
      "The venue does not offer the language '\(language)'. Use one that the kiosk view lists."
    case .counterUnknown(let counter):
      "There is no counter '\(counter)' in this venue. Check the address."
    case .kioskUnknown(let kiosk):
      "There is no kiosk '\(kiosk)' in this venue. Enrol the device under a configured name."
    case .visitUnknown(let visit):
      "No visit of this service day has the id \(visit). Its day may be over."
    case .visitAlreadyExists(let visit):
      "The id \(visit) is taken. Draw another."
    case .nobodyWaiting(let counter):
      "Nobody waits for the services of counter \(counter)."
    case .counterIsFree(let counter):
      "Nobody is at counter \(counter). Call somebody first."
    case .counterIsBusy(let counter, let number):
      "Counter \(counter) still has \(number). Finish, park or forward that visit first."
    case .visitIsElsewhere(let number, let counter):
      "\(number) is at counter \(counter). Ask there."
    case .visitIsClosed(let number, let status):
      "\(number) is over (\(status.rawValue)). Issue a new number."
    case .visitIsWaiting(let number):
      "\(number) is waiting already."
    case .visitIsBeingServed(let number):
      "\(number) is being served. Finish it instead."
    case .serviceHasNoCounter(let service):
      "No counter serves '\(service)'. Choose another service."
    case .counterDoesNotServe(let counter, let service):
      "Counter \(counter) does not serve '\(service)'. Call the visit from a counter that does."
    case .alreadyAtService(let number, let service):
      "\(number) is at '\(service)' already. Choose another service."
    case .nothingToUndo(let counter):
      "There is nothing to take back at counter \(counter): the last action is too old, or the "
        + "visit has moved on."
    case .numbersExhausted(let prefix):
      "No number with the prefix \(prefix) is left today."
    case .serviceInUse(let service):
      "'\(service)' cannot be removed while visits are open for it. Let them end first."
    case .counterInUse(let counter):
      "Counter \(counter) cannot be removed while a visit is at it. Finish that visit first."
    }
  }
}
