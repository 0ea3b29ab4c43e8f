import Canvas
import Glibc
import Testing

@testable import DisplayClient
@testable import Views

/// Pictures for people to look at: `ROSSIO_PICTURES=/tmp/p swift test --filter PictureTests` writes
/// them there.
@Suite struct PictureTests {
  static var folder: String? {
    unsafe getenv("ROSSIO_PICTURES").map { unsafe String(cString: $0) }
  }

  static let far = Samples.board(
    Samples.busyCalls, widthMillimetres: 941, viewingDistanceMillimetres: 6000)

  static let pictures: [(name: String, view: BoardView?, milliseconds: Int64)] = [
    ("busy", Samples.board(Samples.busyCalls), 6_000),
    ("bright", Samples.board(Samples.busyCalls), 100),
    ("far", far, 12_100), ("stale", far, 18_000), ("bengali", far, 5_000),
    ("reception", far, 31_000),
    ("dense-10", Samples.board(Samples.rush(8)), 700),
    ("dense-16", Samples.board(Samples.rush(15)), 700),
    ("dense-24", Samples.board(Samples.rush(24)), 24_000),
    ("quiet", Samples.board([]), 700),
    ("illegible", Samples.board([], viewingDistanceMillimetres: 20_000), 700),
    ("connecting", nil, 700), ("trouble", nil, 3_000),
  ]

  @Test("Pictures are written where ROSSIO_PICTURES says", .enabled(if: folder != nil))
  func writesPictures() throws {
    let folder = try #require(Self.folder)
    for (name, view, milliseconds) in Self.pictures {
      var model = BoardModel(size: Samples.fullHD, at: Samples.boot)
      let now = Samples.boot.adding(milliseconds: milliseconds)
      if let view {
        // Only these three have lost the daemon.
        let isLost = ["stale", "reception"].contains(name)
        model.receive(
          Samples.heartbeat(simulated: name == "busy"), at: isLost ? Samples.boot : now)
        model.receive(view)
      }
      if name == "trouble" || name == "reception" {
        model.receive(
          trouble: "http://127.0.0.1:8080 does not answer: connection refused. Trying again.")
      }
      let painter = try BoardPainter(size: Samples.fullHD)
      painter.draw(model.frame(at: now).scene, layout: model.layout)
      try painter.bitmap.writePNG(to: "\(folder)/\(name).png")
    }
  }
}
