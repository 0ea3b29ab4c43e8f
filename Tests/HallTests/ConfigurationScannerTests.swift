import Foundation
import Testing

@testable import Hall

@Suite("The scanner of JSON5")
struct ConfigurationScannerTests {
  static let right = [
    "{}", "[]", "null", "{a: 1}", "{\"a\": 'b', c_$9: [1, 2,],}", "[+1, -1, .5, 5., 1e3, 1E-3]",
    "[0x1F, -0xaB]", "[Infinity, -Infinity]", "// c\n{ /* d\n */ a: true, }\n// end",
    "['it\\'s', \"\\u00e9\\n\\x41\"]", "\u{FEFF}{a: 1}", "{a: 'b\\\nc'}", "{'é ü': \"日本\"}",
    "[[[[[[[[[[]]]]]]]]]]", "{a: {b: [{c: null}]}}",
  ]

  @Test("accepts what Foundation accepts", arguments: right)
  func accepts(_ text: String) throws {
    var scanner = JSON5Scanner(Array(text.utf8))
    try scanner.scan()
    #expect(scanner.repeated.isEmpty)
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    _ = try decoder.decode(JSONValue.self, from: Data(text.utf8))
  }

  /// A faulty text, the line and column of its fault, and a part of what is said.
  static let wrong: [(String, Int, Int, String)] = [
    ("", 1, 1, "expected a value, found the end of the file"),
    ("{", 1, 2, "expected a key or `}`"),
    ("{a}", 1, 3, "expected `:` after `a`"),
    ("{a: }", 1, 5, "expected a value, found `}`"),
    ("{a: 1 b: 2}", 1, 7, "expected `,` or `}`, found `b:`"),
    ("{\n  a: 1,\n  b: [1,,2]\n}", 3, 9, "expected a value, found `,2]`"),
    ("{1a: 2}", 1, 4, "expected a key"),
    ("[1 2]", 1, 4, "expected `,` or `]`"),
    ("[1] 2", 1, 5, "expected the end of the file"),
    ("{a: yes}", 1, 5, "`yes` is no value; a text needs quotes"),
    ("{a: 'b\n'}", 1, 5, "not closed on its line"),
    ("{a: 'b", 1, 5, "a text is not closed"),
    ("{é: 'b', /* c\n\n", 1, 2, "expected a key"),
    ("{a: 1, /* c\n\n", 1, 8, "a comment is not closed"),
    ("{a: 'éé', b: 01}", 1, 14, "`01` is no number"),
    ("[1.2.3]", 1, 2, "`1.2.3` is no number"),
    ("[0x]", 1, 2, "`0x` is no number"),
    ("[-]", 1, 2, "expected a value"),
    ("['\\u12']", 1, 3, "not followed by what it needs"),
    ("/", 1, 1, "expected `//` or `/*`"),
    ("{a: 1\u{00A0}}", 1, 6, "expected `,` or `}`"),
  ]

  @Test("says where the first fault is", arguments: wrong)
  func refuses(_ text: String, line: Int, column: Int, what: String) throws {
    var scanner = JSON5Scanner(Array(text.utf8))
    let fault = #expect(throws: JSON5Scanner.Fault.self) { try scanner.scan() }
    #expect(fault?.line == line)
    #expect(fault?.column == column)
    #expect(fault?.what.contains(what) == true, "\(fault?.what ?? "")")
  }

  @Test("refuses brackets without end before the stack does")
  func refusesDepth() {
    for bracket in ["[", "{a:"] {
      var scanner = JSON5Scanner(Array(String(repeating: bracket, count: 100_000).utf8))
      let fault = #expect(throws: JSON5Scanner.Fault.self) { try scanner.scan() }
      #expect(fault?.what == "more than 32 levels of brackets")
    }
  }

  @Test("knows the line of every value")
  func knowsLines() throws {
    var scanner = JSON5Scanner(
      Array("{ // one\n  a: [\n    1,\n    { b: 'x\\\ny', c: 2 }],\n  d: /*\n*/ 3 }".utf8))
    try scanner.scan()
    #expect(
      scanner.lines == [
        "": 1, "a": 2, "a[0]": 3, "a[1]": 4, "a[1].b": 4, "a[1].c": 5, "d": 7,
      ])
  }

  @Test("reports a key that stands twice, also where one is in quotes")
  func reportsRepeatedKeys() throws {
    var scanner = JSON5Scanner(Array("{a: 1,\nb: [{c: 1, c: 2}],\n'a': 3}".utf8))
    try scanner.scan()
    #expect(scanner.repeated.map(\.path) == ["b[0].c", "a"])
    #expect(scanner.repeated.map(\.line) == [2, 3])
  }
}
