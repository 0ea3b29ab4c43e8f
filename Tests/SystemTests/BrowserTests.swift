import Foundation
import Hall
import Testing
import Venue

/// The pages in a real Chromium against a real daemon: each browser is another device.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(5)))
struct BrowserTests {
  private let hall: HallDirectory
  private let kioskCode: String
  private let boardCode: String
  private let driver: BrowserDriver

  init() throws {
    hall = try HallDirectory()
    let access = try AccessStore(directory: hall.data)
    kioskCode = try access.addCode(role: .kiosk, id: "K1")
    boardCode = try access.addCode(role: .display, id: "hall-1")
    try access.setStaff(login: "saude-1", secret: "471100", role: .staff, agency: "health")
    try access.setStaff(login: "gestao", secret: "471100", role: .manager, agency: nil)
    driver = try BrowserDriver()
  }

  @Test
  func `a ticket taken in Arabic at the kiosk is called from the console and shown by the board`()
    throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let board = try openBoard(daemon)
    let kiosk = try openKiosk(daemon)

    let number = try takeTicket(kiosk, language: "ar", need: "health", service: "health-number")
    #expect(number.wholeMatch(of: /[A-Z][0-9]{3}/) != nil, "the number is '\(number)'")
    #expect(try kiosk.value("document.documentElement.dir") as? String == "rtl")

    let console = try openConsole(daemon, counter: "34")
    try console.wait(until: "document.querySelector('#next .code')?.textContent === '\(number)'")
    try console.press(" ")
    try console.wait(until: "document.querySelector('.here .number')?.textContent === '\(number)'")
    #expect(try console.text(".here .chip") == "العربية")

