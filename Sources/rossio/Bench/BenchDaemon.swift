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
      "rossiod",
      ["--venue", venue, "--data", data, "--listen", "127.0.0.1:0"] + options
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

  /// Processor time that the daemon has used, in milliseconds: fields 14 and 15 of `/proc/PID/stat`.
  func processorMilliseconds() -> Double {
    guard let stat = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8),
      let name = stat.lastIndex(of: ")")
    else { return 0 }
    let fields = stat[name...].split(separator: " ")
    let ticks = (Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0)
    return ticks * 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Resident memory in megabytes: `VmRSS` of `/proc/PID/status`.
  func residentMegabytes() -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Double(line.filter(\.isNumber)) ?? 0) / 1024
  }
}
