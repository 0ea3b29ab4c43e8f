public import Venue

/// Body of `POST /v1/visits`.
public struct IssueBody: Codable, Sendable {
  public var service: ServiceID
  public var language: LanguageTag
  public var priority: Bool?
  /// Where the ticket is taken; an enrolled kiosk need not say it.
  public var kiosk: KioskID?

  public init(
    service: ServiceID, language: LanguageTag, priority: Bool? = nil, kiosk: KioskID? = nil
  ) {
    self.service = service
    self.language = language
    self.priority = priority
    self.kiosk = kiosk
  }
}

extension IssueBody {
  /// Decodes `bytes`; the error names the place in the document.
  public init(json bytes: [UInt8]) throws(WireError) {
    if let plain = IssueBody(plain: bytes) {
      self = plain
    } else {
      self = try JSON.decode(from: bytes)
    }
  }

  /// The form in which kiosks send it; nil for any other.
  init?(plain bytes: [UInt8]) {
    guard let reader = FlatReader(bytes), let service = reader.text("service"),
      let language = reader.text("language"),
      !reader.has("priority") || reader.flag("priority") != nil,
      !reader.has("kiosk") || reader.text("kiosk") != nil
    else { return nil }
    self.init(
      service: ServiceID(service), language: LanguageTag(language),
      priority: reader.flag("priority"), kiosk: reader.text("kiosk").map { KioskID($0) })
  }
}

/// Body of `POST /v1/counters/ID/call`.
public struct CallBody: Codable, Sendable {
  public var visit: VisitID
  public init(visit: VisitID) { self.visit = visit }
}

/// Body of `POST /v1/counters/ID/forward`.
public struct ForwardBody: Codable, Sendable {
  public var service: ServiceID
  public init(service: ServiceID) { self.service = service }
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
