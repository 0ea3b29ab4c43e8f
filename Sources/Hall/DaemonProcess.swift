import Dispatch
import Glibc

/// `rossiod` as a process: command line, signals, exit codes.
public enum DaemonProcess {
  /// Exit codes of sysexits.h: wrong usage, wrong configuration, could not start, storage failed.
  private static let wrongUsage: Int32 = 64
  private static let cannotStart: Int32 = 71
  private static let storageFailed: Int32 = 74

  /// Runs a daemon until SIGTERM or SIGINT.
  public static func run(arguments: [String]) async {
    let log = Log.standardError
    if ["--help", "-h"].contains(arguments.first) {
      print(DaemonOptions.usage)
      exit(0)
    }
    let options: DaemonOptions
    do {
      options = try DaemonOptions(arguments: arguments)
    } catch {
      Log.writeLine("rossiod: \(error)\n\(DaemonOptions.usage)")
      exit(wrongUsage)
    }
    prepareProcess()
    let stopSignals = signals([SIGTERM, SIGINT])
    do {
      let daemon = try await Daemon.start(options, log: log) { reason in
        log.error(reason)
        exit(storageFailed)
      }
      let host = options.host.contains(":") ? "[\(options.host)]" : options.host
      print("listening on http://\(host):\(daemon.port)")
      fflush(nil)
      for await _ in stopSignals { break }
      log.info("Stopping.")
      await daemon.stop()
      log.info("Stopped.")
    } catch {
      // One line each: a configuration has as many problems as it has.
      for line in "\(error)".split(separator: "\n") { log.error(String(line)) }
      exit(cannotStart)
    }
  }

  /// As many open files as the system lets us have: each connection is one.
  private static func prepareProcess() {
    var limit = rlimit()
    if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      limit.rlim_cur = limit.rlim_max
      _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
  }

  /// A stream that gives an element for each signal that comes, until the process ends.
  private static func signals(_ numbers: [Int32]) -> AsyncStream<Int32> {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    for number in numbers {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      // Sources must outlive this call: they are wanted for as long as the process runs.
      _ = unsafe Unmanaged.passRetained(source as AnyObject)
    }
    return stream
  }
}
