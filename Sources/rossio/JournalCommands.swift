import Foundation
import Hall
import Journal
import Venue
import Wire

/// `rossio check`: says everything that is wrong with a venue's files.
enum CheckCommand {
  static let subcommand = Rossio.Subcommand(name: "check", usage: "check DIR") { arguments in
    var arguments = arguments
    let directory = try arguments.positional("the venue's directory")[0]
    try arguments.finish()
    let venue = load(directory)
    let configuration = venue.configuration
    let tooLong = SlipCheck.problems(of: venue)
    guard tooLong.isEmpty else {
      Terminal.complain(
        "These slips cannot be printed; shorten their words or change slip.json5:\n"
          + tooLong.prefix(20).joined(separator: "\n"))
      exit(ExitCode.failure)
    }
    print(
      "\(configuration.name): \(configuration.agencies.count) agencies, "
        + "\(configuration.services.count) services, \(configuration.counters.count) counters, "
        + "\(configuration.languages.count) languages. All is right.")
  }

  /// The venue in `directory`; where something is wrong with it, says all of it and ends.
  static func load(_ directory: String) -> LoadedVenue {
    do {
      return try VenueFiles.load(directory: directory)
    } catch {
      Terminal.complain("\(error)")
      exit(ExitCode.failure)
    }
  }
}

/// `rossio journal`: prints events as JSON lines.
enum JournalCommand {
  static let subcommand = Rossio.Subcommand(
    name: "journal", usage: "journal --data DIR [--after SEQ]"
  ) { arguments in
    var arguments = arguments
    let data = try arguments.required("--data")
    let after = try arguments.number("--after", in: 0...Int.max) ?? 0
    try arguments.finish()
    var lines: [UInt8] = []
    try Journal.read(directory: data, after: UInt64(after)) { record in
      lines += JSON.encode(EventDocument(record))
      lines.append(UInt8(ascii: "\n"))
      if lines.count > flushBytes { flush(&lines) }
    }
    flush(&lines)
  }

  private static let flushBytes = 1 << 16

  private static func flush(_ lines: inout [UInt8]) {
    FileHandle.standardOutput.write(Data(lines))
    lines.removeAll(keepingCapacity: true)
  }
}

/// `rossio verify`: exits 0 only when chain and invariants hold.
enum VerifyCommand {
  static let subcommand = Rossio.Subcommand(name: "verify", usage: "verify --data DIR") {
    arguments in
    var arguments = arguments
    let data = try arguments.required("--data")
    try arguments.finish()
    let report = try Journal.verify(directory: data)
    for fault in report.faults { Terminal.complain("rossio verify: \(fault)") }
    guard report.isSound else {
      throw CommandError(
        "The journal in \(data) is not sound: \(report.faults.count) faults. Restore the newest "
          + "backup that this command finds sound.")
    }
    let hash = (report.stateHash ?? []).prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    print(
      "sound: \(report.events) events, \(report.days) days, \(report.visits) visits, "
        + "\(report.snapshots) snapshots, state \(hash.joined())")
  }
}
