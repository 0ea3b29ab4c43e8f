import Venue

/// The ids that one list of the venue declares, for the checks of everything that refers to them.
struct NameTable<ID: Identifier> {
  /// What the ids name, in words, for example "zone".
  let kind: String
  /// Why an id may stand once only, where that needs to be said: it ends the sentence.
  let whyOnce: String
  private(set) var ids: [ID] = []
  private var known: Set<ID> = []
  /// False when an entry had no readable id: then no reference is called wrong because of it.
  private(set) var isComplete = true

  init(kind: String, whyOnce: String = "") {
    self.kind = kind
    self.whyOnce = whyOnce
  }

  /// Takes the id of a new entry. Nil, with a complaint, when it is malformed or taken.
  mutating func declare(_ node: Node?) -> ID? {
    guard let node, let id = node.identifier(ID.self) else {
      isComplete = false
      return nil
    }
    guard known.insert(id).inserted else {
      node.complain(
        "the \(kind) `\(id)` is there already\(whyOnce)",
        mend: "remove one of the two, or give it another id")
      return nil
    }
    ids.append(id)
    return id
  }

  mutating func markIncomplete() { isComplete = false }

  /// The id that `node` refers to. Nil, with a complaint, when nothing has that id.
  func reference(_ node: Node?) -> ID? {
    guard let node, let id = node.identifier(ID.self) else { return nil }
    guard known.contains(id) || !isComplete else {
      let hint = suggestion(for: id.text, among: ids.map(\.text))
      node.complain(
        "there is no \(kind) `\(id)`", mend: hint + "write one that this venue has")
      return nil
    }
    return id
  }

  /// The ids that a list refers to, each once. Nil, with complaints, unless all are right.
  func references(_ node: Node?, limit: Int = 1_000) -> [ID]? {
    guard let nodes = node?.list(limit: limit) else { return nil }
    var seen: Set<ID> = []
    var isRight = true
    let ids = nodes.compactMap { node -> ID? in
      guard let id = reference(node) else {
        isRight = false
        return nil
      }
      if !seen.insert(id).inserted {
        node.complain("the \(kind) `\(id)` is in this list already", mend: "remove one of the two")
        isRight = false
      }
      return id
    }
    return isRight ? ids : nil
  }
}
