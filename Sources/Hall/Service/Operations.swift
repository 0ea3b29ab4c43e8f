import HTTP
import Venue
import Wire

extension HallService {
  /// Every operation of the interface. The router and the OpenAPI document are both made from it.
  func operations() -> [Operation] {
    commands() + slipCommands() + journeyCommands() + counterCommands() + noteOperations() + views()
      + words() + sessions()
  }

  private func commands() -> [Operation] {
    [
      Operation(
        method: .post, pattern: "/v1/visits", name: "issue",
        summary: "Issue a number for a service", roles: "kiosk, reception, manager",
        body: "IssueBody", takesKey: true, answers: [(201, "Issued", "The number, durable")],
        handler: issue),
      visitCommand("resume", "A parked or missed visit waits again", Self.visitRoles, resume),
      visitCommand(
        "leave", "The client gives up", "whoever knows its id; staff and devices by their role",
        leave),
      Operation(
        method: .post, pattern: "/v1/visits/:id/reprint", name: "reprint",
        summary: "Print the slip again, marked as a copy",
        roles: Self.visitRoles, body: nil, takesKey: true,
        query: [("printer", "Where; the first that works unless it is named")],
        answers: [(202, "Visit", "The slip is in the spool")], handler: reprint),
      Operation(
        method: .post, pattern: "/v1/day/open", name: "openDay",
        summary: "Open today's service day", roles: "manager", body: nil, takesKey: true,
        answers: [(200, "Day", "The day that is open")], handler: openDay),
      Operation(
        method: .post, pattern: "/v1/day/close", name: "closeDay",
        summary: "Close the service day: visits still open expire", roles: "manager", body: nil,
        takesKey: true, answers: [(200, "Day", "No day is open")], handler: closeDay),
    ]
  }

  private static let visitRoles = "counter, staff, reception, manager"

  /// `:id` is the visit, or the number of its ticket on the open day.
  private func slipCommands() -> [Operation] {
    [
      Operation(
        method: .post, pattern: "/v1/slips/:id/retry", name: "retrySlip",
        summary: "Print a slip again that is in doubt, failed or waits; "
          + "as a copy once anything of it may be on paper",
        roles: Self.visitRoles, body: nil, takesKey: true,
        query: [
          ("printer", "Where; unless it is named, where it was or that printer's backup")
        ],
        answers: [(202, "Slip", "It waits for the printer")], handler: slip(.retry)),
      Operation(
        method: .post, pattern: "/v1/slips/:id/discard", name: "discardSlip",
        summary: "Settle a slip: its paper was seen, or is not needed",
        roles: Self.visitRoles, body: nil, takesKey: true,
        answers: [(200, "Slip", "Nobody has to look after it any more")],
        handler: slip(.discard)),
    ]
  }

  private func visitCommand(
    _ name: String, _ summary: String, _ roles: String, _ handler: @escaping Router.Handler
  ) -> Operation {
    Operation(
      method: .post, pattern: "/v1/visits/:id/" + name, name: name, summary: summary,
      roles: roles, isOpen: name == "leave", body: nil, takesKey: true,
      answers: [(200, "Visit", "The visit as it is now")], handler: handler)
  }

