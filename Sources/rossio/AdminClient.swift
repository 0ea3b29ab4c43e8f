import Feed
import Foundation
import Hall
import Wire

/// The administrators' socket of a running daemon.
struct AdminClient {
  private let client: Client

  /// Nil while no daemon runs on the data directory; throws when there is no such directory.
  init?(data: String) throws {
    guard FileManager.default.fileExists(atPath: data) else {
      throw CommandError(
        "There is no data directory \(data). Start rossiod with it first, or make it.")
    }
    let socket = data + "/" + AdminSocket.name
    client = Client(Endpoint(baseURL: "http://localhost", unixSocket: socket))
    guard FileManager.default.fileExists(atPath: socket),
      (try? client.send("GET", "/staff")) != nil
    else { return nil }
  }

  func ask<Answer: Decodable>(_ path: String) throws -> Answer {
    try ask("GET", path, nil as SlipBody?)
  }

  /// What the daemon answers; its problem in its own words otherwise.
  func ask<Body: Encodable, Answer: Decodable>(
    _ method: String, _ path: String, _ body: Body?
  ) throws -> Answer {
    let reply = try client.send(method, path, body: body.map { JSON.encode($0) })
    guard (200..<300).contains(reply.status) else {
      let problem: Problem? = try? JSON.decode(from: reply.body)
      throw CommandError(problem?.detail ?? "The daemon answered \(reply.status).")
    }
    return try JSON.decode(from: reply.body)
  }
}
