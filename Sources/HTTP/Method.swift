/// The method of a request. What HTTP/1.1 knows beyond these, and what it does not know, is `other`.
public enum Method: String, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case delete = "DELETE"
  case patch = "PATCH"
  case options = "OPTIONS"
  case other = "OTHER"

  /// The method written in a request line; methods are case-sensitive.
  init(name: String) {
    self = Method(rawValue: name) ?? .other
  }
}
