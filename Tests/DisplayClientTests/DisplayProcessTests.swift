import Glibc
import Testing
import Views

@testable import DisplayClient

/// The whole way: a real socket, a real process, a real window that nobody sees.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DisplayProcessTests {
  private func greeting(_ calls: [BoardView.Call], sequence: Int) -> [UInt8] {
    FakeDaemon.heartbeat() + FakeDaemon.view(Samples.board(calls), sequence: sequence)
  }

  @Test("It asks for its screen's stream with its token, and writes the board as a picture")
  func showsBoard() throws {
    let daemon = try FakeDaemon(greeting: greeting(Samples.busyCalls, sequence: 41))
    defer { daemon.stop() }
    let display = try DisplayProcess(server: daemon.url)
    try display.wait(for: "the view's frame") {
      $0.frames.contains { $0.contains(#""sequence":41"#) }
    }

    let request = try #require(daemon.requests.first)
    #expect(request.hasPrefix("GET /v1/board/hall-1 "))
    #expect(request.contains("Authorization: Bearer good\r\n"))
    #expect(request.contains("Accept: text/event-stream\r\n"))
    try display.wait(for: "the picture") { isPNG($0.picture) }
    #expect(display.end(SIGTERM) == 0)
  }

  @Test("A new view is on the screen without anyone asking again")
  func followsViews() throws {
    let daemon = try FakeDaemon(greeting: greeting([], sequence: 1))
    defer { daemon.stop() }
    let display = try DisplayProcess(server: daemon.url)
    try display.wait(for: "the first view") {
      $0.frames.contains { $0.contains(#""sequence":1,"#) }
    }
    daemon.send(FakeDaemon.view(Samples.board(Samples.busyCalls), sequence: 2))
    try display.wait(for: "the second view") {
      $0.frames.contains { $0.contains(#""sequence":2,"#) }
    }
    #expect(daemon.requests.count == 1)
    #expect(display.end(SIGINT) == 0)
  }

  @Test("Five seconds of silence are seen on the screen")
  func greys() throws {
    let daemon = try FakeDaemon(greeting: greeting([], sequence: 1))
    defer { daemon.stop() }
    let display = try DisplayProcess(server: daemon.url)
    // Greying redraws all: the first frame of the board does, and then none until then.
    try display.wait(for: "the grey board") { display in
      display.frames.filter { $0.contains("\"pixels\":518400") }.count >= 2
    }
    let times = display.frames.filter { $0.contains("\"pixels\":518400") }.compactMap(time)
    let gap = try #require(times.last) - (try #require(times.first))
    #expect(gap > 4_900_000_000 && gap < 9_000_000_000)
  }

  @Test(
    "A token that the daemon refuses is said in plain words",
    arguments: [
      ("401 Unauthorized", "check its token"), ("403 Forbidden", "may not see"),
      ("404 Not Found", "check the screen's name"),
    ])
  func saysRefusals(status: String, words: String) throws {
    let daemon = try FakeDaemon(status: status)
    defer { daemon.stop() }
    let display = try DisplayProcess(server: daemon.url)
    try display.wait(for: words) { $0.errors.contains(words) }
    #expect(display.end(SIGTERM) == 0)
  }

  @Test("A server that is not there is said in plain words, and tried again")
  func saysUnreachable() throws {
    let daemon = try FakeDaemon()
    daemon.stop()
    let display = try DisplayProcess(server: daemon.url)
    try display.wait(for: "the trouble") { $0.errors.contains("It is tried again") }
    #expect(display.end(SIGTERM) == 0)
  }

  @Test("Without its token file it ends at once and says what to do")
  func needsToken() throws {
    let display = try DisplayProcess(server: "http://127.0.0.1:9", token: nil)
    #expect(display.waitForExit() == 1)
    #expect(display.errors.contains("rossio token --role display"))
  }

  private func isPNG(_ path: String) -> Bool {
    guard let file = unsafe fopen(path, "r") else { return false }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 8)
    return unsafe fread(&bytes, 1, 8, file) == 8
      && bytes == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  }

  private func time(_ line: String) -> Int64? {
    guard let start = line.firstRange(of: "Ns\":")?.upperBound else { return nil }
    return Int64(line[start...].prefix { $0.isNumber })
  }
}
