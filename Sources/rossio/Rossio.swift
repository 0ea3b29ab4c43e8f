import DisplayClient
import Foundation
import Glibc
import Hall

/// The command line: one subcommand a file.
@main
enum Rossio {
  /// A subcommand: its name, how it is used, and what it does with the words after its name.
  struct Subcommand: Sendable {
    let name: String
    let usage: String
    let run: @Sendable (Arguments) async throws -> Void
  }

  static let subcommands: [Subcommand] = [
    CheckCommand.subcommand, AgreementsCommand.subcommand, TokenCommand.subcommand,
    EnrolCommand.subcommand,
    RevokeCommand.subcommand, StaffCommand.subcommand, JournalCommand.subcommand,
    VerifyCommand.subcommand, BenchCommand.subcommand, DemoCommand.subcommand,
    PrintersCommand.subcommand, PreviewCommand.subcommand, VirtualPrinterCommand.subcommand,
    SimulateCommand.subcommand,
    PlanCommand.subcommand, WhatIfCommand.subcommand,
  ]

  static func main() async {
    var words = Array(CommandLine.arguments.dropFirst())
    guard let name = words.first, name != "--help", name != "help" else {
      print(usage)
      exit(words.isEmpty ? ExitCode.usage : ExitCode.success)
    }
    words.removeFirst()
    await runProgramme(name, words)
    guard let subcommand = subcommands.first(where: { $0.name == name }) else {
      Terminal.complain("rossio: there is no subcommand '\(name)'\n\(usage)")
      exit(ExitCode.usage)
    }
    if words.contains("--help") {
      print("usage: rossio \(subcommand.usage)")
      exit(ExitCode.success)
    }
    do {
      try await subcommand.run(Arguments(words))
    } catch let error as ArgumentError {
      Terminal.complain("rossio: \(error)\nusage: rossio \(error.usage ?? subcommand.usage)")
      exit(ExitCode.usage)
    } catch {
      Terminal.complain("rossio: \(error)")
      exit(ExitCode.failure)
    }
  }

  /// `rossio daemon` is `rossiod` and `rossio display` is `rossio-display`, so that the demo is one
  /// programme. Returns when `name` is neither.
  private static func runProgramme(_ name: String, _ words: [String]) async {
    switch name {
    case "daemon":
      await DaemonProcess.run(arguments: words)
      exit(ExitCode.success)
    case "display": exit(DisplayProgram.run(words))
    default: return
    }
  }

  private static var usage: String {
    "usage:\n" + subcommands.map { "  rossio " + $0.usage }.joined(separator: "\n")
      + "\n  rossio daemon ...    the same as rossiod\n  rossio display ...   the same as rossio-display"
  }
}

enum ExitCode {
  static let success: Int32 = 0
  static let failure: Int32 = 1
  static let usage: Int32 = 64
}

enum Terminal {
  /// Writes a line to standard output at once, also where that is a pipe.
  static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  /// A line from standard input that a terminal does not show.
  static func readSecret() -> String? {
    var shown = termios()
    guard isatty(STDIN_FILENO) == 1, unsafe tcgetattr(STDIN_FILENO, &shown) == 0 else {
      return readLine()
    }
    var hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    defer { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
    return readLine()
  }

  /// Writes lines to standard error.
  static func complain(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// A failure in plain words.
struct CommandError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
