import Feed
import Views
import Wire

/// Turns what the feed reports into news for the display, on the feed's thread.
///
/// What cannot be understood becomes a trouble in plain words; the stream goes on.
struct BoardNews: Sendable {
  let server: String
  let mailbox: Mailbox

  /// Takes one report, which came at `time`. Events whose names it does not know are left to later
  /// versions of the daemon.
  func take(_ report: Follower.Report, at time: LocalTime) {
    do throws(WireError) {
      switch report {
      case .connected: break
      case .heartbeat(let data):
        mailbox.put(try JSON.decode(Heartbeat.self, from: data), at: time)
      case .event(let id, "view", let data):
        let sequence = id.flatMap { UInt64($0) } ?? 0
        mailbox.put(try JSON.decode(BoardView.self, from: data), sequence: sequence)
      case .event: break
      case .disconnected(let reason):
        mailbox.put(trouble: "No calls come: \(reason). It is tried again.")
      }
    } catch {
      mailbox.put(
        trouble: """
          \(server) says something that this display does not understand (\(error.explanation)) \
          Install the same version of Rossio on both.
          """)
    }
  }
}
