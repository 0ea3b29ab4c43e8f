import Foundation
import Printing
import Testing
import Venue
import Views

@testable import Hall

/// A language of the sample venue, and what its texts may be written with.
struct ExpectedLanguage: Sendable, CustomTestStringConvertible {
  var tag: LanguageTag
  /// Name of the Unicode script of every letter.
  var script: String
  /// ISO 15924 code.
  var code: String
  var isRightToLeft = false
  /// Letters of the same script that belong to a neighbour's language.
  var foreignLetters = ""

  var testDescription: String { tag.text }
}

private let languages: [ExpectedLanguage] = [
  ExpectedLanguage(tag: "pt", script: "Latin", code: "Latn", foreignLetters: "ñßøåkw"),
  ExpectedLanguage(tag: "kea", script: "Latin", code: "Latn", foreignLetters: "çwyq"),
  ExpectedLanguage(tag: "en", script: "Latin", code: "Latn", foreignLetters: "çñãõéê"),
  ExpectedLanguage(tag: "fr", script: "Latin", code: "Latn", foreignLetters: "ñãõß"),
  ExpectedLanguage(tag: "es", script: "Latin", code: "Latn", foreignLetters: "ãõçêà"),
  ExpectedLanguage(tag: "hi", script: "Devanagari", code: "Deva", foreignLetters: "ळ"),
  ExpectedLanguage(tag: "ne", script: "Devanagari", code: "Deva", foreignLetters: "ळ\u{093C}"),
  ExpectedLanguage(tag: "bn", script: "Bengali", code: "Beng", foreignLetters: "ৰৱ"),
  ExpectedLanguage(tag: "uk", script: "Cyrillic", code: "Cyrl", foreignLetters: "ыэёъў"),
  ExpectedLanguage(
    tag: "ar", script: "Arabic", code: "Arab", isRightToLeft: true, foreignLetters: "کیہےگچپٹں"),
  ExpectedLanguage(
    tag: "ur", script: "Arabic", code: "Arab", isRightToLeft: true, foreignLetters: "كيىةه"),
  ExpectedLanguage(
    tag: "zh-Hans", script: "Han", code: "Hans", foreignLetters: "號請選語務證險稅這個們機會學醫"),
  ExpectedLanguage(tag: "ti", script: "Ethiopic", code: "Ethi"),
]

@Suite("The languages of the sample venue")
struct ConfigurationLanguageTests {
  private let venue: LoadedVenue

  init() throws {
    venue = try VenueFiles.load(directory: lisbonDirectory.path)
  }

  @Test("are those that were promised, in a fixed order")
  func areThoseExpected() {
    #expect(Set(venue.configuration.languages) == Set(languages.map(\.tag)))
    #expect(venue.configuration.languages.prefix(3) == ["pt", "kea", "en"])
  }

  @Test("have every word, with the placeholders that English has", arguments: languages)
  func haveEveryWord(_ language: ExpectedLanguage) throws {
    let english = try words("en")
    let own = try words(language.tag.text)
    #expect(Set(own.keys) == Set(english.keys))
    #expect(Set(own.keys).isSuperset(of: Term.allCases.map(\.rawValue)))
    for (key, text) in english {
      #expect(braces(own[key] ?? "") == braces(text), "\(language.tag) \(key)")
    }
  }

  @Test("have a name for every part of the venue", arguments: languages)
  func nameEverything(_ language: ExpectedLanguage) throws {
    let pack = try #require(venue.lexicon.packs[language.tag])
    #expect(Set(pack.services.keys) == Set(venue.configuration.services.map(\.id)))
    #expect(Set(pack.agencies.keys) == Set(venue.configuration.agencies.map(\.id)))
    #expect(Set(pack.needs.keys) == Set(venue.configuration.needs.map(\.id)))
    #expect(Set(pack.zones.keys) == Set(venue.configuration.zones.map(\.id)))
    let asked = Set(venue.configuration.services.flatMap(\.documents))
    #expect(Set(pack.documents.keys) == asked, "every kind of document is asked for somewhere")
    #expect(Set(pack.documents.values).count == asked.count, "two documents, one name")
    #expect(Set(pack.services.values).count == pack.services.count, "two services, one name")
  }

