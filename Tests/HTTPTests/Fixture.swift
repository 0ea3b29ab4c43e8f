import Glibc
import Testing

@testable import HTTP

/// A server on a port of its own, stopped when it is let go.
func makeServer(
  _ router: Router = sampleRouter(), _ change: (inout ServerConfiguration) -> Void = { _ in }
) throws -> (server: Server, port: UInt16) {
  var configuration = ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
  change(&configuration)
  let server = try Server(configuration, router: router)
  return (server, try #require(server.port))
}

func sampleRouter() -> Router {
  var router = Router()
  router.add(.get, "/hello") { _ in .now(text("hello")) }
  router.add(.get, "/things/:id") { .now(text($0.parameter("id") ?? "none")) }
  router.add(.get, "/files/*name") { .now(text($0.parameter("name") ?? "none")) }
  router.add(.get, "/words") { request in
    .now(text(request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "|")))
  }
  router.add(.get, "/who") { request in
    let parts = [request.header("x-a"), request.cookie("session"), request.peer]
    return .now(text(parts.map { $0 ?? "-" }.joined(separator: " ")))
  }
  router.add(.post, "/echo") { .now(Response(contentType: "text/plain", body: $0.body)) }
  return router
}

func text(_ text: String, status: Int = 200) -> Response {
  Response(status: status, contentType: "text/plain", body: Array(text.utf8))
}

/// Runs the closure on a thread of its own.
func onThread(_ body: @escaping @Sendable () -> Void) {
  let box = Box(body: body)
  var thread = pthread_t()
  unsafe pthread_create(
    &thread, nil,
    { object in
      guard let object = unsafe object else { return nil }
      unsafe Unmanaged<Box>.fromOpaque(object).takeRetainedValue().body()
      return nil
    }, Unmanaged.passRetained(box).toOpaque())
  pthread_detach(thread)
}

private final class Box: Sendable {
  let body: @Sendable () -> Void
  init(body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Waits until the condition holds, looking a thousand times a second, for at most ten seconds.
func eventually(_ condition: () -> Bool) throws {
  for _ in 0..<10_000 {
    if condition() { return }
    poll(nil, 0, 1)
  }
  throw NeverCame()
}

struct NeverCame: Error {}

extension RawClient {
  /// Sends one byte every 10 ms until the server has closed the connection, and returns what it said.
  func trickle(_ text: String) throws -> String {
    var heard: [UInt8] = []
    for byte in text.utf8 {
      send([byte])
      do {
        guard let piece = try receive(milliseconds: 10) else {
          return String(decoding: heard, as: UTF8.self)
        }
        heard += piece
      } catch Failure.timedOut {}
    }
    throw NeverCame()
  }
}
