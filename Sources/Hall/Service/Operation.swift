import HTTP
import Wire

/// One operation of the interface: its route and how the OpenAPI document describes it.
struct Operation: Sendable {
  var method: HTTP.Method
  /// With `:name` for parameters.
  var pattern: String
  var name: String
  var summary: String
  /// Who may, in words.
  var roles: String
  /// True when no token and no cookie is needed.
  var isOpen = false
  /// Name of the body's schema; nil when there is no body.
  var body: String?
  var isBodyOptional = false
  var takesKey = false
  /// Words of the query that may be given, and what they say.
  var query: [(name: String, meaning: String)] = []
  /// Status and schema of each answer that is not a problem.
  var answers: [(status: Int, schema: String?, description: String)]
  var isStream = false
  var handler: Router.Handler
}

extension Operation {
  /// The handler of a command refuses a word of the query that nobody reads: a misspelt `printer`
  /// would send the slip elsewhere.
  var strictHandler: Router.Handler {
    guard method == .post else { return handler }
    let (known, handler) = (query.map(\.name), handler)
    return { request in
      guard let word = request.query.first(where: { !known.contains($0.name) }) else {
        return handler(request)
      }
      let offer = known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"
      return .now(
        Response(
          Problem(
            status: 400, name: "bad-query",
            detail: "The address has “\(word.name)” after the question mark, and \(offer). "
              + "Nothing was done.")))
    }
  }
}
