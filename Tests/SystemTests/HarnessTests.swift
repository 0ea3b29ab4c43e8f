import Foundation
import Hall
import Testing

/// The harness itself: a daemon starts, serves, stops, and leaves nothing behind.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HarnessTests {
  @Test func `a daemon starts, answers and stops cleanly on SIGTERM`() throws {
    let hall = try HallDirectory()
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start()
    #expect(daemon.address == "http://127.0.0.1:\(daemon.port)")
    let answer = try daemon.client(token: token)
      .post("/v1/visits", #"{"service":"reception","language":"pt"}"#)
    #expect(answer.status == 201)
    #expect(answer["number"] == "R001")
    #expect(try daemon.terminate() == .exit(0))
    #expect(kill(daemon.process.pid, 0) == -1 && errno == ESRCH, "the process is gone")
  }

  @Test func `a daemon that cannot start says why`() throws {
    let hall = try HallDirectory(venue: "/nowhere")
    #expect(throws: TestFailure.self) { try hall.start() }
  }

  @Test func `what one test has open is not handed to the processes of others`() throws {
    let directory = try ScratchDirectory()
    let descriptor = unsafe open(directory.path, O_RDONLY)
    defer { close(descriptor) }
    let process = try ChildProcess(
      "/bin/ls", ["-l", "/proc/self/fd"], errorFile: directory.path + "/errors")
    let (ending, output) = try process.waitForEnd()
    #expect(ending == .exit(0) && output.contains("/dev/null"))
    #expect(!output.contains("-> " + directory.path + "\n"), "\(output)")
  }
}
