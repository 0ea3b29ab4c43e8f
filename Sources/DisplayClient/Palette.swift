import Canvas
import Glibc

/// The colours of the board. A stale board has the same ones without their colour.
struct Palette: Equatable, Sendable {
  var ground = Color(0x0B1020)
  var card = Color(0x141B33)
  var line = Color(0x2A3560)
  var text = Color(0xFFFFFF)
  /// Words beside the codes; 8.6 : 1 on the ground.
  var quiet = Color(0xAFB8E2)
  var newCard = Color(0xF0E442)
  /// A new card in the bright half of its pulse.
  var brightCard = Color(0xFFFDE6)
  var newText = Color(0x14192B)
  var badge = Color(0xF0E442)
  var beat = Color(0x56B4E9)
  var isGrey = false

  static let live = Palette()

  static let stale = Palette(
    ground: Color(0x0E1014), card: Color(0x191B20), line: Color(0x33363E),
    text: Color(0xB9BCC4), quiet: Color(0x969AA5), newCard: Color(0x4A4E58),
    brightCard: Color(0x4A4E58), newText: Color(0xE4E6EB), badge: Color(0xB9BCC4),
    beat: Color(0x5A5E68), isGrey: true)

  /// An agency's colour; on a stale board its shape alone must do.
  func sign(_ color: Color) -> Color { isGrey ? text : color }
}

extension Color {
  /// Relative luminance, 0 to 1 (WCAG 2.1, definition of "relative luminance").
  var luminance: Double {
    func linear(_ part: Double) -> Double {
      part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio, 1 to 21 (WCAG 2.1, definition of "contrast ratio").
  func contrast(with other: Color) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// What a sign of this colour needs behind it on a card of `ground`: nothing when it stands out
  /// by 3 : 1, else the one of `chips` from which it stands out most.
  func chip(on ground: Color, chips: [Color]) -> Color? {
    guard contrast(with: ground) < 3 else { return nil }
    return chips.max { contrast(with: $0) < contrast(with: $1) }
  }
}
