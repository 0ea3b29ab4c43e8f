import Venue
import Views

/// Reads the words and names of every language of a venue.
struct LanguageFiles {
  let directory: String
  let log: ProblemLog

  /// What one file of words says.
  struct Words {
    var endonym: String
    var direction: Direction
    var script: String
    var reviewer: String
    var reviewed: String
    var words: [String: String]
    /// Words for staff, which may lack in any language but the venue's.
    var staff: [String: String]
  }

  /// Packs of all languages of which both files are right, in the venue's order.
  func read(names: VenueNames) -> [LanguagePack] {
    let read = names.languages.ids.map { tag in
      (tag, readWords(tag), readNames(tag, names: names))
    }
    let staff = Dictionary(
      read.compactMap { tag, words, _ in words.map { (tag, $0.staff) } },
      uniquingKeysWith: { first, _ in first })
    let english = staff["en"] ?? [:]
    let common = english.merging(
      names.hostLanguage.flatMap { staff[$0] } ?? [:], uniquingKeysWith: { _, host in host })
    return read.compactMap { tag, words, names in
      guard let words, let names else { return nil }
      return pack(tag, words: words, names: names, commonStaff: common)
    }
  }

  private func pack(
    _ tag: LanguageTag, words: Words, names: VenueTexts, commonStaff: [String: String]
  ) -> LanguagePack {
    let staff = commonStaff.merging(words.staff, uniquingKeysWith: { _, own in own })
    return LanguagePack(
      tag: tag, endonym: words.endonym, direction: words.direction, script: words.script,
      reviewer: words.reviewer, reviewed: words.reviewed,
      words: staff.merging(words.words, uniquingKeysWith: { _, word in word }),
      agencies: names.agencies, services: names.services, needs: names.needs, zones: names.zones,
      documents: names.documents)
  }

  func readWords(_ tag: LanguageTag) -> Words? {
    guard
      let root = ConfigurationFile.open(
        VenueFiles.sharedFile("languages/\(tag).json5", of: directory), log: log)
    else { return nil }
    readTag(root, tag)
    let endonym = root.required("endonym")?.text(limit: 40)
    let direction = root.required("direction")?.choice(among: ["ltr", "rtl"])
      .flatMap(Direction.init)
    let script = root.required("script").flatMap(readScript)
    let reviewer = root.required("reviewer")?.text()
    let reviewed = root.required("reviewed").flatMap(readDate)
    let words = root.required("words")?.object().map(readRequiredWords)
    let staff = root.optional("staff")?.object().map(readStaffWords) ?? [:]
    root.finish()
    guard let endonym, let direction, let script, let reviewer, let reviewed, let words else {
      return nil
    }
    return Words(
      endonym: endonym, direction: direction, script: script, reviewer: reviewer,
      reviewed: reviewed, words: words, staff: staff)
  }

  private func readTag(_ root: ObjectReader, _ tag: LanguageTag) {
    let node = root.required("tag")
    guard let node, let text = node.text(), text != tag.text else { return }
    node.complain("the file is named for `\(tag)` but says `\(text)`", mend: "write `\(tag)`")
  }

  private func readScript(_ node: Node) -> String? {
    guard let text = node.text() else { return nil }
    let letters = Array(text.utf8)
    guard letters.count == 4, (0x41...0x5A).contains(letters[0]),
      letters.dropFirst().allSatisfy({ (0x61...0x7A) ~= $0 })
    else {
      node.complain("`\(text)` is no script", mend: "write its ISO 15924 code, for example `Latn`")
      return nil
    }
    return text
  }

  private func readDate(_ node: Node) -> String? {
    guard let text = node.text() else { return nil }
    guard text.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil else {
      node.complain("`\(text)` is no date", mend: "write it like `2026-11-25`")
      return nil
    }
    return text
  }

  private func readRequiredWords(_ object: ObjectReader) -> [String: String] {
    var words: [String: String] = [:]
    for (key, expected) in requiredWords.sorted(by: { $0.key < $1.key }) {
      guard let node = object.required(key), let text = node.text() else { continue }
      checkPlaceholders(node, text: text, expected: expected)
      words[key] = text
    }
    object.finish()
    return words
  }

  private func checkPlaceholders(_ node: Node, text: String, expected: Set<String>) {
    let found = placeholders(in: text)
    for name in expected.subtracting(found).sorted() {
      node.complain(
        "the placeholder `{\(name)}` is missing", mend: "write `{\(name)}` where it goes")
    }
    for name in found.subtracting(expected).sorted() {
      node.complain("the placeholder `{\(name)}` is not known here", mend: "remove it")
    }
  }

  private func readStaffWords(_ object: ObjectReader) -> [String: String] {
    var words: [String: String] = [:]
    for key in object.keys {
      guard let node = object.optional(key) else { continue }
      words[key] = node.text()
      if requiredWords[key] != nil {
        node.complain("`\(key)` is a word for clients", mend: "move it to `words`")
      }
    }
    return words
  }
}
