public import Venue

/// Body of `POST /tokens` and `POST /codes` on the administrators' socket.
public struct DeviceBody: Codable, Sendable {
  public var role: String
  public var id: String

  public init(role: String, id: String) {
    self.role = role
    self.id = id
  }
}

/// Answer with something that is shown once: a token or a code.
public struct SecretAnswer: Codable, Sendable {
  public var secret: String
  public init(secret: String) { self.secret = secret }
}

/// Body of `POST /staff` on the administrators' socket.
public struct StaffBody: Codable, Sendable {
  public var login: String
  public var secret: String
  public var role: String
  public var agency: AgencyID?
  public var mediator: MediatorID?

  public init(
    login: String, secret: String, role: String, agency: AgencyID?, mediator: MediatorID? = nil
  ) {
    self.login = login
    self.secret = secret
    self.role = role
    self.agency = agency
    self.mediator = mediator
  }
}

/// One line of `GET /staff` on the administrators' socket.
public struct StaffLine: Codable, Sendable {
  public var login: String
  public var role: String
  public var agency: AgencyID?
  public var mediator: MediatorID?

  public init(login: String, role: String, agency: AgencyID?, mediator: MediatorID? = nil) {
    self.login = login
    self.role = role
    self.agency = agency
    self.mediator = mediator
  }
}

/// Answer with how many things an administrator's command touched.
public struct CountAnswer: Codable, Sendable {
  public var count: Int
  public init(count: Int) { self.count = count }
}
