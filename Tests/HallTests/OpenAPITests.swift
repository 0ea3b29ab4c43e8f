import Foundation
import HTTP
import Testing

@testable import Hall

/// The document that describes the interface is the interface.
@Suite(.timeLimit(.minutes(5)))
struct OpenAPITests {
  private let directory: ScratchDirectory

  init() throws { directory = try ScratchDirectory() }

  /// Method and path of each operation as the router has them, and the document.
  private func interface() async throws -> (routes: [String], document: [UInt8]) {
    let test = try await TestHall.open(in: directory)
    let service = HallService(
      hall: test.hall, access: try AccessStore(directory: directory.path),
      notes: try NoteStore(directory: directory.path),
      operators: OperatorDesk(hall: test.hall, slips: SlipDesk()),
      venue: try VenueFiles.load(directory: lisbonDirectory.path))
    await test.stop()
    let operations = service.operations()
    let routes = operations.map {
      $0.method.rawValue + " " + $0.pattern.replacing(":id", with: "{id}")
    }
    return (routes, OpenAPI.document(of: operations))
  }

  private func document() async throws -> [String: Any] {
    let bytes = try await interface().document
    return try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func paths(_ document: [String: Any]) throws -> [String: [String: [String: Any]]] {
    try #require(document["paths"] as? [String: [String: [String: Any]]])
  }

  @Test func `it lists exactly the operations, each under its own name`() async throws {
    let routes = try await interface().routes
    let document = try await document()
    #expect((document["openapi"] as? String)?.hasPrefix("3.1") == true)
    var listed: [String] = []
    var names: [String] = []
    for (path, methods) in try paths(document) {
      for (method, fields) in methods {
        listed.append(method.uppercased() + " " + path)
        names.append(try #require(fields["operationId"] as? String))
      }
    }
    #expect(listed.sorted() == routes.sorted())
    #expect(Set(names).count == names.count)
  }

  @Test func `it has the routes that scripts rely on`() async throws {
    let paths = try paths(try await document())
    let commands = [
      "open", "pause", "close", "call-next", "recall", "start", "finish", "no-show", "park",
      "forward", "call", "undo", "consent", "note",
    ]
    for command in commands { #expect(paths["/v1/counters/{id}/\(command)"]?["post"] != nil) }
    for view in ["board/{id}", "console/{id}", "kiosk/{id}", "dashboard/{id}", "phone/{id}"] {
      #expect(paths["/v1/\(view)"]?["get"] != nil)
    }
    #expect(paths["/v1/printers"]?["get"] != nil)
    for wish in ["retry", "discard"] {
      #expect(paths["/v1/slips/{id}/\(wish)"]?["post"] != nil)
    }
    #expect(paths["/v1/counters/{id}/notes"]?["get"] != nil)
    #expect(paths["/v1/visits"]?["post"] != nil)
    #expect(paths["/v1/session"]?.keys.sorted() == ["delete", "get", "post"])
  }

  @Test func `every reference leads somewhere, every parameter of a path is declared`() async throws
  {
    let document = try await document()
    let components = try #require(document["components"] as? [String: Any])
    let schemas = try #require(components["schemas"] as? [String: Any])
    for reference in references(in: document) {
      let name = reference.replacing("#/components/schemas/", with: "")
      #expect(schemas[name] != nil, "\(reference)")
    }
    for (path, methods) in try paths(document) {
      for (method, fields) in methods {
        let parameters = fields["parameters"] as? [[String: Any]] ?? []
        let declares = parameters.contains {
          $0["in"] as? String == "path" && $0["name"] as? String == "id"
        }
        #expect(declares == path.contains("{id}"), "\(method) \(path)")
        let answers = fields["responses"] as? [String: Any] ?? [:]
        #expect(answers["default"] != nil && answers.count > 1, "\(method) \(path)")
      }
    }
  }

  private func references(in value: Any) -> [String] {
    if let object = value as? [String: Any] {
      let own = (object["$ref"] as? String).map { [$0] } ?? []
      return own + object.values.flatMap(references)
    }
    return (value as? [Any])?.flatMap(references) ?? []
  }

  /// Skipped, and said so, where python3 has no `openapi_spec_validator`.
  @Test(.enabled("python3 has no openapi_spec_validator here") { try hasValidator() })
  func `an independent validator finds it sound`() async throws {
    let file = directory.path + "/openapi.json"
    try Data(try await interface().document).write(to: URL(fileURLWithPath: file))
    let status = try python(
      "import json, sys; from openapi_spec_validator import validate; "
        + "validate(json.load(open(sys.argv[1])))", file)
    #expect(status == 0)
  }
}

private func hasValidator() throws -> Bool {
  try python("import openapi_spec_validator") == 0
}

/// The exit status of a line of Python.
private func python(_ line: String, _ arguments: String...) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", line] + arguments
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}
