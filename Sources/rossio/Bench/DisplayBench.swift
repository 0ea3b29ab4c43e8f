import Feed
import Foundation
import Glibc
import Hall
import Venue
import Wire

/// `rossio bench display`: from a call to the frame that shows it, on a display without a screen.
struct DisplayBench: Bench {
  static let name = "display"
  let seconds: Double

  struct Report: Encodable {
    /// From sending the command to the presented frame: the commit is within it.
    var frame_ms_p50 = 0.0
    var frame_ms_p99 = 0.0
    /// The part that no display can avoid, in the same run: sending the command to its answer.
    var commit_ms_p50 = 0.0
    var commit_ms_p99 = 0.0
    var frames = 0
    /// From starting the process to its first presented frame with calls or without.
    var first_frame_ms = 0.0
    var pss_mb = 0.0
    var idle_cpu_percent = 0.0
  }

  /// Between two calls: the display is idle when the next one comes.
  private static let pause = 0.05
  private static let idleSeconds = 4.0

  func run() throws -> Report {
    var tokens: (kiosk: String, counter: String, display: String) = ("", "", "")
    let daemon = try BenchDaemon(venue: try Installation.directory("Config") + "/lisbon") {
      access in
      tokens.kiosk = try access.addToken(role: .reception, id: "bench")
      tokens.counter = try access.addToken(role: .counter, id: "1")
      tokens.display = try access.addToken(role: .display, id: "hall-1")
    }
    defer { daemon.stop() }
    let display = try BenchDisplay(daemon, token: tokens.display)
    defer { display.stop() }
    var report = Report()
    report.first_frame_ms = try display.firstFrame()
    let url = "http://127.0.0.1:\(daemon.port)"
    let reception = Client(Endpoint(baseURL: url, token: tokens.kiosk))
    let counter = Client(Endpoint(baseURL: url, token: tokens.counter))
    let calls = max(20, Int((seconds - Self.idleSeconds) / (Self.pause * 1.5)))
    let body = JSON.encode(IssueBody(service: "reception", language: "ar"))
    for _ in 0..<calls { _ = try reception.send("POST", "/v1/visits", body: body) }
    var commits: [Double] = []
    var frames: [Double] = []
    for _ in 0..<calls {
      let began = Monotonic.nanoseconds()
      _ = try counter.send("POST", "/v1/counters/1/call-next", body: [])
      commits.append(Double(Monotonic.nanoseconds() - began) / 1e6)
      let ready: HealthAnswer = try JSON.decode(from: counter.send("GET", "/readyz").body)
      frames.append(Double(try display.frame(showing: ready.sequence) - began) / 1e6)
      Thread.sleep(forTimeInterval: Self.pause)
    }
    report.frames = frames.count
    (report.frame_ms_p50, report.frame_ms_p99) = Self.percentiles(frames)
    (report.commit_ms_p50, report.commit_ms_p99) = Self.percentiles(commits)
    report.idle_cpu_percent = display.processorShare(seconds: Self.idleSeconds) * 100
    report.pss_mb = display.proportionalMegabytes()
    return report
  }

  private static func percentiles(_ values: [Double]) -> (Double, Double) {
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
    return (at(0.5), at(0.99))
  }
}

/// A display client on SDL's offscreen driver, with its log of frames.
private final class BenchDisplay {
  private let process = Process()
  private let log: String
  private let began: UInt64
  /// Frames that show an older state are waited for no longer than this.
  private static let patience = 5.0

  init(_ daemon: BenchDaemon, token: String) throws {
    log = daemon.data + "/frames.log"
    let tokenFile = daemon.data + "/display.token"
    try Data((token + "\n").utf8).write(to: URL(fileURLWithPath: tokenFile))
    process.executableURL = try Installation.programme("rossio-display")
    process.arguments = [
      "--server", "http://127.0.0.1:\(daemon.port)", "--screen", "hall-1", "--token-file",
      tokenFile, "--frames-log", log, "--mute",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SDL_VIDEODRIVER": "offscreen"]) { _, new in new }
    process.standardError = FileHandle.nullDevice
    began = Monotonic.nanoseconds()
    try process.run()
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// Milliseconds from the start of the process to the first frame that shows a state of the hall.
  func firstFrame() throws -> Double {
    Double(try frame(showing: 1) - began) / 1e6
  }

  /// When the first frame that shows `sequence` or later was presented.
  func frame(showing sequence: UInt64) throws -> UInt64 {
    let deadline = Monotonic.nanoseconds() + UInt64(Self.patience * 1e9)
    while Monotonic.nanoseconds() < deadline {
      if let line = frames().first(where: { $0.sequence >= sequence }) {
        return line.presentedAtMonotonicNs
      }
      usleep(1_000)
    }
    throw CommandError("The display has shown no frame of event \(sequence) within 5 s.")
  }

  private struct Line: Decodable {
    let sequence: UInt64
    let presentedAtMonotonicNs: UInt64
  }

  private func frames() -> [Line] {
    guard let text = try? String(contentsOfFile: log, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").suffix(40).compactMap { line in
      try? JSONDecoder().decode(Line.self, from: Data(line.utf8))
    }
  }

  /// Share of one core that the display uses while nothing happens.
  func processorShare(seconds: Double) -> Double {
    let before = ProcessFigures.processorMilliseconds(process.processIdentifier)
    Thread.sleep(forTimeInterval: seconds)
    let after = ProcessFigures.processorMilliseconds(process.processIdentifier)
    return (after - before) / (seconds * 1000)
  }

  func proportionalMegabytes() -> Double {
    ProcessFigures.kilobytes("Pss:", in: "/proc/\(process.processIdentifier)/smaps_rollup") / 1024
  }
}

enum Monotonic {
  /// `CLOCK_MONOTONIC` in nanoseconds.
  static func nanoseconds() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