  private func counterCommands() -> [Operation] {
    let next = Operation(
      method: .post, pattern: "/v1/counters/:id/call-next", name: "callNext",
      summary: "Finish the visit at the counter, if any, and call the next",
      roles: Self.counterRoles, body: nil, takesKey: true,
      answers: [(200, "Counter", "The visit that was called"), (204, nil, "Nobody waits")],
      handler: counter(.callNext))
    return [
      next,
      counterCommand("open", "Open the counter", nil, counter(.open)),
      counterCommand("pause", "Pause the counter", nil, counter(.pause)),
      counterCommand("close", "Close the counter", nil, counter(.close)),
      counterCommand("recall", "Call the same visit again", nil, counter(.recall)),
      counterCommand("start", "The client is here: service begins", nil, counter(.start)),
      counterCommand(
        "finish", "Service ends; a visit with planned stops goes on to the next", "FinishBody",
        isBodyOptional: true, finish),
      counterCommand("no-show", "Nobody came", nil, counter(.noShow)),
      counterCommand("park", "Set the visit aside", nil, counter(.park)),
      counterCommand("undo", "Take the last action back, within ten seconds", nil, counter(.undo)),
      counterCommand("call", "Call a visit out of turn", "CallBody", call),
      counterCommand("forward", "Send the visit to another service", "ForwardBody", forward),
      counterCommand(
        "take-mediator", "A mediator joins the visit at the counter", "TakeMediatorBody",
        takeMediator),
      Operation(
        method: .post, pattern: "/v1/counters/:id/serve", name: "counter-serve",
        summary: "The counter serves these services for the rest of the day",
        roles: "reception, manager", body: "ServeBody", takesKey: true,
        answers: [(200, "Counter", "The counter")], handler: serve),
    ]
  }

  /// What builds a journey and who interprets on it.
  private func journeyCommands() -> [Operation] {
    [
      Operation(
        method: .post, pattern: "/v1/visits/:id/plan", name: "planStop",
        summary: "Add a stop to the visit", roles: Self.visitRoles, body: "StopBody",
        takesKey: true, answers: [(200, "Visit", "The visit as it is now")], handler: planStop),
      Operation(
        method: .post, pattern: "/v1/visits/:id/cancel-stop", name: "cancelStop",
        summary: "Take a stop off the visit", roles: Self.visitRoles, body: "CancelStopBody",
        takesKey: true, answers: [(200, "Visit", "The visit as it is now")], handler: cancelStop),
      mediatorCommand("on-duty", "The mediator can be called", mediator(.goOnDuty)),
      mediatorCommand("break", "The mediator takes a break", mediator(.takeBreak)),
      mediatorCommand("off-duty", "The mediator goes home", mediator(.goOffDuty)),
    ]
  }

  private func mediatorCommand(
    _ name: String, _ summary: String, _ handler: @escaping Router.Handler
  ) -> Operation {
    Operation(
      method: .post, pattern: "/v1/mediators/:id/" + name, name: "mediator-" + name,
      summary: summary, roles: "mediator (the own), reception, manager", body: nil, takesKey: true,
      answers: [(200, "Mediator", "The mediator as it is now")], handler: handler)
  }

  private func noteOperations() -> [Operation] {
    let roles = "counter (its own), staff (their agency's), reception (its own); no manager"
    return [
      Operation(
        method: .post, pattern: "/v1/counters/:id/consent", name: "counter-consent",
        summary: "The client here agreed that an agency may read fields of this agency's part",
        roles: roles, body: "ConsentBody", takesKey: true,
        answers: [(200, "Visit", "The consent is recorded")], handler: consent),
      Operation(
        method: .post, pattern: "/v1/counters/:id/note", name: "counter-note",
        summary: "Write this agency's referral note on the visit here; no codes take it back",
        roles: roles, body: "NoteBody", takesKey: true,
        answers: [(200, "Note", "The note as it is kept")], handler: writeNote),
      Operation(
        method: .get, pattern: "/v1/counters/:id/notes", name: "counter-notes",
        summary: "Notes on the visit here that this agency may read, and what it may write",
        roles: roles, body: nil, answers: [(200, "Notes", "Nothing once their time is over")],
        handler: readNotes),
    ]
  }

  private static let counterRoles =
    "counter (its own), staff (their agency's), reception (its own), manager"

  private func counterCommand(
    _ name: String, _ summary: String, _ body: String?, isBodyOptional: Bool = false,
    _ handler: @escaping Router.Handler
  ) -> Operation {
    Operation(
      method: .post, pattern: "/v1/counters/:id/" + name, name: "counter-" + name,
      summary: summary, roles: Self.counterRoles, body: body, isBodyOptional: isBodyOptional,
      takesKey: true,
      answers: [(200, "Counter", "The counter and the visit that was moved")], handler: handler)
  }

