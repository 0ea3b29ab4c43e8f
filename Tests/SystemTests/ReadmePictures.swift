import Foundation
import Testing

private let picturesFolder = ProcessInfo.processInfo.environment["ROSSIO_README_PICTURES"]

/// Pictures of every screen for the README, taken from a running demo:
///
///     ROSSIO_README_PICTURES=Displays/pictures swift test --filter ReadmePictures
@Suite(.serialized, .enabled(if: picturesFolder != nil), .timeLimit(.minutes(5)))
struct ReadmePictures {
  private static let scale = 0.5

  private let scratch: ScratchDirectory
  private let demo: ChildProcess
  private let address: String
  private let driver: BrowserDriver

  init() throws {
    scratch = try ScratchDirectory()
    demo = try ChildProcess(
      Built.product("rossio"),
      ["demo", "--speed", "60", "--port", "0", "--png", "--data", scratch.path + "/demo"],
      errorFile: scratch.path + "/errors")
    var address = ""
    while address.isEmpty, let line = try demo.readLine() {
      guard line.contains("Log in first"), let start = line.range(of: "http://") else { continue }
      address = String(line[start.lowerBound...].prefix { $0 != " " })
    }
    self.address = address.replacingOccurrences(of: "/login/", with: "")
    driver = try BrowserDriver()
  }

  @Test func `take a picture of every screen`() throws {
    try waitForMorning()
    let manager = try loggedIn(width: 1440, height: 900)
    try manager.open(address + "/counter/?id=12")
    try manager.waitFor("[data-action=call-next]:enabled")
    try manager.press(" ")
    try manager.waitFor(".here .number")
    try save(manager, "counter")

    try manager.open(address + "/manager/")
    try manager.waitFor(".tile")
    try save(manager, "manager")

    let kiosk = try loggedIn(width: 1080, height: 1920)
    for language in ["pt", "ar"] {
      try kiosk.open(address + "/kiosk/?id=K1")
      try kiosk.click("[data-language=\(language)]")
      try kiosk.waitFor("[data-need=health]")
      try save(kiosk, "kiosk-" + language)
    }
    for (need, service) in [
      ("documents", "residence-renewal"), ("taxes", "tax-number"), ("home", "urgent-support"),
    ] {
      if need != "documents" { try kiosk.click("#another") }
      try kiosk.click("[data-need=\(need)]")
      try kiosk.click("[data-service=\(service)]")
      try kiosk.waitFor("#take")
    }
    try save(kiosk, "kiosk-matters")
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    try save(kiosk, "kiosk-number")

    let board = try loggedIn(width: 1920, height: 1080)
    try board.open(address + "/board/?screen=hall-1")
    try board.waitFor("[data-number]")
    try save(board, "board-browser")
    try saveReception()
    try saveMediator()
    try savePhone()
    try saveNative()
    try saveSlip()
    demo.send(signal: SIGTERM)
    #expect(try demo.waitForEnd().ending == .exit(0))
  }

  // MARK: Parts

  /// An hour after opening there is something to see everywhere.
  private func waitForMorning() throws {
    while let line = try demo.readLine() {
      if line.hasPrefix("09:30") { return }
    }
    throw TestFailure("the demo ended early: \(demo.errors)")
  }

  private func loggedIn(width: Int, height: Int) throws -> Browser {
    let browser = try driver.open(width: width, height: height, scale: Self.scale)
    try browser.open(address + "/login/")
    try browser.wait(until: "document.querySelector('#languages button') !== null")
    try browser.type("gestao", into: "#login")
    try browser.type("rossio-demo", into: "#secret")
    try browser.click("#go")
    try browser.wait(until: "!location.pathname.startsWith('/login')")
    return browser
  }

  private func client() throws -> HTTPClient {
    try HTTPClient(port: UInt16(address.split(separator: ":").last ?? "") ?? 0)
  }

  private func asManager() throws -> [String: String] {
    let maker = try ChildProcess(
      Built.product("rossio"),
      ["token", "--role", "manager", "--id", "pictures", "--data", scratch.path + "/demo"],
      errorFile: scratch.path + "/token-errors")
    return ["Authorization": "Bearer " + (try maker.readLine() ?? "")]
  }

  /// A visit at reception's free counter that goes on.
  private func saveReception() throws {
    let console = try loggedIn(width: 1440, height: 900)
    try console.open(address + "/counter/?id=7")
    try console.waitFor("[data-action=call-next]:enabled")
    try console.press(" ")
    try console.waitFor(".here .number")
    try console.press("m")
    try console.waitFor("dialog[open] .filter")
    for service in ["nif", "utente"] {
      try console.type(service, into: ".filter")
      try console.press("\u{E007}")
    }
    try console.waitFor("[data-stop]:nth-child(2)")
    try save(console, "reception")
  }

  /// The page of a mediator who is at a counter now.
  private func saveMediator() throws {
    let manager = try asManager()
    var busy: String?
    while busy == nil {
      let view = try client().get("/v1/console/12", manager).json
      let pool = view["mediators"] as? [[String: Any]] ?? []
      busy = pool.first { $0["counter"] != nil }?["mediator"] as? String
      // The next line of the demo is the next thing that happens.
      if busy == nil { _ = try demo.readLine() }
    }
    let page = try loggedIn(width: 780, height: 1000)
    try page.open(address + "/mediator/?id=" + (busy ?? ""))
    try page.waitFor("body.called .counter")
    try save(page, "mediator")
  }

  /// The page of a visit of two stops in Arabic.
  private func savePhone() throws {
    let answer = try client().ask(
      "POST", "/v1/visits",
      #"{"stops":[{"service":"health-number"},{"service":"tax-number"}],"language":"ar"}"#,
      asManager())
    guard let visit = answer.json["visit"] as? String else {
      throw TestFailure("no visit: \(answer.text)")
    }
    let phone = try driver.open(width: 390, height: 800, scale: 1)
    try phone.open(address + "/phone/" + visit)
    try phone.waitFor(".number")
    try save(phone, "phone")
  }

  /// The native display draws the board itself, at half its size.
  private func saveNative() throws {
    let display = try ChildProcess(
      Built.product("rossio-display"),
      [
        "--server", address, "--screen", "hall-1", "--token-file",
        scratch.path + "/demo/hall-1.token", "--png", path("board"), "--scale", "0.5", "--mute",
        "--frames-log", scratch.path + "/frames",
      ], errorFile: scratch.path + "/display-errors")
    defer { display.endNow() }
    // Each line of the demo is a change; after some frames the board shows calls.
    while (try? String(contentsOfFile: scratch.path + "/frames", encoding: .utf8))?
      .split(separator: "\n").count ?? 0 < 3
    {
      _ = try demo.readLine()
    }
    display.send(signal: SIGTERM)
    #expect(try display.waitForEnd().ending == .exit(0))
  }

  private func saveSlip() throws {
    let preview = try ChildProcess(
      Built.product("rossio"),
      [
        "preview", "--service", "family-reunification", "--then", "school-enrolment", "--language",
        "ur",
        "--out", path("slip"),
      ],
      errorFile: scratch.path + "/preview-errors")
    #expect(try preview.waitForEnd().ending == .exit(0))
  }

  private func save(_ browser: Browser, _ name: String) throws {
    try browser.screenshot().write(to: URL(fileURLWithPath: path(name)))
  }

  private func path(_ name: String) -> String { (picturesFolder ?? "") + "/" + name + ".png" }
}
