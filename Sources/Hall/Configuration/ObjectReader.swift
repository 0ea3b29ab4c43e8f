import Venue

/// Reads the members of one object, and knows which keys were asked for.
///
/// `finish` complains about keys that nobody asked for and about required keys that are not there;
/// a key with a slip of the pen is one complaint, not two.
final class ObjectReader {
  /// How many unknown keys of one object are told.
  static let unknownLimit = 20

  let path: String
  let file: ConfigurationFile
  private let members: [String: JSONValue]
  private var asked: [String] = []
  private var missing: [String] = []

  init(members: [String: JSONValue], path: String, file: ConfigurationFile) {
    self.members = members
    self.path = path
    self.file = file
  }

  var keys: [String] { members.keys.sorted() }

  func required(_ key: String) -> Node? {
    let node = optional(key)
    if node == nil { missing.append(key) }
    return node
  }

  func optional(_ key: String) -> Node? {
    asked.append(key)
    return members[key].map { Node(value: $0, path: pathOf(key), file: file) }
  }

  /// The members whose keys are ids of `table`, in the order of the table.
  ///
  /// To be followed by `finish` where the table is complete: it tells the keys that are no such ids.
  func members<ID: Identifier>(_ table: NameTable<ID>) -> [(id: ID, node: Node)] {
    table.ids.compactMap { id in optional(id.text).map { (id, $0) } }
  }

  func complain(_ what: String, mend: String) {
    file.complain(path, what, mend: mend)
  }

  /// To be called once, after all keys were asked for.
  func finish() {
    for key in keys.filter({ !asked.contains($0) }).prefix(Self.unknownLimit) {
      let near = closest(to: key, among: missing) ?? closest(to: key, among: asked)
      missing.removeAll { $0 == near }
      file.complain(
        pathOf(key), "the key `\(key)` is not known",
        mend: near.map { "did you mean `\($0)`?" } ?? "remove it; known are \(asked.quoted)")
    }
    for key in missing {
      file.complain(path, "the key `\(key)` is missing", mend: "add `\(key)`")
    }
  }

  private func pathOf(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
