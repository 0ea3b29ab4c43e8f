internal import CMicroHTTPD

/// An answer made for one request. Its body is copied once, when it is sent.
///
/// `Date`, `Content-Length` and `Connection` are added by the server.
public struct Response: Sendable {
  /// 200 to 599.
  public var status: Int
  /// Names and values. A line break in either makes the server answer 500 instead.
  public var headers: [(String, String)]
  public var body: [UInt8]

  public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(
    status: Int = 200, contentType: String, headers: [(String, String)] = [], body: [UInt8]
  ) {
    self.init(status: status, headers: headers + [("Content-Type", contentType)], body: body)
  }
}

/// An answer built once and sent any number of times, from any thread, without a copy or an
/// allocation: pages, pictures, constants.
public final class PreparedResponse: Sendable {
  public let status: Int
  let handle: ResponseHandle

  /// - Returns: nil when a header has a line break or memory is short.
  public init?(_ response: Response) {
    guard let handle = ResponseHandle(response) else { return nil }
    self.status = response.status
    self.handle = handle
  }
}

/// Owns one reference to libmicrohttpd's response object. "Responses can be queued for multiple
/// connections" (manual, `MHD_queue_response`): its count of references is guarded by the library.
@safe final class ResponseHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  /// Takes over the reference that the caller has.
  init(owning pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  convenience init?(_ response: Response) {
    let made = unsafe response.body.withUnsafeBytes { body in
      unsafe MHD_create_response_from_buffer(
        body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made = unsafe made else { return nil }
    unsafe self.init(owning: made)
    guard add(response.headers) else { return nil }
  }

  deinit {
    unsafe MHD_destroy_response(pointer)
  }

  /// - Returns: false when one of them is not a header field.
  func add(_ headers: [(String, String)]) -> Bool {
    headers.allSatisfy { name, value in
      unsafe MHD_add_response_header(pointer, name, value) == .YES
    }
  }
}
