import Foundation

/// A chromedriver that tests have started, and the browsers that it opens.
///
/// Speaks WebDriver (W3C recommendation of 2018) in plain JSON; there is no library between.
final class BrowserDriver {
  private static let driverPath = "/usr/bin/chromedriver"
  private static let browserPath = "/usr/bin/chromium"
  /// The reason that a skipped test prints.
  static let reason = "needs Debian's packages chromium and chromium-driver"

  static var isInstalled: Bool {
    [driverPath, browserPath].allSatisfy(FileManager.default.isExecutableFile)
  }

  private let scratch: ScratchDirectory
  private let process: ChildProcess
  private let port: UInt16

  /// Starts a driver on a port that the kernel picks.
  init() throws {
    scratch = try ScratchDirectory()
    (process, port) = try Self.start(log: scratch.path + "/chromedriver.log")
  }

  /// It takes a port of IPv4 and the same one of IPv6, which somebody else may have: then another.
  private static func start(log: String, tries: Int = 4) throws -> (ChildProcess, UInt16) {
    let process = try ChildProcess(driverPath, ["--port=0"], errorFile: log)
    do {
      return (process, try announcedPort(process))
    } catch  where tries > 1 && process.errors.contains("Address already in use") {
      return try start(log: log, tries: tries - 1)
    }
  }

  /// Waits for "ChromeDriver was started successfully on port 12345."
  private static func announcedPort(_ process: ChildProcess) throws -> UInt16 {
    let mark = "started successfully on port "
    while let line = try process.readLine() {
      guard let range = line.range(of: mark) else { continue }
      guard let port = UInt16(line[range.upperBound...].prefix { $0.isNumber }) else { break }
      return port
    }
    throw TestFailure("chromedriver did not say its port: \(process.errors)")
  }

  /// Opens a browser with no cookies: another device in the building. Sizes are CSS pixels.
  /// - Parameter scale: pixels of a screenshot for each pixel of the page.
  func open(width: Int, height: Int, scale: Double = 1) throws -> Browser {
    try Browser(client: HTTPClient(port: port), width: width, height: height, scale: scale)
  }
}

/// One browser window without a screen. Used by one thread at a time.
final class Browser {
  private let client: HTTPClient
  private let session: String
  /// How long a page may take to come to what a test waits for.
  private static let waitMilliseconds = 20_000
  /// A page that leads on to another one takes the look at it along: it is begun anew so often.
  private static let lookMilliseconds = 2_000
  private static let looks = 20

  fileprivate init(client: HTTPClient, width: Int, height: Int, scale: Double) throws {
    self.client = client
    let options: [String: Any] = [
      "args": [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--hide-scrollbars", "--window-size=\(width),\(height)",
      ]
    ]
    let wanted: [String: Any] = [
      "capabilities": [
        "alwaysMatch": [
          "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
          "timeouts": ["script": Self.lookMilliseconds, "pageLoad": Self.waitMilliseconds],
        ]
      ]
    ]
    let value = try Self.send(client, "POST", "/session", wanted)
    guard let opened = value as? [String: Any], let id = opened["sessionId"] as? String else {
      throw TestFailure("chromedriver opened no browser")
    }
    session = "/session/" + id
    _ = try ask(
      "POST", "/goog/cdp/execute",
      [
        "cmd": "Emulation.setDeviceMetricsOverride",
        "params": ["width": width, "height": height, "deviceScaleFactor": scale, "mobile": false],
      ])
  }

  /// A browser that is let go is closed; its driver ends with the test.
  deinit { _ = try? Self.send(client, "DELETE", session, nil) }

  func open(_ address: String) throws { _ = try ask("POST", "/url", ["url": address]) }

  /// The value of a JavaScript expression in the page.
  func value(_ expression: String) throws -> Any {
    try ask("POST", "/execute/sync", ["script": "return \(expression)", "args": []])
  }

  func text(_ selector: String) throws -> String {
    try value("document.querySelector(\(quoted(selector)))?.textContent ?? ''") as? String ?? ""
  }

