import HTTP
import Wire

/// The OpenAPI 3.1 document of the interface, made from the operations themselves.
enum OpenAPI {
  /// A JSON value, for the document.
  indirect enum Node: Encodable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
  {
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([Node])
    case object([String: Node])

    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(arrayLiteral elements: Node...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, Node)...) {
      self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let value): try container.encode(value)
      case .flag(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      }
    }
  }

  static func document(of operations: [Operation]) -> [UInt8] {
    var paths: [String: [String: Node]] = [:]
    for operation in operations {
      let path = operation.pattern.replacing(":id", with: "{id}")
      paths[path, default: [:]][operation.method.rawValue.lowercased()] = node(of: operation)
    }
    let document: Node = [
      "openapi": "3.1.0",
      "info": [
        "title": "Rossio", "version": "1",
        "description": "Queue and displays of a one-stop shop. Times are milliseconds since 1970.",
      ],
      "paths": .object(paths.mapValues(Node.object)),
      "components": ["schemas": schemas, "securitySchemes": securitySchemes],
    ]
    return JSON.encode(document)
  }

  private static func node(of operation: Operation) -> Node {
    var fields: [String: Node] = [
      "operationId": .text(operation.name), "summary": .text(operation.summary),
      "description": .text("For: " + operation.roles + "."),
      "responses": .object(responses(of: operation)),
    ]
    var parameters: [Node] = []
    if operation.pattern.contains(":id") { parameters.append(idParameter) }
    if operation.takesKey { parameters.append(keyParameter) }
    parameters += operation.query.map(queryParameter)
    if !parameters.isEmpty { fields["parameters"] = .list(parameters) }
    if let body = operation.body {
      fields["requestBody"] = [
        "required": .flag(!operation.isBodyOptional),
        "content": ["application/json": ["schema": reference(to: body)]],
      ]
    }
    fields["security"] = operation.isOpen ? [] : [["token": []], ["session": []], ["device": []]]
    return .object(fields)
  }

  private static func responses(of operation: Operation) -> [String: Node] {
    var responses: [String: Node] = [
      "default": [
        "description": "A problem with its name and what to do",
        "content": ["application/problem+json": ["schema": reference(to: "Problem")]],
      ]
    ]
    for answer in operation.answers {
      var fields: [String: Node] = ["description": .text(answer.description)]
      if let schema = answer.schema {
        var content: [String: Node] = ["application/json": ["schema": reference(to: schema)]]
        if operation.isStream {
          content["text/event-stream"] = ["schema": ["type": "string"]]
        }
        fields["content"] = .object(content)
      }
      responses[String(answer.status)] = .object(fields)
    }
    return responses
  }

  private static func reference(to schema: String) -> Node {
    ["$ref": .text("#/components/schemas/" + schema)]
  }

  private static let idParameter: Node = [
    "name": "id", "in": "path", "required": true, "schema": ["type": "string", "minLength": 1],
  ]
  private static func queryParameter(_ name: String, _ meaning: String) -> Node {
    [
      "name": .text(name), "in": "query", "required": false, "description": .text(meaning),
      "schema": ["type": "string", "minLength": 1],
    ]
  }

  private static let keyParameter: Node = [
    "name": "Idempotency-Key", "in": "header", "required": false,
    "description": "The same key gives the same answer, for ever within the service day",
    "schema": ["type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"],
  ]
  private static let securitySchemes: Node = [
    "token": ["type": "http", "scheme": "bearer"],
    "session": ["type": "apiKey", "in": "cookie", "name": .text(Gate.sessionCookie)],
    "device": ["type": "apiKey", "in": "cookie", "name": .text(Gate.deviceCookie)],
  ]
}
