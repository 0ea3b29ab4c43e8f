import Foundation
import Hall
import Journal
import Testing
import Venue

/// A disk that fills under load and is freed. Fifty cycles:
/// `ROSSIO_LONG=1 swift test --filter FullDiskTests`.
@Suite(
  .serialized, .timeLimit(.minutes(10)),
  .enabled(if: geteuid() == 0, "needs root to mount a small tmpfs"))
struct FullDiskTests {
  /// A disk of 4 MiB of its own, unmounted at the end.
  private final class SmallDisk {
    let directory: ScratchDirectory
    var path: String { directory.path }

    /// Nil where not even root may mount.
    init?() throws {
      directory = try ScratchDirectory()
      guard unsafe mount("tmpfs", directory.path, "tmpfs", 0, "size=4m,mode=0700") == 0 else {
        print("full disk: skipped, this machine lets nobody mount a tmpfs")
        return nil
      }
    }

    deinit { unsafe umount2(directory.path, Int32(MNT_DETACH)) }

    func fill() throws {
      let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
      let descriptor = unsafe open(path + "/ballast", flags, 0o600)
      guard descriptor >= 0 else { throw TestFailure("the ballast cannot be made: \(errno)") }
      defer { close(descriptor) }
      let zeros = [UInt8](repeating: 0, count: 1_024)
      while unsafe write(descriptor, zeros, zeros.count) == zeros.count {}
    }

    func free() { unsafe unlink(path + "/ballast") }

    /// What is on it: names and sizes.
    var contents: String {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.sorted().map { name in
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return "\(name) \(attributes?[.size] ?? 0)"
      }.joined(separator: ", ")
    }
  }

  @Test func `a full disk is told before any acknowledgement, and it goes on by itself`() throws {
    guard let disk = try SmallDisk() else { return }
    let hall = try HallDirectory(data: disk.path)
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    let client = try daemon.client(token: token)
    var accepted: [String] = []
    func issue(_ key: String) throws -> HTTPAnswer {
      let answer = try client.post("/v1/visits", forReception, key: key)
      if answer.status == 201 { accepted.append(try #require(answer["visit"])) }
      return answer
    }
    for cycle in 0..<(isLong ? 50 : 4) {
      #expect(try issue("\(cycle)-before").status == 201, "cycle \(cycle)")
      try disk.fill()
      var refused: HTTPAnswer?
      for turn in 0..<4_000 where refused == nil {
        let answer = try issue("\(cycle)-\(turn)")
        if answer.status != 201 { refused = answer }
      }
      let full = try #require(refused, "the disk never was full")
      #expect(full.status == 503 && full.problem == "disk-full", "\(full.text)")
      #expect(full.header("retry-after") != nil)
      for turn in 0..<5 { _ = try issue("\(cycle)-while-\(turn)") }
      #expect(try client.get("/readyz").status == 200, "views are still shown")
      disk.free()
      let after = try issue("\(cycle)-after")
      #expect(after.status == 201, "cycle \(cycle): \(after.text) \(disk.contents)")
    }
    #expect(daemon.log.contains("<3>The disk is full"))
    #expect(try Set(hall.issued().keys.map(\.description)) == Set(accepted))
    daemon.kill9()
    let next = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    #expect(try next.terminate() == .exit(0))
    #expect(try Set(hall.issued().keys.map(\.description)) == Set(accepted))
    #expect(try Journal.verify(directory: hall.data).isSound)
  }

  @Test func `a daemon killed on a full disk starts again there and has everything`() throws {
    guard let disk = try SmallDisk() else { return }
    let hall = try HallDirectory(data: disk.path)
    let token = try hall.token(.kiosk, "K1")
    let daemon = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    let client = try daemon.client(token: token)
    var accepted: [String] = []
    try disk.fill()
    while let visit = try client.post("/v1/visits", forReception)["visit"] {
      accepted.append(visit)
    }
    daemon.kill9()
    let process = try hall.launch(["--clock", "2026-11-23T09:00", "--speed", "1"])
    if try process.readLine() == nil {
      #expect(process.errors.contains("<3>"), "it says what is wrong")
      #expect(process.errors.contains("full"), "\(process.errors)")
    } else {
      process.send(signal: SIGTERM)
    }
    _ = try process.waitForEnd()
    disk.free()
    let next = try hall.start("--clock", "2026-11-23T09:00", "--speed", "1")
    #expect(try next.client(token: token).post("/v1/visits", forReception).status == 201)
    #expect(try next.terminate() == .exit(0))
    let kept = Set(try hall.issued().keys.map(\.description))
    #expect(kept.isSuperset(of: accepted) && kept.count == accepted.count + 1)
    #expect(try Journal.verify(directory: hall.data).isSound)
  }
}
