internal import Glibc
internal import Synchronization

/// All open connections, for the limits and for the reaper.
///
/// A descriptor is only touched under the lock, and leaves the table before libmicrohttpd closes it,
/// so that `shutdown` can never meet a descriptor that was given to somebody else.
final class ConnectionTable: Sendable {
  private struct State {
    var connections: [Connection] = []
    var countByAddress: [[UInt8]: Int] = [:]
  }

  private let state = Mutex(State())
  private let limit: Int
  private let limitPerAddress: Int

  init(limit: Int, limitPerAddress: Int) {
    self.limit = limit
    self.limitPerAddress = limitPerAddress
  }

  var count: Int { state.withLock { $0.connections.count } }

  /// Adds the connection that `make` makes, told whether it is beyond a limit.
  func add(from peer: PeerAddress, make: (_ isSurplus: Bool) -> Connection) -> Connection {
    state.withLock { state in
      let known = peer.bytes.isEmpty ? 0 : state.countByAddress[peer.bytes, default: 0]
      let connection = make(state.connections.count >= limit || known >= limitPerAddress)
      connection.index = state.connections.count
      state.connections.append(connection)
      if !peer.bytes.isEmpty { state.countByAddress[peer.bytes] = known + 1 }
      return connection
    }
  }

  func remove(_ connection: Connection) {
    state.withLock { state in
      let last = state.connections.removeLast()
      if last !== connection {
        last.index = connection.index
        state.connections[connection.index] = last
      }
      let address = connection.peer.bytes
      guard let known = state.countByAddress[address] else { return }
      state.countByAddress[address] = known > 1 ? known - 1 : nil
    }
  }

  /// Cuts every connection whose deadline has passed. libmicrohttpd's own timeout means inactivity: a
  /// sender of one byte a second would live for ever.
  ///
  /// - Parameter notice: sent to a client that never completed a header, before the cut.
  func reap(now: Int64, notice: [UInt8]) {
    state.withLock { state in
      for connection in state.connections
      where connection.deadline.load(ordering: .relaxed) <= now {
        connection.deadline.store(Connection.never, ordering: .relaxed)
        if connection.isFirstHeader.load(ordering: .relaxed) {
          _ = unsafe notice.withUnsafeBytes { bytes in
            unsafe send(
              connection.descriptor, bytes.baseAddress, bytes.count,
              Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
          }
        }
        shutdown(connection.descriptor, Int32(SHUT_RDWR))
      }
    }
  }
}
