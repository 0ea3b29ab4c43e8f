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
