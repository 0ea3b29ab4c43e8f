/// Which of Noto's families sets which language.
///
/// A family is named for each language: plain "Noto Sans" gives Japanese forms for Chinese and a
/// plain Naskh for Urdu.
public struct FontFamily: Hashable, Sendable {
  /// Fontconfig's name of the family.
  public let name: String
  /// How the names of its files start, up to `-Regular`.
  let fileStem: String
  /// The Debian package that installs it.
  public let package: String
  /// The height of a line in em that holds all ink of the script; nil when the font's own does.
  public let lineHeight: Double?

  private init(
    _ name: String, package: String = "fonts-noto-core", fileStem: String? = nil,
    lineHeight: Double? = nil
  ) {
    self.name = name
    self.fileStem = fileStem ?? String(name.filter { $0 != " " })
    self.package = package
    self.lineHeight = lineHeight
  }

  private static func cjk(_ region: String) -> FontFamily {
    FontFamily(
      "Noto Sans CJK \(region)", package: "fonts-noto-cjk", fileStem: "NotoSansCJK")
  }

  public static let latin = FontFamily("Noto Sans")
  /// Nastaliq runs downhill: its lines are 2.5 em high by the font, with ink beyond that.
  private static let nastaliq = FontFamily("Noto Nastaliq Urdu", lineHeight: 2.9)

  /// By language or by script subtag; what is not here is set in Noto Sans (Latin, Cyrillic, Greek).
  private static let table: [String: FontFamily] = {
    let families: [(FontFamily, String)] = [
      (FontFamily("Noto Sans Arabic"), "ar fa ps ckb sd ug arab"),
      (nastaliq, "ur ks aran"),
      (FontFamily("Noto Sans Bengali"), "bn as beng"),
      (FontFamily("Noto Sans Devanagari"), "hi ne mr mai deva"),
      (FontFamily("Noto Sans Ethiopic"), "ti am ethi"),
      (FontFamily("Noto Sans Tamil"), "ta taml"),
      (FontFamily("Noto Sans Khmer"), "km khmr"),
      (FontFamily("Noto Sans Georgian"), "ka geor"),
      (FontFamily("Noto Sans Gurmukhi"), "pa guru"),
      (FontFamily("Noto Sans Gujarati"), "gu gujr"),
      (FontFamily("Noto Sans Telugu"), "te telu"),
      (FontFamily("Noto Sans Malayalam"), "ml mlym"),
      (FontFamily("Noto Sans Kannada"), "kn knda"),
      (FontFamily("Noto Sans Sinhala"), "si sinh"),
      (FontFamily("Noto Sans Thai"), "th thai"),
      (FontFamily("Noto Sans Lao"), "lo laoo"),
      (FontFamily("Noto Sans Myanmar"), "my mymr"),
      (FontFamily("Noto Sans Armenian"), "hy armn"),
      (FontFamily("Noto Sans Hebrew"), "he yi hebr"),
      (cjk("SC"), "zh hans"), (cjk("TC"), "hant"), (cjk("JP"), "ja jpan"), (cjk("KR"), "ko kore"),
    ]
    var table: [String: FontFamily] = [:]
    for (family, keys) in families {
      for key in keys.split(separator: " ") { table[String(key)] = family }
    }
    return table
  }()

  /// True for scripts without spaces whose words Pango cannot tell apart: their lines may break
  /// between any two letters. (Chinese and Japanese may by their own rules, which Pango knows.)
  public var hasNoWordSpaces: Bool {
    ["Khmer", "Lao", "Myanmar", "Thai"].contains { name.hasSuffix($0) }
  }

  /// Symbols that may stand within any text.
  private static let symbols = ["NotoSansSymbols", "NotoSansSymbols2", "NotoSansMath"]

  /// The family for a BCP 47 tag such as `ur`, `zh-Hans` or `pa-Arab`; a script subtag decides
  /// before the language does.
  public static func family(forLanguage tag: String) -> FontFamily {
    let subtags = tag.lowercased().split(separator: "-")
    if subtags.count > 1, let family = table[String(subtags[1])] { return family }
    if subtags.count > 1, subtags[1] == "latn" || subtags[1] == "cyrl" { return latin }
    return subtags.first.flatMap { table[String($0)] } ?? latin
  }

  /// How the names of all files start that texts may use.
  static var allFileStems: Set<String> {
    Set(table.values.map(\.fileStem)).union(symbols).union([latin.fileStem])
  }
}

/// The base direction of a paragraph.
public enum TextDirection: Hashable, Sendable {
  case leftToRight
  case rightToLeft

  /// The direction in which a BCP 47 tag's script runs.
  public init(language tag: String) {
    let family = FontFamily.family(forLanguage: tag).name
    let isRightToLeft = ["Noto Sans Arabic", "Noto Nastaliq Urdu", "Noto Sans Hebrew"]
      .contains(family)
    self = isRightToLeft ? .rightToLeft : .leftToRight
  }
}
