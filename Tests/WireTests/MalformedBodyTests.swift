import Testing
import Venue
import Wire

/// What is wrong with a body is said in words, with the place, and never by a crash.
struct MalformedBodyTests {
  private static let notJSON = "The body is not JSON. Send a JSON object in UTF-8."

  private func complaint(_ bytes: [UInt8]) -> String? {
    do throws(WireError) {
      _ = try IssueBody(json: bytes)
      return nil
    } catch {
      return error.explanation
    }
  }

  @Test(arguments: [
    "", " ", "{", "}", "{]", "nonsense", #"{"service"}"#, #"{"service":"a","language":"b""#,
    #"{"service":"\q","language":"b"}"#, "{'service':'a','language':'b'}", "\u{0}",
    #"{"service":"a","language":"b"} {}"#,
  ])
  func `what is no JSON is called no JSON`(body: String) {
    #expect(complaint(Array(body.utf8)) == Self.notJSON)
  }

  @Test(arguments: [[0xFF, 0xFE], [0xC3, 0x28], [0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x7D]])
  func `bytes that are no UTF-8 are called no JSON`(bytes: [UInt8]) {
    #expect(complaint(bytes) == Self.notJSON)
  }

  private static let missing =
    "'service' is missing. Add it to the object, or 'stops' for several."

  @Test(arguments: [
    ("[]", "The body must be an object."),
    ("3", "The body must be an object."),
    (#""text""#, "The body must be an object."),
    (#"{"language":"pt"}"#, Self.missing),
    (#"{"service":"a"}"#, "'language' is missing. Add it to the object."),
    (#"{"service":3,"language":"pt"}"#, "'service' must be a string."),
    (#"{"service":["a"],"language":"pt"}"#, "'service' must be a string."),
    (#"{"service":null,"language":"pt"}"#, Self.missing),
    (#"{"service":"a","language":{}}"#, "'language' must be a string."),
    (#"{"service":"a","language":"b","priority":"yes"}"#, "'priority' must be true or false."),
    (#"{"service":"a","language":"b","priority":1}"#, "'priority' must be true or false."),
    (#"{"service":"a","language":"b","kiosk":false}"#, "'kiosk' must be a string."),
  ])
  func `a wrong type or a missing field is named`(body: String, sentence: String) {
    #expect(complaint(Array(body.utf8)) == sentence)
  }

  @Test(arguments: [
    (#"{"service":"a","language":"b","prioritty":true}"#, "prioritty"),
    (#"{"service":"a","language":"b","name":"Ivan"}"#, "name"),
    (#"{"service":"a","language":"b","people":2,"comment":{"x":1}}"#, "comment"),
    (
      #"{"stops":[{"service":"a"},{"service":"c","befor":["a"]}],"language":"b"}"#,
      "stops.[1].befor"
    ),
  ])
  func `a field that nobody reads is refused with its place`(body: String, field: String) {
    let sentence = complaint(Array(body.utf8)) ?? ""
    #expect(sentence.hasPrefix("There is no field '\(field)'."), "\(sentence)")
  }

  @Test func `null is no field, and all that are known are taken`() {
    let body = """
      {"stops":[{"service":"a","after":[],"appointment":null}],"language":"b","people":2,
       "needs":[],"kiosk":null,"priority":false}
      """
    #expect(complaint(Array(body.utf8)) == nil)
  }

  @Test(arguments: ["", "short", "O000000000000G000000000002", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ"])
  func `a visit that cannot be one is named with what a visit looks like`(text: String) {
    do throws(WireError) {
      let _: CallBody = try JSON.decode(from: Array(#"{"visit":"\#(text)"}"#.utf8))
      Issue.record("\(text) was taken for a visit")
    } catch {
      #expect(
        error.explanation
          == "'visit' cannot be read: a visit is named by 26 characters of base 32.")
    }
  }

  @Test func `a null where a field may be missing is taken for missing`() throws {
    let body: IssueBody = try JSON.decode(
      from: Array(#"{"service":"a","language":"b","priority":null,"kiosk":null}"#.utf8))
    #expect(body.priority == nil && body.kiosk == nil)
  }

  @Test(arguments: ["[", #"{"service":"#])
  func `a body nested without end is refused, not followed`(opening: String) {
    let body = String(repeating: opening, count: 60_000 / opening.utf8.count)
    #expect(complaint(Array(body.utf8)) != nil)
  }

  @Test func `random bytes and cut documents never crash`() {
    let whole = Array(#"{"service":"tax","language":"pt","priority":true,"kiosk":"K1"}"#.utf8)
    for end in 0..<whole.count { #expect(complaint(Array(whole[..<end])) != nil) }
    for position in whole.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0xC0, 0xFF] as [UInt8] {
        var changed = whole
        changed[position] = byte
        _ = complaint(changed)
      }
    }
  }
}
