import Foundation
import Hall
import Testing
import Venue

/// The mediator's page, and what the reception's console does for visits of several stops.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(5)))
struct BrowserMediatorTests {
  private let hall: HallDirectory
  private let driver: BrowserDriver
  private static let secret = "471100"

  init() throws {
    hall = try HallDirectory()
    try hall.addStaff(login: "ave", secret: Self.secret, role: .mediator, mediator: "m5")
    try hall.addStaff(login: "porta", secret: Self.secret, role: .reception)
    driver = try BrowserDriver()
  }

  @Test func `a mediator goes on duty, is called in large type with a sound, and takes a break`()
    throws
  {
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let page = try openMediator(daemon)
    #expect(try page.value("location.pathname") as? String == "/mediator/", "home of the role")
    try page.click("[data-duty=on-duty]")
    try page.waitFor("[data-duty=break]:enabled")
    // Counts what the chime would play, where there is nobody to hear it.
    _ = try page.value(
      """
      (() => {
        globalThis.tones = 0;
        const real = AudioContext.prototype.createOscillator;
        AudioContext.prototype.createOscillator = function () {
          globalThis.tones += 1;
          return real.call(this);
        };
        return true;
      })()
      """)
    let script = try daemon.client(token: token)
    let body = #"{"service":"residence-renewal","language":"ar"}"#
    let issued = try script.post("/v1/visits", body)
    let number = try #require(issued["number"])
    // Counter 9 speaks Portuguese and English.
    #expect(try script.post("/v1/counters/9/call-next")["number"] == number)
    try page.waitFor("body.called .counter")
    #expect(try page.text(".counter") == "9" && page.text(".who .code") == number)
    #expect(try page.text(".who [lang=ar]") == "العربية")
    #expect(try page.value("document.querySelectorAll('[data-duty]:enabled').length") as? Int == 0)
    let tones = try #require(try page.value("globalThis.tones") as? Int)
    #expect(tones > 0, "a call sounds")
    #expect(try script.post("/v1/counters/9/recall").status == 200)
    try page.waitFor(".again")
    #expect(try page.value("globalThis.tones") as? Int == 2 * tones, "and so does a recall")
    // Nothing of the client but number and language has come to this page.
    let words = try page.text("main")
    #expect(!words.contains("residência") && !words.contains("Migração"), "\(words)")
    #expect(try script.post("/v1/counters/9/finish").status == 200)
    try page.wait(until: "!document.body.classList.contains('called')")
    try page.click("[data-duty=break]")
    try page.waitFor("[data-duty=on-duty]")
    #expect(try page.value("document.documentElement.scrollWidth <= innerWidth") as? Bool == true)
    #expect(try page.consoleMessages().filter { !$0.contains("/v1/session") } == [])
  }

  @Test func `a mediator's login changes nobody's duty but the own, and sees no other page`() throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let page = try openMediator(daemon)
    for (method, path) in [
      ("POST", "/v1/mediators/m1/on-duty"), ("GET", "/v1/mediator/m1"), ("GET", "/v1/console/1"),
      ("GET", "/v1/dashboard/main"), ("POST", "/v1/counters/9/call-next"),
    ] {
      let status = try page.value("fetch('\(path)', {method: '\(method)'}).then(a => a.status)")
      #expect(status as? Int == 403, "\(method) \(path)")
    }
    let own = try page.value(
      "fetch('/v1/mediators/m5/on-duty', {method: 'POST'}).then(a => a.status)")
    #expect(own as? Int == 200)
  }

  @Test func `reception builds a visit of three stops by keyboard, one after another`() throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let console = try openReception(daemon)
    try console.press("v")
    try console.waitFor("dialog[open] .filter")
    for (typed, service) in [
      ("residencia renov", "residence-renewal"), ("nif", "tax-number"), ("utente", "health-number"),
    ] {
      try console.type(typed, into: ".filter")
      try console.press(Self.enter)
      try console.waitFor("[data-stop=\(service)]")
    }
    try console.click("#after-tax-number")
    try console.click("[data-stop=health-number] button")
    try console.wait(until: "document.querySelectorAll('[data-stop]').length === 2")
    try console.click("#send-visit")
    // Tax is free sooner, but comes after the residence permit.
    try console.wait(until: "document.getElementById('message').textContent.includes('K001')")
    #expect(try console.consoleMessages().filter { !$0.contains("/v1/session") } == [])
  }

  @Test func `reception adds a matter to the visit at the desk, brings a mediator, shows the way`()
    throws
  {
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let script = try daemon.client(token: token)
    let body = #"{"service":"reception","language":"ar","people":3}"#
    #expect(try script.post("/v1/visits", body).status == 201)
    let console = try openReception(daemon)
    // Counter 7 speaks Arabic, so that no mediator comes by herself.
    try console.open(daemon.address + "/counter/?id=7")
    try console.waitFor("[data-action=call-next]:enabled")
    try console.click("#on-duty-m5")
    try console.waitFor("#off-duty-m5")
    try console.press(" ")
    try console.waitFor(".here .number")
    try console.click("#bring-m5")
    try console.waitFor("#off-duty-m5:disabled")
    try console.press("m")
    try console.waitFor("dialog[open] .filter")
    try console.type("nif", into: ".filter")
    try console.press(Self.enter)
    try console.waitFor("[data-stop=tax-number]")
    try console.click("#send-visit")
    try console.wait(until: "document.getElementById('message').textContent.includes('1')")
    try console.press("t")
    try console.waitFor("dialog[open] [data-outcome]")
    try console.press(Self.enter)
    try console.waitFor(".goes-on .way")
    // In the staff's language and in the client's.
    #expect(try console.text(".way[lang=pt]").contains("17 a 19"))
    #expect(try console.text(".way[lang=ar][dir=rtl]").contains("17"))
    #expect(try !console.text(".goes-on").contains("NIF"), "no agreement lets reception read it")
    try console.click("#reprint-next")
    try console.wait(until: "document.getElementById('message').textContent.includes('P1')")
    #expect(try console.consoleMessages().filter { !$0.contains("/v1/session") } == [])
  }

  private static let enter = "\u{E007}"

  private func openMediator(_ daemon: DaemonProcess) throws -> Browser {
    let page = try driver.open(width: 390, height: 800)
    try page.logIn(daemon.address + "/login/", login: "ave", secret: Self.secret)
    try page.waitFor("[data-duty]:enabled")
    return page
  }

  private func openReception(_ daemon: DaemonProcess) throws -> Browser {
    let console = try driver.open(width: 1440, height: 900)
    try console.logIn(daemon.address + "/counter/?id=1", login: "porta", secret: Self.secret)
    try console.waitFor("[data-action=new-visit]:enabled")
    return console
  }
}
