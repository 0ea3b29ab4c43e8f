import Foundation
import Hall
import Testing
import Venue

/// The dialog for referral notes, and the note at the next counter.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(5)))
struct BrowserNoteTests {
  private let venue: VenueCopy
  private let hall: HallDirectory
  private let driver: BrowserDriver
  private static let secret = "471100"

  init() throws {
    venue = try VenueCopy()
    try venue.replace(
      #"to: "social-security", fields: ["outcomes", "language"],"#,
      with: #"to: "social-security", fields: ["outcomes", "language", "note"],"#,
      in: "agreements.json5")
    hall = try HallDirectory(venue: venue.path)
    try hall.addStaff(login: "aima", secret: Self.secret, role: .staff, agency: "migration")
    try hall.addStaff(login: "iss", secret: Self.secret, role: .staff, agency: "social-security")
    driver = try BrowserDriver()
  }

  @Test func `staff record the consent and write the note, and the next counter reads it`() throws {
    let token = try hall.token(.manager, "script")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let script = try daemon.client(token: token)
    let body = """
      {"language":"hi","stops":[{"service":"residence-renewal"},
      {"service":"social-security-number","after":["residence-renewal"]}]}
      """
    let visit = try #require(try script.post("/v1/visits", body)["visit"])
    let console = try open(daemon, login: "aima", counter: "9")
    try console.waitFor("[data-action=note]:disabled")
    try console.press(" ")
    try console.waitFor("[data-action=note]:enabled")
    // Without a tick for the client the daemon refuses, and nothing is written.
    try console.press("n")
    try console.waitFor("dialog[open] [data-code]")
    try console.click("[data-code=papers-missing]")
    try console.click("#save-note")
    try console.wait(until: "document.getElementById('refusal').textContent.includes('cliente')")
    try console.press("n")
    try console.waitFor("dialog[open] [data-code]")
    #expect(try checked(console).isEmpty)
    for code in ["papers-missing", "appointment-made"] { try console.click("[data-code=\(code)]") }
    try console.click("[data-reader=social-security][data-field=note]")
    try picture(console, "note-dialog")
    try console.click("#save-note")
    try console.waitFor("#print-receipt")
    try console.waitFor(".here .note")
    #expect(
      try console.text(".here .note") == "Migração: faltam documentos, marcação feita")
    try picture(console, "note-kept")
    try console.click("#print-receipt")
    try console.wait(until: "document.getElementById('message').textContent.includes('P2')")
    // Opened again, it shows what is kept and agreed to.
    try console.press("n")
    try console.waitFor("dialog[open] [data-field=note]:checked")
    #expect(try checked(console) == ["papers-missing", "appointment-made"])
    for code in ["urgent", "fee-paid", "copies-made"] { try console.click("[data-code=\(code)]") }
    let rest = "document.querySelectorAll('[data-code]:enabled').length"
    #expect(try console.value(rest) as? Int == 5, "five at most")
    try console.press("\u{E00C}")
    #expect(try script.post("/v1/counters/9/finish").status == 200)
    let next = try open(daemon, login: "iss", counter: "23")
    try next.press(" ")
    try next.waitFor(".here .note")
    #expect(try next.text(".here .note") == "Migração: faltam documentos, marcação feita")
    #expect(try next.value("document.querySelector('[data-action=note]')") is NSNull)
    try picture(next, "note-read")
    let phone = try driver.open(width: 390, height: 800)
    try phone.open(daemon.address + "/phone/\(visit)")
    try phone.waitFor(".shares [lang=hi]")
    #expect(try phone.text(".shares").contains("एक छोटा नोट"))
    try picture(phone, "note-phone")
    // The one refusal of above is the only complaint.
    let complaints = try console.consoleMessages().filter { !$0.contains("/v1/session") }
    #expect(complaints.count == 1 && complaints[0].contains("409"), "\(complaints)")
    #expect(try next.consoleMessages().filter { !$0.contains("/v1/session") } == [])
  }

  private func open(_ daemon: DaemonProcess, login: String, counter: String) throws -> Browser {
    let console = try driver.open(width: 1440, height: 900)
    try console.logIn(
      daemon.address + "/counter/?id=\(counter)", login: login, secret: Self.secret)
    try console.waitFor("[data-action=call-next]:enabled")
    return console
  }

  private func checked(_ console: Browser) throws -> [String] {
    try console.value(
      "Array.from(document.querySelectorAll('[data-code]:checked')).map(b => b.dataset.code)")
      as? [String] ?? []
  }

  /// With `ROSSIO_PICTURES=DIR`, what it looks like.
  private func picture(_ browser: Browser, _ name: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["ROSSIO_PICTURES"] else { return }
    try browser.screenshot().write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
  }
}
