import Foundation
import Hall

/// A `rossiod` of its own for a bench: fresh data directory, port from the kernel.
final class BenchDaemon {
  let data: String
  let port: UInt16
  private let process: Process

  /// Starts the daemon beside this programme on `venue` and waits until it listens.
  ///
  /// `prepare` runs on the data directory before the start: tokens, for example.
  init(
    venue: String, options: [String] = [], prepare: (AccessStore) throws -> Void = { _ in }
  ) throws {
    data = NSTemporaryDirectory() + "rossio-bench-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try prepare(try AccessStore(directory: data))
    let (process, line) = try ChildProcess.start(
      try Installation.programme("rossiod"),
      [
        "--venue", venue, "--data", data, "--listen", "127.0.0.1:0",
        // Whatever the hour of the bench, in the hall it is a Monday morning.
        "--clock", "2026-11-23T09:00",
      ] + options
        + ["--displays", try Installation.directory("Displays")])
    self.process = process
    guard let colon = line.lastIndex(of: ":"), let port = UInt16(line[line.index(after: colon)...])
    else { throw CommandError("rossiod did not say where it listens, but: \(line)") }
    self.port = port
  }

  var processID: Int32 { process.processIdentifier }

  func stop() {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: data)
  }

  func processorMilliseconds() -> Double { ProcessFigures.processorMilliseconds(processID) }

  /// Resident memory in megabytes.
  func residentMegabytes() -> Double {
    ProcessFigures.kilobytes("VmRSS:", in: "/proc/\(processID)/status") / 1024
  }
}
