/// One complete request: header fields and body have arrived, and stay valid for as long as the value.
public struct Request: Sendable {
  public let method: Method
  /// The path as sent, without the query and with its `%XX` escapes. `parameter(_:)` is decoded.
  public let path: String
  /// At most `ServerConfiguration.bodyLimitBytes` long.
  public let body: [UInt8]
  /// The address of the other end without its port, such as `192.0.2.7` or `2001:db8::7`; `unix` on
  /// a Unix socket. A proxy's address, where one stands between.
  public let peer: String

  let fields: FieldBlock
  /// Empty when the path has no query.
  let queryFields: FieldBlock
  /// Values of the route's parameters, set by the router.
  var parameters: [(name: String, value: String)] = []

  init(
    method: Method, path: String, body: [UInt8], peer: String, fields: FieldBlock,
    query: FieldBlock
  ) {
    self.method = method
    self.path = path
    self.body = body
    self.peer = peer
    self.fields = fields
    self.queryFields = query
  }

  /// The first header field of this name; ASCII case does not matter.
  public func header(_ name: String) -> String? {
    fields.first(caseless: name)
  }

  /// The header fields in the order received.
  public var headers: [(name: String, value: String)] { fields.all }

  /// The words after `?` in the order sent, decoded. A word that cannot be decoded is left out.
  public var query: [(name: String, value: String)] {
    queryFields.all.compactMap { pair in
      guard let name = percentDecoded(pair.name[...]), let value = percentDecoded(pair.value[...])
      else { return nil }
      return (name, value)
    }
  }

  /// The first word of this name in the query, decoded; names match exactly.
  public func query(_ name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  /// The value of `:name` or `*name` in the route's pattern, decoded; nil when the pattern has none.
  public func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }?.value
  }

  /// The value of a cookie as sent, without surrounding quotation marks; names match exactly.
  public func cookie(_ name: String) -> String? {
    guard let line = header("cookie") else { return nil }
    for part in line.split(separator: ";") {
      let word = part.drop { $0 == " " || $0 == "\t" }
      guard let equals = word.firstIndex(of: "="), word[..<equals] == name else { continue }
      let value = word[word.index(after: equals)...]
      guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
      return String(value.dropFirst().dropLast())
    }
    return nil
  }
}
