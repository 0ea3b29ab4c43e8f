import Canvas
import Testing
import Views

@testable import DisplayClient

@Suite struct BoardLayoutTests {
  private func layout(
    _ size: PixelSize = Samples.fullHD, width: Int = 952, distance: Int = 4000
  ) throws(Illegible) -> BoardLayout {
    try BoardLayout(
      size: size, widthMillimetres: width, viewingDistanceMillimetres: distance)
  }

  // The figures are those of the eye tests: 20' is 5.8 mm of cap height a metre, 0.7° 12.2 mm.
  @Test("Visual angles are those of the tables")
  func knowsAngles() {
    let legibility = Legibility(
      widthMillimetres: 952, widthPixels: 1920, viewingDistanceMillimetres: 1000)
    let least = legibility.fontPixels(degrees: Legibility.refusedBelowDegrees)
    let wanted = legibility.fontPixels(degrees: Legibility.warnedBelowDegrees)
    #expect(abs(legibility.capMillimetres(fontPixels: least) - 5.8) < 0.05)
    #expect(abs(legibility.capMillimetres(fontPixels: wanted) - 12.2) < 0.05)
    #expect(abs(legibility.degrees(fontPixels: wanted) - 0.7) < 1e-9)
  }

  @Test(
    "A screen whose digits nobody can read is refused, with the figures",
    arguments: [(952, 20_000), (400, 6_000), (1, 1_000)])
  func refusesIllegible(width: Int, distance: Int) {
    let error = #expect(throws: Illegible.self) {
      try layout(width: width, distance: distance)
    }
    #expect(error?.description.contains("\(distance) mm") == true)
  }

  @Test("A screen that is read at a glance brings no warning; one that is not brings one")
  func warns() throws {
    #expect(try layout(distance: 3_500).warning == nil)
    #expect(try layout(width: 941, distance: 6_000).warning != nil)
  }

  @Test(
    "The loosest grid and the history are legible at any distance that is not refused",
    arguments: Array(stride(from: 1_000, through: 12_000, by: 250)))
  func isLegible(distance: Int) {
    guard let layout = try? layout(distance: distance) else { return }
    let fonts =
      [layout.grids[0].fontPixels] + (layout.history == nil ? [] : [layout.historyFontPixels])
    for font in fonts {
      let degrees = layout.legibility.degrees(fontPixels: font)
      #expect(degrees >= Legibility.refusedBelowDegrees)
    }
  }

  @Test("The ladder rises, and its last step holds every call that a view can have")
  func ladderRises() throws {
    for distance in stride(from: 1_000, through: 10_000, by: 500) {
      guard let grids = try? layout(distance: distance).grids else { continue }
      let places = grids.map(\.places)
      #expect(places == places.sorted() && Set(places).count == places.count)
      #expect(try #require(places.last) >= BoardView.callLimit)
    }
  }

  @Test(
    "Elements of a board lie on the screen, on whole pixels, and not over each other",
    arguments: [
      PixelSize(width: 1920, height: 1080), PixelSize(width: 1366, height: 768),
      PixelSize(width: 3840, height: 2160), PixelSize(width: 1080, height: 1920),
      PixelSize(width: 1280, height: 1024), PixelSize(width: 1921, height: 1079),
    ])
  func doesNotOverlap(size: PixelSize) throws {
    for count in [0, 3, 5, 9, 15, 24] {
      for step in Int64(0)..<9 {
        var model = Samples.model(Samples.board(Samples.rush(count)), size: size)
        let time = Samples.boot.adding(milliseconds: step * BoardModel.shiftMilliseconds)
        model.receive(Samples.heartbeat(simulated: true), at: time)
        let scene = model.frame(at: time).scene
        let areas = Composition(scene, size: size, layout: model.layout).elements.map(\.area)
        let screen = Rect(
          x: 0, y: 0, width: Double(size.width), height: Double(size.height))
        for (index, area) in areas.enumerated() {
          #expect(area == area.roundedOut && !area.isEmpty && screen.contains(area))
          for other in areas[(index + 1)...] {
            #expect(area.intersection(other).isEmpty, "\(size) \(count): \(area) \(other)")
          }
        }
      }
    }
  }
}
