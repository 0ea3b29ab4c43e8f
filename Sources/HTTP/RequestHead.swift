internal import CMicroHTTPD

/// Collects a request's header and refuses what two readers could understand differently.
///
/// libmicrohttpd 0.9.75 takes a doubled `Content-Length`, and one beside `Transfer-Encoding`; behind
/// a proxy that reads the other one, a second request could hide in the first one's body.
struct RequestHead {
  var fields: FieldBlock
  var query: FieldBlock
  private(set) var contentLength: Int?
  private(set) var isChunked = false
  private var hostCount = 0
  /// Why the request is refused with 400 (or the given status) and the connection closed.
  private(set) var refusal: Refusal?

  struct Refusal: Equatable {
    let status: Int
    let reason: String
  }

  /// Takes over two blocks for the sake of their storage.
  init(reusing fields: consuming FieldBlock, _ query: consuming FieldBlock) {
    self.fields = fields
    self.query = query
    self.fields.removeAll()
    self.query.removeAll()
  }

  mutating func collect(from connection: OpaquePointer) {
    unsafe withUnsafeMutablePointer(to: &self) { head in
      _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, collectField, head)
      _ = unsafe MHD_get_connection_values_n(connection, .GET_ARGUMENT_KIND, collectQuery, head)
    }
    if isChunked, contentLength != nil {
      refuse(400, "Content-Length and Transfer-Encoding exclude each other")
    }
  }

  mutating func refuse(_ status: Int, _ reason: String) {
    if refusal == nil { refusal = Refusal(status: status, reason: reason) }
  }

  fileprivate mutating func add(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    guard unsafe !name.isEmpty, unsafe name.allSatisfy(isTokenByte) else {
      return refuse(400, "a header field's name is not valid")
    }
    guard unsafe !value.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
      return refuse(400, "a header field's value is not valid")
    }
    // The lengths of the four names that matter, so that the others cost one comparison.
    switch name.count {
    case 4 where unsafe isName(name, "host"): addHost()
    case 6 where unsafe isName(name, "expect"): unsafe addExpectation(value)
    case 14 where unsafe isName(name, "content-length"): unsafe addContentLength(value)
    case 17 where unsafe isName(name, "transfer-encoding"): unsafe addTransferEncoding(value)
    default: break
    }
    unsafe fields.append(name: name, value: value)
  }

  private mutating func addHost() {
    hostCount += 1
    if hostCount > 1 { refuse(400, "Host may be given once") }
  }

  private mutating func addExpectation(_ value: UnsafeRawBufferPointer) {
    if unsafe !isName(value, "100-continue") {
      refuse(417, "no other expectation than 100-continue is met")
    }
  }

  private mutating func addContentLength(_ value: UnsafeRawBufferPointer) {
    guard contentLength == nil else { return refuse(400, "Content-Length may be given once") }
    guard unsafe !value.isEmpty, value.count < 19,
      unsafe value.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
    else { return refuse(400, "Content-Length is not a number") }
    contentLength = unsafe value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private mutating func addTransferEncoding(_ value: UnsafeRawBufferPointer) {
    guard !isChunked else { return refuse(400, "Transfer-Encoding may be given once") }
    isChunked = true
    if unsafe !isName(value, "chunked") {
      refuse(400, "no other Transfer-Encoding than chunked is read")
    }
  }
}

private func isName(_ bytes: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
  guard bytes.count == name.utf8CodeUnitCount else { return false }
  return bytes.indices.allSatisfy { unsafe lowercased(bytes[$0]) == name.utf8Start[$0] }
}

/// Letters, digits and the signs of a token (RFC 9110, 5.6.2).
private func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
    UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
    UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
    UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
    true
  default: false
  }
}

private func collectField(
  _ head: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ nameCount: Int, _ value: UnsafePointer<CChar>?, _ valueCount: Int
) -> MHD_Result {
  unsafe head?.assumingMemoryBound(to: RequestHead.self).pointee.add(
    name: UnsafeRawBufferPointer(start: name, count: nameCount),
    value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount))
  return .YES
}

private func collectQuery(
  _ head: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ nameCount: Int, _ value: UnsafePointer<CChar>?, _ valueCount: Int
) -> MHD_Result {
  unsafe head?.assumingMemoryBound(to: RequestHead.self).pointee.query.append(
    name: UnsafeRawBufferPointer(start: name, count: nameCount),
    value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount))
  return .YES
}
