import Foundation
import Testing
import Venue

@testable import Hall

@Suite("A venue's files spoilt at random")
struct ConfigurationFuzzTests {
  /// Marsaglia's xorshift: the same seed gives the same files.
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  /// `ROSSIO_FUZZ_ROUNDS` asks for more, `ROSSIO_FUZZ_SEED` for the files of an earlier run.
  private static let rounds = number("ROSSIO_FUZZ_ROUNDS").map(Int.init) ?? 40

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap(UInt64.init)
  }

  @Test("never trap the reader: bytes", arguments: files)
  func survivesBytes(file: String) throws {
    try spoil(file) { data, random in
      var bytes = [UInt8](data)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...12, using: &random))
        let odd = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Array("{}[],:\"'\\/*\n0e+-.N\u{7F}\u{FE}".utf8).randomElement(using: &random) ?? 0
        }
        bytes.replaceSubrange(start..<end, with: odd)
      }
      return Data(bytes)
    }
  }

  @Test("never trap the reader: values", arguments: files)
  func survivesValues(file: String) throws {
    try spoil(file) { data, random in
      let decoder = JSONDecoder()
      decoder.allowsJSON5 = true
      let tree = try decoder.decode(JSONValue.self, from: data)
      var leaves = Int.random(in: 1...20, using: &random)
      return try JSONEncoder().encode(Self.spoilt(tree, leaves: &leaves, random: &random))
    }
  }

  private static let files = [
    "venue.json5", "agreements.json5", "slip.json5", "names/ar.json5", "../languages/ti.json5",
  ]

  /// Reads the sample with `file` spoilt again and again; every refusal must be fit to be read.
  private func spoil(
    _ file: String, by change: (Data, inout Random) throws -> Data
  ) throws {
    let seed = Self.number("ROSSIO_FUZZ_SEED") ?? UInt64.random(in: 1...UInt64.max)
    print("ROSSIO_FUZZ_SEED=\(seed) spoils \(file)")
    var random = Random(state: seed)
    let fixture = try ConfigurationFixture()
    let original = try Data(contentsOf: fixture.url("lisbon/" + file))
    let names = fixture.names()
    var refused = 0
    for _ in 0..<Self.rounds {
      try fixture.write(change(original, &random), to: "lisbon/" + file)
      let problems = fixture.problems(of: file, names: names)
      refused += problems.isEmpty ? 0 : 1
      for problem in problems {
        try #require(!problem.what.isEmpty && !problem.mend.isEmpty && !problem.file.isEmpty)
      }
    }
    // Some changes are none, and some are as good as what was there: of 2,000 rounds 69 % were refused
    // in the smallest file. A quarter of 40 at most: once in 50 million runs.
    #expect(refused > Self.rounds / 4, "seed \(seed): spoilt files must be refused")
  }

  /// `tree` with at most `leaves` of its values replaced, and some removed or renamed.
  private static func spoilt(
    _ tree: JSONValue, leaves: inout Int, random: inout Random
  ) -> JSONValue {
    if leaves > 0, Int.random(in: 0..<40, using: &random) == 0 {
      leaves -= 1
      return oddities.randomElement(using: &random) ?? .null
    }
    switch tree {
    case .list(let elements):
      return .list(
        elements.filter { _ in Int.random(in: 0..<60, using: &random) > 0 }
          .map { spoilt($0, leaves: &leaves, random: &random) })
    case .object(let members):
      var result: [String: JSONValue] = [:]
      for (key, value) in members.sorted(by: { $0.key < $1.key }) {
        let isRenamed = Int.random(in: 0..<80, using: &random) == 0
        result[isRenamed ? String(key.dropLast()) : key] = spoilt(
          value, leaves: &leaves, random: &random)
      }
      return .object(result)
    default: return tree
    }
  }

  private static let oddities: [JSONValue] =
    [-1, 0, 0.5, 1e300, 9_007_199_254_740_992, 9.3e18].map(JSONValue.number)
    + ["", " ", "I", "{n}", "{", "a\nb", "\u{202E}x", String(repeating: "x", count: 5_000)]
    .map(JSONValue.text)
    + [.null, .flag(true), .list([]), .list([.list([])]), .object([:])]
}

extension JSONValue: Encodable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }
}

extension ConfigurationFixture {
  /// The ids of the venue as it stands.
  fileprivate func names() -> VenueNames {
    var names = VenueNames()
    if let root = ConfigurationFile.open(directory + "/venue.json5", log: ProblemLog()) {
      _ = readVenue(root, names: &names)
    }
    return names
  }

  /// Reads `file` alone: a whole venue takes too long for many rounds.
  fileprivate func problems(of file: String, names: VenueNames) -> [ConfigurationProblem] {
    let log = ProblemLog()
    let reader = LanguageFiles(directory: directory, log: log)
    switch file {
    case "slip.json5": _ = SlipFile(directory: directory, log: log).read(names.languages, [])
    case "names/ar.json5": _ = reader.readNames("ar", names: names)
    case "agreements.json5":
      _ = readAgreements(directory: directory, names: names, log: log)
    case "../languages/ti.json5": _ = reader.readWords("ti")
    default:
      var read = VenueNames()
      if let root = ConfigurationFile.open(directory + "/venue.json5", log: log) {
        _ = readVenue(root, names: &read)
      }
    }
    return log.problems
  }
}
