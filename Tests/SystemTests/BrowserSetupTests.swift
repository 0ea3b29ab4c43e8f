import Foundation
import Hall
import Testing
import Venue

/// What the pages say while somebody sets devices up, and how they fit the screens that devices have.
@Suite(
  .serialized, .enabled(if: BrowserDriver.isInstalled, Comment(rawValue: BrowserDriver.reason)),
  .timeLimit(.minutes(5)))
struct BrowserSetupTests {
  private let hall: HallDirectory
  private let access: AccessStore
  private let driver: BrowserDriver

  init() throws {
    hall = try HallDirectory()
    access = try AccessStore(directory: hall.data)
    driver = try BrowserDriver()
  }

  @Test func `the link of an enrolment may stand in the autostart of the device`() throws {
    let kioskLink = "/kiosk/?enrol=" + (try access.addCode(role: .kiosk, id: "K1"))
    let boardLink = "/board/?enrol=" + (try access.addCode(role: .display, id: "hall-1"))
    let counterLink = "/counter/?enrol=" + (try access.addCode(role: .counter, id: "34"))
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let signs = [
      kioskLink: "[data-language]", boardLink: "#headings span", counterLink: "[data-action]",
    ]
    for (link, sign) in signs {
      let device = try driver.open(width: 1280, height: 800)
      for _ in 1...2 {
        try device.open(daemon.address + link)
        try device.waitFor(sign)
        try device.wait(until: "!location.search.includes('enrol')")
      }
    }
  }

  @Test(arguments: [
    ("/kiosk/?enrol=NOCODE", "rossio enrol kiosk"),
    ("/board/?enrol=NOCODE", "rossio enrol display"),
    ("/counter/?enrol=NOCODE", "rossio enrol counter"),
  ])
  func `a wrong code is explained, with the way to a new one and to the login`(
    link: String, hint: String
  ) throws {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let device = try driver.open(width: 1280, height: 800)
    try device.open(daemon.address + link)
    try device.wait(until: "document.querySelector('a[href^=\"/login/\"]') !== null")
    #expect(try device.text("body").contains(hint))
  }

  @Test func `a device of which the venue knows nothing says so`() throws {
    let kioskLink = "/kiosk/?enrol=" + (try access.addCode(role: .kiosk, id: "K9"))
    let boardLink = "/board/?enrol=" + (try access.addCode(role: .display, id: "hall-9"))
    let daemon = try hall.start()
    defer { daemon.kill9() }
    for (link, sentence) in [kioskLink: "no kiosk K9", boardLink: "no screen hall-9"] {
      let device = try driver.open(width: 1280, height: 800)
      try device.open(daemon.address + link)
      try device.wait(until: "document.body.textContent.includes('\(sentence)')")
    }
  }

  @Test func `a phone with a wrong link is told so in the host language, English and Arabic`()
    throws
  {
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let phone = try driver.open(width: 390, height: 844)
    try phone.open(daemon.address + "/phone/abcdefabcdef")
    for tag in ["pt", "en", "ar"] { try phone.waitFor("strong:lang(\(tag))") }
    #expect(try phone.text("strong:lang(en)").contains("link is wrong"))
  }

  @Test(arguments: [(1080, 1920), (1080, 1777), (1280, 800), (1366, 768)])
  func `every tile and the way to a person fit the screen at the normal size of text`(
    width: Int, height: Int
  ) throws {
    let code = try access.addCode(role: .kiosk, id: "K1")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let kiosk = try driver.open(width: width, height: height)
    try kiosk.open(daemon.address + "/kiosk/?enrol=" + code)
    try kiosk.waitFor("[data-language]")
    #expect(try kiosk.value(Self.hidden) as? [String] == [])
    try kiosk.click("[data-language=ur]")
    try kiosk.waitFor("[data-need]")
    #expect(try kiosk.value(Self.hidden) as? [String] == [])
  }

  /// Keys in whose middle or corners something else lies, or that are out of sight.
  private static let hidden = """
    Array.from(document.querySelectorAll('button.cover, #person, #tools button')).filter(key => {
      const { left, right, top, bottom } = key.getBoundingClientRect();
      const points = [[(left + right) / 2, (top + bottom) / 2], [left + 20, bottom - 12],
        [right - 20, top + 12]];
      return !points.every(([x, y]) => key.contains(document.elementFromPoint(x, y)));
    }).map(key => key.outerHTML)
    """

  @Test func `a call that is over leaves the rows of the board after its minute`() throws {
    let code = try access.addCode(role: .display, id: "hall-1")
    let daemon = try hall.start()
    defer { daemon.kill9() }
    let board = try driver.open(width: 1920, height: 1080)
    try board.open(daemon.address + "/board/?enrol=" + code)
    try board.waitFor("#headings span")
    // Newest first: over a moment ago; not over; over long ago; not over for long.
    let script = """
      (() => {
        const call = (number, calledAt, isOver) => ({ number, counter: '1', ordinal: 1, calledAt,
          isOver });
        const view = { calls: [call('A4', 90_000, true), call('A3', 80_000, false),
          call('A2', 20_000, true), call('A1', 10_000)] };
        const calls = new Rossio.Calls();
        calls.take(view, 100_000);
        const { current, history } = calls.arrange(view, 100_000);
        const names = (some) => some.map(({ number }) => number).join(' ');
        return [names(current), names(history), Rossio.newestNumber(view)];
      })()
      """
    #expect(try board.value(script) as? [String] == ["A4 A3 A1", "A2", "A3"])
  }
}
