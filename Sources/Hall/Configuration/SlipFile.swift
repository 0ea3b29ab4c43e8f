import FoundationEssentials
import Printing
import Venue
import Views

/// Reads `slip.json5`, the template of a venue's slips.
struct SlipFile {
  let directory: String
  let log: ProblemLog

  /// The built-in template where there is no file. Nil, with complaints, unless all is right.
  func read(_ languages: NameTable<LanguageTag>, _ packs: [LanguagePack]) -> SlipTemplate? {
    let path = VenueFiles.join(directory, "slip.json5")
    guard FileManager.default.fileExists(atPath: path) else { return .standard }
    guard let root = ConfigurationFile.open(path, log: log) else { return nil }
    let node = root.required("blocks")
    root.finish()
    guard let node, let entries = node.list(limit: SlipTemplate.blockLimit) else { return nil }
    let reader = SlipBlockReader(
      languages: languages,
      directions: Dictionary(
        packs.map { ($0.tag, $0.direction) }, uniquingKeysWith: { first, _ in first }))
    let blocks = entries.map(reader.read)
    checkOccurrences(blocks, of: entries, in: node)
    return blocks.contains(nil) ? nil : SlipTemplate(blocks.compactMap(\.self))
  }

  /// What must be there is, and what may be there once is not there twice.
  private func checkOccurrences(
    _ blocks: [SlipTemplate.Block?], of entries: [Node], in list: Node
  ) {
    var places: [SlipTemplate.Kind: Node] = [:]
    var isUnreadable = false
    for (block, node) in zip(blocks, entries) {
      guard let block else {
        isUnreadable = true
        continue
      }
      for kind in block.kinds where !kind.mayRepeat {
        if let first = places[kind] {
          node.complain(
            "the block `\(kind.rawValue)` is there already, at \(first.path)",
            mend: "remove one of the two")
        }
        places[kind] = places[kind] ?? node
      }
    }
    // A block with a typing error may be the one that lacks.
    guard !isUnreadable else { return }
    for kind in SlipTemplate.Kind.allCases where kind.isMandatory && places[kind] == nil {
      list.complain(
        "the block `\(kind.rawValue)` is missing, and no slip can do without it",
        mend: "add `\(kind.rawValue)`")
    }
  }
}

extension SlipTemplate.Block {
  /// What it stands for: a code with the foot beside it stands for both.
  fileprivate var kinds: [SlipTemplate.Kind] { hasFoot ? [kind, .foot] : [kind] }
}

/// Reads one entry: the name of a block, or an object with more about it.
private struct SlipBlockReader {
  let languages: NameTable<LanguageTag>
  let directions: [LanguageTag: Direction]

  /// More than this no reader of a slip takes in.
  private static let textLimit = 120

  func read(_ node: Node) -> SlipTemplate.Block? {
    if case .text = node.value { return readName(node) }
    guard let object = node.object() else { return nil }
    let kindNode = object.required("block")
    guard let kindNode, let kind = readKind(kindNode) else {
      if kindNode == nil { object.complain("the key `block` is missing", mend: "add `block`") }
      return nil
    }
    let size = object.optional("size").map { $0.integer(in: kind.sizes) } ?? kind.standardSize
    let hasFoot = kind == .code ? object.optional("foot").map { $0.flag() } ?? false : false
    let isBold = kind == .text ? object.optional("bold").map { $0.flag() } ?? false : false
    let words = kind == .text ? object.required("words")?.object().flatMap(readWords) : [:]
    object.finish()
    guard let size, let hasFoot, let isBold, let words else { return nil }
    return SlipTemplate.Block(kind, size: size, hasFoot: hasFoot, isBold: isBold, words: words)
  }

  private func readName(_ node: Node) -> SlipTemplate.Block? {
    guard let kind = readKind(node) else { return nil }
    guard kind != .text else {
      node.complain(
        "the block `text` says nothing",
        mend: "write `{ block: \"text\", words: { … } }` with a word for each language")
      return nil
    }
    return SlipTemplate.Block(kind)
  }

  private func readKind(_ node: Node) -> SlipTemplate.Kind? {
    guard let text = node.text() else { return nil }
    let known = SlipTemplate.Kind.allCases.map(\.rawValue)
    guard let kind = SlipTemplate.Kind(rawValue: text) else {
      node.complain(
        "there is no block `\(text)`",
        mend: suggestion(for: text, among: known) + "write one of \(known.quoted)")
      return nil
    }
    return kind
  }

  /// A text in every language of the venue, or none: nobody's slip has a hole.
  private func readWords(_ object: ObjectReader) -> [LanguageTag: Phrase]? {
    var words: [LanguageTag: Phrase] = [:]
    for tag in languages.ids {
      guard let text = object.required(tag.text)?.text(limit: Self.textLimit) else { continue }
      words[tag] = Phrase(language: tag, direction: directions[tag] ?? .leftToRight, text: text)
    }
    if languages.isComplete { object.finish() }
    return words.count == languages.ids.count ? words : nil
  }
}
