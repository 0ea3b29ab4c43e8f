import FoundationEssentials

/// One file of a venue, parsed, with what is needed to complain about its parts.
final class ConfigurationFile {
  /// Larger files are refused unread; the largest sample has 20 KB.
  static let byteLimit = 1_048_576

  let name: String
  private let log: ProblemLog
  private let lines: [String: Int]

  private init(name: String, log: ProblemLog, lines: [String: Int]) {
    self.name = name
    self.log = log
    self.lines = lines
  }

  /// The file's outermost object. Nil, with the reason in `log`, when there is none to be had.
  static func open(_ name: String, log: ProblemLog) -> ObjectReader? {
    do {
      let bytes = try contents(of: name)
      var scanner = JSON5Scanner(bytes)
      try scanner.scan()
      guard scanner.isObject else { throw noObject(name) }
      let decoder = JSONDecoder()
      decoder.allowsJSON5 = true
      let tree = try decoder.decode(JSONValue.self, from: Data(bytes))
      let file = ConfigurationFile(name: name, log: log, lines: scanner.lines)
      for (path, line) in scanner.repeated {
        log.note(repeatedKey(path, in: name, line: line))
      }
      return Node(value: tree, path: "", file: file).object()
    } catch let fault as JSON5Scanner.Fault {
      log.note(syntaxProblem(fault, in: name))
    } catch let problem as ConfigurationProblem {
      log.note(problem)
    } catch {
      log.note(undecodable(name, error: error))
    }
    return nil
  }

  func complain(_ path: String, _ what: String, mend: String) {
    log.note(
      ConfigurationProblem(
        file: name, line: line(of: path), path: path, what: what, mend: mend))
  }

  /// The line of `path`, or of the innermost thing around it that is there.
  private func line(of path: String) -> Int? {
    var rest = path[...]
    while !rest.isEmpty {
      if let line = lines[String(rest)] { return line }
      guard let end = rest.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
      rest = rest[..<end]
    }
    return path.isEmpty ? nil : lines[""]
  }

  private static func contents(of name: String) throws(ConfigurationProblem) -> [UInt8] {
    let data: Data
    let size: Int
    do {
      let url = URL(filePath: name).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      size = attributes[.size] as? Int ?? 0
      // A file that is too large, or none at all (a pipe, a device), is not even opened.
      let isReadable = attributes[.type] as? FileAttributeType == .typeRegular && size <= byteLimit
      data = isReadable ? try Data(contentsOf: url) : Data()
    } catch {
      throw ConfigurationProblem(
        file: name, what: "the file is not there or cannot be read",
        mend: "put it there, or let the user who runs this read it")
    }
    guard size <= byteLimit else {
      throw ConfigurationProblem(
        file: name, what: "the file is larger than \(byteLimit) bytes",
        mend: "check that it is the right file")
    }
    guard String(validating: data, as: UTF8.self) != nil else {
      throw ConfigurationProblem(
        file: name, what: "the file is not UTF-8", mend: "save it as UTF-8 in your editor")
    }
    return [UInt8](data)
  }

  private static func syntaxProblem(
    _ fault: JSON5Scanner.Fault, in name: String
  ) -> ConfigurationProblem {
    ConfigurationProblem(
      file: name, line: fault.line, column: fault.column, what: fault.what,
      mend: "look here and just before: a comma, a quote or a bracket is often missing")
  }

  /// Checked before Foundation sees the text: of one that is a bare number it reads beyond the end
  /// (a trap in `JSON5Scanner.validateNumber`, Swift 6.3).
  private static func noObject(_ name: String) -> ConfigurationProblem {
    ConfigurationProblem(
      file: name, line: 1, what: "the file holds no object",
      mend: "put everything between `{` and `}`")
  }

  private static func repeatedKey(
    _ path: String, in name: String, line: Int
  ) -> ConfigurationProblem {
    ConfigurationProblem(
      file: name, line: line, path: path, what: "this key stands twice in the same object",
      mend: "keep one of the two")
  }

  private static func undecodable(_ name: String, error: any Error) -> ConfigurationProblem {
    let reason =
      switch error {
      case DecodingError.dataCorrupted(let context): context.debugDescription
      default: "\(error)"
      }
    return ConfigurationProblem(
      file: name, what: "the file cannot be decoded (\(reason))",
      mend: "look for numbers out of range and odd escapes in texts")
  }
}
