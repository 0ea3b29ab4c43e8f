import Venue
import Views

extension Hall {
  /// Publishes at once when the last time is long enough ago, else as soon as it is; what comes
  /// meanwhile is published together.
  ///
  /// A view goes out at most every ten milliseconds, and publishing takes a fifth of the hall's time
  /// at most: under any load the commands go first, and the newest view wins.
  func noteChanges(_ changes: Changes) {
    pending.merge(changes)
    guard !isPublishScheduled else { return }
    let wait = ContinuousClock.now.duration(to: nextPublish)
    guard wait > .zero else { return publishPending() }
    isPublishScheduled = true
    Task {
      try? await Task.sleep(for: wait)
      isPublishScheduled = false
      publishPending()
    }
  }

  private static var publishInterval: Duration { .milliseconds(10) }
  private static var publishShare: Int { 4 }

  private func publishPending() {
    let start = ContinuousClock.now
    let changes = pending
    pending = Changes()
    let fold = fold()
    for key in publisher.keys where key.isTouched(by: changes, service: service(of: key)) {
      publish(key, fold)
    }
    let took = start.duration(to: .now)
    nextPublish = .now + max(Self.publishInterval, took * Self.publishShare)
  }

  private func service(of key: ViewKey) -> ServiceID? {
    guard case .phone(let visit) = key else { return nil }
    return state.visit(visit)?.stop.service
  }

  private func publish(_ key: ViewKey, _ fold: Fold) {
    guard let body = key.encoded(of: fold, at: max(clock.now(), state.time)) else {
      return publisher.publishGone(key, sequence: state.sequence)
    }
    publisher.publish(key, sequence: state.sequence, body: body)
  }

  /// Somebody has begun to follow a view, and needs it now, or nobody does any longer.
  ///
  /// The publisher is asked anew: the news of coming and going may have overtaken each other.
  func noteFollowers(of key: ViewKey) {
    let isFollowed = publisher.isFollowed(key)
    if isFollowed { publish(key, fold()) }
    guard case .board(let screen) = key else { return }
    let now = clock.now()
    devicesChanged { $0.blindScreens[screen] = isFollowed ? nil : now }
  }

  /// At the start nobody shows any screen.
  func noteBlindScreens(_ screens: [ScreenID]) {
    let now = clock.now()
    devicesChanged { devices in for screen in screens { devices.blindScreens[screen] = now } }
  }

  /// Figures that move with time alone are sent again.
  func refreshDashboard() {
    if publisher.keys.contains(.dashboard) { publish(.dashboard, fold()) }
  }
}
