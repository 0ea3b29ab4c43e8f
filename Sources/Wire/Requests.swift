public import Venue

/// Body of `POST /v1/visits`: one `service`, or the `stops` of a whole journey.
public struct IssueBody: Codable, Sendable {
  public var service: ServiceID?
  public var stops: [StopBody]?
  public var language: LanguageTag
  public var priority: Bool?
  /// People of the party; 1 when left out.
  public var people: Int?
  public var needs: [NeedID]?
  /// Where the ticket is taken; an enrolled kiosk need not say it.
  public var kiosk: KioskID?
  /// The visit whose slip is handed in as a return voucher.
  public var voucher: VisitID?

  public init(
    service: ServiceID, language: LanguageTag, priority: Bool? = nil, kiosk: KioskID? = nil
  ) {
    self.service = service
    self.language = language
    self.priority = priority
    self.kiosk = kiosk
  }

  /// The stops asked for: `stops`, or the one of `service`.
  public var plan: [PlannedStop] {
    (stops ?? []).map(\.planned) + (service.map { [PlannedStop(service: $0)] } ?? [])
  }
}

/// One stop of a journey, in bodies.
public struct StopBody: Codable, Sendable {
  public var service: ServiceID
  /// Services of the same visit that must be over before.
  public var after: [ServiceID]?
  /// Milliseconds since 1970; nil for a walk-in.
  public var appointment: Instant?

  public init(service: ServiceID, after: [ServiceID]? = nil, appointment: Instant? = nil) {
    self.service = service
    self.after = after
    self.appointment = appointment
  }

  public var planned: PlannedStop {
    PlannedStop(service: service, after: after ?? [], appointment: appointment)
  }
}

extension IssueBody {
  /// Decodes `bytes`; the error names the place in the document.
  public init(json bytes: [UInt8]) throws(WireError) {
    if let plain = IssueBody(plain: bytes) {
      self = plain
    } else {
      self = try JSON.decodeStrictly(from: bytes)
      guard service != nil || stops != nil else {
        throw WireError("'service' is missing. Add it to the object, or 'stops' for several.")
      }
    }
  }

  /// The form in which kiosks send it; nil for any other.
  init?(plain bytes: [UInt8]) {
    guard let reader = FlatReader(bytes), let service = reader.text("service"),
      let language = reader.text("language"),
      reader.hasOnly(["service", "language", "priority", "kiosk"]),
      !reader.has("priority") || reader.flag("priority") != nil,
      !reader.has("kiosk") || reader.text("kiosk") != nil
    else { return nil }
    self.init(
      service: ServiceID(service), language: LanguageTag(language),
      priority: reader.flag("priority"), kiosk: reader.text("kiosk").map { KioskID($0) })
  }
}

/// Body of `POST /v1/visits/ID/cancel-stop`.
public struct CancelStopBody: Codable, Sendable {
  public var service: ServiceID
  public init(service: ServiceID) { self.service = service }
}

/// Body of `POST /v1/counters/ID/finish`; it may be left out.
public struct FinishBody: Codable, Sendable {
  public var outcome: OutcomeCode?
  public init(outcome: OutcomeCode? = nil) { self.outcome = outcome }
}

/// Body of `POST /v1/counters/ID/take-mediator`.
public struct TakeMediatorBody: Codable, Sendable {
  public var mediator: MediatorID
  public init(mediator: MediatorID) { self.mediator = mediator }
}

/// Body of `POST /v1/counters/ID/serve`: what the counter serves for the rest of the day.
public struct ServeBody: Codable, Sendable {
  public var services: [ServiceID]
  public init(services: [ServiceID]) { self.services = services }
}

/// Body of `POST /v1/counters/ID/call`.
public struct CallBody: Codable, Sendable {
  public var visit: VisitID
  public init(visit: VisitID) { self.visit = visit }
}

/// Body of `POST /v1/counters/ID/forward`.
public struct ForwardBody: Codable, Sendable {
  public var service: ServiceID
  /// True when the visit is to come back to this counter afterwards.
  public var comesBack: Bool?

  public init(service: ServiceID, comesBack: Bool? = nil) {
    self.service = service
    self.comesBack = comesBack
  }
}

/// Body of `POST /v1/session`: a login name, which may be a pseudonym, and a PIN or password.
public struct LoginBody: Codable, Sendable {
  public var login: String
  public var secret: String

  public init(login: String, secret: String) {
    self.login = login
    self.secret = secret
  }
}

/// Body of `POST /v1/enrolment`: the code that `rossio enrol` printed.
public struct EnrolmentBody: Codable, Sendable {
  public var code: String
  public init(code: String) { self.code = code }
}
