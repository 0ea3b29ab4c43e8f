import Glibc
import Testing

@testable import DisplayClient

@Suite struct OptionsTests {
  private let least = ["--server", "http://h:1/", "--screen", "hall-1", "--token-file", "/t"]

  private func parse(_ arguments: [String]) throws -> Options {
    guard case .run(let options) = try Options.parse(arguments) else {
      throw Options.Mistake(description: "usage")
    }
    return options
  }

  @Test("Three options are enough")
  func readsLeast() throws {
    let options = try parse(least)
    #expect(options.server == "http://h:1")
    #expect(options.screen == "hall-1")
    #expect(options.tokenFile == "/t")
    #expect(!options.isWindowed && !options.isMute && options.size == nil)
  }

  @Test("Every option is read")
  func readsAll() throws {
    let options = try parse(
      least + [
        "--windowed", "--mute", "--size", "1280x720", "--scale", "0.5", "--png", "p",
        "--frames-log", "l",
      ])
    #expect(options.isWindowed && options.isMute)
    #expect(options.size == PixelSize(width: 1280, height: 720))
    #expect(options.scale == 0.5)
    #expect(options.pngFile == "p" && options.framesLog == "l")
  }

  @Test(
    "A mistake is named",
    arguments: [
      (["--frob"], "--frob is not an option."), (["--png"], "--png needs a value"),
      (["--png", "--mute"], "--png needs a value"), (["--size", "1920"], "--size 1920:"),
      (["--size", "1x1"], "--size 1x1:"), (["--size", "99999x1080"], "--size 99999x1080:"),
      (["--scale", "2"], "--scale 2:"), (["--scale", "nan"], "--scale nan:"),
      (["--server", "hall:8080"], "starts with http://"),
      (["--screen", "hall/../1"], "a name has letters"),
    ])
  func namesMistakes(arguments: [String], words: String) {
    let mistake = #expect(throws: Options.Mistake.self) { try Options.parse(least + arguments) }
    #expect(mistake?.description.contains(words) == true)
  }

  @Test("What is missing is named", arguments: [0, 2, 4])
  func namesMissing(index: Int) {
    var arguments = least
    arguments.removeSubrange(index...index + 1)
    let mistake = #expect(throws: Options.Mistake.self) { try Options.parse(arguments) }
    #expect(mistake?.description == "\(least[index]) is missing.")
  }

  @Test("Help is help wherever it stands")
  func helps() throws {
    #expect(try Options.parse(["--help"]) == .showUsage)
    #expect(try Options.parse(least + ["-h"]) == .showUsage)
  }
}

@Suite struct TokenTests {
  /// A file of its own with `text`; removed by `body`'s end.
  private func withFile(_ text: String, _ body: (String) throws -> Void) rethrows {
    var template = Array("/tmp/rossio-token-XXXXXX".utf8CString)
    let file = unsafe mkstemp(&template)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { unsafe unlink(path) }
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    close(file)
    try body(path)
  }

  @Test(
    "The token is the one line of the file", arguments: ["abc-123", "abc-123\n", "  abc-123\r\n"])
  func readsLine(text: String) throws {
    try withFile(text) { path in
      let token = try Token.read(from: path)
      #expect(token == "abc-123")
    }
  }

  @Test(
    "A file without exactly one line is refused, with what to do",
    arguments: ["", "\n", "two lines\nof text", "a b", String(repeating: "x", count: 4097)])
  func refusesOthers(text: String) {
    withFile(text) { path in
      let problem = #expect(throws: Token.Problem.self) { try Token.read(from: path) }
      #expect(problem?.description.contains("rossio token --role display") == true)
    }
  }

  @Test("A file that is not there is named")
  func namesMissingFile() {
    let problem = #expect(throws: Token.Problem.self) { try Token.read(from: "/nowhere/token") }
    #expect(problem?.description.contains("/nowhere/token") == true)
    #expect(problem?.description.contains("No such file") == true)
  }
}
