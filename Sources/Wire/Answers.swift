public import Venue
public import Views

/// Answer to `POST /v1/visits`.
public struct IssuedAnswer: FlatAnswer {
  public var visit: VisitID
  public var number: TicketNumber
  /// 1 for the visit that is called next of those that wait for this service.
  public var position: Int
  public var peopleBefore: Int
  public var service: ServiceID
  public var language: LanguageTag
  public var priority: Bool
  public var issuedAt: Instant
  /// True when a slip was handed to a printer that is believed to print.
  public var printing: Bool
  /// The expected wait as a range, like `WaitRange`; nil with an appointment.
  public var waitFromMinutes: Int?
  public var waitToMinutes: Int?
  public var promise: Promise

  /// For how long a return voucher is good; nil unless it is one.
  public var voucherDays: Int?

  /// What the number is worth.
  public enum Promise: String, Codable, Sendable {
    /// Its turn comes today.
    case turn
    /// The service may close before its turn.
    case mayCloseFirst
    /// Not today: with this slip the client comes back and goes first.
    case voucher
  }

  /// - Parameter expectedWait: as the engine expects it.
  public init(
    visit: Visit, peopleBefore: Int, expectedWait: Venue.WaitRange? = nil,
    promise: Promise = .turn, voucherDays: Int? = nil, printing: Bool
  ) {
    self.visit = visit.id
    number = visit.number
    position = peopleBefore + 1
    self.peopleBefore = peopleBefore
    service = visit.stop.service
    language = visit.language
    priority = visit.isPriority
    issuedAt = visit.issuedAt
    self.printing = printing
    let range = expectedWait.map(Views.WaitRange.minutes(of:))
    waitFromMinutes = range?.from
    waitToMinutes = range?.to
    self.promise = promise
    self.voucherDays = promise == .voucher ? voucherDays : nil
  }

  public var json: [UInt8] {
    var object = FlatObject()
    object.add("visit", visit.description)
    object.add("number", number.description)
    object.add("position", position)
    object.add("peopleBefore", peopleBefore)
    object.add("service", service.text)
    object.add("language", language.text)
    object.add("priority", priority)
    object.add("issuedAt", issuedAt.milliseconds)
    object.add("printing", printing)
    object.add("waitFromMinutes", waitFromMinutes)
    object.add("waitToMinutes", waitToMinutes)
    object.add("promise", promise.rawValue)
    object.add("voucherDays", voucherDays)
    return object.end()
  }
}

/// Answer to the commands of a counter: how the counter is, and the visit that the command moved.
public struct CounterAnswer: FlatAnswer {
  public var counter: CounterID
  public var status: CounterState.Status
  public var visit: VisitID?
  public var number: TicketNumber?
  public var service: ServiceID?
  public var language: LanguageTag?
  public var priority: Bool?
  public var visitStatus: Visit.Status?
  public var calls: Int?
  /// How client and counter understand each other: `direct`, `mediator`, `telephone`; nil unless the
  /// visit is at this counter.
  public var help: String?
  /// Who was called along; nil unless `help` is `mediator`.
  public var mediator: MediatorID?

  /// Of a visit that has gone on the answer names the stop that this counter has ended, not where it
  /// waits now: that is another agency's.
  public init(counter: CounterID, status: CounterState.Status, visit: Visit?) {
    let ended = visit?.earlier.last { $0.counter == counter }
    let hasGoneOn = visit?.status == .waiting && visit?.stop.counter == nil
    self.counter = counter
    self.status = status
    self.visit = visit?.id
    number = visit?.number
    service = hasGoneOn ? ended?.service ?? visit?.stop.service : visit?.stop.service
    language = visit?.language
    priority = visit?.isPriority
    visitStatus = visit?.status
    calls = visit?.stop.calls
    guard let visit, visit.status == .called || visit.status == .serving else { return }
    help = visit.stop.help?.word
    mediator = visit.mediator
  }

