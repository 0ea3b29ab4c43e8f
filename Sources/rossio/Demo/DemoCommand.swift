import Dispatch
import Foundation
import Glibc
import Synchronization

/// `rossio demo`: a whole hall on one machine, with simulated clients and counters.
enum DemoCommand {
  static let subcommand = Rossio.Subcommand(
    name: "demo",
    usage: "demo [--speed 1...600] [--data DIR] [--port N] [--minutes N] [--seed N] [--png]"
  ) { arguments in
    var arguments = arguments
    let options = DemoOptions(
      speed: try arguments.number("--speed", in: 1...600) ?? 60,
      data: try arguments.option("--data"),
      port: UInt16(try arguments.number("--port", in: 0...65_535) ?? 8_080),
      minutes: try arguments.number("--minutes", in: 1...10_000),
      seed: UInt64(try arguments.number("--seed", in: 0...Int.max) ?? 1),
      wantsFiles: try arguments.flag("--png"))
    try arguments.finish()
    StopSignal.listen()
    let hall = try DemoHall(options)
    defer { hall.stop() }
    try hall.run()
  }
}

struct DemoOptions {
  var speed: Int
  /// Kept when given; else a temporary directory that goes at the end.
  var data: String?
  var port: UInt16
  /// Real minutes after which the demo ends by itself.
  var minutes: Int?
  var seed: UInt64
  /// Boards go to PNG files even where there is a screen.
  var wantsFiles: Bool
}

/// Ctrl-C and SIGTERM, as something that can be waited for with a deadline.
enum StopSignal {
  private static let semaphore = DispatchSemaphore(value: 0)
  private static let isRaised = Mutex(false)

  static func listen() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        isRaised.withLock { $0 = true }
        semaphore.signal()
      }
      source.resume()
      // The source is wanted until the process ends.
      _ = unsafe Unmanaged.passRetained(source as AnyObject)
    }
  }

  /// True when the demo shall stop; waits up to `seconds` for that.
  static func waits(seconds: Double) -> Bool {
    if isRaised.withLock({ $0 }) { return true }
    return semaphore.wait(timeout: .now() + max(0, seconds)) == .success
  }
}
