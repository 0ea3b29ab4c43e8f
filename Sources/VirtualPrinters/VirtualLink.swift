internal import Glibc
internal import Sockets

/// One host's connection to a virtual printer.
final class VirtualLink {
  /// What a host does not read; then the connection is reset.
  private static let outputLimit = 1_048_576

  private let socket: Socket
  private var segments: [[UInt8]] = []
  private var sent = 0
  private var pending = 0

  init(_ socket: consuming Socket) { self.socket = socket }

  var descriptor: Int32 { socket.descriptor }
  var hasOutput: Bool { !segments.isEmpty }
  var hasTooMuchOutput: Bool { pending > Self.outputLimit }

  func put(_ segment: [UInt8]) {
    segments.append(segment)
    pending += segment.count
  }

  /// Sends what the kernel takes; false once the connection is dead.
  func flush() -> Bool {
    while let segment = segments.first {
      switch socket.send(segment[sent...]) {
      case .bytes(let count):
        sent += count
        pending -= count
        guard sent == segment.count else { return true }
        segments.removeFirst()
        sent = 0
      case .wouldBlock: return true
      case .closed: return false
      }
    }
    return true
  }

  /// What has arrived, at most `limit` bytes; nil once the connection is dead.
  func receive(limit: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: min(limit, 65_536))
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe recv(socket.descriptor, buffer.baseAddress, buffer.count, 0)
    }
    guard count >= 0 else { return errno == EAGAIN || errno == EINTR ? [] : nil }
    guard count > 0 else { return nil }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// When it is closed, the other side gets a reset.
  func prepareReset() {
    // "the connection is reset" when l_onoff is set and l_linger is 0 (socket(7), tcp(7)).
    var linger = linger(l_onoff: 1, l_linger: 0)
    let size = socklen_t(MemoryLayout.size(ofValue: linger))
    unsafe setsockopt(socket.descriptor, SOL_SOCKET, SO_LINGER, &linger, size)
  }
}
