import Foundation
import SQLite
import Testing

/// The person who looks after the printers: what is told to be in doubt is printed again.
final class SlipOperator {
  private let hall: HallDirectory
  private let staff: String
  private var retries = 0

  /// - Parameter staff: the token of a counter.
  init(hall: HallDirectory, staff: String) {
    self.hall = hall
    self.staff = staff
  }

  /// Looks once. The daemon may be dying meanwhile.
  func look(at daemon: DaemonProcess) {
    if let view = try? daemon.client(token: staff).get("/v1/printers") { retry(view.json, daemon) }
  }

  private func retry(_ view: [String: Any], _ daemon: DaemonProcess) {
    for slip in Self.slips(view) where slip["state"] as? String != "retrying" {
      guard let number = slip["number"] as? String else { continue }
      retries += 1
      let answer = try? daemon.client(token: staff)
        .post("/v1/slips/\(number)/retry", key: "retry-\(retries)")
      // It may have been decided meanwhile.
      if let answer { #expect([202, 409].contains(answer.status), "\(answer.text)") }
    }
  }

  /// Looks until all slips are on paper and none is told to be in doubt.
  func printAll(_ daemon: DaemonProcess) throws {
    let watchdog = Watchdog(daemon, seconds: Self.patienceSeconds)
    defer { watchdog.stop() }
    let stream = try StreamClient(port: daemon.port, "/v1/printers", token: staff)
    var last = ""
    while let event = try? stream.next("view") {
      last = event.data
      retry(event.json, daemon)
      if Self.slips(event.json).isEmpty, try openJobs().isEmpty { return }
    }
    throw TestFailure("not all slips came out: \(try openJobs()); told: \(last)")
  }

  /// In the long form hundreds of slips may wait.
  private static let patienceSeconds = isLong ? 240 : 40

  private static func slips(_ view: [String: Any]) -> [[String: Any]] {
    view["slips"] as? [[String: Any]] ?? []
  }

  /// Jobs that are not decided, with their state, as the spool's file has them.
  private func openJobs() throws -> String {
    try Database(path: hall.data + "/spool.sqlite", mode: .readOnly).text(
      """
      SELECT coalesce(group_concat(key || ' ' || printer || ' ' || state, ', '), '') FROM job
      WHERE state NOT IN ('printed', 'discarded')
      """) ?? ""
  }
}

/// Kills a daemon that is waited for too long: its streams, which say that they live, would go on for
/// ever.
final class Watchdog: Sendable {
  private let isOver = DispatchSemaphore(value: 0)

  init(_ daemon: DaemonProcess, seconds: Int) {
    let isOver = isOver
    Thread.detachNewThread {
      if isOver.wait(timeout: .now() + .seconds(seconds)) == .timedOut { daemon.kill9() }
    }
  }

  func stop() { isOver.signal() }
}
