import HTTP
import Venue
import Wire

extension HallService {
  /// Hands a command to the hall; its answer leaves when the command is durable.
  private func submit(
    _ command: Command, for principal: Principal, _ request: Request
  ) throws(Problem) -> Answer {
    try submit(command, asker: principal.asker, request)
  }

  private func submit(
    _ command: Command, asker: String, _ request: Request
  ) throws(Problem) -> Answer {
    try submit(.command(command), asker: asker, request)
  }

  func submit(
    _ order: Submission.Order, asker: String, _ request: Request
  ) throws(Problem) -> Answer {
    let key = try Self.idempotencyKey(of: request)
    let requestHash = key == nil ? [] : Self.hash(of: request)
    return .later { responder in
      hall.submit(
        Submission(order: order, asker: asker, key: key, requestHash: requestHash) { reply in
          responder.respond(Response(reply))
        })
    }
  }

  func issue(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      // Who asks is settled before what is asked: a stranger learns nothing of the form.
      let principal = try gate.principal(of: request)
      let body = try Self.reading { () throws(WireError) in try IssueBody(json: request.body) }
      let plan = body.plan
      for stop in plan { for service in [stop.service] + stop.after { try Self.check(service) } }
      for need in body.needs ?? [] { try Self.check(need) }
      try Self.check(body.language)
      let own = principal.role == .kiosk ? kiosk(KioskID(principal.id))?.id : nil
      let kiosk = body.kiosk ?? own
      try gate.check(principal, .issue(at: kiosk))
      guard issueLimit.allows(principal.asker) else {
        throw Problem(
          status: 429, name: "too-many-numbers",
          detail: "This device has taken more numbers in a minute than the venue allows. Wait.")
      }
      let bits = Secrets.random(bytes: 16)
      let command = Command.issue(
        IssueRequest(
          visit: VisitID(bytes: bits), stops: plan, language: body.language,
          people: body.people ?? 1, isPriority: body.priority ?? false, needs: body.needs ?? [],
          kiosk: kiosk, voucher: body.voucher))
      return try submit(command, for: principal, request)
    }
  }

  /// A handler for a command of the counter `:id` that needs no body.
  func counter(_ action: CounterAction) -> Router.Handler {
    { request in operate(request) { () throws(Problem) in action } }
  }

  func call(_ request: Request) -> Answer {
    operate(request) { () throws(Problem) in
      let body: CallBody = try Self.decode(request)
      return .call(body.visit)
    }
  }

  func forward(_ request: Request) -> Answer {
    operate(request) { () throws(Problem) in
      let body: ForwardBody = try Self.decode(request)
      try Self.check(body.service)
      return .forward(to: body.service, comesBack: body.comesBack ?? false)
    }
  }

  func finish(_ request: Request) -> Answer {
    operate(request) { () throws(Problem) in
      guard !request.body.isEmpty else { return .finish() }
      let body: FinishBody = try Self.decode(request)
      if let outcome = body.outcome { try Self.check(outcome) }
      return .finish(outcome: body.outcome)
    }
  }

  func takeMediator(_ request: Request) -> Answer {
    operate(request) { () throws(Problem) in
      let body: TakeMediatorBody = try Self.decode(request)
      try Self.check(body.mediator)
      return .take(body.mediator)
    }
  }

  /// Lending a counter to another agency is the manager's matter.
  func serve(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .assign)
      let body: ServeBody = try Self.decode(request)
      for service in body.services { try Self.check(service) }
      let counter = CounterID(request.parameter("id") ?? "")
      return try submit(.counter(counter, .serve(body.services)), for: principal, request)
    }
  }

  func mediator(_ action: MediatorAction) -> Router.Handler {
    { request in
      answering { () throws(Problem) in
        let mediator = MediatorID(request.parameter("id") ?? "")
        let principal = try gate.admit(request, to: .changeDuty(of: mediator))
        return try submit(.mediator(mediator, action), for: principal, request)
      }
    }
  }

  func planStop(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .changeVisit)
      let body: StopBody = try Self.decode(request)
      for service in [body.service] + (body.after ?? []) { try Self.check(service) }
      return try submit(.plan(try Self.visit(request), body.planned), for: principal, request)
    }
  }

  func cancelStop(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .changeVisit)
      let body: CancelStopBody = try Self.decode(request)
      try Self.check(body.service)
      let command = Command.cancelStop(try Self.visit(request), body.service)
      return try submit(command, for: principal, request)
    }
  }

  private func operate(
    _ request: Request, _ action: () throws(Problem) -> CounterAction
  ) -> Answer {
    answering { () throws(Problem) in
      let counter = CounterID(request.parameter("id") ?? "")
      let principal = try gate.admit(
        request, to: .operate(counter, of: agency(of: counter)))
      return try submit(.counter(counter, try action()), for: principal, request)
    }
  }

  func resume(_ request: Request) -> Answer { change(request, Command.resume) }

  /// Staff may end a visit, and so may its own phone page: there the id is the right.
  func leave(_ request: Request) -> Answer {
    guard request.header("authorization") == nil, !gate.hasCookie(request) else {
      return change(request, Command.leave)
    }
    return answering { () throws(Problem) in
      let visit = try Self.visit(request)
      return try submit(.leave(visit), asker: "phone:\(visit)", request)
    }
  }

  private func change(_ request: Request, _ command: (VisitID) -> Command) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .changeVisit)
      return try submit(command(try Self.visit(request)), for: principal, request)
    }
  }

  func reprint(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .changeVisit)
      let visit = try Self.visit(request)
      let key = try Self.idempotencyKey(of: request).map { principal.asker + ":" + $0 }
      let printer = request.query("printer").map { PrinterID($0) }
      return .later { responder in
        Task { responder.respond(Response(await hall.reprint(visit, on: printer, key: key))) }
      }
    }
  }

  func openDay(_ request: Request) -> Answer {
    let today = hall.calendar.serviceDay(at: hall.clock.now())
    return turnDay(request, .openDay(today))
  }

  func closeDay(_ request: Request) -> Answer { turnDay(request, .closeDay) }

  private func turnDay(_ request: Request, _ command: Command) -> Answer {
    answering { () throws(Problem) in
      let principal = try gate.admit(request, to: .turnDay)
      return try submit(command, for: principal, request)
    }
  }
}