  public var json: [UInt8] {
    var object = FlatObject()
    object.add("counter", counter.text)
    object.add("status", status.rawValue)
    object.add("visit", visit?.description)
    object.add("number", number?.description)
    object.add("service", service?.text)
    object.add("language", language?.text)
    object.add("priority", priority)
    object.add("visitStatus", visitStatus?.rawValue)
    object.add("calls", calls)
    object.add("help", help)
    object.add("mediator", mediator?.text)
    return object.end()
  }
}

/// Answer to the commands on one visit.
public struct VisitAnswer: FlatAnswer {
  public var visit: VisitID
  public var number: TicketNumber
  public var service: ServiceID
  public var language: LanguageTag
  public var priority: Bool
  public var status: Visit.Status

  public init(_ visit: Visit) {
    self.visit = visit.id
    number = visit.number
    service = visit.stop.service
    language = visit.language
    priority = visit.isPriority
    status = visit.status
  }

  public var json: [UInt8] {
    var object = FlatObject()
    object.add("visit", visit.description)
    object.add("number", number.description)
    object.add("service", service.text)
    object.add("language", language.text)
    object.add("priority", priority)
    object.add("status", status.rawValue)
    return object.end()
  }
}

/// Answer to the commands of a mediator.
public struct MediatorAnswer: Codable, Sendable {
  public var mediator: MediatorID
  public var status: MediatorState.Status
  /// The visit that the mediator is with.
  public var visit: VisitID?
  public var calls: Int

  public init(mediator: MediatorID, state: MediatorState) {
    self.mediator = mediator
    status = state.status
    visit = state.visit
    calls = state.calls
  }
}

/// Answer to the commands on the day; `day` is absent when none is open.
public struct DayAnswer: Codable, Sendable {
  public var day: ServiceDay?
  public init(day: ServiceDay?) { self.day = day }
}

/// Who the daemon takes the asker for.
public struct SessionAnswer: Codable, Sendable {
  public var role: String
  /// The device's id, or the login name.
  public var id: String
  public var login: String?
  public var agency: AgencyID?
  /// Who a mediator is in the venue's pool.
  public var mediator: MediatorID?
  public var counter: CounterID?

  public init(
    role: String, id: String, login: String?, agency: AgencyID?, mediator: MediatorID? = nil,
    counter: CounterID?
  ) {
    self.role = role
    self.id = id
    self.login = login
    self.agency = agency
    self.mediator = mediator
    self.counter = counter
  }
}

/// RFC 9457 problem document; `name` is the refusal's name.
public struct Problem: Error, Codable, Sendable, Equatable {
  public var type: String
  public var title: String
  public var status: Int
  public var name: String
  public var detail: String

  public init(status: Int, name: String, detail: String) {
    type = "about:blank"
    title = name.split(separator: "-").joined(separator: " ")
    self.status = status
    self.name = name
    self.detail = detail
  }
}

/// What a stream says every two seconds, and first of all.
public struct Heartbeat: Codable, Sendable, Equatable {
  /// The daemon's time.
  public var now: Instant
  /// The venue's local time is `now` plus this.
  public var utcOffsetMinutes: Int
  /// How many times faster than real time the daemon's clock goes; 1 but in demos and tests.
  public var speed: Double
  public var simulated: Bool

  public init(now: Instant, utcOffsetMinutes: Int, speed: Double, simulated: Bool) {
    self.now = now
    self.utcOffsetMinutes = utcOffsetMinutes
    self.speed = speed
    self.simulated = simulated
  }
}

/// `GET /v1/languages`.
public struct LanguageList: Codable, Sendable {
  public var hostLanguage: LanguageTag
  public var languages: [KioskView.Language]

  public init(hostLanguage: LanguageTag, languages: [KioskView.Language]) {
    self.hostLanguage = hostLanguage
    self.languages = languages
  }
}

/// Answer of `/healthz` and `/readyz`.
public struct HealthAnswer: Codable, Sendable {
  public var status: String
  /// Sequence of the last durable event.
  public var sequence: UInt64

  public init(status: String, sequence: UInt64) {
    self.status = status
    self.sequence = sequence
  }
}
