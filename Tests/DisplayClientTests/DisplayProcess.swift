import Dispatch
import Glibc

@testable import DisplayClient

/// `rossio-display` as a process of its own, without a screen.
final class DisplayProcess {
  struct Failure: Error { var text: String }

  /// A folder of its own for what it writes.
  let folder: String
  private let pid: pid_t
  private var status: Int32?

  var picture: String { folder + "/frame.png" }
  var framesLog: String { folder + "/frames" }

  /// Starts it against `server`; `token` nil names a file that is not there.
  init(server: String, token: String? = "good", screen: String = "hall-1") throws {
    var template = Array("/tmp/rossio-display-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Failure(text: "no folder in /tmp") }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    if let token { try Self.write(token + "\n", to: folder + "/token") }
    pid = try Self.spawn(
      [
        try Self.executable(), "--server", server, "--screen", screen, "--token-file",
        folder + "/token", "--png", folder + "/frame.png", "--frames-log", folder + "/frames",
        "--size", "960x540", "--mute",
      ], errors: folder + "/errors")
  }

  deinit {
    end(SIGKILL)
    for name in ["token", "frame.png", "frame.png.part", "frames", "errors"] {
      unsafe unlink(folder + "/" + name)
    }
    unsafe rmdir(folder)
  }

  // MARK: What it did

  var errors: String { Self.text(of: folder + "/errors") }

  /// The lines of its frames log.
  var frames: [String] { Self.text(of: framesLog).split(separator: "\n").map(String.init) }

  /// Looks whenever a file in its folder changes until `condition` holds; throws when nothing has
  /// changed for 20 s, with what the process said.
  func wait(for what: String, until condition: (DisplayProcess) -> Bool) throws {
    let watch = inotify_init1(Int32(IN_CLOEXEC))
    defer { close(watch) }
    let changes = UInt32(IN_CREATE) | UInt32(IN_MODIFY) | UInt32(IN_MOVED_TO)
    guard watch >= 0, unsafe inotify_add_watch(watch, folder, changes) >= 0 else {
      throw Failure(text: "the folder \(folder) cannot be watched")
    }
    var events = [UInt8](repeating: 0, count: 4_096)
    // The first look is after the watch has begun: no change falls between them.
    while !condition(self) {
      var entry = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&entry, 1, Self.patienceMilliseconds) > 0 else {
        throw Failure(text: "waited in vain for \(what); it said: \(errors)")
      }
      _ = unsafe read(watch, &events, events.count)
    }
  }

  private static let patienceMilliseconds: Int32 = 20_000

  /// Sends a signal and answers the exit status; killed by a signal is 128 and its number.
  @discardableResult func end(_ signal: Int32) -> Int32 {
    if let status { return status }
    kill(pid, signal)
    return waitForExit()
  }

  /// Waits up to 20 s, then kills it: nothing that a test starts outlives the test.
  func waitForExit() -> Int32 {
    if let status { return status }
    let process = pid
    let end = DispatchWorkItem { kill(process, SIGKILL) }
    DispatchQueue.global().asyncAfter(
      deadline: .now() + .milliseconds(Int(Self.patienceMilliseconds)), execute: end)
    defer { end.cancel() }
    var raw: Int32 = 0
    while unsafe waitpid(pid, &raw, 0) < 0, errno == EINTR {}
    let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
    status = code
    return code
  }

  // MARK: Starting

  /// The products stand beside the executable that runs the tests.
  private static func executable() throws -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let tests = String(
      decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let slash = tests.lastIndex(of: "/") else { throw Failure(text: "no /proc/self/exe") }
    return tests[...slash] + "rossio-display"
  }

  private static func spawn(_ words: [String], errors: String) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
    // What other tests have open this moment would stay open with it.
    for descriptor in 3..<min(4_096, getdtablesize()) {
      unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    var environment = unsafe [strdup("SDL_VIDEODRIVER=offscreen"), strdup("HOME=/tmp"), nil]
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe environment.indices { unsafe free(environment[index]) }
    }
    var pid: pid_t = 0
    let code = unsafe posix_spawn(&pid, words[0], &actions, nil, &arguments, &environment)
    guard code == 0 else { throw Failure(text: "\(words[0]): \(Errno(number: code))") }
    return pid
  }

  private static func write(_ text: String, to path: String) throws {
    guard let file = unsafe fopen(path, "w") else { throw Failure(text: "\(path): no file") }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }

  private static func text(of path: String) -> String {
    guard let file = unsafe fopen(path, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
