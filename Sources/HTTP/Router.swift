/// Finds the handler of a request by method and path.
///
/// A pattern is a path of literal segments, `:name` for one segment, and at its end `*name` for all
/// that follows: `/v1/counters/:id/call-next`, `/pages/*file`. A literal wins over a parameter, a
/// parameter over the rest. Patterns are the program's own text, so a bad one traps.
public struct Router: Sendable {
  public typealias Handler = @Sendable (Request) -> Answer

  private var nodes: [Node] = [Node()]

  public init() {}

  /// Adds a route. `HEAD` is answered by the handler of `GET` unless it has its own.
  ///
  /// The handler runs on a thread of the server: it must not block.
  public mutating func add(_ method: Method, _ pattern: String, _ handler: @escaping Handler) {
    precondition(pattern.hasPrefix("/"), "a pattern starts with a slash: \(pattern)")
    var node = 0
    var names: [String] = []
    let segments = segments(of: pattern)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      precondition(!segment.hasPrefix("*") || isLast, "* is only for the end: \(pattern)")
      if segment.hasPrefix(":") || segment.hasPrefix("*") {
        names.append(String(segment.dropFirst()))
      }
      node = step(from: node, along: segment)
    }
    let route = Route(names: names, handler: handler)
    let old = nodes[node].routes.updateValue(route, forKey: method)
    precondition(old == nil, "two handlers for \(method.rawValue) \(pattern)")
  }

  private mutating func step(from node: Int, along segment: Substring) -> Int {
    let next = nodes.count
    if segment.hasPrefix("*") {
      if let known = nodes[node].rest { return known }
      nodes[node].rest = next
    } else if segment.hasPrefix(":") {
      if let known = nodes[node].parameter { return known }
      nodes[node].parameter = next
    } else {
      if let known = nodes[node].literals[segment] { return known }
      nodes[node].literals[segment] = next
    }
    nodes.append(Node())
    return next
  }

  /// Runs the handler of a request, or makes the page that says why there is none: 400 for a path
  /// that cannot be decoded, 404, or 405 with the methods that the path has.
  func answer(_ request: Request, errorPage: ErrorPage) -> Answer {
    let segments = segments(of: request.path)
    var values: [Substring] = []
    guard let found = find(segments[...], from: 0, &values) else {
      return .now(errorPage(404, "there is nothing at this address"))
    }
    guard let route = route(at: found, request.method) else {
      var page = errorPage(405, "this address does not take \(request.method.rawValue)")
      page.headers.append(("Allow", allowed(at: found)))
      return .now(page)
    }
    var request = request
    for (name, value) in zip(route.names, values) {
      guard let decoded = percentDecoded(value), !climbs(decoded) else {
        return .now(errorPage(400, "the address is not valid"))
      }
      request.parameters.append((name, decoded))
    }
    return route.handler(request)
  }

  private func find(
    _ segments: ArraySlice<Substring>, from node: Int, _ values: inout [Substring]
  ) -> Int? {
    guard let segment = segments.first else {
      return nodes[node].routes.isEmpty ? nil : node
    }
    if let next = nodes[node].literals[segment],
      let found = find(segments.dropFirst(), from: next, &values)
    {
      return found
    }
    if let next = nodes[node].parameter, !segment.isEmpty {
      values.append(segment)
      if let found = find(segments.dropFirst(), from: next, &values) { return found }
      values.removeLast()
    }
    guard let rest = nodes[node].rest, let last = segments.last else { return nil }
    values.append(segment.base[segment.startIndex..<last.endIndex])
    return rest
  }

  private func route(at node: Int, _ method: Method) -> Route? {
    let routes = nodes[node].routes
    return routes[method] ?? (method == .head ? routes[.get] : nil)
  }

  private func allowed(at node: Int) -> String {
    var methods = Set(nodes[node].routes.keys)
    if methods.contains(.get) { methods.insert(.head) }
    return methods.map(\.rawValue).sorted().joined(separator: ", ")
  }

  /// `/` has no segment, `/a/` has two: `a` and an empty one.
  private func segments(of path: String) -> [Substring] {
    guard path != "/" else { return [] }
    return path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }

  /// Whether a value would leave its directory if it were used as a file's name.
  private func climbs(_ value: String) -> Bool {
    value.split(separator: "/").contains { $0 == ".." || $0 == "." }
  }
}

/// Makes the page for an error that the server itself answers, from status and reason.
public typealias ErrorPage = @Sendable (_ status: Int, _ reason: String) -> Response

private struct Node: Sendable {
  var literals: [Substring: Int] = [:]
  var parameter: Int?
  var rest: Int?
  var routes: [Method: Route] = [:]
}

private struct Route: Sendable {
  let names: [String]
  let handler: Router.Handler
}
