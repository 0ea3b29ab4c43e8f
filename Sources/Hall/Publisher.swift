import HTTP
import Synchronization
import Venue

/// The channels of the views that somebody follows.
///
/// A view that nobody follows is not folded at all. Each is encoded once for all who follow it.
final class Publisher: Sendable {
  private struct Followed {
    let channel = Channel()
    var followers = 0
    var last: [UInt8] = []
  }

  private let followed = Mutex<[ViewKey: Followed]>([:])
  /// Told when the first follower of a view comes and when the last one goes.
  private let hall = Mutex<Weak<Hall>>(Weak(nil))

  func attach(to hall: Hall) { self.hall.withLock { $0 = Weak(hall) } }

  private func tellHall(_ key: ViewKey) {
    guard let hall = hall.withLock({ $0.object }) else { return }
    Task { await hall.noteFollowers(of: key) }
  }

  /// True while anybody follows any view.
  var isFollowed: Bool { followed.withLock { !$0.isEmpty } }

  /// Streams that are open now.
  var followerCount: Int { followed.withLock { $0.values.reduce(0) { $0 + $1.followers } } }

  func isFollowed(_ key: ViewKey) -> Bool { followed.withLock { $0[key] != nil } }

  /// A stream of `key` for one more follower.
  func follow(_ key: ViewKey) -> EventStream {
    let (channel, isFirst) = followed.withLock { followed in
      followed[key, default: Followed()].followers += 1
      let entry = followed[key, default: Followed()]
      return (entry.channel, entry.followers == 1)
    }
    if isFirst { tellHall(key) }
    return EventStream(channel) { [weak self] in self?.unfollow(key) }
  }

  private func unfollow(_ key: ViewKey) {
    let isLast = followed.withLock { followed in
      guard var entry = followed[key] else { return false }
      entry.followers -= 1
      followed[key] = entry.followers == 0 ? nil : entry
      return entry.followers == 0
    }
    if isLast { tellHall(key) }
  }

  /// Views that are followed now, the most urgent first.
  var keys: [ViewKey] {
    followed.withLock { Array($0.keys) }.sorted { $0.urgency < $1.urgency }
  }

  /// Sends `body` to all who follow `key`, unless they have it already.
  func publish(_ key: ViewKey, sequence: UInt64, body: [UInt8]) {
    let channel: Channel? = followed.withLock { followed in
      guard let entry = followed[key], entry.last != body else { return nil }
      followed[key]?.last = body
      return entry.channel
    }
    channel?.publish(Event(id: sequence, name: "view", data: body))
  }

  /// Tells all who follow `key` that there is nothing of that name any more.
  func publishGone(_ key: ViewKey, sequence: UInt64) {
    let channel = followed.withLock { $0[key]?.channel }
    channel?.publish(Event(id: sequence, name: "gone", data: Array("{}".utf8)))
  }
}

/// A reference that does not keep its object alive.
struct Weak<Object: AnyObject & Sendable>: Sendable {
  weak let object: Object?
  init(_ object: Object?) { self.object = object }
}
