import HTTP
import Venue
import Views
import Wire

/// What the handlers of requests work with.
struct HallService: Sendable {
  let hall: Hall
  let access: AccessStore
  let notes: NoteStore
  let operators: OperatorDesk
  let gate: Gate
  let venue: LoadedVenue
  let issueLimit: RateLimit
  /// Wrong secrets for one login name.
  let loginLimit: RateLimit
  /// Wrong secrets and codes from one address, behind which a whole building may sit.
  let addressLimit: RateLimit
  let loginQueue: LoginQueue

  /// So many times more than for one login name.
  private static let attemptsPerAddress = 20

  init(
    hall: Hall, access: AccessStore, notes: NoteStore, operators: OperatorDesk, venue: LoadedVenue
  ) {
    self.hall = hall
    self.access = access
    self.notes = notes
    self.operators = operators
    self.venue = venue
    let persons = Set(venue.configuration.kiosks.map(\.personService))
    gate = Gate(
      access: access,
      receptionAgencies: Set(
        venue.configuration.services.filter { persons.contains($0.id) }.map(\.agency)))
    issueLimit = RateLimit(perMinute: venue.limits.issuesPerKioskPerMinute)
    loginLimit = RateLimit(perMinute: venue.limits.loginAttemptsPerMinute)
    addressLimit = RateLimit(
      perMinute: venue.limits.loginAttemptsPerMinute * Self.attemptsPerAddress)
    loginQueue = LoginQueue()
  }

  func agency(of counter: CounterID) -> AgencyID? {
    venue.configuration.counters.first { $0.id == counter }?.agency
  }

  func kiosk(_ id: KioskID) -> Kiosk? { venue.configuration.kiosks.first { $0.id == id } }

  /// Runs `body`; a problem that it throws becomes the answer.
  func answering(_ body: () throws(Problem) -> Answer) -> Answer {
    do { return try body() } catch { return .now(Response(error)) }
  }
}

extension Response {
  static let jsonHeaders: [(String, String)] = [
    ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
  ]
  static let problemHeaders: [(String, String)] = [
    ("Content-Type", "application/problem+json"), ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
  ]

  init(_ problem: Problem) {
    self.init(
      status: problem.status, headers: Self.problemHeaders(problem.status),
      body: JSON.encode(problem))
  }

  private static func problemHeaders(_ status: Int) -> [(String, String)] {
    switch status {
    case 401: problemHeaders + [("WWW-Authenticate", "Bearer")]
    case 429, 503: problemHeaders + [("Retry-After", "1")]
    default: problemHeaders
    }
  }

  init(_ reply: HallReply) {
    let headers = reply.status >= 400 ? Self.problemHeaders(reply.status) : Self.jsonHeaders
    self.init(
      status: reply.status, headers: reply.body.isEmpty ? [] : headers, body: reply.body)
  }

  static func json(_ status: Int = 200, _ value: some Encodable) -> Response {
    Response(status: status, headers: jsonHeaders, body: JSON.encode(value))
  }
}
