import HTTP
import Venue
import Wire

/// What administrators do over the Unix socket in the data directory. Whoever can open the socket,
/// which only the daemon's own user can, may do all of it.
struct AdminService: Sendable {
  let access: AccessStore
  let operators: OperatorDesk
  let loaded: LoadedVenue
  let log: Log

  func router() -> Router {
    var router = Router()
    // Tokens are for scripts, whose names are their own; codes are for the venue's devices.
    router.add(.post, "/tokens") { addDevice($0) { try access.addToken(role: $0, id: $1) } }
    router.add(.post, "/codes") { request in
      addDevice(request) { role, id in
        try checkDevice(role, id)
        return try access.addCode(role: role, id: id)
      }
    }
    router.add(.post, "/revocations", revoke)
    router.add(.post, "/staff", setStaff)
    router.add(.get, "/staff") { _ in answering { .json(200, try access.staff().map(Self.line)) } }
    router.add(.delete, "/staff/:id", removeStaff)
    router.add(.get, "/printers") { _ in later { .json(200, await operators.printers()) } }
    router.add(.get, "/clock") { _ in .now(.json(200, operators.hall.heartbeat())) }
    router.add(.get, "/slips") { _ in later { .json(200, try await operators.slips(all: false)) } }
    router.add(.get, "/slips/all") { _ in
      later { .json(200, try await operators.slips(all: true)) }
    }
    for wish in OperatorDesk.Wish.allCases {
      router.add(.post, "/slips/" + wish.rawValue) { handleSlip(wish, $0) }
    }
    router.add(.post, "/printers/test", testPrinter)
    return router
  }

  private var venue: VenueConfiguration { loaded.configuration }

  private func testPrinter(_ request: Request) -> Answer {
    answering {
      let body: SlipBody = try HallService.decode(request)
      let printer = body.printer ?? PrinterID(body.slip)
      return later { .json(202, try await operators.test(printer, of: loaded)) }
    }
  }

  private func handleSlip(_ wish: OperatorDesk.Wish, _ request: Request) -> Answer {
    answering {
      let body: SlipBody = try HallService.decode(request)
      return later {
        Response(await operators.handle(wish, body.slip, on: body.printer, by: .administrator))
      }
    }
  }

  private func later(_ body: @escaping @Sendable () async throws -> Response) -> Answer {
    .later { responder in
      Task {
        do {
          responder.respond(try await body())
        } catch {
          responder.respond(Response((error as? Problem) ?? OperatorDesk.spoolFailed))
        }
      }
    }
  }

  private func addDevice(
    _ request: Request, _ add: (Role, String) throws -> String
  ) -> Answer {
    answering {
      let body: DeviceBody = try HallService.decode(request)
      let role = try Self.role(body.role)
      let secret = try add(role, body.id)
      log.info("Access was given to \(role.rawValue) \(body.id).")
      return .json(201, SecretAnswer(secret: secret))
    }
  }

  private func revoke(_ request: Request) -> Answer {
    answering {
      let body: DeviceBody = try HallService.decode(request)
      let role = try Self.role(body.role)
      let count = try access.revoke(role: role, id: body.id)
      if count > 0 { log.info("Access of \(role.rawValue) \(body.id) was taken away.") }
      return .json(200, CountAnswer(count: count))
    }
  }

  private func setStaff(_ request: Request) -> Answer {
    answering {
      let body: StaffBody = try HallService.decode(request)
      try checkAgency(body.agency)
      try checkMediator(body.mediator)
      try access.setStaff(
        login: body.login, secret: body.secret, role: try Self.role(body.role),
        agency: body.agency, mediator: body.mediator)
      return .json(
        200,
        StaffLine(
          login: body.login, role: body.role, agency: body.agency, mediator: body.mediator))
    }
  }

  private func removeStaff(_ request: Request) -> Answer {
    answering {
      let isGone = try access.removeStaff(login: request.parameter("id") ?? "")
      return .json(200, CountAnswer(count: isGone ? 1 : 0))
    }
  }

  /// A device is one of the venue's: a slip of the finger must not make another.
  private func checkDevice(_ role: Role, _ id: String) throws(Problem) {
    let known: [String]? =
      switch role {
      case .kiosk: venue.kiosks.map(\.id.text)
      case .display: venue.screens.map(\.id.text)
      case .counter: venue.counters.map(\.id.text)
      case .staff, .reception, .mediator, .manager, .administrator: nil
      }
    guard let known, !known.contains(id) else { return }
    throw Problem(
      status: 404, name: "device-unknown",
      detail: "The venue has no \(role.rawValue) '\(id)'. It has: "
        + known.joined(separator: ", ") + ".")
  }

  private func checkAgency(_ agency: AgencyID?) throws(Problem) {
    guard let agency, !venue.agencies.contains(where: { $0.id == agency }) else { return }
    let known = venue.agencies.map(\.id.text).joined(separator: ", ")
    throw Problem(
      status: 404, name: "agency-unknown",
      detail: "The venue has no agency '\(agency)'. It has: \(known).")
  }

  private func checkMediator(_ mediator: MediatorID?) throws(Problem) {
    guard let mediator, !venue.mediators.contains(where: { $0.id == mediator }) else { return }
    let known = venue.mediators.map(\.id.text).joined(separator: ", ")
    throw Problem(
      status: 404, name: "mediator-unknown",
      detail: "The venue has no mediator '\(mediator)'. It has: \(known).")
  }

  private static func line(_ principal: Principal) -> StaffLine {
    StaffLine(
      login: principal.id, role: principal.role.rawValue, agency: principal.agency,
      mediator: principal.mediator)
  }

  private static func role(_ text: String) throws(Problem) -> Role {
    guard let role = Role(rawValue: text) else {
      let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(
        status: 400, name: "role-unknown",
        detail: "There is no role '\(text)'. The roles are: \(known).")
    }
    return role
  }

  private func answering(_ body: () throws -> Response) -> Answer {
    answering { Answer.now(try body()) }
  }

  private func answering(_ body: () throws -> Answer) -> Answer {
    do {
      return try body()
    } catch let problem as Problem {
      return .now(Response(problem))
    } catch let error as StaffError {
      return .now(
        Response(Problem(status: 400, name: "bad-staff", detail: error.description)))
    } catch {
      log.error("The access store failed: \(error)")
      return .now(
        Response(Problem(status: 503, name: "access-store-failed", detail: "\(error)")))
    }
  }
}
