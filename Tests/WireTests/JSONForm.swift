import Foundation
import Testing
import Wire

/// A document as `JSONSerialization`, which shares no code with `Wire`, reads it, written in one
/// fixed way: equal texts are equal documents, and `1` differs from `true`.
func canonical(_ bytes: some Sequence<UInt8>) throws -> String {
  let value = try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
  let data = try JSONSerialization.data(
    withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
  return String(decoding: data, as: UTF8.self)
}

/// Expects `value` to have the form of the document `json` on the wire.
func expect(
  _ value: some Encodable, is json: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let found = try canonical(JSON.encode(value))
  let wanted = try canonical(json.utf8)
  #expect(found == wanted, sourceLocation: sourceLocation)
}

/// The same for an answer that writes itself.
func expect(
  _ answer: some FlatAnswer, is json: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let found = try canonical(answer.json)
  let wanted = try canonical(json.utf8)
  #expect(found == wanted, sourceLocation: sourceLocation)
}
