import FoundationEssentials
public import Printing
import Venue

/// Reads the profiles of printers: what each model can do.
///
///     DIR/printers/NAME.json5     a profile of this venue alone, or else:
///     DIR/../printers/NAME.json5  the profiles that venues share
public struct ProfileFiles {
  let directory: String
  let log: ProblemLog

  /// Reads one profile by its path; for `rossio printers` and tests.
  public static func load(path: String) throws(ConfigurationProblems) -> PrinterProfile {
    let log = ProblemLog()
    let profile = ConfigurationFile.open(path, log: log).flatMap(readProfile)
    guard let profile, log.problems.isEmpty else { throw ConfigurationProblems(log.sorted) }
    return profile
  }

  /// The profile of each printer; a printer whose file is wrong is left out, after the complaint.
  func read(for printers: [Printer]) -> [String: PrinterProfile] {
    var profiles: [String: PrinterProfile] = [:]
    for name in Set(printers.map(\.profile)).sorted() {
      let path = VenueFiles.sharedFile("printers/\(name).json5", of: directory)
      guard FileManager.default.fileExists(atPath: path) else {
        let users = printers.filter { $0.profile == name }.map { "`\($0.id)`" }
        log.note(noProfile(name, at: path, users: users.joined(separator: ", ")))
        continue
      }
      profiles[name] = ConfigurationFile.open(path, log: log).flatMap(Self.readProfile)
    }
    return profiles
  }

  private func noProfile(_ name: String, at path: String, users: String) -> ConfigurationProblem {
    let own = VenueFiles.join(directory, "printers")
    let folders = [own, String(path.dropLast("/\(name).json5".count))]
    let files = folders.flatMap { folder in
      (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
    let known = files.filter { $0.hasSuffix(".json5") }.map { String($0.dropLast(6)) }
    return ConfigurationProblem(
      file: path, what: "there is no profile `\(name)`, which printer \(users) has",
      mend: suggestion(for: name, among: known)
        + "name one that is there in venue.json5, or write it with `rossio printers probe`")
  }

  private static func readProfile(_ root: ObjectReader) -> PrinterProfile? {
    let dialect = root.required("dialect")?.choice(PrinterProfile.Dialect.self)
    let width = root.required("widthDots")?.integer(in: SlipLayout.widths)
    // The proof of every slip: nobody should get one by default.
    let fence = root.required("fence")?.choice(PrinterProfile.Fence.self)
    var profile = PrinterProfile(dialect: dialect ?? .escPosRaster, widthDots: width ?? 576)
    profile.fence = fence ?? profile.fence
    let name = root.required("name")?.text(limit: 80)
    profile.name = name ?? profile.name
    var isWhole = dialect != nil && width != nil && name != nil && fence != nil
    func take<Value>(_ key: String, _ value: (Node) -> Value?, into target: inout Value) {
      guard let node = root.optional(key) else { return }
      if let read = value(node) { target = read } else { isWhole = false }
    }
    take("dotsPerMillimetre", { $0.integer(in: 6...24) }, into: &profile.dotsPerMillimetre)
    take("bandRows", { $0.integer(in: 24...2_400) }, into: &profile.bandRows)
    take("cutter", { $0.choice(PrinterProfile.Cutter.self) }, into: &profile.cutter)
    take("automaticStatus", { $0.flag() }, into: &profile.automaticStatus)
    take("clearsBuffer", { $0.flag() }, into: &profile.clearsBuffer)
    take("feedBeforeCutDots", { $0.integer(in: 0...255) }, into: &profile.feedBeforeCutDots)
    take("feedsBlankRows", { $0.flag() }, into: &profile.feedsBlankRows)
    take("bandByBand", { $0.flag() }, into: &profile.bandByBand)
    take("rowsPerSecond", { $0.integer(in: 200...10_000) }, into: &profile.rowsPerSecond)
    take("chunk", readChunk, into: &profile.chunk)
    take("roll", readRoll, into: &profile.roll)
    take("known", readKnowledge, into: &profile.knowledge)
    root.finish()
    guard isWhole else { return nil }
    for wrong in profile.contradictions {
      root.file.complain(wrong.key, wrong.what, mend: wrong.mend)
    }
    return profile.contradictions.isEmpty ? profile : nil
  }

  private static func readChunk(_ node: Node) -> PrinterProfile.Chunk? {
    guard let object = node.object() else { return nil }
    let bytes = object.required("bytes")?.integer(in: 64...65_536)
    let pause = object.required("pauseMilliseconds")?.integer(in: 0...1_000)
    object.finish()
    guard let bytes, let pause else { return nil }
    return PrinterProfile.Chunk(bytes: bytes, pauseMilliseconds: pause)
  }

  private static func readRoll(_ node: Node) -> PrinterProfile.Roll? {
    guard let object = node.object() else { return nil }
    let length = object.required("millimetres")?.integer(in: 1_000...1_000_000)
    let nearEnd = object.required("nearEndMillimetres")?.integer(in: 0...100_000)
    object.finish()
    guard let length, let nearEnd else { return nil }
    return PrinterProfile.Roll(millimetres: length, nearEndMillimetres: nearEnd)
  }

  private static func readKnowledge(
    _ node: Node
  ) -> [PrinterProfile.Capability: PrinterProfile.Knowledge]? {
    guard let object = node.object() else { return nil }
    var known: [PrinterProfile.Capability: PrinterProfile.Knowledge] = [:]
    for capability in PrinterProfile.Capability.allCases {
      guard let node = object.optional(capability.rawValue) else { continue }
      known[capability] = node.choice(PrinterProfile.Knowledge.self)
    }
    object.finish()
    return known
  }
}
