#if canImport(Glibc)
  import Glibc
#endif

/// How large digits look from where people stand.
///
/// The visual angle of a cap height `h` at a distance `d` is `2 atan(h / 2d)`. Reading at a glance
/// needs 0.7 degrees (12.2 mm a metre); below 20 minutes of arc (5.8 mm a metre) people with the
/// eyesight that one may expect in a hall cannot read at all.
struct Legibility: Equatable, Sendable {
  /// Width of the picture, in millimetres.
  var widthMillimetres: Int
  /// Width of the picture, in pixels.
  var widthPixels: Int
  /// From where the board must be readable.
  var viewingDistanceMillimetres: Int

  static let refusedBelowDegrees = 20.0 / 60
  static let warnedBelowDegrees = 0.7
  /// Cap height of Noto Sans, and so the height of its digits, in em.
  static let capHeight = 0.714

  var millimetresPerPixel: Double { Double(widthMillimetres) / Double(widthPixels) }

  /// The visual angle of capitals and digits of a font size in pixels.
  func degrees(fontPixels: Double) -> Double {
    let height = fontPixels * Self.capHeight * millimetresPerPixel
    return 2 * atan(height / 2 / Double(viewingDistanceMillimetres)) * 180 / .pi
  }

  /// The smallest font size in pixels whose digits have a visual angle.
  func fontPixels(degrees: Double) -> Double {
    let height = 2 * Double(viewingDistanceMillimetres) * tan(degrees * .pi / 180 / 2)
    return height / millimetresPerPixel / Self.capHeight
  }

  /// The cap height of a font size, in millimetres on the wall.
  func capMillimetres(fontPixels: Double) -> Double {
    fontPixels * Self.capHeight * millimetresPerPixel
  }
}
