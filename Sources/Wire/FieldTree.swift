/// The fields of a JSON document without their values.
///
/// A decoded body is encoded again: what was given and is not in that is a field that nobody reads.
enum FieldTree: Decodable {
  case object([String: FieldTree])
  case array([FieldTree])
  case value
  case null

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: AnyKey.self) {
      self = .object(
        Dictionary(
          try container.allKeys.map {
            ($0.stringValue, try container.decode(FieldTree.self, forKey: $0))
          },
          uniquingKeysWith: { first, _ in first }))
    } else if var container = try? decoder.unkeyedContainer() {
      var elements: [FieldTree] = []
      while !container.isAtEnd { elements.append(try container.decode(FieldTree.self)) }
      self = .array(elements)
    } else {
      self = try decoder.singleValueContainer().decodeNil() ? .null : .value
    }
  }

  /// The path of the first field here that `known` has not, in the order of names; null is no field.
  func firstField(missingIn known: FieldTree) -> String? {
    switch (self, known) {
    case (.object(let given), .object(let known)):
      for (name, tree) in given.sorted(by: { $0.key < $1.key }) {
        if case .null = tree { continue }
        guard let other = known[name] else { return name }
        if let path = tree.firstField(missingIn: other) { return name + "." + path }
      }
      return nil
    case (.array(let given), .array(let known)):
      for (place, (tree, other)) in zip(given, known).enumerated() {
        if let path = tree.firstField(missingIn: other) { return "[\(place)].\(path)" }
      }
      return nil
    default: return nil
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
