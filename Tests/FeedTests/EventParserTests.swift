import Feed
import Testing

struct EventParserTests {
  static let stream =
    "\u{FEFF}retry: 1500\n\nid: 7\nevent: board\ndata: {\"a\":1}\ndata: ação\n\n: comment\n\n"
    + "data\n\nid\ndata:x\r\n\r\nevent: bye\r\rdata: y\rdata:  z\r\rid: a\u{0}b\nretry: 1x\nother: 1\n"
    + "data: last\n\nevent: never finished\ndata: a"

  static let items: [EventParser.Item] = [
    .retry(milliseconds: 1_500),
    .event(id: "7", name: "board", data: Array("{\"a\":1}\nação".utf8)),
    .event(id: "7", name: "message", data: []),
    .event(id: "", name: "message", data: Array("x".utf8)),
    .event(id: "", name: "message", data: Array("y\n z".utf8)),
    .event(id: "", name: "message", data: Array("last".utf8)),
  ]

  @Test func `a stream cut at any one place gives the same events`() throws {
    let bytes = Array(Self.stream.utf8)
    for cut in 0...bytes.count {
      var parser = EventParser()
      let found = try parser.feed(bytes[..<cut]) + parser.feed(bytes[cut...])
      #expect(found == Self.items, "cut at \(cut)")
    }
  }

  @Test func `a stream that comes byte by byte gives the same events`() throws {
    var parser = EventParser()
    var found: [EventParser.Item] = []
    for byte in Self.stream.utf8 { found += try parser.feed([byte]) }
    #expect(found == Self.items)
    #expect(parser.lastEventID == "")
  }

  @Test func `an event or a line beyond the limit is refused`() throws {
    var parser = EventParser(limitBytes: 100)
    #expect(try parser.feed("data: \(String(repeating: "x", count: 90))\n\n".utf8).count == 1)
    #expect(throws: EventParser.TooLarge.self) {
      try parser.feed("data: \(String(repeating: "x", count: 95))".utf8)
    }
    parser = EventParser(limitBytes: 100)
    #expect(throws: EventParser.TooLarge.self) {
      for _ in 0..<20 { _ = try parser.feed("data: 12345\n".utf8) }
    }
  }

  @Test func `random bytes are read without a trap`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed of the random stream: \(seed)")
    var state = seed
    let letters = Array("data:event:id:retry: \n\r\n\r123\u{0}é".utf8)
    var parser = EventParser()
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      _ = try parser.feed([letters[Int(state >> 33) % letters.count]])
    }
  }
}
