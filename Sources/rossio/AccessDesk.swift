import Hall
import Venue
import Wire

/// Gives and takes access: through the running daemon's socket, or in its store while none runs.
struct AccessDesk {
  private let data: String
  /// Nil while no daemon runs.
  private let client: AdminClient?

  init(data: String) throws {
    self.data = data
    client = try AdminClient(data: data)
  }

  static func role(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
      throw ArgumentError(
        "There is no role '\(text)'. The roles are: "
          + Role.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    return role
  }

  func addToken(role: Role, id: String) throws -> String {
    guard client != nil else { return try store().addToken(role: role, id: id) }
    let body = DeviceBody(role: role.rawValue, id: id)
    let answer: SecretAnswer = try ask("POST", "/tokens", body)
    return answer.secret
  }

  func addCode(role: Role, id: String) throws -> String {
    guard client != nil else { return try store().addCode(role: role, id: id) }
    let body = DeviceBody(role: role.rawValue, id: id)
    let answer: SecretAnswer = try ask("POST", "/codes", body)
    return answer.secret
  }

  func revoke(role: Role, id: String) throws -> Int {
    guard client != nil else { return try store().revoke(role: role, id: id) }
    let answer: CountAnswer = try ask(
      "POST", "/revocations", DeviceBody(role: role.rawValue, id: id))
    return answer.count
  }

  func setStaff(
    login: String, secret: String, role: Role, agency: AgencyID?, mediator: MediatorID?
  ) throws {
    guard client != nil else {
      return try store().setStaff(
        login: login, secret: secret, role: role, agency: agency, mediator: mediator)
    }
    let body = StaffBody(
      login: login, secret: secret, role: role.rawValue, agency: agency, mediator: mediator)
    let _: StaffLine = try ask("POST", "/staff", body)
  }

  func removeStaff(login: String) throws -> Bool {
    guard client != nil else { return try store().removeStaff(login: login) }
    let answer: CountAnswer = try ask("DELETE", "/staff/" + login, nil as DeviceBody?)
    return answer.count > 0
  }

  func staff() throws -> [Principal] {
    guard client != nil else { return try store().staff() }
    let lines: [StaffLine] = try ask("GET", "/staff", nil as DeviceBody?)
    return lines.compactMap { line in
      Role(rawValue: line.role).map {
        Principal(role: $0, id: line.login, agency: line.agency, mediator: line.mediator)
      }
    }
  }

  private func store() throws -> AccessStore { try AccessStore(directory: data) }

  private func ask<Body: Encodable, Answer: Decodable>(
    _ method: String, _ path: String, _ body: Body?
  ) throws -> Answer {
    guard let client else { throw CommandError("No daemon runs on \(data).") }
    return try client.ask(method, path, body)
  }
}
