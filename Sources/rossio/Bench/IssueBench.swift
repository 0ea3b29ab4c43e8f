import Foundation
import Hall
import Venue
import Wire

/// `rossio bench issue`: numbers a second with every one durable, beside the limits of the machine.
struct IssueBench: Bench {
  static let name = "issue"
  /// Visits of one day after which memory is measured.
  private static let dayVisits = 100_000

  let seconds: Double

  struct Report: Encodable {
    var issue_per_s = 0.0
    var issue_per_s_8_clients = 0.0
    var p50_ms = 0.0
    var p99_ms = 0.0
    var p50_ms_8_clients = 0.0
    var p99_ms_8_clients = 0.0
    var issued = 0
    var duplicates = 0
    var calls = 0
    var call_per_s = 0.0
    var double_calls = 0
    var constant_per_s = 0.0
    var issue_share_of_constant = 0.0
    var commit_single_per_s = 0.0
    var commit_batched_per_s = 0.0
    var cpu_ms_per_ticket = 0.0
    var rss_mb = 0.0
    var visits_at_rss = 0
  }

  func run() throws -> Report {
    var report = Report()
    var kiosk = ""
    var counters: [String] = []
    let daemon = try BenchDaemon(venue: try Installation.directory("Config") + "/lisbon") {
      access in
      kiosk = try access.addToken(role: .kiosk, id: "K1")
      counters = try (1...42).map { try access.addToken(role: .counter, id: String($0)) }
    }
    defer { daemon.stop() }
    let slice = seconds / 4
    report.constant_per_s = try constant(daemon.port, slice)
    var numbers = Numbers()
    let few = try issue(daemon, kiosk, clients: 8, seconds: slice, &numbers)
    report.issue_per_s_8_clients = few.rate
    (report.p50_ms_8_clients, report.p99_ms_8_clients) = few.percentiles
    let before = daemon.processorMilliseconds()
    let many = try issue(daemon, kiosk, clients: 64, seconds: slice, &numbers)
    report.cpu_ms_per_ticket =
      (daemon.processorMilliseconds() - before) / Double(max(1, many.count))
    report.issue_per_s = many.rate
    (report.p50_ms, report.p99_ms) = many.percentiles
    report.issue_share_of_constant = many.rate / max(1, report.constant_per_s)
    report.issued = numbers.count
    report.duplicates = numbers.duplicates
    try call(daemon.port, counters, slice, &report)
    (report.commit_single_per_s, report.commit_batched_per_s) = try CommitLimit.measure(
      seconds: slice / 2)
    (report.rss_mb, report.visits_at_rss) = try memoryOfOneDay()
    return report
  }

  /// Resident memory of a daemon that has issued a day of `dayVisits`.
  private func memoryOfOneDay() throws -> (Double, Int) {
    var kiosk = ""
    let daemon = try BenchDaemon(venue: try Installation.directory("Config") + "/lisbon") {
      access in
      kiosk = try access.addToken(role: .kiosk, id: "K1")
    }
    defer { daemon.stop() }
    var numbers = Numbers()
    _ = try issue(daemon, kiosk, clients: 64, seconds: 300, &numbers, until: Self.dayVisits)
    return (daemon.residentMegabytes(), numbers.count)
  }

  // MARK: - The parts

  private func constant(_ port: UInt16, _ seconds: Double) throws -> Double {
    let request = HTTPRequest.bytes("GET", "/healthz")
    return try drive(port, clients: 64, seconds: seconds) { _, _ in
      request
    } receive: { _, _ in
    }.rate
  }

  private func issue(
    _ daemon: BenchDaemon, _ token: String, clients: Int, seconds: Double,
    _ numbers: inout Numbers, until limit: Int = .max
  ) throws -> Driven {
    let body = JSON.encode(IssueBody(service: "reception", language: "pt"))
    let request = HTTPRequest.bytes("POST", "/v1/visits", token: token, body: body)
    let seen = Box(numbers)
    let driven = try drive(daemon.port, clients: clients, seconds: seconds) { _, _ in
      seen.value.count < limit ? request : nil
    } receive: { status, body in
      guard status == 201 else { return }
      seen.value.note(body)
    }
    numbers = seen.value
    return driven
  }

  private func call(
    _ port: UInt16, _ tokens: [String], _ seconds: Double, _ report: inout Report
  ) throws {
    let requests = tokens.enumerated().map { index, token in
      HTTPRequest.bytes("POST", "/v1/counters/\(index + 1)/call-next", token: token)
    }
    let seen = Box(Numbers())
    let driven = try drive(port, clients: tokens.count, seconds: seconds) { client, _ in
      requests[client]
    } receive: { status, body in
      if status == 200 { seen.value.note(body) }
    }
    report.calls = seen.value.count
    report.double_calls = seen.value.duplicates
    report.call_per_s = driven.rate
  }
}

/// Numbers that were seen, and how many came twice.
private struct Numbers {
  private var seen: Set<String> = []
  private(set) var duplicates = 0
  var count: Int { seen.count + duplicates }

  mutating func note(_ body: ArraySlice<UInt8>) {
    let key = Array("\"number\":\"".utf8)
    guard let start = body.firstRange(of: key)?.upperBound,
      let end = body[start...].firstIndex(of: UInt8(ascii: "\""))
    else { return }
    if !seen.insert(String(decoding: body[start..<end], as: UTF8.self)).inserted { duplicates += 1 }
  }
}
