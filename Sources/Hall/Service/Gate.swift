import HTTP
import Venue
import Wire

/// Tells who asks, and whether they may.
struct Gate: Sendable {
  let access: AccessStore
  /// Agencies whose counters the reception works at.
  let receptionAgencies: Set<AgencyID>

  static let sessionCookie = "rossio-session"
  static let deviceCookie = "rossio-device"

  /// The asker, if they may do `action`.
  func admit(_ request: Request, to action: Action) throws(Problem) -> Principal {
    let principal = try principal(of: request)
    try check(principal, action)
    return principal
  }

  func check(_ principal: Principal, _ action: Action) throws(Problem) {
    guard principal.may(action, receptionAgencies: receptionAgencies) else {
      throw Problem(
        status: 403, name: "not-allowed",
        detail: "The role '\(principal.role.rawValue)' (\(principal.id)) may not do this here.")
    }
  }

  func principal(of request: Request) throws(Problem) -> Principal {
    if let header = request.header("authorization") {
      return try bearer(header)
    }
    guard let found = cookiePrincipal(of: request) else {
      throw Problem(
        status: 401, name: "not-known",
        detail: "Log in, or send the token of an enrolled device as 'Authorization: Bearer'.")
    }
    guard request.method == .get || request.method == .head || Self.isSameOrigin(request) else {
      throw Problem(
        status: 403, name: "foreign-origin",
        detail: "Changes are taken from this daemon's own pages only: the Origin does not match.")
    }
    return found
  }

  private func bearer(_ header: String) throws(Problem) -> Principal {
    guard let token = Self.token(header), let principal = access.device(token: token) else {
      throw Problem(
        status: 401, name: "token-unknown",
        detail: "This token is not known here. Make one with 'rossio token', or enrol the device "
          + "again.")
    }
    return principal
  }

  /// The token of `Bearer TOKEN`; the scheme's name in any case (RFC 9110, section 11.1).
  private static func token(_ header: String) -> String? {
    let scheme = "bearer "
    let matches =
      header.utf8.count > scheme.utf8.count
      && zip(header.utf8, scheme.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    return matches ? String(header.utf8.dropFirst(scheme.utf8.count)) : nil
  }

  /// True for a browser in which somebody has logged in or that was enrolled.
  func hasCookie(_ request: Request) -> Bool {
    request.cookie(Self.sessionCookie) != nil || request.cookie(Self.deviceCookie) != nil
  }

  /// A person who has logged in goes before the device they sit at.
  private func cookiePrincipal(of request: Request) -> Principal? {
    if let cookie = request.cookie(Self.sessionCookie),
      let principal = access.session(cookie: cookie)
    {
      return principal
    }
    return request.cookie(Self.deviceCookie).flatMap(access.device)
  }

  /// Browsers send an Origin with every change; one that names another host is an attack.
  static func isSameOrigin(_ request: Request) -> Bool {
    guard let origin = request.header("origin"), let host = request.header("host") else {
      return false
    }
    return origin == "http://" + host || origin == "https://" + host
  }

  /// Not `Secure`, and so without the prefix `__Host-`, until the daemon serves TLS itself.
  static func cookie(_ name: String, _ value: String, seconds: Int64) -> (String, String) {
    ("Set-Cookie", "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(seconds)")
  }
}
