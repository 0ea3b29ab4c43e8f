import Foundation
import Synchronization

/// What cannot be done in a test, in words.
struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A process that a test has started: its standard output comes through a socket, its standard error
/// goes to a file. Killed, if it still runs, when it is let go.
final class ChildProcess: @unchecked Sendable {
  /// How a process ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  let pid: pid_t
  private let output: Int32
  private let errorFile: String
  /// What was read and not yet handed out. Used by one thread at a time.
  private var unread: [UInt8] = []
  private let ending = Mutex<Ending?>(nil)

  /// Starts `executable` with nothing on its standard input.
  ///
  /// - Parameter errorFile: made by this; what the process says on standard error.
  init(_ executable: String, _ arguments: [String], errorFile: String) throws {
    self.errorFile = errorFile
    var ends: [Int32] = [0, 0]
    // A pair of sockets is a pipe that no other process started meanwhile can inherit.
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else {
      throw TestFailure("socketpair failed with \(errno)")
    }
    output = ends[0]
    defer { close(ends[1]) }
    pid = try Self.spawn(executable, arguments, output: ends[1], errorFile: errorFile)
  }

  deinit {
    endNow()
    close(output)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], output: Int32, errorFile: String
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 2, errorFile, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    // What other tests have open this moment would stay open with it: a file that was removed goes on
    // filling its disk, a connection that was closed never ends.
    for descriptor in 3..<min(4_096, getdtablesize()) {
      unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    let words = CStrings([executable] + arguments)
    let environment = CStrings(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
    var pid: pid_t = 0
    let code = unsafe posix_spawn(
      &pid, executable, &actions, nil, words.pointers, environment.pointers)
    guard code == 0 else {
      throw TestFailure(
        "\(executable) cannot be started: \(unsafe String(cString: strerror(code)))")
    }
    return pid
  }

  /// All that it has said on standard error so far.
  var errors: String { (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? "" }

  func send(signal number: Int32) {
    ending.withLock { if $0 == nil { kill(pid, number) } }
  }

  /// The next line on its standard output without the line break; nil once that has ended.
  func readLine(milliseconds: Int32 = 30_000) throws -> String? {
    while true {
      if let end = unread.firstIndex(of: 10) {
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      guard try fill(milliseconds) else { return nil }
    }
  }

  /// Waits until it has ended, which closes its standard output; all that it still said comes back.
  func waitForEnd(milliseconds: Int32 = 30_000) throws -> (ending: Ending, output: String) {
    while try fill(milliseconds) {}
    let rest = String(decoding: unread, as: UTF8.self)
    unread = []
    return (reap(), rest)
  }

  /// Ends it at once, whatever it does, and waits for that.
  func endNow() {
    send(signal: SIGKILL)
    _ = reap()
  }

  /// False at the end of the output.
  private func fill(_ milliseconds: Int32) throws -> Bool {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&entry, 1, milliseconds) > 0 else {
      throw TestFailure("process \(pid) said nothing for \(milliseconds) ms. \(errors)")
    }
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    let count = unsafe read(output, &buffer, buffer.count)
    guard count > 0 else { return false }
    unread += buffer[..<count]
    return true
  }

  private func reap() -> Ending {
    ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
      let number = status & 0x7F
      let found = number == 0 ? Ending.exit(status >> 8 & 0xFF) : .signal(number)
      ending = found
      return found
    }
  }
}

/// Strings as C takes them, ended by a null pointer; freed with this object.
@safe private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    unsafe pointers = strings.map { unsafe strdup($0) } + [nil]
  }

  deinit {
    unsafe pointers.forEach { unsafe free($0) }
  }
}
