import Foundation
import Hall
import Testing
import Venue
import VirtualPrinters

/// People see at console and manager page what is wrong with printers, and mend it from there.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(4)))
struct BrowserPrinterTests {
  private let venue: VenueCopy
  private let hall: HallDirectory
  private let driver: BrowserDriver
  private let first: VirtualPrinter
  private let second: VirtualPrinter
  private static let secret = "471100"

  init() throws {
    venue = try PrinterTrouble.venueThatTakesNothingBack()
    hall = try HallDirectory(venue: venue.path)
    try hall.addStaff(login: "desk", secret: Self.secret, role: .reception)
    try hall.addStaff(login: "tax", secret: Self.secret, role: .staff, agency: "tax")
    try hall.addStaff(login: "boss", secret: Self.secret, role: .manager)
    driver = try BrowserDriver()
    first = try PrinterTrouble.losingItsFirstSlip {}
    second = try PrinterTrouble.none()
  }

  private func start() throws -> DaemonProcess {
    try hall.start(
      "--printer", "P1=127.0.0.1:\(first.port)", "--printer", "P2=127.0.0.1:\(second.port)")
  }

  private func end(_ daemon: DaemonProcess) throws {
    #expect(try daemon.terminate() == .exit(0))
    first.stop()
    second.stop()
  }

  private func console(_ daemon: DaemonProcess, _ login: String, _ counter: String) throws
    -> Browser
  {
    let console = try driver.open(width: 1440, height: 900)
    try console.logIn(
      daemon.address + "/counter/?id=\(counter)", login: login, secret: Self.secret)
    try console.waitFor("[data-action=call-next]")
    return console
  }

  private func manager(_ daemon: DaemonProcess, wallboard: Bool = false) throws -> Browser {
    let page = try driver.open(width: 1440, height: 900)
    try page.logIn(daemon.address + "/manager/", login: "boss", secret: Self.secret)
    if wallboard {
      try page.waitFor(".printers [data-printer]")
      try page.open(daemon.address + "/manager/?wallboard")
    }
    try page.waitFor(".printers [data-printer]")
    return page
  }

  private func issue(_ daemon: DaemonProcess, _ kiosk: String) throws -> String {
    try #require(try daemon.client(token: kiosk).post("/v1/visits", forReception)["number"])
  }

  /// With `ROSSIO_PICTURES=DIR`, what it looks like.
  private func picture(_ browser: Browser, _ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["ROSSIO_PICTURES"] else { return }
    try browser.screenshot().write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
  }

  /// Dialog and foot at 400 % zoom: nothing is cut off at the side.
  private func narrow(_ daemon: DaemonProcess, _ number: String) throws {
    let console = try driver.open(width: 360, height: 640)
    try console.logIn(daemon.address + "/counter/?id=17", login: "tax", secret: Self.secret)
    try console.waitFor("#care [data-care=\(number)]")
    let width = "document.documentElement.scrollWidth"
    #expect(try console.value(width) as? Int == 360)
    try console.press("s")
    try console.waitFor("dialog[open] .slips [data-slip=\(number)]")
    let dialog = "document.getElementById('dialog')"
    #expect(try console.value("\(dialog).scrollWidth <= \(dialog).clientWidth") as? Bool == true)
    try picture(console, "console-narrow")
    try expectQuiet(console)
  }

  private func outcomes() throws -> [String] {
    try hall.records().compactMap { record in
      guard case .slipReported(let report) = record.event else { return nil }
      return report.outcome.rawValue + (report.isCopy ? " copy" : "") + " " + report.printer.text
    }
  }

  private func expectQuiet(_ pages: Browser...) throws {
    for page in pages {
      #expect(try page.consoleMessages().filter { !$0.contains("/v1/session") } == [])
    }
  }

