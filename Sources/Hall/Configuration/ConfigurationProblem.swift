/// One thing that is wrong in the files of a venue, with what to do about it.
public struct ConfigurationProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as it is reached from where the command was started.
  public var file: String
  /// Line in the file, from 1; nil where the whole file is meant.
  public var line: Int?
  /// Column in characters, from 1; only for faults of syntax.
  public var column: Int?
  /// The place inside the file, for example `counters[3].services[0]`; empty for the whole file.
  public var path: String
  /// What is wrong, in plain words, without a full stop.
  public var what: String
  /// What to do, in plain words, without a full stop.
  public var mend: String

  public init(
    file: String, line: Int? = nil, column: Int? = nil, path: String = "", what: String,
    mend: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
    self.what = what
    self.mend = mend
  }

  /// `FILE:LINE: PATH: what. Mend: what to do.`, on one line whatever the files hold.
  public var description: String {
    let place = ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
    let inside = path.isEmpty ? "" : "\(path): "
    let end = mend.hasSuffix("?") ? "" : "."
    let text = "\(place): \(inside)\(what). Mend: \(mend)\(end)"
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isControl ? "?" : $0 }))
  }
}

/// Everything that is wrong in the files of a venue. Never empty.
public struct ConfigurationProblems: Error, Equatable, Sendable, CustomStringConvertible {
  /// By file, then from top to bottom.
  public var problems: [ConfigurationProblem]

  /// How many problems `description` prints; a file full of nonsense must not flood a terminal.
  public static let printedLimit = 100

  public init(_ problems: [ConfigurationProblem]) {
    self.problems = problems
  }

  /// One line a problem.
  public var description: String {
    var lines = problems.prefix(Self.printedLimit).map(\.description)
    if problems.count > Self.printedLimit {
      lines.append("and \(problems.count - Self.printedLimit) more")
    }
    return lines.joined(separator: "\n")
  }
}

/// Collects problems while files are read; used by one reading only, so it needs no lock.
final class ProblemLog {
  private(set) var problems: [ConfigurationProblem] = []

  func note(_ problem: ConfigurationProblem) {
    problems.append(problem)
  }

  /// The problems by file in the order in which the files were first complained about, then by line.
  var sorted: [ConfigurationProblem] {
    var ranks: [String: Int] = [:]
    for problem in problems where ranks[problem.file] == nil { ranks[problem.file] = ranks.count }
    return problems.enumerated().sorted { left, right in
      let leftKey = (ranks[left.element.file] ?? 0, left.element.line ?? 0, left.offset)
      let rightKey = (ranks[right.element.file] ?? 0, right.element.line ?? 0, right.offset)
      return leftKey < rightKey
    }.map(\.element)
  }
}
