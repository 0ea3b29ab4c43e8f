import Foundation
import Hall
import Testing
import Venue

/// Visits of several stops, as the pages build and show them.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(5)))
struct BrowserJourneyTests {
  private let hall: HallDirectory
  private let driver: BrowserDriver
  private static let secret = "471100"

  init() throws {
    hall = try HallDirectory()
    driver = try BrowserDriver()
  }

  @Test(arguments: ["pt", "ar"])
  func `three matters at the kiosk are one number, with a range and the places to come`(
    language: String
  ) throws {
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    // Without an open counter nobody can say how long it takes.
    for counter in [17, 31, 34] {
      _ = try daemon.client(token: token).post("/v1/counters/\(counter)/open", "")
    }
    let kiosk = try openKiosk(daemon)
    try kiosk.click("[data-language=\(language)]")
    try choose(kiosk, "taxes", "tax-number")
    try kiosk.click("#another")
    try choose(kiosk, "health", "health-number")
    try kiosk.click("#another")
    try choose(kiosk, "home", "urgent-support")
    try kiosk.wait(until: "document.querySelectorAll('.matters li').length === 3")
    #expect(try kiosk.value("document.getElementById('another')") is NSNull, "three at most")
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    #expect(try kiosk.text(".range").matches(of: /[0-9]+/).count == 2, "a range, not one number")
    // What comes first is the daemon's choice; the neutral one is never named.
    #expect(try kiosk.value("document.querySelectorAll('.later li').length") as? Int == 2)
    let screen = try kiosk.text("#screen")
    let pack = try daemon.client().get("/v1/languages/\(language)", [:]).json
    let names = try #require(pack["services"] as? [String: String])
    let tax = try #require(names["tax-number"])
    let urgent = try #require(names["urgent-support"])
    #expect(screen.contains(tax) && !screen.contains(urgent), "\(screen)")
    #expect(try kiosk.consoleMessages().filter { !$0.contains("/v1/session") } == [])
  }

  @Test func `one matter needs no tap more, and a matter can go again`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon)
    try kiosk.click("[data-language=pt]")
    try choose(kiosk, "taxes", "tax-number")
    try kiosk.waitFor("#take")
    // Another matter after all not: back keeps the first.
    try kiosk.click("#another")
    try kiosk.click(".back")
    try kiosk.waitFor("#take")
    #expect(try kiosk.value("document.querySelectorAll('.matters li').length") as? Int == 0)
    try kiosk.click("#another")
    try kiosk.click("[data-need=taxes]")
    try kiosk.waitFor("[data-service=tax-number]:disabled")
    try kiosk.click("[data-service=tax-return]")
    try kiosk.click("[data-remove=tax-number]")
    try kiosk.wait(until: "document.querySelector('.matters') === null")
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    #expect(try kiosk.value("document.querySelector('.later')") is NSNull)
    try kiosk.click(".done")
    try kiosk.waitFor("[data-language]")
    #expect(try kiosk.value("globalThis.kiosk.state.matters.length") as? Int == 0, "wiped")
  }

  @Test func `several matters fit 400 % zoom, with large targets, in Urdu`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try openKiosk(daemon, width: 270, height: 480)
    try kiosk.click("[data-language=ur]")
    try choose(kiosk, "documents", "residence-renewal")
    try kiosk.click("#another")
    try choose(kiosk, "home", "urgent-support")
    try kiosk.waitFor("[data-remove]")
    let width = "document.documentElement.scrollWidth"
    #expect(try kiosk.value(width) as? Int == 270)
    let small = """
      Array.from(document.querySelectorAll('button'))
        .filter(b => b.offsetParent && (b.offsetHeight < 76 || b.offsetWidth < 76))
        .map(b => b.outerHTML)
      """
    #expect(try kiosk.value(small) as? [String] == [])
    try kiosk.click("#take")
    try kiosk.waitFor("#number")
    #expect(try kiosk.value(width) as? Int == 270)
  }

  private func openKiosk(
    _ daemon: DaemonProcess, width: Int = 1080, height: Int = 1920
  ) throws -> Browser {
    let code = try hall.rossio("enrol", "kiosk", "K1", "--data", hall.data).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let browser = try driver.open(width: width, height: height)
    try browser.open(daemon.address + "/kiosk/?enrol=" + code)
    try browser.waitFor("[data-language]")
    return browser
  }

  private func choose(_ kiosk: Browser, _ need: String, _ service: String) throws {
    try kiosk.click("[data-need=\(need)]")
    try kiosk.click("[data-service=\(service)]")
  }
}
