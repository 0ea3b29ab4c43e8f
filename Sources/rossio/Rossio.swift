import Foundation

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
    CheckCommand.subcommand, TokenCommand.subcommand, EnrolCommand.subcommand,
    RevokeCommand.subcommand, StaffCommand.subcommand, JournalCommand.subcommand,
    VerifyCommand.subcommand, BenchCommand.subcommand, DemoCommand.subcommand,
    PreviewCommand.subcommand, VirtualPrinterCommand.subcommand,
  ]

  static func main() async {
    var words = Array(CommandLine.arguments.dropFirst())
    guard let name = words.first, name != "--help", name != "help" else {
      print(usage)
      exit(words.isEmpty ? ExitCode.usage : ExitCode.success)
    }
    words.removeFirst()
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
      Terminal.complain("rossio: \(error)\nusage: rossio \(subcommand.usage)")
      exit(ExitCode.usage)
    } catch {
      Terminal.complain("rossio: \(error)")
      exit(ExitCode.failure)
    }
  }

  private static var usage: String {
    "usage:\n" + subcommands.map { "  rossio " + $0.usage }.joined(separator: "\n")
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