// MARK: - Reading requests

extension HallService {
  /// Longer keys are refused; a UUID has 36 characters.
  private static let keyLimit = 128
  /// Longer names than the configuration can hold name nothing.
  private static let nameLimit = 64

  static func decode<Body: Codable>(_ request: Request) throws(Problem) -> Body {
    try reading { () throws(WireError) in
      try JSON.decodeStrictly(Body.self, from: request.body)
    }
  }

  private static func reading<Body>(_ body: () throws(WireError) -> Body) throws(Problem) -> Body {
    do {
      return try body()
    } catch {
      throw Problem(status: 400, name: "bad-body", detail: error.explanation)
    }
  }

  static func check(_ name: some Identifier) throws(Problem) {
    guard name.text.utf8.count <= nameLimit else {
      throw Problem(
        status: 400, name: "bad-body",
        detail: "A name in the body is longer than \(nameLimit) bytes.")
    }
  }

  static func visit(_ request: Request) throws(Problem) -> VisitID {
    guard let visit = VisitID(request.parameter("id") ?? "") else {
      throw Problem(
        status: 404, name: "visit-unknown",
        detail: "A visit is named by the 26 characters that its issue answered.")
    }
    return visit
  }

  static func idempotencyKey(of request: Request) throws(Problem) -> String? {
    guard let key = request.header("idempotency-key") else { return nil }
    guard (1...keyLimit).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) })
    else {
      throw Problem(
        status: 400, name: "bad-idempotency-key",
        detail: "An Idempotency-Key has 1 to \(keyLimit) ASCII characters without spaces.")
    }
    return key
  }

  static func hash(of request: Request) -> [UInt8] {
    Secrets.hash(Array((request.method.rawValue + " " + request.path + "\n").utf8) + request.body)
  }
}

extension VisitID {
  /// From 16 random bytes.
  fileprivate init(bytes: [UInt8]) {
    let halves = [bytes.prefix(8), bytes.dropFirst(8)].map { half in
      half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    self.init(high: halves[0], low: halves[1])
  }
}
