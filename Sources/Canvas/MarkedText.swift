internal import CPangoCairo

/// A paragraph as Pango takes it: one string, with attributes for ranges of its bytes.
@safe struct MarkedText: ~Copyable {
  private(set) var string = ""
  let attributes: OpaquePointer

  init(_ text: RichText, _ style: TextStyle) {
    guard let list = unsafe pango_attr_list_new() else {
      preconditionFailure("Pango makes a list or ends the process")
    }
    unsafe self.attributes = list
    for run in text.runs {
      let start = string.utf8.count
      let family: FontFamily
      let language: String
      switch run {
      case .text(let words, let tag):
        string += words
        family = FontFamily.family(forLanguage: tag)
        language = tag
      case .code(let code):
        string += Self.isolate + code + Self.endOfIsolate
        family = .latin
        language = "en"
      }
      addRun(family, language, style, bytes: start..<string.utf8.count)
    }
    guard style.hasTabularDigits else { return }
    unsafe add(pango_attr_font_features_new("tnum=1"), 0..<string.utf8.count)
  }

  deinit { unsafe pango_attr_list_unref(attributes) }

  /// Left-to-right isolate: a code always reads from its first character on, even one without a
  /// letter (`12-042`).
  private static let isolate = "\u{2066}"
  private static let endOfIsolate = "\u{2069}"

  private func addRun(
    _ family: FontFamily, _ language: String, _ style: TextStyle, bytes: Range<Int>
  ) {
    let description = unsafe pango_font_description_new()
    defer { unsafe pango_font_description_free(description) }
    let families = family == .latin ? family.name : family.name + "," + FontFamily.latin.name
    unsafe pango_font_description_set_family(description, families)
    unsafe pango_font_description_set_weight(
      description, PangoWeight(rawValue: UInt32(style.weight.rawValue)))
    unsafe pango_font_description_set_absolute_size(
      description, style.size * Double(PANGO_SCALE))
    unsafe add(pango_attr_font_desc_new(description), bytes)
    unsafe add(pango_attr_language_new(pango_language_from_string(language)), bytes)
    // Only for the runs of such a script: on others it would spread the line further.
    guard let lineHeight = family.lineHeight else { return }
    let height = lineHeight * style.size * style.lineSpacing * Double(PANGO_SCALE)
    unsafe add(pango_attr_line_height_new_absolute(Int32(height)), bytes)
  }

  /// The list owns the attribute from here on.
  private func add(_ attribute: UnsafeMutablePointer<PangoAttribute>?, _ bytes: Range<Int>) {
    guard let attribute = unsafe attribute else { return }
    unsafe attribute.pointee.start_index = UInt32(bytes.lowerBound)
    unsafe attribute.pointee.end_index = UInt32(bytes.upperBound)
    unsafe pango_attr_list_insert(attributes, attribute)
  }
}