  @Test func `a slip lost in the middle stands at every console, and Print again makes a copy`()
    throws
  {
    let kiosk = try hall.token(.kiosk, "K1")
    let daemon = try start()
    let desk = try console(daemon, "desk", "1")
    let office = try console(daemon, "tax", "17")
    let page = try manager(daemon)
    let number = try issue(daemon, kiosk)
    for view in [desk, office] {
      try view.waitFor("#care [data-care=\(number)] .state.beyond")
      #expect(try view.text("#care [data-care=\(number)]").contains("em dúvida"))
    }
    try page.waitFor(".slips [data-slip=\(number)] .state.beyond")
    #expect(try page.text("#needs").contains(number))
    try page.waitFor(".slips .evidence")
    let reasons = ["Perdeu-se a ligação à impressora.", "A impressora não respondeu."]
    #expect(reasons.contains(try page.text(".slips .evidence")))
    let english = try page.value("document.querySelector('.slips .evidence').title") as? String
    #expect(english?.isEmpty == false && english?.contains("igação") == false)
    // By keyboard alone: S, then Enter on the first key, which is Print again.
    try office.press("s")
    try office.waitFor("dialog[open] .slips [data-slip=\(number)]")
    #expect(
      try office.value("document.activeElement.id") as? String == "retry-\(number)")
    try picture(office, "console-dialog")
    try narrow(daemon, number)
    // The dialog follows the hall, and the focus stays where it was.
    PrinterTrouble.nearEnd.happen(to: second)
    try office.waitFor("dialog[open] [data-printer=P2] .state.near")
    #expect(
      try office.value("document.activeElement.id") as? String == "retry-\(number)")
    try office.press("\u{E007}")
    try office.wait(until: "document.getElementById('message').textContent.includes('\(number)')")
    for view in [desk, office] {
      try view.wait(until: "document.querySelector('#care [data-care=\(number)]') === null")
    }
    try page.wait(until: "document.querySelector('.slips') === null")
    try expectQuiet(desk, office, page)
    try end(daemon)
    #expect(try outcomes() == ["unknown P1", "printed copy P1"])
  }

  @Test func `Settled takes a slip off every list, from the console's foot`() throws {
    let kiosk = try hall.token(.kiosk, "K1")
    let daemon = try start()
    let desk = try console(daemon, "desk", "1")
    let office = try console(daemon, "tax", "17")
    let page = try manager(daemon)
    let number = try issue(daemon, kiosk)
    try office.waitFor("#care [data-care=\(number)]")
    try page.waitFor(".slips [data-slip=\(number)]")
    try desk.click("#care-discard-\(number)")
    for view in [desk, office] {
      try view.wait(until: "document.querySelector('#care [data-care=\(number)]') === null")
    }
    try page.wait(until: "document.querySelector('.slips') === null")
    try expectQuiet(desk, office, page)
    try end(daemon)
    #expect(try outcomes() == ["unknown P1", "discarded copy P1"])
  }

  @Test func `the manager sees every printer with its state, and prints a slip elsewhere`() throws {
    let kiosk = try hall.token(.kiosk, "K1")
    let daemon = try start()
    let page = try manager(daemon)
    let number = try issue(daemon, kiosk)
    try page.waitFor(".slips [data-slip=\(number)]")
    PrinterTrouble.paperOut.happen(to: first)
    PrinterTrouble.nearEnd.happen(to: second)
    try page.waitFor("[data-printer=P1] .state.beyond")
    try page.waitFor("[data-printer=P2] .state.near")
    try page.wait(
      until: "document.querySelector('[data-printer=P1]').textContent.includes('sem papel')")
    #expect(try page.value("document.querySelectorAll('[data-printer]').length") as? Int == 3)
    let low = try page.text("[data-printer=P2]")
    #expect(low.contains("papel a acabar") && low.firstMatch(of: /restam cerca de [0-9]+/) != nil)
    #expect(try page.text("[data-printer=P3]").contains("sem ligação"))
    // Only what works is offered.
    let offered =
      "Array.from(document.querySelectorAll('#where-\(number) option')).map(o => o.value)"
    try page.wait(until: "\(offered).join() === 'P2'")
    try picture(page, "manager-needs")
    _ = try page.value("document.getElementById('printers').scrollIntoView()")
    try picture(page, "manager-trouble")
    let wall = try manager(daemon, wallboard: true)
    try wall.waitFor(".slips [data-slip=\(number)]")
    #expect(try wall.value("document.querySelectorAll('#printers button').length") as? Int == 0)
    try page.click("#retry-\(number)")
    try page.wait(until: "document.querySelector('.slips') === null")
    try expectQuiet(page, wall)
    try end(daemon)
    #expect(try outcomes() == ["unknown P1", "printed copy P2"])
  }

  @Test func `a printer that does not answer is told so in words, which fit at 400 % zoom`() throws
  {
    let silent = try VirtualPrinter(port: 0, faults: [VirtualFault("silent,never")]) { _ in }
    let daemon = try hall.start(
      "--printer", "P1=127.0.0.1:\(silent.port)", "--printer", "P2=127.0.0.1:\(second.port)")
    let console = try driver.open(width: 360, height: 640)
    try console.logIn(daemon.address + "/counter/?id=17", login: "tax", secret: Self.secret)
    try console.wait(
      until: "document.querySelector('#care [data-care=P1]')?.textContent.includes('não responde')")
    #expect(try console.value("document.documentElement.scrollWidth") as? Int == 360)
    try console.press("s")
    try console.waitFor("dialog[open] [data-printer=P1] .state.beyond")
    #expect(try console.text("[data-printer=P1] strong").contains("tampa aberta"))
    let dialog = "document.getElementById('dialog')"
    #expect(try console.value("\(dialog).scrollWidth <= \(dialog).clientWidth") as? Bool == true)
    try picture(console, "console-silent-narrow")
    try expectQuiet(console)
    try end(daemon)
    silent.stop()
  }

  @Test func `the window stays open for the next slip in doubt, and its keys stay in it`() throws {
    let third = try PrinterTrouble.losingItsFirstSlip {}
    defer { third.stop() }
    let kiosks = try ["K1", "K2"].map { try hall.token(.kiosk, $0) }
    let daemon = try hall.start(
      "--printer", "P1=127.0.0.1:\(first.port)", "--printer", "P2=127.0.0.1:\(third.port)",
      "--printer", "P3=127.0.0.1:\(second.port)")
    let desk = try console(daemon, "desk", "1")
    let numbers = try kiosks.map { try issue(daemon, $0) }
    for number in numbers { try desk.waitFor("#care [data-care=\(number)] .state.beyond") }
    try desk.press("s")
    for number in numbers { try desk.waitFor("dialog[open] .slips [data-slip=\(number)]") }
    // The newest first: its key, then the next one's, without a tab.
    let focus = "document.activeElement.id"
    #expect(try desk.value(focus) as? String == "retry-\(numbers[1])")
    try desk.press("\u{E007}")
    try desk.wait(until: "document.querySelector('.slips [data-slip=\(numbers[1])]') === null")
    #expect(try desk.value("document.getElementById('dialog').open") as? Bool == true)
    #expect(try desk.value(focus) as? String == "retry-\(numbers[0])")
    try desk.press("\u{E007}")
    try desk.wait(until: "!document.getElementById('dialog').open")
    for number in numbers {
      try desk.wait(until: "document.querySelector('#care [data-care=\(number)]') === null")
    }
    try expectQuiet(desk)
    try end(daemon)
    let calls = try hall.records().filter { if case .called = $0.event { true } else { false } }
    #expect(calls.isEmpty, "nobody was called")
  }

  @Test
  func `paper that runs low warns at the console, and a printer without paper is passed over`()
    throws
  {
    let kiosk = try hall.token(.kiosk, "K1")
    let daemon = try start()
    let desk = try console(daemon, "desk", "1")
    try desk.waitFor("[data-action=call-next]:enabled")
    PrinterTrouble.nearEnd.happen(to: second)
    try desk.waitFor("#care [data-care=P2] .state.near")
    #expect(try desk.text("#care [data-care=P2]").firstMatch(of: /cerca de [0-9]+ papéis/) != nil)
    let number = try issue(daemon, kiosk)
    try desk.waitFor("#care [data-care=\(number)]")
    PrinterTrouble.coverOpen.happen(to: first)
    try desk.wait(
      until: "document.querySelector('#care [data-care=P1]')?.textContent.includes('tampa aberta')")
    try desk.waitFor("#care [data-care=P1] .state.beyond")
    // Nobody shows the four boards here: they share one place behind the printers.
    let screens = try desk.text("#care li:last-child[data-care=screens]")
    #expect(screens.hasPrefix("Ecrãs sem imagem: hall-1, hall-2, hall-3, hall-4"))
    try picture(desk, "console-trouble")
    // Where it would only wait, Print again asks where; what works is chosen.
    try desk.click("#care-retry-\(number)")
    try desk.waitFor("dialog[open] #where-\(number)")
    #expect(try desk.value("document.getElementById('where-\(number)').value") as? String == "P2")
    try desk.click("dialog #retry-\(number)")
    try desk.wait(until: "document.querySelector('#care [data-care=\(number)]') === null")
    // One more slip for whoever is here comes out where it can.
    try desk.press(" ")
    try desk.waitFor(".here .number")
    try desk.press("i")
    try desk.wait(until: "document.getElementById('message').textContent.includes('P2')")
    try desk.press("s")
    try desk.waitFor("dialog[open] .here-now select")
    #expect(try desk.value("document.querySelector('.here-now select').value") as? String == "P2")
    try picture(desk, "console-dialog-trouble")
    try expectQuiet(desk)
    try end(daemon)
  }
}
