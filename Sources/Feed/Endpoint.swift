/// Where a daemon is, and as whom it is spoken to.
public struct Endpoint: Sendable, Equatable {
  /// Scheme, host and port without a path, such as `http://192.0.2.10:8080`.
  public var baseURL: String
  /// The device's or person's token; sent as `Authorization: Bearer`.
  public var token: String?
  /// The path of a socket to use instead of the host and port of the URL.
  public var unixSocket: String?
  /// The file of the certificate authority that signed the daemon's certificate; the system's
  /// authorities when nil.
  public var authorityFile: String?

  public init(
    baseURL: String, token: String? = nil, unixSocket: String? = nil, authorityFile: String? = nil
  ) {
    self.baseURL = baseURL
    self.token = token
    self.unixSocket = unixSocket
    self.authorityFile = authorityFile
  }

  func url(_ path: String) -> String {
    (baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL) + path
  }

  /// What people are told: the socket when there is one, since the URL is then only a name.
  var name: String { unixSocket ?? baseURL }
}
