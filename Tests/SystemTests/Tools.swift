import Foundation
import Journal
import Venue

/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// True when long forms are asked for: `ROSSIO_LONG=1 swift test --filter SystemTests`.
let isLong = ProcessInfo.processInfo.environment["ROSSIO_LONG"] == "1"

/// The body of an ordinary request for a number.
let forReception = #"{"service":"reception","language":"pt"}"#

/// Runs `body` on so many threads at once and waits for all of them.
func inParallel(_ count: Int, _ body: @escaping @Sendable (_ index: Int) -> Void) {
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(index)
      group.leave()
    }
  }
  group.wait()
}

extension HallDirectory {
  /// What the command line said: its exit status, standard output and standard error.
  func rossio(_ arguments: String...) throws -> (
    ending: ChildProcess.Ending, output: String, errors: String
  ) {
    let process = try ChildProcess(
      Built.product("rossio"), arguments, errorFile: scratch.path + "/\(UUID().uuidString).log")
    let (ending, output) = try process.waitForEnd(milliseconds: 120_000)
    return (ending, output, process.errors)
  }

  /// All records of the journal; also while a daemon runs.
  func records() throws -> [Record] {
    var records: [Record] = []
    try Journal.read(directory: data) { records.append($0) }
    return records
  }

  /// The visits that were issued, by number, as the journal has them.
  func issued() throws -> [VisitID: TicketNumber] {
    var issued: [VisitID: TicketNumber] = [:]
    for record in try records() {
      if case .issued(let issue) = record.event { issued[issue.visit] = issue.number }
    }
    return issued
  }
}

/// A copy of the sample venue that a test changes.
final class VenueCopy: Sendable {
  private let scratch: ScratchDirectory
  var path: String { scratch.path + "/lisbon" }

  init() throws {
    scratch = try ScratchDirectory()
    for name in ["lisbon", "languages", "printers"] {
      try FileManager.default.copyItem(
        atPath: Built.project + "/Config/" + name, toPath: scratch.path + "/" + name)
    }
  }

  /// Replaces the first `old` in `file`, which must be there.
  func replace(_ old: String, with new: String, in file: String = "venue.json5") throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    var text = try String(contentsOf: url, encoding: .utf8)
    guard let range = text.range(of: old) else { throw TestFailure("there is no '\(old)'") }
    text.replaceSubrange(range, with: new)
    try Data(text.utf8).write(to: url)
  }
}

extension HTTPAnswer {
  /// The refusal's name, where the answer is a problem document in full.
  var problem: String? {
    guard header("content-type") == "application/problem+json",
      json["status"] as? Int == status, json["type"] as? String == "about:blank",
      let detail = self["detail"], detail.hasSuffix("."), self["title"] != nil
    else { return nil }
    return self["name"]
  }
}