    try board.waitFor("[data-number=\"\(number)\"]")
    #expect(try board.text("[data-number=\"\(number)\"] .counter") == "34")
    let complaints = try [kiosk, board, console].flatMap(complaints)
    #expect(complaints == [])
  }

  @Test func `every text of the Arabic kiosk stands in its own language and direction`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    #expect(try strayTexts(kiosk) == [])
    try kiosk.click("[data-language=ar]")
    try kiosk.waitFor("[data-need=health]")
    #expect(try kiosk.value("document.querySelectorAll('.tile').length") as? Int == 6)
    #expect(try strayTexts(kiosk) == [])
    try kiosk.click("[data-need=health]")
    try kiosk.click("[data-service=health-number]")
    try kiosk.waitFor("#take")
    #expect(try strayTexts(kiosk) == [])
  }

  @Test func `a person who knows neither need nor service is sent to a person`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    try kiosk.click("[data-language=en]")
    try kiosk.waitFor("[data-need]")
    try kiosk.click("#person")
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    #expect(try kiosk.text("#number") == "R001")
  }

  @Test func `the next person at the kiosk finds nothing of the one before`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    try kiosk.click("#tools button:nth-child(2)")
    _ = try takeTicket(kiosk, language: "ur", need: "health", service: "health-number")
    try kiosk.click(".done")
    try kiosk.waitFor("[data-language]")
    let root = "document.documentElement"
    #expect(try kiosk.value("\(root).lang") as? String == "pt")
    #expect(try kiosk.value("\(root).dataset.contrast") as? String == "normal")
    #expect(try kiosk.value("document.body.textContent.includes('S001')") as? Bool == false)
    #expect(try kiosk.value("localStorage.length + sessionStorage.length") as? Int == 0)
  }

  @Test func `a number whose answer is lost on the way comes again, and is not issued twice`()
    throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    // The daemon has committed and answered; the page never hears of it.
    _ = try kiosk.value(
      """
      (() => {
        const real = globalThis.fetch;
        globalThis.lost = 0;
        globalThis.fetch = async (...wanted) => {
          const answer = await real(...wanted);
          if (String(wanted[0]).endsWith('/v1/visits') && globalThis.lost++ === 0) {
            throw new TypeError('lost');
          }
          return answer;
        };
        return true;
      })()
      """)
    #expect(
      try takeTicket(kiosk, language: "pt", need: "health", service: "health-number") == "S001")
    #expect(try kiosk.value("globalThis.lost") as? Int == 2, "asked twice")
    try kiosk.click(".done")
    #expect(
      try takeTicket(kiosk, language: "pt", need: "health", service: "health-number") == "S002")
  }

  @Test func `a second press of the space bar does not call a second person`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    for _ in 1...2 {
      _ = try takeTicket(kiosk, language: "pt", need: "health", service: "health-number")
      try kiosk.click(".done")
    }
    let console = try openConsole(daemon, counter: "34")
    try console.press(" ")
    try console.waitFor(".here .number")
    try console.press(" ")
    try console.wait(until: "document.getElementById('message').textContent.includes('2 s')")
    #expect(try console.text(".here .number") == "S001")
  }

  @Test func `a visit is forwarded by keyboard alone, and can be taken back`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    _ = try takeTicket(
      try openKiosk(daemon), language: "pt", need: "health", service: "health-number")
    let console = try openConsole(daemon, counter: "34")
    try console.press(" ")
    try console.waitFor(".here .number")
    try console.press("e")
    try console.waitFor("dialog[open] .filter")
    // Letters without their accents find "Número de contribuinte (NIF)".
    try console.type("numero nif", into: ".filter")
    try console.wait(until: "document.querySelectorAll('#targets li').length === 1")
    try console.press("\u{E007}")
    try console.waitFor(".here .goes-on")
    #expect(try console.text(".goes-on .way").contains("Balcões 17 a 19"))
    try console.waitFor("[data-action=undo]:enabled")
    try console.click("[data-action=undo]")
    try console.wait(until: "document.querySelector('.here .number')?.textContent === 'S001'")
  }

  @Test func `targets on the kiosk are at least 20 mm`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    // 3.8 CSS pixels a millimetre on the screens that kiosks have.
    let small = """
      Array.from(document.querySelectorAll('button'))
        .filter(b => b.offsetParent && (b.offsetHeight < 76 || b.offsetWidth < 76))
        .map(b => b.outerHTML)
      """
    #expect(try kiosk.value(small) as? [String] == [])
    try kiosk.click("[data-language=pt]")
    try kiosk.click("[data-need=health]")
    try kiosk.click("[data-service=health-number]")
    try kiosk.waitFor("#take")
    #expect(try kiosk.value(small) as? [String] == [])
  }

  @Test func `at 400 % zoom nothing on the kiosk is wider than the screen`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    // A screen of 1080 x 1920 at 400 %.
    let kiosk = try driver.open(width: 270, height: 480)
    try kiosk.open(daemon.address + "/kiosk/?enrol=" + kioskCode)
    try kiosk.click("[data-language=pt]")
    try kiosk.waitFor("[data-need]")
    #expect(try kiosk.value("document.documentElement.scrollWidth") as? Int == 270)
  }

  @Test func `the board says how old it is once the daemon is gone`() throws {
    let daemon = try hall.start()
    let board = try openBoard(daemon)
    try board.wait(until: "document.getElementById('clock').textContent !== ''")
    daemon.kill9()
    try board.wait(until: "document.querySelector('.notice.stale .as-of') !== null")
    let words = try board.text(".notice.stale .as-of")
    #expect(words.contains(/\d\d:\d\d/), "'\(words)' names the time")
  }

  @Test func `pages say that the clock is simulated`() throws {
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "60")
    defer { daemon.kill9() }
    for page in [try openKiosk(daemon), try openBoard(daemon)] {
      try page.wait(until: "document.getElementById('simulated').textContent.includes('×60')")
    }
  }

  @Test func `the manager sees what the kiosk has issued`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    _ = try takeTicket(
      try openKiosk(daemon), language: "pt", need: "health", service: "health-number")
    let manager = try driver.open(width: 1440, height: 900)
    try logIn(manager, daemon.address + "/manager/", login: "gestao")
    try manager.waitFor("[data-tile=tileWaiting]")
    #expect(try manager.text("[data-tile=tileWaiting] .value").hasPrefix("1"))
    #expect(try complaints(of: manager) == [])
  }

  @Test func `the manager sees what comes, once a day of the same weekday is remembered`() throws {
    let token = try hall.token(.manager, "script")
    for clock in ["2026-11-23T09:20", "2026-11-23T10:10", "2026-11-23T11:40"] {
      let daemon = try hall.start("--clock", clock, "--speed", "1")
      let client = try daemon.client(token: token)
      for _ in 0..<12 { _ = try client.post("/v1/visits", forReception) }
      #expect(try daemon.terminate() == .exit(0))
    }
    let daemon = try hall.start("--clock", "2026-11-30T10:20", "--speed", "1")
    defer { daemon.kill9() }
    let manager = try driver.open(width: 1440, height: 900)
    try logIn(manager, daemon.address + "/manager/", login: "gestao")
    try manager.waitFor(".chart .reach")
    #expect(try manager.value("document.querySelectorAll('.chart .reach').length") as? Int == 39)
    if let folder = ProcessInfo.processInfo.environment["ROSSIO_PICTURES"] {
      try manager.screenshot().write(to: URL(fileURLWithPath: folder + "/manager-forecast.png"))
    }
    #expect(try complaints(of: manager) == [])
  }

  // MARK: The way to each page

  private func openKiosk(_ daemon: DaemonProcess) throws -> Browser {
    let browser = try driver.open(width: 1080, height: 1920)
    try browser.open(daemon.address + "/kiosk/?enrol=" + kioskCode)
    try browser.waitFor("[data-language]")
    return browser
  }

  private func openBoard(_ daemon: DaemonProcess) throws -> Browser {
    let browser = try driver.open(width: 1920, height: 1080)
    try browser.open(daemon.address + "/board/?screen=hall-1&enrol=" + boardCode)
    try browser.waitFor("#headings span")
    return browser
  }

  private func openConsole(_ daemon: DaemonProcess, counter: String) throws -> Browser {
    let browser = try driver.open(width: 1440, height: 900)
    try logIn(browser, daemon.address + "/counter/?id=" + counter, login: "saude-1")
    try browser.waitFor("[data-action=call-next]:enabled")
    return browser
  }

  private func logIn(_ browser: Browser, _ address: String, login: String) throws {
    try browser.logIn(address, login: login, secret: "471100")
  }

  private func takeTicket(
    _ kiosk: Browser, language: String, need: String, service: String
  ) throws -> String {
    try kiosk.click("[data-language=\(language)]")
    try kiosk.click("[data-need=\(need)]")
    try kiosk.click("[data-service=\(service)]")
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    return try kiosk.text("#number")
  }

  // MARK: Oracles

  /// Complaints of a browser, without the one that is expected: asking who one is before a login.
  private func complaints(of browser: Browser) throws -> [String] {
    try browser.consoleMessages().filter { !$0.contains("/v1/session") }
  }

  /// Texts whose letters do not belong to the language that the page says they are in.
  private func strayTexts(_ kiosk: Browser) throws -> [String] {
    let script = """
      (() => {
        const scripts = { ar: 'Arabic', ur: 'Arabic', bn: 'Bengali', hi: 'Devanagari',
          ne: 'Devanagari', uk: 'Cyrillic', ti: 'Ethiopic', 'zh-Hans': 'Han' };
        const stray = [];
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const parent = walk.currentNode.parentElement;
          const text = walk.currentNode.data.replace(/[^\\p{L}]/gu, '');
          if (text === '' || parent.closest('bdi, script, noscript, #venue, .tool')) continue;
          const lang = parent.closest('[lang]').lang;
          const script = scripts[lang] ?? 'Latin';
          const dir = parent.closest('[dir]')?.dir;
          const isRight = new RegExp(`^\\\\p{Script=${script}}+$`, 'u').test(text)
            && dir === (script === 'Arabic' ? 'rtl' : 'ltr');
          if (!isRight) stray.push(`${lang} ${dir}: ${walk.currentNode.data}`);
        }
        return stray;
      })()
      """
    return try kiosk.value(script) as? [String] ?? ["no answer"]
  }
}