  private func views() -> [Operation] {
    [
      view(
        "/v1/board/:id", "board", "What a hall display shows", "display (its own), reception", board
      ),
      view("/v1/console/:id", "console", "What a counter sees", Self.counterRoles, console),
      view("/v1/kiosk/:id", "kiosk", "What a kiosk offers", "kiosk (its own), reception", kiosk),
      view(
        "/v1/dashboard/:id", "dashboard", "What the manager sees", "reception, manager", dashboard),
      view(
        "/v1/printers", "printers", "All printers, and the slips that need somebody",
        Self.visitRoles, printers),
      view(
        "/v1/mediator/:id", "mediator", "What a mediator sees",
        "mediator (the own), reception, manager", mediatorView),
      view("/v1/phone/:id", "phone", "The page of one visit", "whoever knows its id", phone),
    ]
  }

  private func view(
    _ pattern: String, _ name: String, _ summary: String, _ roles: String,
    _ handler: @escaping Router.Handler
  ) -> Operation {
    Operation(
      method: .get, pattern: pattern, name: name, summary: summary, roles: roles,
      isOpen: name == "phone",
      body: nil, answers: [(200, "View", "The whole view")], isStream: true, handler: handler)
  }

  private func words() -> [Operation] {
    [
      Operation(
        method: .get, pattern: "/v1/languages", name: "languages",
        summary: "The languages of the venue", roles: "everybody", isOpen: true, body: nil,
        answers: [(200, "View", "Tags, endonyms and directions")], handler: languages),
      Operation(
        method: .get, pattern: "/v1/languages/:id", name: "language",
        summary: "All words of one language", roles: "everybody", isOpen: true, body: nil,
        answers: [(200, "View", "Words and names")], handler: language),
    ]
  }

  private func sessions() -> [Operation] {
    [
      Operation(
        method: .post, pattern: "/v1/session", name: "logIn", summary: "Log in",
        roles: "everybody", isOpen: true, body: "LoginBody",
        answers: [(200, "Session", "A cookie is set")],
        handler: logIn),
      Operation(
        method: .get, pattern: "/v1/session", name: "session", summary: "Who am I",
        roles: "whoever is known", body: nil, answers: [(200, "Session", "Role and id")],
        handler: session),
      Operation(
        method: .delete, pattern: "/v1/session", name: "logOut", summary: "Log out",
        roles: "everybody", isOpen: true, body: nil, answers: [(204, nil, "The session has ended")],
        handler: logOut),
      Operation(
        method: .post, pattern: "/v1/enrolment", name: "enrol",
        summary: "Enrol a device with the code that 'rossio enrol' printed", roles: "everybody",
        isOpen: true, body: "EnrolmentBody", answers: [(200, "Session", "A cookie is set")],
        handler: enrol),
    ]
  }

  /// The routes of all operations, of the probes, the OpenAPI document and the pages.
  func router(pages: Pages) -> Router {
    var router = Router()
    let operations = operations()
    for operation in operations {
      router.add(operation.method, operation.pattern, operation.strictHandler)
    }
    let document = OpenAPI.document(of: operations)
    let response = Response(status: 200, headers: Response.jsonHeaders, body: document)
    router.add(.get, "/v1/openapi.json") { _ in .now(response) }
    router.add(.get, "/healthz") { _ in .now(.json(200, ["status": "alive"])) }
    router.add(.get, "/readyz", ready)
    router.add(.get, "/") { pages.answer(to: $0) ?? Self.noPage }
    router.add(.get, "/*page") { pages.answer(to: $0) ?? Self.noPage }
    return router
  }

  private static let noPage = Answer.now(
    Response(
      Problem(
        status: 404, name: "not-found",
        detail: "There is nothing at this address. The interface is described at "
          + "/v1/openapi.json.")))

  /// Ready once the hall answers: its journal is replayed and its thread is free.
  private func ready(_ request: Request) -> Answer {
    .later { responder in
      Task {
        let sequence = await hall.lastSequence
        responder.respond(.json(200, HealthAnswer(status: "ready", sequence: sequence)))
      }
    }
  }
}
