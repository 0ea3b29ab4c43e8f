import Foundation
import Synchronization
import VirtualPrinters

/// Kills a daemon with SIGKILL at a moment that one of its printers sees, on that printer's thread:
/// before it reads the next bytes, and before its answer leaves.
final class KillSwitch: Sendable {
  enum Moment: Sendable, CustomStringConvertible {
    /// So many bytes have come since the switch was armed.
    case bytes(Int)
    /// So many fences were reached: all before them is on paper, and nobody has been told.
    case fences(Int)
    /// So many cuts were made: the fence before them was answered, that behind them was not.
    case cuts(Int)

    var description: String {
      switch self {
      case .bytes(let count): "byte \(count)"
      case .fences(let count): "fence \(count)"
      case .cuts(let count): "cut \(count)"
      }
    }

    func isReached(_ now: VirtualMechanism.Counters, since then: VirtualMechanism.Counters) -> Bool
    {
      switch self {
      case .bytes(let count): now.received - then.received >= count
      case .fences(let count): now.fencesReached - then.fencesReached >= count
      case .cuts(let count): now.cuts - then.cuts >= count
      }
    }
  }

  private struct State {
    var armed: (printer: Int, moment: Moment, since: VirtualMechanism.Counters)?
    var daemon: DaemonProcess?
  }

  private let state = Mutex(State())
  private let fired = DispatchSemaphore(value: 0)

  /// What a printer counts: to be called on its thread.
  func watch(_ printer: Int, _ counters: VirtualMechanism.Counters) {
    let daemon: DaemonProcess? = state.withLock { state in
      guard let armed = state.armed, armed.printer == printer,
        armed.moment.isReached(counters, since: armed.since)
      else { return nil }
      state.armed = nil
      return state.daemon.take()
    }
    guard let daemon else { return }
    daemon.kill9()
    fired.signal()
  }

  /// The moment counts from what the printer has counted so far: `since`.
  func arm(
    _ moment: Moment, at printer: Int, since: VirtualMechanism.Counters, for daemon: DaemonProcess
  ) {
    state.withLock { state in
      state.armed = (printer, moment, since)
      state.daemon = daemon
    }
  }

  /// Waits until the daemon is dead; kills it here and returns false when its moment does not come.
  func waitForKill(milliseconds: Int) -> Bool {
    if fired.wait(timeout: .now() + .milliseconds(milliseconds)) == .success { return true }
    let late = state.withLock { state in
      state.armed = nil
      return state.daemon.take()
    }
    guard let late else {
      // Between the two waits the moment came after all.
      fired.wait()
      return true
    }
    late.kill9()
    return false
  }
}
