import Foundation
import Printing
import Testing
import Venue

@testable import Hall

/// The files of `Config/printers`, and what is said of wrong ones.
@Suite("Printer profiles")
struct ProfileTests {
  private static let folder = projectDirectory.appending(path: "Config/printers").path

  private static var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
  }

  @Test("every profile that comes with Rossio can be used, and says how each thing is known")
  func everyProfile() throws {
    #expect(try Self.names.count >= 9)
    var dialects: Set<String> = []
    for name in try Self.names {
      let profile = try ProfileFiles.load(path: Self.folder + "/" + name)
      dialects.insert(profile.dialect.rawValue)
      for capability in PrinterProfile.Capability.allCases where capability != .chunk {
        #expect(profile.knowledge[capability] != nil, "\(name): \(capability.rawValue)")
      }
    }
    #expect(dialects == Set(PrinterProfile.Dialect.allCases.map(\.rawValue)))
  }

  @Test("a profile that was written is the profile that is read")
  func roundTrip() throws {
    for dialect in PrinterProfile.Dialect.allCases {
      var profile = PrinterProfile(dialect: dialect, widthDots: 384)
      profile.name = "Maker \"X\" 80"
      profile.chunk = .weakBuffer
      profile.bandRows = 48
      profile.bandByBand = true
      profile.knowledge = [.fence: .probed, .widthDots: .documented]
      let written = try read(profile.json5(comment: "probed\ntoday"))
      profile.name = "Maker X 80"
      #expect(written == profile)
    }
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    var name: String
    var change: @Sendable (inout PrinterProfile) -> Void
    var path: String
    var what: String
    var testDescription: String { name }
  }

  static let wrongs: [Wrong] = [
    Wrong(
      name: "Epson's fence on Star's dialect",
      change: {
        $0.dialect = .starPRNT
        $0.clearsBuffer = false
      }, path: "fence", what: "knows no fence `process-id`"),
    Wrong(
      name: "a counter that nobody tells",
      change: {
        $0 = PrinterProfile(dialect: .starLine)
        $0.fence = .etb
        $0.automaticStatus = false
      }, path: "automaticStatus", what: "which is off"),
    Wrong(
      name: "Star that clears its buffer",
      change: {
        $0 = PrinterProfile(dialect: .starPRNT)
        $0.clearsBuffer = true
      }, path: "clearsBuffer", what: "only ESC/POS"),
    Wrong(
      name: "bands too long for graphics",
      change: {
        $0.dialect = .escPosGraphics
        $0.bandRows = 1_200
      }, path: "bandRows", what: "too long for `GS ( L`"),
    Wrong(
      name: "bands that overrun the buffer they are cut small for",
      change: {
        $0.chunk = .weakBuffer
        $0.bandByBand = true
      }, path: "bandRows", what: "overruns the weak buffer"),
    Wrong(
      name: "more left near the end than on the roll",
      change: { $0.roll = PrinterProfile.Roll(millimetres: 4_000, nearEndMillimetres: 5_000) },
      path: "roll.nearEndMillimetres", what: "than the roll has"),
    Wrong(
      name: "a minute for a slip",
      change: {
        $0.bandRows = 24
        $0.chunk = PrinterProfile.Chunk(bytes: 64, pauseMilliseconds: 1_000)
      },
      path: "chunk", what: "more than a minute"),
  ]

  @Test(
    "a profile that contradicts itself is refused, with the place and the mend", arguments: wrongs)
  func contradictions(_ wrong: Wrong) throws {
    var profile = PrinterProfile()
    wrong.change(&profile)
    let problems = try problems(profile.json5(comment: "wrong"))
    #expect(problems.count == 1)
    #expect(problems.first?.path == wrong.path)
    #expect(problems.first?.what.contains(wrong.what) == true, "\(problems)")
    #expect(problems.first?.mend.isEmpty == false)
  }

  @Test("a missing file, a wrong word and a wrong number are told with their place")
  func badFiles() throws {
    let good = PrinterProfile().json5(comment: "good")
    let word = try problems(good.replacingOccurrences(of: "escpos-raster", with: "zpl"))
    #expect(word.first?.path == "dialect" && word.first?.line != nil)
    let width = try problems(good.replacingOccurrences(of: "576", with: "9000"))
    #expect(width.first?.path == "widthDots")
    let fence = try problems(good.replacingOccurrences(of: "fence: \"process-id\",", with: ""))
    #expect(fence.count == 1 && fence.first?.what.contains("fence") == true, "\(fence)")
    #expect(throws: ConfigurationProblems.self) { try ProfileFiles.load(path: "/nowhere.json5") }
  }

  @Test("a printer of a profile that is not there is told which one may be meant")
  func misspelt() throws {
    let log = ProblemLog()
    let files = ProfileFiles(
      directory: projectDirectory.appending(path: "Config/lisbon").path, log: log)
    let printers = ["epson-tm-t20ii", "epson-tm-t20iii", "nothing-like-it"].map {
      Printer(id: PrinterID("P-\($0.suffix(3))"), host: "127.0.0.1", port: 9100, profile: $0)
    }
    #expect(files.read(for: printers).keys.sorted() == ["epson-tm-t20iii"])
    let problems = log.problems
    #expect(problems.count == 2)
    #expect(problems[0].what == "there is no profile `epson-tm-t20ii`, which printer `P-0ii` has")
    #expect(problems[0].mend.hasPrefix("did you mean `epson-tm-t20iii`? Otherwise name one"))
    #expect(problems[1].mend.hasPrefix("name one"))
  }

  private func read(_ text: String) throws -> PrinterProfile {
    let path = FileManager.default.temporaryDirectory.path + "/profile-\(UUID()).json5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try ProfileFiles.load(path: path)
  }

  private func problems(_ text: String) throws -> [ConfigurationProblem] {
    do {
      _ = try read(text)
      return []
    } catch let error as ConfigurationProblems {
      return error.problems
    }
  }
}
