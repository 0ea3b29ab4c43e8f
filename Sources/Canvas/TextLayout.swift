internal import CPangoCairo

/// A paragraph whose glyphs have their places. It does not change.
@safe public final class TextLayout {
  public let text: RichText
  public let style: TextStyle
  /// The box that the paragraph takes, its top left corner at the origin. With a `maxWidth` it is
  /// that wide.
  public let size: (width: Double, height: Double)
  /// Where its lines lie within the box: as wide as the longest line is.
  public let logical: Rect
  /// Where there is ink; it may reach beyond the box by a little.
  public let ink: Rect
  /// From the top of the box to the first line's baseline.
  public let baseline: Double
  public let lineCount: Int
  /// True when `maxLines` cut words off.
  public let isEllipsized: Bool
  /// Characters for which no font has a glyph; zero in everything that is published.
  public let missingGlyphs: Int

  let pango: OpaquePointer

  /// `context` has the base direction of `text`.
  init(_ text: RichText, _ style: TextStyle, context: OpaquePointer) {
    guard let layout = unsafe pango_layout_new(context) else {
      preconditionFailure("Pango makes a layout or ends the process")
    }
    unsafe Self.set(text, style, on: layout)
    self.text = text
    self.style = style
    unsafe self.pango = layout
    var inkUnits = PangoRectangle()
    var logicalUnits = PangoRectangle()
    // Shapes every line; what is asked below was found then.
    Fonts.withOpenFiles { unsafe pango_layout_get_extents(layout, &inkUnits, &logicalUnits) }
    self.logical = Rect(logicalUnits)
    self.ink = Rect(inkUnits)
    self.size = (style.maxWidth ?? logical.maxX, logical.maxY)
    self.baseline = unsafe Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE)
    self.lineCount = unsafe Int(pango_layout_get_line_count(layout))
    self.isEllipsized = unsafe pango_layout_is_ellipsized(layout) != 0
    self.missingGlyphs = unsafe Int(pango_layout_get_unknown_glyphs_count(layout))
  }

  deinit { Fonts.withOpenFiles { unsafe g_object_unref(UnsafeMutableRawPointer(pango)) } }

  /// What both lines and ink need.
  var extent: Rect { logical.union(ink) }

  private static func set(_ text: RichText, _ style: TextStyle, on layout: OpaquePointer) {
    let marked = MarkedText(text, style)
    unsafe pango_layout_set_text(layout, marked.string, Int32(marked.string.utf8.count))
    unsafe pango_layout_set_attributes(layout, marked.attributes)
    // "When FALSE, the choice between left-to-right and right-to-left is done by the base direction
    // of the layout's context" (pango_layout_set_auto_dir). Alignment then means sides, not ends.
    unsafe pango_layout_set_auto_dir(layout, 0)
    unsafe pango_layout_set_alignment(layout, style.alignment.pango(in: text.direction))
    unsafe pango_layout_set_line_spacing(
      layout, style.lineSpacing == 1 ? 0 : Float(style.lineSpacing))
    guard let width = style.maxWidth else { return }
    unsafe pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
    unsafe pango_layout_set_wrap(
      layout, style.breaks == .anywhere ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD)
    guard let lines = style.maxLines else { return }
    unsafe pango_layout_set_height(layout, -Int32(lines))
    unsafe pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
  }
}

extension Rect {
  /// From Pango's 1024ths of a pixel.
  init(_ units: PangoRectangle) {
    let scale = Double(PANGO_SCALE)
    self.init(
      x: Double(units.x) / scale, y: Double(units.y) / scale, width: Double(units.width) / scale,
      height: Double(units.height) / scale)
  }
}

extension TextStyle.Alignment {
  func pango(in direction: TextDirection) -> PangoAlignment {
    switch (self, direction) {
    case (.center, _): PANGO_ALIGN_CENTER
    case (.start, .leftToRight), (.end, .rightToLeft): PANGO_ALIGN_LEFT
    case (.end, .leftToRight), (.start, .rightToLeft): PANGO_ALIGN_RIGHT
    }
  }
}

extension Painter {
  /// Draws `layout` with the top left corner of its box at `point`.
  public func draw(_ layout: TextLayout, at point: Point, color: Color) {
    setSource(color)
    unsafe cairo_move_to(context, point.x, point.y)
    Fonts.withOpenFiles { unsafe pango_cairo_show_layout(context, layout.pango) }
    unsafe cairo_new_path(context)
    let ink = layout.ink.offset(dx: point.x, dy: point.y).inset(by: -1)
    addDamage(left: ink.x, top: ink.y, right: ink.maxX, bottom: ink.maxY)
  }

  /// Draws `layout` in the middle of `rect`'s height, at its left edge.
  public func draw(_ layout: TextLayout, centeredIn rect: Rect, color: Color) {
    let y = rect.y + (rect.height - layout.size.height) / 2
    draw(layout, at: Point(x: rect.x, y: y.rounded()), color: color)
  }

  /// Draws `layout` so that the middle of its ink is the middle of `rect`: for numbers and signs.
  public func draw(_ layout: TextLayout, inkCenteredIn rect: Rect, color: Color) {
    let x = rect.center.x - layout.ink.center.x
    let y = rect.center.y - layout.ink.center.y
    draw(layout, at: Point(x: x.rounded(), y: y.rounded()), color: color)
  }
}
