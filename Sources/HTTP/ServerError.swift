internal import Glibc

/// Why a server could not start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
  /// Neither an IPv4 nor an IPv6 address. Names other than `localhost` are not looked up.
  case unknownHost(String)
  case addressInUse(String)
  case addressNotHere(String)
  case notPermitted(String)
  /// A Unix socket's path holds at most 107 bytes.
  case pathTooLong(String)
  /// Something that is not a socket stands at the path.
  case pathTaken(String)
  /// Another call failed; `code` is its `errno`.
  case system(call: String, code: Int32)
  /// libmicrohttpd did not start: mostly too little memory, or too few files that may be open.
  case notStarted(String)

  public var description: String {
    switch self {
    case .unknownHost(let host):
      "cannot listen on \"\(host)\": this is not a numeric address; use 127.0.0.1, ::1 or 0.0.0.0"
    case .addressInUse(let address):
      "cannot listen on \(address): another process listens there; stop it or choose another port"
    case .addressNotHere(let address):
      "cannot listen on \(address): this machine does not have that address"
    case .notPermitted(let address):
      "cannot listen on \(address): not permitted; use a port above 1023, or a directory of yours"
    case .pathTooLong(let path):
      "cannot listen on \(path): a socket's path holds at most 107 bytes; use a shorter directory"
    case .pathTaken(let path):
      "cannot listen on \(path): there is a file of that name that is not a socket; move it away"
    case .system(let call, let code):
      "\(call) failed: \(unsafe String(cString: strerror(code)))"
    case .notStarted(let reason):
      "the HTTP server did not start: \(reason)"
    }
  }
}
