import Testing

@testable import Hall

@Suite("Forms of texts in a venue's files")
struct ConfigurationFormTests {
  @Test(
    "take these language tags",
    arguments: [
      "pt", "kea", "zh-Hans", "pt-BR", "es-419", "zh-Hans-CN", "sl-rozaj", "de-1996", "ca-valencia",
    ])
  func takeTag(_ tag: String) {
    #expect(languageTagFault(tag) == nil)
  }

  @Test(
    "refuse these language tags",
    arguments: [
      "", "p", "PT", "pt_BR", "pt-", "-pt", "portuguese", "zh-hans", "zh-HANS", "pt-br", "pt-B",
      "x-private", "e\u{0301}n", "pt-BR-x", "en-12",
    ])
  func refuseTag(_ tag: String) {
    #expect(languageTagFault(tag) != nil)
  }

  @Test(
    "take these opening hours",
    arguments: [
      "24/7", "08:30-20:00", "Mo-Sa 08:30-20:00", "Mo-Fr 08:30-12:30,14:00-20:00",
      "Mo,We,Fr 09:00-12:00; Sa 10:00-24:00; PH off", "Mo-Fr,PH 00:00-24:00",
    ])
  func takeHours(_ hours: String) {
    #expect(openingHoursFault(hours) == nil)
  }

  @Test(
    "refuse these opening hours",
    arguments: [
      "", ";", "always", "off", "Mo-Sa", "Mo-Sa 8:30-20:00", "Mo-Sa 08:30-24:01",
      "Mo-Sa 08:60-09:00",
      "Mo-Sa 20:00-08:30", "Mo-Sa 08:30-08:30", "mo-sa 08:30-20:00", "Mo-Xx 08:30-20:00",
      "Mo Sa 08:30-20:00", "Mo-Sa 08:30-20:00;", "Mo-We-Fr 08:30-20:00", "Mo-Sa 08:30+",
      "Mo-Sa ०८:३०-२०:००", "Jan-Mar Mo 08:30-20:00",
    ])
  func refuseHours(_ hours: String) {
    #expect(openingHoursFault(hours) != nil)
  }

  @Test("suggest what is near and nothing else")
  func suggest() {
    let known = ["agencies", "services", "counters", "zones"]
    #expect(closest(to: "servces", among: known) == "services")
    #expect(closest(to: "Counters", among: known) == "counters")
    #expect(closest(to: "zoens", among: known) == "zones")
    #expect(closest(to: "printers", among: known) == nil)
    #expect(closest(to: "", among: known) == nil)
    #expect(closest(to: String(repeating: "a", count: 100_000), among: known) == nil)
  }

  @Test("find placeholders wherever they stand")
  func findPlaceholders() {
    #expect(placeholders(in: "{n}") == ["n"])
    #expect(placeholders(in: "from {from} to {to}") == ["from", "to"])
    #expect(placeholders(in: "none") == [])
    #expect(placeholders(in: "{open") == [])
    #expect(placeholders(in: "} {a}{b}") == ["a", "b"])
  }
}
