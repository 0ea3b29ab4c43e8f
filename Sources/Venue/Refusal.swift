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
  case planIsCyclic([ServiceID])
  case stopPlannedTwice(ServiceID)
  case afterUnplanned(ServiceID, after: ServiceID)
  case planIsEmpty
  case tooManyStops(limit: Int)
  case stopNotPlanned(TicketNumber, ServiceID)
  case lastStop(TicketNumber)
  case peopleOutOfRange(Int, limit: Int)
  case needUnknown(NeedID)
  case forwardOutsideMandate(AgencyID, ServiceID)
  case appointmentIsPast(ServiceID, byMinutes: Int64)
  /// For another day, or at an hour at which the service is closed.
  case appointmentOutsideHours(ServiceID)
  case serviceNotOpenYet(ServiceID, inMinutes: Int64)
  case serviceClosed(ServiceID)
  case cannotFinishBeforeClosing(ServiceID)
  case serviceIsFull(ServiceID, cap: Int)
  case voucherUnknown(VisitID)
  case voucherIsForToday(VisitID)
  case outcomeUnknown(OutcomeCode)
  case agencyUnknown(AgencyID)
  case mediatorUnknown(MediatorID)
  case mediatorIsElsewhere(MediatorID, counter: CounterID)
  case mediatorNotOnDuty(MediatorID)
  case mediatorOutsideMandate(MediatorID, AgencyID)
  case mediatorAtLoadCap(MediatorID)
  case mediatorLacksLanguage(MediatorID, LanguageTag)
  case nobodyCallable(CounterID)

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
    case .planIsCyclic: "plan-is-cyclic"
    case .stopPlannedTwice: "stop-planned-twice"
    case .afterUnplanned: "after-unplanned"
    case .planIsEmpty: "plan-is-empty"
    case .tooManyStops: "too-many-stops"
    case .stopNotPlanned: "stop-not-planned"
    case .lastStop: "last-stop"
    case .peopleOutOfRange: "people-out-of-range"
    case .needUnknown: "need-unknown"
    case .forwardOutsideMandate: "forward-outside-mandate"
    case .appointmentIsPast: "appointment-is-past"
    case .appointmentOutsideHours: "appointment-outside-hours"
    case .serviceNotOpenYet: "service-not-open-yet"
    case .serviceClosed: "service-closed"
    case .cannotFinishBeforeClosing: "cannot-finish-before-closing"
    case .serviceIsFull: "service-is-full"
    case .voucherUnknown: "voucher-unknown"
    case .voucherIsForToday: "voucher-is-for-another-day"
    case .outcomeUnknown: "outcome-unknown"
    case .agencyUnknown: "agency-unknown"
    case .mediatorUnknown: "mediator-unknown"
    case .mediatorIsElsewhere: "mediator-is-elsewhere"
    case .mediatorNotOnDuty: "mediator-not-on-duty"
    case .mediatorOutsideMandate: "mediator-outside-mandate"
    case .mediatorAtLoadCap: "mediator-at-load-cap"
    case .mediatorLacksLanguage: "mediator-lacks-language"
    case .nobodyCallable: "nobody-callable"
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
    case .planIsCyclic(let services):
      "These stops wait for each other: \(services.map(\.text).joined(separator: ", ")). Take one `after` away."
    case .stopPlannedTwice(let service):
      "'\(service)' is in the plan already. Name each service once."
    case .afterUnplanned(let service, let earlier):
      "'\(service)' is to come after '\(earlier)', which is no stop of this visit. Plan that too, or take the `after` away."
    case .planIsEmpty:
      "A visit needs one stop at least. Name a service."
    case .tooManyStops(let limit):
      "A visit has at most \(limit) stops. Finish some first, or issue a second number."
    case .stopNotPlanned(let number, let service):
      "\(number) has no stop '\(service)' to come. The visit's plan lists them."
    case .lastStop(let number):
      "This is the only stop that \(number) has left. Let the visit leave instead."
    case .peopleOutOfRange(let people, let limit):
      "A party of \(people) cannot be issued one number: it has 1 to \(limit) people. Issue several."
    case .needUnknown(let need):
      "There is no need '\(need)' in this venue. The kiosk view lists them."
    case .forwardOutsideMandate(let agency, let service):
      "'\(agency)' may not forward to '\(service)': its mandate does not name that agency. Send the person to reception."
    case .appointmentIsPast(let service, let minutes):
      "The appointment at '\(service)' was \(minutes) minutes ago and is not kept any more. Issue the visit without its time. (Times are milliseconds since 1970.)"
    case .appointmentOutsideHours(let service):
      "The appointment lies outside of today's hours of '\(service)'. A ticket is for today: come on the day of the appointment, or issue the visit without its time. (Times are milliseconds since 1970.)"
    case .serviceNotOpenYet(let service, let minutes):
      "'\(service)' gives no tickets yet: it opens in \(minutes) minutes. Come back closer to that."
    case .serviceClosed(let service):
      "'\(service)' is closed for today. Come on another day."
    case .cannotFinishBeforeClosing(let service):
      "'\(service)' is not expected to be reached before it closes. Come earlier on another day, or plan fewer stops."
    case .serviceIsFull(let service, let cap):
      "'\(service)' takes \(cap) visits a day, and all are given out. Come on another day."
    case .voucherUnknown(let visit):
      "No return voucher has the id \(visit): it was used, is too old, or is for another day. Issue the visit without it."
    case .voucherIsForToday(let visit):
      "The return voucher \(visit) was given today. It is good from the next opening day."
    case .outcomeUnknown(let code):
      "There is no outcome '\(code)' in this venue. The console lists them."
    case .agencyUnknown(let agency):
      "There is no agency '\(agency)' in this venue."
    case .mediatorUnknown(let mediator):
      "There is no mediator '\(mediator)' in this venue's roster."
    case .mediatorIsElsewhere(let mediator, let counter):
      "Mediator \(mediator) is at counter \(counter). Wait until that visit ends, or take another."
    case .mediatorNotOnDuty(let mediator):
      "Mediator \(mediator) is not on duty. Take another."
    case .mediatorOutsideMandate(let mediator, let agency):
      "Mediator \(mediator) has no mandate for '\(agency)'. Take another."
    case .mediatorAtLoadCap(let mediator):
      "Mediator \(mediator) has worked as much as one day allows. Take another, or the telephone."
    case .mediatorLacksLanguage(let mediator, let language):
      "Mediator \(mediator) does not interpret '\(language)' for this counter. Take another."
    case .nobodyCallable(let counter):
      "Nobody who waits can be called to counter \(counter) at the moment: they come back to another "
        + "counter, or speak a language for which nobody is free. A mediator is called as soon as "
        + "one is free, and the telephone is used after the venue's bound."
    }
  }
}
