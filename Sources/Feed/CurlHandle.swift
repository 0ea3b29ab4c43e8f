internal import CCurl

/// Owns one of libcurl's handles, with its connection, and the answer that is being received.
///
/// Used by one thread at a time; a mutex hands it from one to the next.
@safe final class CurlHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var body: [UInt8] = []
  /// Called with each piece of the answer's body; false ends the transfer.
  var onBody: ([UInt8]) -> Bool = { _ in true }
  /// Called with each line of the answer's header, without its line break; an empty one ends it.
  var onHeaderLine: (String) -> Void = { _ in }

  /// `curl_global_init` must have run once before anything else.
  private static let library: Void = rossio_curl_start()

  /// - Returns: nil when memory is short.
  init?() {
    _ = Self.library
    guard let pointer = unsafe curl_easy_init() else { return nil }
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe curl_easy_cleanup(pointer)
    unsafe curl_slist_free_all(headerList)
  }

  /// Prepares the next request; the connection of the one before is kept.
  func prepare(
    _ endpoint: Endpoint, _ method: String, _ path: String, body: [UInt8]?,
    headers: [(String, String)], connectTimeout: Duration, timeout: Duration?
  ) {
    unsafe curl_easy_reset(pointer)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_URL, endpoint.url(path))
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    // A device speaks to its daemon in the building, whatever proxy its user's shell names.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(connectTimeout.milliseconds))
    set(CURLOPT_TIMEOUT_MS, timeout.map { Int($0.milliseconds) } ?? 0)
    set(CURLOPT_TCP_NODELAY, 1)
    if let socket = endpoint.unixSocket { set(CURLOPT_UNIX_SOCKET_PATH, socket) }
    if let file = endpoint.authorityFile { set(CURLOPT_CAINFO, file) }
    set(method, body)
    set(headers: headers + (endpoint.token.map { [("Authorization", "Bearer \($0)")] } ?? []))
    // Unretained: the handle outlives its own transfer.
    let object = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe rossio_curl_receiver(pointer, CURLOPT_WRITEFUNCTION, receiveBody)
    unsafe rossio_curl_pointer(pointer, CURLOPT_WRITEDATA, object)
    unsafe rossio_curl_receiver(pointer, CURLOPT_HEADERFUNCTION, receiveHeader)
    unsafe rossio_curl_pointer(pointer, CURLOPT_HEADERDATA, object)
  }

  var status: Int { unsafe rossio_curl_status(pointer) }

  func perform() -> CURLcode { unsafe curl_easy_perform(pointer) }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe rossio_curl_long(pointer, option, value)
  }

  private func set(_ option: CURLoption, _ value: String) {
    unsafe rossio_curl_text(pointer, option, value)
  }

  private func set(_ method: String, _ body: [UInt8]?) {
    if method == "HEAD" { set(CURLOPT_NOBODY, 1) }
    guard let body else { return set(CURLOPT_CUSTOMREQUEST, method) }
    set(CURLOPT_POST, 1)
    set(CURLOPT_POSTFIELDSIZE, body.count)
    // libcurl copies the body here.
    unsafe body.withUnsafeBytes {
      _ = unsafe rossio_curl_pointer(
        pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
    }
    set(CURLOPT_CUSTOMREQUEST, method)
  }

  private func set(headers: [(String, String)]) {
    unsafe curl_slist_free_all(headerList)
    unsafe headerList = nil
    for (name, value) in headers + [("Expect", "")] {
      unsafe headerList = curl_slist_append(headerList, "\(name): \(value)")
    }
    unsafe rossio_curl_pointer(pointer, CURLOPT_HTTPHEADER, headerList)
  }
}

private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ object: UnsafeMutableRawPointer?
) -> Int {
  guard let object = unsafe object else { return 0 }
  let handle = unsafe Unmanaged<CurlHandle>.fromOpaque(object).takeUnretainedValue()
  let piece = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: size * count))
  // "If this callback returns less than was passed, the transfer is aborted" (CURLOPT_WRITEFUNCTION).
  return handle.onBody(piece) ? piece.count : -1
}

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ object: UnsafeMutableRawPointer?
) -> Int {
  guard let object = unsafe object else { return 0 }
  let handle = unsafe Unmanaged<CurlHandle>.fromOpaque(object).takeUnretainedValue()
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  let text = unsafe String(decoding: line, as: UTF8.self)
  handle.onHeaderLine(String(text.prefix { !$0.isNewline }))
  return line.count
}
