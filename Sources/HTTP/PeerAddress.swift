internal import CMicroHTTPD
internal import Glibc

/// The other end of a connection: text for people, bytes for counting.
struct PeerAddress: Sendable {
  let text: String
  /// The address without its port; empty for a Unix socket, which is not counted.
  let bytes: [UInt8]

  init(_ address: UnsafePointer<sockaddr>?) {
    guard let address = unsafe address else {
      self.init(text: "unix", bytes: [])
      return
    }
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET:
      self = unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        unsafe PeerAddress(AF_INET, $0.pointee.sin_addr)
      }
    case AF_INET6:
      self = unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        unsafe PeerAddress(AF_INET6, $0.pointee.sin6_addr)
      }
    default:
      self.init(text: "unix", bytes: [])
    }
  }

  private init(text: String, bytes: [UInt8]) {
    self.text = text
    self.bytes = bytes
  }

  private init<Address>(_ family: Int32, _ address: Address) {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    self = unsafe withUnsafeBytes(of: address) { bytes in
      unsafe inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count))
      let end = text.firstIndex(of: 0) ?? text.endIndex
      return unsafe PeerAddress(
        text: String(decoding: text[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self),
        bytes: Array(bytes))
    }
  }
}
