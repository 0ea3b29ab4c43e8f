import Canvas
import Views

/// Draws scenes on a bitmap, and of each scene only what is not on it already.
///
/// Not `Sendable`: the owner of the window draws.
final class BoardPainter {
  let bitmap: Bitmap
  let painter: Painter
  let typesetter: Typesetter
  private let size: PixelSize
  private var drawn: [Element]?
  private var drawnGround: Palette?

  /// Throws when the bitmap is too large, or the fonts are missing.
  init(size: PixelSize) throws(CanvasError) {
    self.size = size
    bitmap = try Bitmap(width: size.width, height: size.height, format: .opaque)
    painter = try Painter(bitmap)
    typesetter = try Typesetter()
  }

  /// Brings the bitmap up to `scene` and adds what changed to the bitmap's damage.
  ///
  /// `layout` is that of the scene's screen, and nil for scenes without a board.
  func draw(_ scene: Scene, layout: BoardLayout?) {
    let composition = Composition(scene, size: size, layout: layout)
    let elements = composition.elements
    let ground = elements.contains(where: \.isStale) ? Palette.stale : Palette.live
    let canKeep = drawnGround == ground
    let kept = canKeep ? drawn ?? [] : []
    if !canKeep { painter.fill(with: ground.ground) }

    let gone = kept.filter { !elements.contains($0) }
    for element in gone { painter.fill(element.area, with: ground.ground) }
    for element in elements {
      let isCut = gone.contains { !$0.area.intersection(element.area).isEmpty }
      guard isCut || !kept.contains(element) else { continue }
      draw(element, ground, unit: composition.unit)
    }
    drawn = elements
    drawnGround = ground
  }

  private func draw(_ element: Element, _ palette: Palette, unit: Double) {
    painter.clipped(to: element.area) {
      painter.fill(element.area, with: palette.ground)
      let brush = Brush(painter: painter, typesetter: typesetter, palette: palette, unit: unit)
      brush.draw(element.content, in: element.area)
    }
  }
}
