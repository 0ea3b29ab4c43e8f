import Foundation
import Printing
import Testing

/// The files under `Displays`, held to the project's rules without a browser.
struct BrowserFilesTests {
  private static let root = Built.project + "/Displays"

  static func files(_ kind: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
    return all.filter { $0.hasSuffix("." + kind) }.sorted()
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOfFile: Self.root + "/" + file, encoding: .utf8)
  }

  @Test(arguments: files("html"))
  func `no page has a script or a style inside`(file: String) throws {
    let page = try text(file)
    #expect(page.matches(of: /<style|\sstyle=|\son[a-z]+=|javascript:/).isEmpty)
    for tag in page.matches(of: /<script[^>]*>(?<inside>[^<]*)/) {
      #expect(tag.output.0.contains("src=\"/"), "a script of this server: \(tag.output.0)")
      #expect(tag.output.inside.contains(/\S/) == false)
    }
  }

  @Test(arguments: files("html"))
  func `every page names its language, fits a phone and says so without scripts`(
    file: String
  ) throws {
    let page = try text(file)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang="))
    #expect(page.contains("<meta name=\"viewport\" content=\"width=device-width"))
    #expect(page.contains("<noscript"))
  }

  @Test(arguments: files("html") + files("js") + files("css"))
  func `what a page asks this server for is there`(file: String) throws {
    let wanted =
      /["\(](?<path>\/(shared|kiosk|counter|board|manager|phone|login|start)\/[a-z\/-]+\.(js|css|svg))/
    for match in try text(file).matches(of: wanted) {
      let path = String(match.output.path)
      #expect(FileManager.default.fileExists(atPath: Self.root + path), "\(path)")
    }
  }

  @Test func `colours stand in one style sheet, and the board's are among them`() throws {
    let tokens = try colours(in: "shared/tokens.css")
    for file in Self.files("css") where file != "shared/tokens.css" {
      let own = try colours(in: file)
      if file == "board/board.css" {
        // Old televisions know no variables. Two tones are mixed for the wall: see the file.
        #expect(own.subtracting(tokens).subtracting(["#C9D1EE", "#E6EAFA", "#CFC43A"]) == [])
      } else {
        #expect(own == [], "\(file) takes its colours from tokens.css")
      }
    }
  }

  private func colours(in file: String) throws -> Set<String> {
    Set(try text(file).matches(of: /#[0-9A-Fa-f]{6}\b/).map { $0.output.uppercased() })
  }

  @Test(arguments: files("js").filter { $0.hasPrefix("board/") })
  func `the board speaks only what televisions of ten years ago understand`(file: String) throws {
    let code = try text(file).replacing(/\/\*(.|\n)*?\*\/|\/\/[^\n]*|"(\\.|[^"\\])*"/, with: "")
    let tooNew = /=>|`|\b(let|const|class|import|export|async|await|fetch|of)\b|\?\?|\?\.|\.\.\./
    let found = code.matches(of: tooNew).map { String($0.output.0) }
    #expect(found == [], "\(file)")
  }

  @Test(arguments: files("js") + files("css"))
  func `no module is longer than 400 lines`(file: String) throws {
    #expect(try text(file).split(separator: "\n", omittingEmptySubsequences: false).count <= 400)
  }

  @Test func `staff read the same words in Portuguese and in English`() throws {
    func keys(_ file: String) throws -> [String] {
      try text(file).matches(of: /(?m)^  "?(?<key>[A-Za-z.-]+)"?:/).map { String($0.output.key) }
    }
    let english = try keys("shared/staff-words-en.js")
    #expect(english.count > 100)
    #expect(try keys("shared/staff-words-pt.js") == english)
    #expect(Set(english).count == english.count, "no key twice")
  }

  @Test func `staff read why a slip is in doubt, and how a printer is, whatever it is`() throws {
    let english = try text("shared/staff-words-en.js")
    let reasons = SlipReason.allCases.map { "reason.\($0.rawValue)" }
    let own = [
      "unproven", "paperNearEnd", "paperOut", "coverOpen", "cutterFailed", "offline", "error",
    ]
    let states = PrinterState.Condition.allCases.map(\.rawValue) + own
    for key in reasons + states.map({ "state.\($0)" }) {
      #expect(english.contains("\n  \"\(key)\": "), "\(key)")
    }
    let known = english.matches(of: /"(?<key>reason\.[A-Za-z]+)":/).map {
      String($0.output.key)
    }
    #expect(Set(known) == Set(reasons), "no sentence for a reason that there is not")
  }

  @Test func `every need of the sample venue has its pictogram`() throws {
    let venue = try String(
      contentsOfFile: Built.project + "/Config/lisbon/venue.json5", encoding: .utf8)
    let icons = venue.matches(of: /icon: "(?<name>[a-z]+)"/).map { String($0.output.name) }
    #expect(icons.count == 6)
    for icon in icons {
      #expect(try text("shared/icons/\(icon).svg").contains("id=\"icon\""))
    }
  }

  @Test func `words that pages ask the language packs for are in every pack`() throws {
    let scripts = try Self.files("js").filter { !$0.hasPrefix("board/") }.map(text).joined()
    let asked = Set(
      scripts.matches(of: /"(?<key>(kiosk|phone)[A-Z][A-Za-z]+|peopleWaiting|tryAgain|loading)"/)
        .map { String($0.output.key) })
    #expect(asked.count > 15)
    let packs = Built.project + "/Config/languages"
    for pack in try FileManager.default.contentsOfDirectory(atPath: packs) {
      let words = try String(contentsOfFile: packs + "/" + pack, encoding: .utf8)
      for key in asked { #expect(words.contains(" \(key):"), "\(pack) lacks \(key)") }
    }
  }
}
