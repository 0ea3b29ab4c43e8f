import Foundation
import Hall
import Venue

/// Where the tests find what the package has built, and the package itself.
enum Built {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The products stand beside the executable that runs the tests.
  static func product(_ name: String) throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let path = URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: name).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw TestFailure("\(path) is not there: run 'swift build' first")
    }
    return path
  }
}

/// A directory that goes away with this object.
final class ScratchDirectory: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "rossio-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A data directory with everything a daemon needs, on which daemons run one after the other.
final class HallDirectory: Sendable {
  let scratch: ScratchDirectory
  let venue: String
  let data: String

  /// - Parameters:
  ///   - venue: the venue's files; the sample venue when nil.
  ///   - data: an existing directory; a new one when nil.
  init(venue: String? = nil, data: String? = nil) throws {
    scratch = try ScratchDirectory()
    self.venue = venue ?? Built.project + "/Config/lisbon"
    self.data = data ?? scratch.path + "/data"
    try FileManager.default.createDirectory(
      atPath: self.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// A token for a device or script. Only while no daemon runs here: one that does would not hear of
  /// it, and is asked with `rossio token` instead.
  func token(_ role: Role, _ id: String) throws -> String {
    try AccessStore(directory: data).addToken(role: role, id: id)
  }

  /// Adds a person who can log in; only while no daemon runs here.
  func addStaff(
    login: String, secret: String, role: Role, agency: AgencyID? = nil, mediator: MediatorID? = nil
  ) throws {
    try AccessStore(directory: data)
      .setStaff(login: login, secret: secret, role: role, agency: agency, mediator: mediator)
  }

  /// Starts a daemon here and waits until it listens.
  ///
  /// - Parameter wrapper: words before the daemon's own, of a programme that becomes the daemon and so
  ///   keeps the process number.
  func start(_ options: String..., wrapper: [String] = []) throws -> DaemonProcess {
    try DaemonProcess(try launch(options, wrapper: wrapper))
  }

  /// Stands for no `--clock`: the machine's own.
  static let realClock = "real clock"

  /// Starts a daemon that may not come up; the caller waits for its end.
  func launch(_ options: [String] = [], wrapper: [String] = []) throws -> ChildProcess {
    var words = wrapper + [try Built.product("rossiod"), "--venue", venue, "--data", data]
    if !options.contains("--listen") { words += ["--listen", "127.0.0.1:0"] }
    // The sample venue is closed at night and on Sundays: a test's morning is always a Monday's.
    let isReal = options.contains(Self.realClock)
    if !isReal, !options.contains("--clock") {
      words += ["--clock", "2026-11-23T09:00", "--speed", "1"]
    }
    if !options.contains("--displays") { words += ["--displays", try displays()] }
    words += options.filter { $0 != Self.realClock }
    return try ChildProcess(
      words[0], Array(words.dropFirst()), errorFile: scratch.path + "/\(UUID().uuidString).log")
  }

  /// The project's pages.
  private func displays() throws -> String {
    let own = Built.project + "/Displays"
    if FileManager.default.fileExists(atPath: own + "/index.html") { return own }
    let empty = scratch.path + "/displays"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    try Data("<!doctype html>".utf8).write(to: URL(fileURLWithPath: empty + "/index.html"))
    return empty
  }
}

/// A `rossiod` that listens; ended by its process number, at the latest when it is let go.
final class DaemonProcess: Sendable {
  let process: ChildProcess
  /// `http://127.0.0.1:PORT`, as the daemon printed it.
  let address: String
  let port: UInt16

  /// Waits for the line `listening on http://HOST:PORT`.
  init(_ process: ChildProcess) throws {
    self.process = process
    let mark = "listening on "
    guard let line = try process.readLine(), line.hasPrefix(mark),
      let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
    else {
      let ending = try process.waitForEnd().ending
      throw TestFailure("rossiod did not come up (\(ending)): \(process.errors)")
    }
    address = String(line.dropFirst(mark.count))
    self.port = port
  }

  /// What it has logged so far.
  var log: String { process.errors }

  func client(token: String? = nil) throws -> HTTPClient {
    try HTTPClient(port: port, token: token)
  }

  /// Sends SIGTERM and waits for the end; the ending is `.exit(0)` for a clean stop.
  func terminate(milliseconds: Int32 = 30_000) throws -> ChildProcess.Ending {
    process.send(signal: SIGTERM)
    return try process.waitForEnd(milliseconds: milliseconds).ending
  }

  /// Sends SIGKILL and waits for the end.
  func kill9() { process.endNow() }
}