  /// Waits until `expression` is true in the page, looking again whenever the page changes.
  func wait(until expression: String) throws {
    let script = """
      const done = arguments[arguments.length - 1];
      const look = () => { if (!(\(expression))) return false; watch.disconnect(); done(true);
        return true; };
      const watch = new MutationObserver(look);
      if (!look()) watch.observe(document, { subtree: true, childList: true, attributes: true,
        characterData: true });
      """
    var last: TestFailure?
    for _ in 0..<Self.looks {
      do {
        _ = try ask("POST", "/execute/async", ["script": script, "args": []])
        return
      } catch let failure as TestFailure {
        last = failure
        guard ["timeout", "unload", "navigation"].contains(where: "\(failure)".contains) else {
          break
        }
      }
    }
    let why = last.map { "\($0)" } ?? ""
    throw TestFailure("waited in vain for \(expression): \(why); \(try consoleMessages())")
  }

  func waitFor(_ selector: String) throws {
    try wait(until: "document.querySelector(\(quoted(selector))) !== null")
  }

  /// Clicks like a finger: the element has to be there, in sight and not covered.
  func click(_ selector: String) throws { try act("click", [:], on: selector) }

  func type(_ text: String, into selector: String) throws {
    try act("value", ["text": text], on: selector)
  }

  /// A page may draw an element anew, or come without it for a moment, between our looking and our
  /// doing: then it is done anew.
  private func act(_ action: String, _ body: [String: Any], on selector: String) throws {
    for _ in 1..<Self.looks {
      do {
        try waitFor(selector)
        _ = try ask("POST", "/element/\(element(selector))/\(action)", body)
        return
      } catch let failure as TestFailure
        where ["stale element", "no such element"].contains(where: "\(failure)".contains)
      {
        continue
      }
    }
    _ = try ask("POST", "/element/\(element(selector))/\(action)", body)
  }

  /// Opens a page that asks for a login, and logs in.
  func logIn(_ address: String, login: String, secret: String) throws {
    try open(address)
    try wait(until: "document.querySelector('#languages button') !== null")
    try type(login, into: "#login")
    try type(secret, into: "#secret")
    try click("#go")
  }

  /// Presses a key and lets it go, wherever the focus is.
  func press(_ key: String) throws {
    let strokes = [["type": "keyDown", "value": key], ["type": "keyUp", "value": key]]
    let source: [String: Any] = ["type": "key", "id": "keyboard", "actions": strokes]
    _ = try ask("POST", "/actions", ["actions": [source]])
  }

  /// What the page looks like, as a PNG.
  func screenshot() throws -> Data {
    let shown = try ask(
      "POST", "/goog/cdp/execute",
      ["cmd": "Page.captureScreenshot", "params": ["format": "png"]])
    guard let text = (shown as? [String: Any])?["data"] as? String,
      let picture = Data(base64Encoded: text)
    else { throw TestFailure("chromedriver gave no picture") }
    return picture
  }

  /// What the browser has complained about since this was last asked: errors of scripts, refused
  /// requests, breaches of the content security policy.
  func consoleMessages() throws -> [String] {
    let entries = try ask("POST", "/se/log", ["type": "browser"]) as? [[String: Any]] ?? []
    return entries.compactMap { $0["message"] as? String }
  }

  private func element(_ selector: String) throws -> String {
    let found = try ask("POST", "/element", ["using": "css selector", "value": selector])
    guard let id = (found as? [String: String])?.values.first else {
      throw TestFailure("there is no \(selector)")
    }
    return id
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "\\'") + "'"
  }

  private func ask(_ method: String, _ path: String, _ body: [String: Any]) throws -> Any {
    try Self.send(client, method, session + path, body)
  }

  /// - Returns: the answer's `value`.
  private static func send(
    _ client: HTTPClient, _ method: String, _ path: String, _ body: [String: Any]?
  ) throws -> Any {
    let text = try body.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
    }
    let answer = try client.ask(method, path, text, ["Content-Type": "application/json"])
    let value = answer.json["value"] ?? NSNull()
    guard answer.status == 200 else {
      let message = (value as? [String: Any])?["message"] as? String ?? answer.text
      throw TestFailure("\(method) \(path): \(message.prefix(300))")
    }
    return value
  }
}
