import Foundation
import Venue
import Views
import Wire

/// `rossio printers`: how the printers are, and what can be done with slips.
enum PrintersCommand {
  /// One thing to do: its word, how it is used, and what it does with all words after `printers`.
  struct Verb: Sendable {
    let name: String
    let usage: String
    let run: @Sendable (Arguments) async throws -> Void
  }

  /// One line a verb.
  static let verbs: [Verb] = [
    Verb(name: "list", usage: "list --data DIR") { try list($0) },
    Verb(name: "slips", usage: "slips [--all] --data DIR") { try slips($0) },
    Verb(name: "retry", usage: "retry KEY|NUMBER [--on PRINTER] --data DIR") {
      try wish("retry", $0, takesPrinter: true)
    },
    Verb(name: "discard", usage: "discard KEY|NUMBER --data DIR") {
      try wish("discard", $0, takesPrinter: false)
    },
    Verb(name: "reprint", usage: "reprint NUMBER [--on PRINTER] --data DIR") {
      try wish("reprint", $0, takesPrinter: true)
    },
    Verb(name: "probe", usage: "probe HOST:PORT [--out FILE]") { try PrinterSetup.probe($0) },
    Verb(name: "test", usage: "test PRINTER [--venue DIR] [--data DIR]") {
      try PrinterSetup.test($0)
    },
  ]

  static let subcommand = Rossio.Subcommand(
    name: "printers", usage: verbs.map { "printers " + $0.usage }.joined(separator: "\n  rossio ")
  ) { arguments in
    let known = verbs.map(\.name).joined(separator: ", ")
    guard let word = arguments.words.first else { throw ArgumentError("Say what to do: \(known).") }
    guard let verb = verbs.first(where: { $0.name == word }) else {
      throw ArgumentError("'printers \(word)' is nothing that can be done. Say one of: \(known).")
    }
    do {
      try await verb.run(arguments)
    } catch let error as ArgumentError {
      throw ArgumentError(error.description, usage: "printers \(verb.usage)")
    }
  }

  private static func daemon(_ arguments: inout Arguments) throws -> AdminClient {
    let data = try arguments.required("--data")
    guard let client = try AdminClient(data: data) else {
      throw CommandError(
        "No daemon runs on \(data), and only a running one knows its printers. Start rossiod, or "
          + "give its own --data.")
    }
    return client
  }

  private static func list(_ arguments: Arguments) throws {
    var arguments = arguments
    _ = try arguments.positional("list")
    let daemon = try daemon(&arguments)
    try arguments.finish()
    let view: PrintersView = try daemon.ask("/printers")
    Terminal.say(PrintersReport(clock: try daemon.ask("/clock")).printers(view.printers))
  }

  private static func slips(_ arguments: Arguments) throws {
    var arguments = arguments
    _ = try arguments.positional("slips")
    let all = try arguments.flag("--all")
    let daemon = try daemon(&arguments)
    try arguments.finish()
    let lines: [SpoolLine] = try daemon.ask(all ? "/slips/all" : "/slips")
    guard !lines.isEmpty || all else { return Terminal.say("No slip waits or is in doubt.") }
    Terminal.say(PrintersReport(clock: try daemon.ask("/clock")).slips(lines))
  }

  private static func wish(
    _ wish: String, _ arguments: Arguments, takesPrinter: Bool
  ) throws {
    var arguments = arguments
    let slip = try arguments.positional(wish, "the slip's key or number")[1]
    let printer = takesPrinter ? try arguments.option("--on").map { PrinterID($0) } : nil
    let daemon = try daemon(&arguments)
    try arguments.finish()
    let answer: SlipAnswer = try daemon.ask(
      "POST", "/slips/" + wish, SlipBody(slip: slip, printer: printer))
    guard answer.state != "discarded" else {
      return Terminal.say("The slip of \(answer.number) is settled: nobody has to look after it.")
    }
    let view: PrintersView = try daemon.ask("/printers")
    let line = view.printers.first { $0.printer == answer.printer }
    let state = line.flatMap { $0.canPrint ? nil : PrintersReport.words($0.state) }
    Terminal.say(
      "The slip of \(answer.number) waits for \(answer.printer)"
        + (state.map { ", which cannot print now: \($0)." } ?? "."))
  }
}

/// Printers and slips as tables for a terminal: a line each, columns between tabs' worth of spaces.
struct PrintersReport {
  /// The daemon's: times are shown as the venue's clocks show them.
  let clock: Heartbeat

  func printers(_ lines: [PrintersView.Line]) -> String {
    table(
      ["printer", "state", "since", "waiting", "slips left", "backup", "address", "model"],
      lines.map { line in
        [
          line.printer.text, Self.words(line.state), line.since.map(time) ?? "-",
          String(line.waiting),
          line.slipsLeft.map { "~\($0)" } ?? "-", line.backup?.text ?? "-", line.address,
          line.model,
        ]
      })
  }

  func slips(_ lines: [SpoolLine]) -> String {
    table(
      ["number", "printer", "state", "copy", "attempts", "changed", "key", "reason", "evidence"],
      lines.map { line in
        [
          line.isTest ? "TEST" : line.number.description, line.printer.text, line.state,
          line.copy ? "copy" : "-",
          String(line.attempts), time(line.changed), line.key,
          line.reason.map(Self.words) ?? "-",
          line.evidence ?? "-",
        ]
      })
  }

  /// The first row is the head. The last column is not padded.
  private func table(_ head: [String], _ rows: [[String]]) -> String {
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// `paperNearEnd` is "paper near end".
  static func words(_ state: String) -> String {
    state.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }

  /// `10:02` today, `2026-11-23 10:02` on another day.
  private func time(_ instant: Instant) -> String {
    let (day, time) = local(instant)
    return day == local(clock.now).day ? time : "\(day) \(time)"
  }

  private func local(_ instant: Instant) -> (day: String, time: String) {
    let seconds = instant.milliseconds / 1_000 + Int64(clock.utcOffsetMinutes) * 60
    let date = Date(timeIntervalSince1970: Double(seconds))
    let text = date.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space))
    return (String(text.prefix(10)), String(text.dropFirst(11).prefix(5)))
  }
}
