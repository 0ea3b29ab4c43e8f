import Foundation
import Hall
import Testing
import Venue

/// Who is unknown gets 401, who may not gets 403, and a page of another site changes nothing.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AuthorizationTests {
  private struct Route {
    let method: String
    let path: String
    let body: String?
  }

  private static let bodies = [
    "IssueBody": forReception, "CallBody": #"{"visit":"00000000000000000000000001"}"#,
    "ForwardBody": #"{"service":"tax-number"}"#,
  ]

  /// The operations of the daemon's own document that are not for everybody.
  private func protectedRoutes(_ daemon: DaemonProcess) throws -> [Route] {
    let document = try daemon.client().get("/v1/openapi.json").json
    let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
    var routes: [Route] = []
    for (path, methods) in paths {
      for (method, fields) in methods {
        let security = try #require(fields["security"] as? [Any], "\(method) \(path)")
        if security.isEmpty { continue }
        let id = path.contains("/visits/") ? "00000000000000000000000001" : "1"
        let text = "\(fields["requestBody"] ?? "")"
        let body = Self.bodies.first { text.contains($0.key) }?.value
        routes.append(
          Route(
            method: method.uppercased(), path: path.replacing("{id}", with: id), body: body))
      }
    }
    return routes
  }

  @Test func `every operation without a token, or with a wrong one, is 401`() throws {
    let hall = try HallDirectory()
    let daemon = try hall.start()
    let routes = try protectedRoutes(daemon)
    #expect(routes.count >= 20)
    let wrong = String(repeating: "0", count: 64)
    let headers: [[String: String]] = [
      [:], ["Authorization": "Bearer \(wrong)"], ["Authorization": "Basic YTpi"],
      ["Authorization": "Bearer"], ["Authorization": ""],
      ["Cookie": "rossio-session=\(wrong); rossio-device=\(wrong)"],
    ]
    let client = try daemon.client()
    for route in routes {
      for header in headers {
        let answer = try client.ask(route.method, route.path, route.body, header)
        #expect(answer.status == 401 && answer.problem != nil, "\(route) \(header)")
        #expect(answer.header("www-authenticate") == "Bearer", "\(route)")
      }
    }
    #expect(try hall.records().count == 3, "nothing has happened")
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `what is in the document is there, and other methods are refused`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    let client = try daemon.client(token: token)
    let document = try client.get("/v1/openapi.json").json
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    for (path, methods) in paths {
      let address = path.replacing("{id}", with: path.contains("visits") ? "x" : "1")
      for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        let answer = try client.ask(method, address, method == "GET" ? nil : "{}")
        if methods[method.lowercased()] == nil {
          #expect(answer.status == 405, "\(method) \(path)")
        } else {
          #expect(answer.status != 405 && answer.status < 500, "\(method) \(path)")
          #expect(answer.status < 400 || answer.problem != nil, "\(method) \(path)")
          #expect(answer.problem != "not-found", "\(method) \(path)")
        }
      }
    }
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a role that may not do a thing is 403`() throws {
    let hall = try HallDirectory()
    let kiosk = try hall.token(.kiosk, "K1")
    let display = try hall.token(.display, "hall-1")
    let counter = try hall.token(.counter, "2")
    let reception = try hall.token(.reception, "desk")
    let daemon = try hall.start()
    let client = try daemon.client(token: display)
    for route in try protectedRoutes(daemon) where route.path != "/v1/session" {
      let answer = try client.ask(route.method, route.path, route.body)
      #expect(answer.status == 403 && answer.problem == "not-allowed", "\(route)")
    }
    #expect(try client.get("/v1/board/hall-1").status == 200)
    #expect(try client.get("/v1/board/hall-2").status == 403)
    let refused: [(String, String, String?)] = [
      (kiosk, "/v1/counters/1/call-next", nil), (kiosk, "/v1/day/close", nil),
      (kiosk, "/v1/visits", #"{"service":"reception","language":"pt","kiosk":"K2"}"#),
      (counter, "/v1/counters/1/call-next", nil), (counter, "/v1/visits", forReception),
      (counter, "/v1/day/open", nil), (reception, "/v1/counters/17/call-next", nil),
      (reception, "/v1/day/close", nil),
    ]
    for (token, path, body) in refused {
      let answer = try daemon.client(token: token).post(path, body)
      #expect(answer.status == 403 && answer.problem == "not-allowed", "\(path)")
    }
    #expect(try daemon.client(token: counter).post("/v1/counters/2/open").status == 200)
    #expect(try daemon.client(token: reception).post("/v1/counters/7/open").status == 200)
    #expect(try daemon.terminate() == .exit(0))
  }

  // MARK: People

  private func logIn(_ daemon: DaemonProcess, _ login: String, _ secret: String) throws
    -> HTTPAnswer
  {
    try daemon.client().post("/v1/session", #"{"login":"\#(login)","secret":"\#(secret)"}"#)
  }

  private func cookie(_ answer: HTTPAnswer) throws -> String {
    let line = try #require(answer.header("set-cookie"))
    #expect(
      line.contains("HttpOnly") && line.contains("SameSite=Strict") && line.contains("Path=/"))
    return try #require(line.split(separator: ";").first.map(String.init))
  }

  @Test func `a session changes things only from the daemon's own pages`() throws {
    let hall = try HallDirectory()
    try hall.addStaff(login: "swift-7", secret: "246810", role: .staff, agency: "tax")
    let daemon = try hall.start()
    let login = try logIn(daemon, "swift-7", "246810")
    #expect(login.status == 200 && login["role"] == "staff" && login["agency"] == "tax")
    let cookie = try cookie(login)
    let client = try daemon.client()
    let own = "http://127.0.0.1:\(daemon.port)"
    #expect(try client.get("/v1/console/17", ["Cookie": cookie]).status == 200)
    #expect(try client.get("/v1/console/1", ["Cookie": cookie]).status == 403)
    for origin in [nil, "http://evil.example", "null", own + "0", "http://127.0.0.1"] {
      var headers = ["Cookie": cookie]
      headers["Origin"] = origin
      let answer = try client.post("/v1/counters/17/open", nil, headers)
      #expect(answer.status == 403 && answer.problem == "foreign-origin", "\(origin ?? "none")")
    }
    let good = ["Cookie": cookie, "Origin": own]
    #expect(try client.post("/v1/counters/17/open", nil, good).status == 200)
    #expect(try client.post("/v1/counters/1/open", nil, good).status == 403)
    #expect(try client.ask("DELETE", "/v1/session", nil, good).status == 204)
    #expect(try client.get("/v1/session", ["Cookie": cookie]).status == 401)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a wrong PIN and an unknown name look alike, and tries are limited`() throws {
    let venue = try VenueCopy()
    try venue.replace("loginAttemptsPerMinute: 10", with: "loginAttemptsPerMinute: 4")
    let hall = try HallDirectory(venue: venue.path)
    try hall.addStaff(login: "swift-7", secret: "246810", role: .manager)
    let daemon = try hall.start()
    func timed(_ login: String) throws -> (HTTPAnswer, Duration) {
      let start = ContinuousClock.now
      return (try logIn(daemon, login, "000000"), start.duration(to: .now))
    }
    // The first try of an unknown name makes the hash that stands in for one.
    _ = try timed("nobody")
    let (unknown, unknownTime) = try timed("nobody")
    let (wrong, wrongTime) = try timed("swift-7")
    #expect(wrong.status == 401 && wrong.problem == "login-refused")
    #expect(unknown.status == 401 && unknown.body == wrong.body)
    #expect(unknown.header("set-cookie") == nil && wrong.header("set-cookie") == nil)
    #expect(unknownTime * 5 > wrongTime && wrongTime * 5 > unknownTime, "neither is told by time")
    // Right PINs do not count, however many; wrong ones lock their own name and no other.
    for _ in 0..<6 { #expect(try logIn(daemon, "swift-7", "246810").status == 200) }
    var late = wrong
    for _ in 0..<20 where late.status == 401 { late = try logIn(daemon, "swift-7", "000000") }
    #expect(late.status == 429 && late.problem == "too-many-attempts")
    #expect(try logIn(daemon, "nobody", "246810").status == 401)
    #expect(late.header("retry-after") != nil)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a page of another site cannot log anybody in`() throws {
    let hall = try HallDirectory()
    try hall.addStaff(login: "swift-7", secret: "246810", role: .manager)
    let daemon = try hall.start()
    let answer = try daemon.client().post(
      "/v1/session", #"{"login":"swift-7","secret":"246810"}"#, ["Origin": "http://evil.example"])
    #expect(answer.status == 403 && answer.header("set-cookie") == nil)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `a device is enrolled with a code that works once`() throws {
    let hall = try HallDirectory()
    let daemon = try hall.start()
    let (ending, output, _) = try hall.rossio("enrol", "kiosk", "K1", "--data", hall.data)
    #expect(ending == .exit(0))
    let code = output.trimmingCharacters(in: .whitespacesAndNewlines)
    let client = try daemon.client()
    let origin = ["Origin": "http://127.0.0.1:\(daemon.port)"]
    let enrolled = try client.post("/v1/enrolment", #"{"code":"\#(code)"}"#, origin)
    #expect(enrolled.status == 200 && enrolled["role"] == "kiosk" && enrolled["id"] == "K1")
    let cookie = ["Cookie": try cookie(enrolled)]
    #expect(try client.get("/v1/session", cookie)["id"] == "K1")
    #expect(try client.post("/v1/visits", forReception, cookie).status == 403, "no Origin")
    let headers = cookie.merging(origin) { first, _ in first }
    #expect(try client.post("/v1/visits", forReception, headers).status == 201)
    let again = try client.post("/v1/enrolment", #"{"code":"\#(code)"}"#, origin)
    #expect(again.status == 401 && again.problem == "code-refused")
    #expect(!daemon.log.contains(code))
    let stranger = try hall.rossio("enrol", "kiosk", "K9", "--data", hall.data)
    #expect(stranger.ending == .exit(1) && stranger.errors.contains("K1, K2"), "\(stranger)")
    #expect(try hall.rossio("revoke", "kiosk", "K1", "--data", hall.data).ending == .exit(0))
    #expect(try client.get("/v1/session", cookie).status == 401)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `whoever holds the slip may give up without a login, and nobody else can for them`()
    throws
  {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start()
    let client = try daemon.client()
    let kiosk = ["Authorization": "Bearer " + token]
    let visit = try #require(try client.post("/v1/visits", forReception, kiosk)["visit"])
    let path = "/v1/visits/\(visit)/leave"
    #expect(try client.post(path, nil, kiosk).status == 403, "a kiosk ends no visit")
    #expect(try client.post("/v1/visits/\(visit)/resume", nil, [:]).status == 401)
    let left = try client.post(path, nil, [:])
    #expect(left.status == 200 && left["status"] == "left")
    #expect(try client.post("/v1/visits/7ZZZZZZZZZZZZZZZZZZZZZZZZZ/leave", nil, [:]).status == 404)
    #expect(try daemon.terminate() == .exit(0))
  }

  @Test func `the administrators' socket is for the daemon's own user`() throws {
    let hall = try HallDirectory()
    let daemon = try hall.start()
    let attributes = try FileManager.default.attributesOfItem(atPath: hall.data + "/admin.sock")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.type] as? FileAttributeType == .typeSocket)
    #expect(try daemon.terminate() == .exit(0))
    #expect(!FileManager.default.fileExists(atPath: hall.data + "/admin.sock"))
  }
}
