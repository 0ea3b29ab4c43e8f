import Dispatch
import HTTP
import Venue
import Wire

/// Checks secrets one at a time: each takes 0.13 s and 64 MiB.
final class LoginQueue: Sendable {
  private let queue = DispatchQueue(label: "logins")
  private let waiting = DispatchSemaphore(value: LoginQueue.limit)
  /// More logins than this at once are told to try again.
  private static let limit = 32

  /// False when too many wait already.
  func run(_ work: @escaping @Sendable () -> Void) -> Bool {
    guard waiting.wait(timeout: .now()) == .success else { return false }
    queue.async {
      work()
      self.waiting.signal()
    }
    return true
  }
}

extension HallService {
  func logIn(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      try requireSameOriginOrScript(request)
      let body: LoginBody = try Self.decode(request)
      let peer = request.peer
      guard addressLimit.allows(peer), loginLimit.allows(body.login) else {
        throw Self.tooManyAttempts
      }
      return .later { responder in
        let isTaken = loginQueue.run { responder.respond(loggedIn(body, from: peer)) }
        if !isTaken { responder.respond(Response(Self.tooManyAttempts)) }
      }
    }
  }

  private static let tooManyAttempts = Problem(
    status: 429, name: "too-many-attempts",
    detail: "Too many attempts to log in. Wait a minute and try again.")

  /// A right secret does not count as an attempt.
  private func loggedIn(_ body: LoginBody, from peer: String) -> Response {
    do {
      guard let opened = try access.logIn(login: body.login, secret: body.secret) else {
        return Response(
          Problem(
            status: 401, name: "login-refused",
            detail: "The login name or the PIN is wrong. Ask the administrator for a new PIN."))
      }
      addressLimit.giveBack(peer)
      loginLimit.giveBack(body.login)
      var response = Response.json(200, answer(for: opened.principal))
      response.headers.append(
        Gate.cookie(Gate.sessionCookie, opened.cookie, seconds: AccessStore.sessionSeconds))
      return response
    } catch {
      return storeFailed(error)
    }
  }

  private func storeFailed(_ error: any Error) -> Response {
    hall.log.error("The access store failed: \(error)")
    return Response(
      Problem(
        status: 503, name: "access-store-failed",
        detail: "Who may log in cannot be looked up now. Try again; the log says why."))
  }

  func session(_ request: Request) -> Answer {
    answering { () throws(Problem) in .now(.json(200, answer(for: try gate.principal(of: request))))
    }
  }

  func logOut(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      try requireSameOriginOrScript(request)
      var response = Response(status: 204)
      do {
        if let cookie = request.cookie(Gate.sessionCookie) { try access.logOut(cookie: cookie) }
      } catch {
        response = storeFailed(error)
      }
      response.headers.append(Gate.cookie(Gate.sessionCookie, "", seconds: 0))
      return .now(response)
    }
  }

  func enrol(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      try requireSameOriginOrScript(request)
      guard addressLimit.allows(request.peer) else { throw Self.tooManyAttempts }
      let body: EnrolmentBody = try Self.decode(request)
      do {
        guard let enrolled = try access.enrol(code: body.code) else {
          return .now(
            Response(
              Problem(
                status: 401, name: "code-refused",
                detail: "The code is wrong, was used before or is older than ten minutes. Make a "
                  + "new one with 'rossio enrol'.")))
        }
        var response = Response.json(200, answer(for: enrolled.principal))
        response.headers.append(
          Gate.cookie(Gate.deviceCookie, enrolled.token, seconds: 10 * 365 * 86_400))
        hall.log.info("Enrolled \(enrolled.principal.asker).")
        return .now(response)
      } catch {
        return .now(storeFailed(error))
      }
    }
  }

  private func answer(for principal: Principal) -> SessionAnswer {
    let isPerson = ![.kiosk, .display, .counter].contains(principal.role)
    return SessionAnswer(
      role: principal.role.rawValue, id: principal.id, login: isPerson ? principal.id : nil,
      agency: principal.agency, mediator: principal.mediator,
      counter: principal.role == .counter ? CounterID(principal.id) : nil)
  }

  /// A page of another site must not log anybody in; a script that sends no Origin may.
  private func requireSameOriginOrScript(_ request: Request) throws(Problem) {
    guard request.header("origin") == nil || Gate.isSameOrigin(request) else {
      throw Problem(
        status: 403, name: "foreign-origin",
        detail: "Changes are taken from this daemon's own pages only: the Origin does not match.")
    }
  }
}
