import Testing
import Venue

@testable import Wire

/// The quick way to read a body against the general decoder, which is the rule.
struct FlatReaderTests {
  private func general(_ text: String) -> IssueBody? {
    try? JSON.decodeStrictly(IssueBody.self, from: Array(text.utf8))
  }

  private func fields(_ body: IssueBody?) -> [String?]? {
    body.map {
      [$0.service?.text, $0.language.text, $0.priority.map { "\($0)" }, $0.kiosk?.text]
    }
  }

  @Test(
    "The plain form is read quickly, and as the general decoder reads it",
    arguments: [
      #"{"service":"reception","language":"pt"}"#,
      #" { "language" : "zh-Hans" , "service" : "x", "priority" : true, "kiosk" : "K1" } "#,
      #"{"service":"a","language":"b","priority":false}"#,
    ])
  func plain(text: String) {
    let quick = IssueBody(plain: Array(text.utf8))
    #expect(quick != nil && fields(quick) == fields(general(text)))
  }

  @Test(
    "Whatever the quick way takes, the general decoder takes alike: bodies put together at random")
  func random() {
    let members = [
      #""service":"x""#, #""service" : "reception""#, #""language":"pt""#, #""language":"zh-Hans""#,
      #""priority":true"#, #""priority":false"#, #""priority":null"#, #""priority":"yes""#,
      #""kiosk":"K1""#, #""kiosk":1"#, #""other":"text""#, #""other":[]"#, #""service":"\u0061""#,
    ]
    let strays: [Character] = ["\"", ":", ",", "{", "}", " ", "\\", "é", "0", "\n", "t"]
    let seed: UInt64 = 20_261_125
    var random = SplitMix(state: seed)
    var taken = 0
    for _ in 0..<30_000 {
      let chosen = members.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
      var text = Array("{" + chosen.joined(separator: ",") + "}")
      if Int.random(in: 0..<3, using: &random) == 0 {
        let place = Int.random(in: 0..<text.count, using: &random)
        text[place] = strays.randomElement(using: &random) ?? " "
      }
      let body = String(text)
      guard let quick = IssueBody(plain: Array(body.utf8)) else { continue }
      taken += 1
      #expect(fields(quick) == fields(general(body)), "seed \(seed): \(body)")
    }
    #expect(taken > 500, "many bodies are plain")
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
