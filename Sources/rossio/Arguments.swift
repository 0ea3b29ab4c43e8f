/// The words after a subcommand: options with a value (`--data DIR`), flags, and plain words.
struct Arguments {
  private var options: [String: String] = [:]
  /// The values of options that are there more than once, as `options` gives only the last.
  private var values: [String: [String]] = [:]
  private var used: Set<String> = []
  private(set) var words: [String] = []

  /// `--name value`; a `--name` without a value is a flag. Which is which, the subcommand says by
  /// how it asks.
  init(_ words: [String]) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        self.words.append(word)
        continue
      }
      if let next = rest.first, !next.hasPrefix("--") {
        options[word] = next
        values[word, default: []].append(next)
        rest.removeFirst()
      } else {
        options[word] = ""
      }
    }
  }

  /// The value of an option; nil when it is not there.
  mutating func option(_ name: String) throws(ArgumentError) -> String? {
    used.insert(name)
    guard let value = options[name] else { return nil }
    guard !value.isEmpty else { throw ArgumentError("\(name) needs a value.") }
    return value
  }

  /// All values of an option that may be there more than once.
  mutating func options(_ name: String) throws(ArgumentError) -> [String] {
    guard try option(name) != nil else { return [] }
    return values[name] ?? []
  }

  mutating func required(_ name: String) throws(ArgumentError) -> String {
    guard let value = try option(name) else { throw ArgumentError("\(name) is missing.") }
    return value
  }

  mutating func number(_ name: String, in range: ClosedRange<Int>) throws(ArgumentError) -> Int? {
    guard let text = try option(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw ArgumentError(
        "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'."
      )
    }
    return number
  }

  mutating func flag(_ name: String) throws(ArgumentError) -> Bool {
    used.insert(name)
    guard let value = options[name] else { return false }
    guard value.isEmpty else {
      throw ArgumentError("\(name) takes no value; put '\(value)' before it.")
    }
    return true
  }

  /// The plain words, which must be as many as `names`.
  mutating func positional(_ names: String...) throws(ArgumentError) -> [String] {
    guard words.count == names.count else {
      throw ArgumentError(
        words.count < names.count
          ? "\(names[words.count]) is missing." : "'\(words[names.count])' is one word too many.")
    }
    return words
  }

  /// Throws for an option that nobody asked for. Call it when all have been read.
  func finish() throws(ArgumentError) {
    for name in options.keys.sorted() where !used.contains(name) {
      throw ArgumentError("There is no option \(name) here.")
    }
  }
}

/// A command line that cannot be followed.
struct ArgumentError: Error, CustomStringConvertible {
  let description: String
  /// How the words are used; nil where all of the subcommand's usage has to be said.
  let usage: String?

  init(_ description: String, usage: String? = nil) {
    self.description = description
    self.usage = usage
  }
}
