import Foundation
import Wire

/// One bench: prints one JSON object with its figures and, from the same run, their limits.
protocol Bench {
  associatedtype Report: Encodable
  static var name: String { get }
  init(seconds: Double)
  func run() throws -> Report
}

/// `rossio bench NAME`
enum BenchCommand {
  static let subcommand = Rossio.Subcommand(
    name: "bench", usage: "bench issue|replay|display|engine|print [--seconds N]"
  ) { arguments in
    var arguments = arguments
    let name = try arguments.positional("the bench's name")[0]
    let seconds = Double(try arguments.number("--seconds", in: 1...3_600) ?? 20)
    try arguments.finish()
    switch name {
    case IssueBench.name: try report(IssueBench(seconds: seconds))
    case DisplayBench.name: try report(DisplayBench(seconds: seconds))
    case EngineBench.name: try report(EngineBench(seconds: seconds))
    case ReplayBench.name: try report(ReplayBench(seconds: seconds))
    case PrintBench.name: try report(PrintBench(seconds: seconds))
    default: throw ArgumentError("There is no bench '\(name)'.")
    }
  }

  private static func report(_ bench: some Bench) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    print(String(decoding: try encoder.encode(bench.run()), as: UTF8.self))
  }
}

/// A value that closures share.
final class Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}

enum HTTPRequest {
  /// A request as bytes, with keep-alive.
  static func bytes(
    _ method: String, _ path: String, token: String? = nil, body: [UInt8]? = nil,
    headers: [String] = []
  ) -> [UInt8] {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1"] + headers
    if let token { lines.append("Authorization: Bearer \(token)") }
    if method == "POST" {
      lines.append("Content-Type: application/json")
      lines.append("Content-Length: \(body?.count ?? 0)")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
  }
}

/// What driving a daemon came to.
struct Driven {
  var count = 0
  var rate = 0.0
  /// Sorted, in nanoseconds.
  var times: [UInt64] = []

  /// Median and 99th percentile in milliseconds.
  var percentiles: (Double, Double) { (percentile(0.5), percentile(0.99)) }

  func percentile(_ share: Double) -> Double {
    guard !times.isEmpty else { return 0 }
    return Double(times[min(times.count - 1, Int(Double(times.count) * share))]) / 1e6
  }
}

extension Bench {
  /// Drives the daemon for `seconds` from `clients` keep-alive connections.
  func drive(
    _ port: UInt16, clients: Int, seconds: Double,
    next: @escaping (_ client: Int, _ turn: Int) -> [UInt8]?,
    receive: @escaping (_ status: Int, _ body: ArraySlice<UInt8>) -> Void
  ) throws -> Driven {
    let driven = Box(Driven())
    let began = ContinuousClock.now
    let deadline = began + .seconds(seconds)
    var load = try LoadGenerator(
      port: port,
      clients: (0..<clients).map { index in
        let turn = Box(0)
        return LoadGenerator.Client {
          turn.value += 1
          return ContinuousClock.now < deadline ? next(index, turn.value) : nil
        } receive: { status, body, nanoseconds in
          driven.value.count += 1
          driven.value.times.append(nanoseconds)
          receive(status, body)
        }
      })
    try load.run(until: deadline + .seconds(5))
    let took = began.duration(to: .now)
    driven.value.times.sort()
    driven.value.rate = Double(driven.value.count) / (took / .seconds(1))
    return driven.value
  }
}
