internal import FoundationEssentials

/// What is wrong with a body that is not what was expected, in words for the person who sent it.
public struct WireError: Error, Equatable, Sendable {
  public let explanation: String

  public init(_ explanation: String) { self.explanation = explanation }
}

/// JSON as every part of Rossio reads and writes it: sorted keys, no escaped slashes, no nulls.
public enum JSON {
  /// Encodes a value that has nothing that JSON cannot hold; anything else is a bug and traps.
  public static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(value))
    } catch {
      preconditionFailure("a view holds only what JSON can hold: \(error)")
    }
  }

  /// Decodes `bytes`; the error names the place in the document.
  public static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from bytes: [UInt8]
  ) throws(WireError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw WireError(explanation(of: error))
    } catch {
      throw WireError("The body is not JSON. Send a JSON object in UTF-8.")
    }
  }

  /// Decodes a body that a person or script has sent: a field that is not known is refused, so that no
  /// slip of the pen is dropped in silence.
  public static func decodeStrictly<Value: Codable>(
    _ type: Value.Type = Value.self, from bytes: [UInt8]
  ) throws(WireError) -> Value {
    let value = try decode(type, from: bytes)
    let given = try decode(FieldTree.self, from: bytes)
    let known = try decode(FieldTree.self, from: encode(value))
    if let unknown = given.firstField(missingIn: known) {
      throw WireError(
        "There is no field '\(unknown)'. Look at its spelling; the OpenAPI document at "
          + "/v1/openapi.json lists all fields.")
    }
    return value
  }

  private static func explanation(of error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _):
      return "'\(key.stringValue)' is missing. Add it to the object."
    case .typeMismatch(let type, let context):
      return "\(place(context)) must be \(word(for: type))."
    case .valueNotFound(let type, let context):
      return "\(place(context)) is null; it must be \(word(for: type))."
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      return "The body is not JSON. Send a JSON object in UTF-8."
    case .dataCorrupted(let context)
    where context.debugDescription.hasPrefix("Cannot initialize"):
      return "\(place(context)) has a value that is not known. The OpenAPI document at "
        + "/v1/openapi.json lists those that are."
    case .dataCorrupted(let context):
      return "\(place(context)) cannot be read: \(context.debugDescription)."
    @unknown default:
      return "The body cannot be read."
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
    return path.isEmpty ? "The body" : "'" + path.joined(separator: ".") + "'"
  }

  private static func word(for type: any Any.Type) -> String {
    if type == String.self { return "a string" }
    if type == Bool.self { return "true or false" }
    if type is any BinaryInteger.Type { return "a whole number" }
    return "an object"
  }
}
