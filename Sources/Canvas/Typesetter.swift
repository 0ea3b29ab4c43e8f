internal import CPangoCairo

/// Turns texts into layouts.
///
/// Not `Sendable`: a Pango font map serves one thread at a time. Each owner makes its own; a second
/// one costs about a megabyte.
@safe public final class Typesetter {
  /// The most layouts that are kept; the half that was not used for longest goes first.
  public static let cacheLimit = 256

  private let fonts: Fonts
  private let fontMap: UnsafeMutablePointer<PangoFontMap>
  private let leftToRight: OpaquePointer
  private let rightToLeft: OpaquePointer
  private var cache: [Key: (layout: TextLayout, lastUse: Int)] = [:]
  private var uses = 0

  private struct Key: Hashable {
    var text: RichText
    var style: TextStyle
  }

  /// Throws when the fonts cannot be set up; see `Fonts.shared()`.
  public init() throws(CanvasError) {
    let fonts = try Fonts.shared()
    guard let map = unsafe rossio_font_map_new() else {
      throw .fontSystem("cairo was built without FreeType")
    }
    unsafe rossio_font_map_set_config(map, fonts.config)
    self.fonts = fonts
    unsafe self.fontMap = map
    unsafe self.leftToRight = Self.makeContext(map, PANGO_DIRECTION_LTR)
    unsafe self.rightToLeft = Self.makeContext(map, PANGO_DIRECTION_RTL)
  }

  deinit {
    cache.removeAll()
    Fonts.withOpenFiles {
      unsafe g_object_unref(UnsafeMutableRawPointer(leftToRight))
      unsafe g_object_unref(UnsafeMutableRawPointer(rightToLeft))
      unsafe g_object_unref(fontMap)
    }
  }

  /// The layout of `text`; the same one again while it is in the cache.
  public func layout(_ text: RichText, _ style: TextStyle) -> TextLayout {
    uses += 1
    let key = Key(text: text, style: style)
    if let kept = cache[key] {
      cache[key] = (kept.layout, uses)
      return kept.layout
    }
    if cache.count >= Self.cacheLimit { dropOldHalf() }
    let context = unsafe text.direction == .rightToLeft ? rightToLeft : leftToRight
    let layout = unsafe TextLayout(text, style, context: context)
    cache[key] = (layout, uses)
    return layout
  }

  /// How many layouts are kept now.
  public var cachedLayouts: Int { cache.count }

  /// One line of `text`, at `style.size` or as much smaller as it must be for its ink to be at most
  /// `height` pixels high, and ink and advance `width` pixels wide; steps of half a pixel, never
  /// below `minimumSize`.
  public func layout(
    _ text: RichText, _ style: TextStyle, fittingWidth width: Double,
    height: Double = .infinity, minimumSize: Double = 8
  ) -> TextLayout {
    var style = style
    style.maxWidth = nil
    var result = layout(text, style)
    // The width grows in steps with the size, since advances are whole pixels: a few rounds settle.
    for _ in 0..<8 {
      let share = min(width / result.extent.width, height / result.ink.height)
      guard share < 1, style.size > minimumSize else { break }
      let smaller = (style.size * share * 2).rounded(.down) / 2
      style.size = max(minimumSize, min(style.size - 0.5, smaller))
      result = layout(text, style)
    }
    return result
  }

  private func dropOldHalf() {
    let ages = cache.values.map(\.lastUse).sorted()
    let limit = ages[ages.count / 2]
    cache = cache.filter { $0.value.lastUse >= limit }
  }

  private static func makeContext(
    _ map: UnsafeMutablePointer<PangoFontMap>, _ direction: PangoDirection
  ) -> OpaquePointer {
    guard let context = unsafe pango_font_map_create_context(map) else {
      preconditionFailure("Pango makes a context or ends the process")
    }
    unsafe pango_context_set_base_dir(context, direction)
    let options = unsafe cairo_font_options_create()
    defer { unsafe cairo_font_options_destroy(options) }
    unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    unsafe pango_cairo_context_set_font_options(context, options)
    unsafe pango_cairo_context_set_resolution(context, 96)
    return unsafe context
  }
}
