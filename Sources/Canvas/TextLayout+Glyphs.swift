internal import CPangoCairo

/// One glyph of a layout, for tests that compare shaping rather than pixels.
public struct PlacedGlyph: Equatable, Sendable {
  /// The number of the glyph in its font.
  public var glyph: UInt32
  public var family: String
  /// The glyph's origin within the layout's box.
  public var x: Double
  public var y: Double
  /// Where its characters start in the layout's text, in bytes of UTF-8; isolates count too.
  public var byteOffset: Int
}

extension TextLayout {
  /// Every glyph in the order in which it stands on the line, from the left; empty glyphs (isolates,
  /// joiners) are left out.
  public var glyphs: [PlacedGlyph] {
    var placed: [PlacedGlyph] = []
    Fonts.withOpenFiles { appendRuns(to: &placed) }
    return placed
  }

  /// The text as Pango has it, with the isolates around codes; `byteOffset` counts in it.
  public var markedText: String { unsafe String(cString: pango_layout_get_text(pango)) }

  private func appendRuns(to placed: inout [PlacedGlyph]) {
    guard let iterator = unsafe pango_layout_get_iter(pango) else { return }
    defer { unsafe pango_layout_iter_free(iterator) }
    repeat {
      guard let run = unsafe pango_layout_iter_get_run_readonly(iterator) else { continue }
      var logicalUnits = PangoRectangle()
      unsafe pango_layout_iter_get_run_extents(iterator, nil, &logicalUnits)
      let baseline = unsafe pango_layout_iter_get_baseline(iterator)
      unsafe Self.append(run.pointee, x: logicalUnits.x, baseline: baseline, to: &placed)
    } while unsafe advance(iterator)
  }

  private func advance(_ iterator: OpaquePointer) -> Bool {
    unsafe pango_layout_iter_next_run(iterator) != 0
  }

  private static func append(
    _ run: PangoGlyphItem, x: Int32, baseline: Int32, to placed: inout [PlacedGlyph]
  ) {
    let family = unsafe familyName(of: run.item.pointee.analysis.font)
    let string = unsafe run.glyphs.pointee
    var advance = x
    let count = unsafe Int(string.num_glyphs)
    for index in 0..<count {
      let info = unsafe string.glyphs[index]
      let scale = Double(PANGO_SCALE)
      if info.glyph != emptyGlyph {
        unsafe placed.append(
          PlacedGlyph(
            glyph: info.glyph, family: family,
            x: Double(advance + info.geometry.x_offset) / scale,
            y: Double(baseline + info.geometry.y_offset) / scale,
            byteOffset: Int(run.item.pointee.offset + string.log_clusters[index])))
      }
      advance += info.geometry.width
    }
  }

  /// Pango's `PANGO_GLYPH_EMPTY`, a macro with a cast, which does not import.
  private static let emptyGlyph: UInt32 = 0x0FFF_FFFF

  private static func familyName(of font: UnsafeMutablePointer<PangoFont>?) -> String {
    guard let description = unsafe pango_font_describe(font) else { return "" }
    defer { unsafe pango_font_description_free(description) }
    guard let name = unsafe pango_font_description_get_family(description) else { return "" }
    return unsafe String(cString: name)
  }
}
