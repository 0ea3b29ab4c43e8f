internal import CCurl

/// Why a daemon could not be asked, in words for the person who installs or repairs a device.
public enum FeedError: Error, Equatable, CustomStringConvertible {
  case badAddress(String)
  case unknownHost(String)
  /// Nobody listens there, or no way leads there.
  case unreachable(String)
  case timedOut(String)
  /// The connection ended before the answer was whole. What was asked may have been done.
  case brokeOff(String)
  case untrusted(String)
  case tooLarge(String)
  /// Anything else, in libcurl's words.
  case failed(String, reason: String)

  public var description: String {
    switch self {
    case .badAddress(let name):
      "\"\(name)\" is not an address; write it as http://HOST:PORT"
    case .unknownHost(let name):
      "the host of \(name) is not known on this network; check the name, or use its number"
    case .unreachable(let name):
      "nothing answers at \(name); check the address, the network, and that the daemon runs"
    case .timedOut(let name):
      "\(name) did not answer in time"
    case .brokeOff(let name):
      "the connection to \(name) broke off"
    case .untrusted(let name):
      "the certificate of \(name) is not signed by the venue's authority; check the enrolment"
    case .tooLarge(let name):
      "\(name) sent more than this client takes"
    case .failed(let name, let reason):
      "\(name) could not be asked: \(reason)"
    }
  }

  /// Whether asking again may help, as opposed to an address that is wrong.
  var isConnectionFailure: Bool {
    switch self {
    case .unknownHost, .unreachable, .timedOut, .brokeOff: true
    case .badAddress, .untrusted, .tooLarge, .failed: false
    }
  }

  init(_ code: CURLcode, _ name: String) {
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: self = .badAddress(name)
    case CURLE_COULDNT_RESOLVE_HOST: self = .unknownHost(name)
    case CURLE_COULDNT_CONNECT: self = .unreachable(name)
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut(name)
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
      self = .brokeOff(name)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: self = .untrusted(name)
    case CURLE_WRITE_ERROR: self = .tooLarge(name)
    default: self = .failed(name, reason: unsafe String(cString: curl_easy_strerror(code)))
    }
  }
}