  @Test("are written in their own script", arguments: languages)
  func useOwnScript(_ language: ExpectedLanguage) throws {
    let pack = try #require(venue.lexicon.packs[language.tag])
    #expect(pack.script == language.code)
    #expect((pack.direction == .rightToLeft) == language.isRightToLeft)
    let pattern = "[\\p{Script=\(language.script)}\\p{Script=Inherited}]"
    let ownLetter = try Regex(pattern).matchingSemantics(.unicodeScalar)
    let foreign = Set(language.foreignLetters.unicodeScalars)
    let slipTexts = venue.slip.blocks.compactMap { $0.words[language.tag] }
    #expect(slipTexts.allSatisfy { $0.direction == pack.direction })
    for text in texts(of: pack) + [pack.endonym] + slipTexts.map(\.text) {
      let letters = stripped(text).unicodeScalars.filter(\.properties.isAlphabetic)
      for letter in letters {
        #expect(String(Character(letter)).wholeMatch(of: ownLetter) != nil, "\(letter) in \(text)")
        #expect(!foreign.contains(letter), "\(letter) in \(text)")
      }
      #expect(!letters.isEmpty || text == "{n} min", "\(text)")
    }
  }

  @Test(
    "are composed as Unicode's form C, so that equal texts have equal bytes", arguments: languages)
  func areComposed(_ language: ExpectedLanguage) throws {
    let pack = try #require(venue.lexicon.packs[language.tag])
    for text in texts(of: pack) {
      #expect(Array(text.utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8), "\(text)")
      #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == text)
    }
  }

  /// Words that are the same in English and in the language named.
  private static let shared: Set<String> = [
    "es minutes", "fr minutes", "kea minutes", "pt minutes", "fr ticket", "fr agency migration",
  ]

  @Test("leave no English standing", arguments: languages.filter { $0.tag != "en" })
  func leaveNoEnglish(_ language: ExpectedLanguage) throws {
    let english = labelled(try #require(venue.lexicon.packs["en"]))
    let own = labelled(try #require(venue.lexicon.packs[language.tag]))
    let same = own.filter { english[$0.key] == $0.value }.keys.map { "\(language.tag) \($0)" }
    #expect(Set(same).isSubset(of: Self.shared), "\(same)")
  }

  @Test("name no neutral service so that it tells the matter", arguments: languages)
  func areDiscreet(_ language: ExpectedLanguage) throws {
    let pack = try #require(venue.lexicon.packs[language.tag])
    let victims = try #require(pack.agencies["victim-support"])
    let talk = try #require(pack.services["confidential-talk"])
    let shared = Set(talk.split(separator: " ")).intersection(victims.split(separator: " "))
    #expect(shared.isEmpty)
  }

  /// The words of a file, read by other means than the loader's.
  private func words(_ tag: String) throws -> [String: String] {
    let data = try Data(contentsOf: languagesDirectory.appending(path: "\(tag).json5"))
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(WordsFile.self, from: data).words
  }

  private struct WordsFile: Decodable {
    var words: [String: String]
  }

  private func braces(_ text: String) -> [String] {
    text.matches(of: /\{([^}]*)\}/).map { String($0.1) }.sorted()
  }

  private func texts(of pack: LanguagePack) -> [String] {
    Array(labelled(pack).values)
  }

  private func labelled(_ pack: LanguagePack) -> [String: String] {
    var all = pack.words
    for (id, name) in pack.services { all["service \(id)"] = name }
    for (id, name) in pack.agencies { all["agency \(id)"] = name }
    for (id, name) in pack.needs { all["need \(id)"] = name }
    for (id, name) in pack.zones { all["zone \(id)"] = name }
    for (id, name) in pack.documents { all["document \(id)"] = name }
    return all
  }

  /// Without placeholders and the acronyms that stand on Portuguese papers.
  private func stripped(_ text: String) -> String {
    text.replacing(/\{[a-z]+\}/, with: "").replacing(/NISS|NIF|IRS|IBAN/, with: "")
  }
}
