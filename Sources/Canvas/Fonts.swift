internal import CPangoCairo
internal import Synchronization

/// The fonts that texts are set in: Noto's, from Debian's folders, whatever the user has set up.
///
/// A fontconfig configuration of its own makes rendering hermetic: grey antialiasing, no hinting, no
/// other families, no user settings. It is loaded once a process and never changed, which makes it
/// safe to share: "fontconfig is thread-safe … for read access to FcConfig" (fontconfig 2.10.91).
@safe public final class Fonts: @unchecked Sendable {
  /// Where Debian's packages `fonts-noto-core` and `fonts-noto-cjk` put their files.
  static let directories = ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"]

  private static let loaded: Result<Fonts, CanvasError> = {
    do throws(CanvasError) { return .success(try Fonts()) } catch { return .failure(error) }
  }()

  /// The fonts of this process. Throws when Noto Sans itself is missing.
  public static func shared() throws(CanvasError) -> Fonts { try loaded.get() }

  let config: OpaquePointer
  private let families: Set<String>

  private init() throws(CanvasError) {
    guard let config = unsafe FcConfigCreate() else { throw .fontSystem("no configuration") }
    let parsed = unsafe FcConfigParseAndLoadFromMemory(config, Self.configuration, 1)
    let built = unsafe FcConfigBuildFonts(config)
    guard parsed != 0, built != 0 else {
      unsafe FcConfigDestroy(config)
      throw .fontSystem("fontconfig refused the configuration")
    }
    // Without this, Pango makes fontconfig read the user's configuration too, though it uses nothing
    // of it but the time.
    _ = unsafe FcConfigSetCurrent(config)
    unsafe self.config = config
    self.families = unsafe Self.families(in: config)
    try require(.latin)
  }

  deinit { unsafe FcConfigDestroy(config) }

  private static let openFiles = Mutex<Void>(())

  /// Runs `body`, which shapes or draws glyphs or lets fonts go, while no other thread does.
  ///
  /// All threads of a process share cairo's table of font files, of which it keeps ten open
  /// (`MAX_OPEN_FACES` in cairo 1.16's `cairo-ft-font.c`). It closes one that it finds unused while
  /// another thread may just be taking it into use, since the two hold different locks; the process
  /// then ends at a glyph. It also opens files without the lock under which it closes others, where
  /// FreeType asks that "a mutex lock is used around FT_New_Face and FT_Done_Face" (Library Setup).
  /// Nothing of this module may end its life within `body`: it would wait for itself.
  static func withOpenFiles(_ body: () -> Void) { openFiles.withLock { _ in body() } }

  /// Throws `fontMissing` for the first of the languages that cannot be set on this machine.
  public func require(languages tags: some Sequence<String>) throws(CanvasError) {
    for tag in tags { try require(FontFamily.family(forLanguage: tag)) }
  }

  private func require(_ family: FontFamily) throws(CanvasError) {
    guard families.contains(family.name) else {
      throw .fontMissing(family: family.name, package: family.package)
    }
  }

  /// Names of all families that were found.
  private static func families(in config: OpaquePointer) -> Set<String> {
    var names: Set<String> = []
    guard let set = unsafe FcConfigGetFonts(config, FcSetSystem) else { return names }
    let count = unsafe Int(set.pointee.nfont)
    for index in 0..<count {
      var nameIndex: Int32 = 0
      var text: UnsafeMutablePointer<FcChar8>?
      while unsafe FcPatternGetString(
        set.pointee.fonts[index], FC_FAMILY, nameIndex, &text) == FcResultMatch,
        let name = unsafe text
      {
        unsafe names.insert(String(cString: name))
        nameIndex += 1
      }
    }
    return names
  }

  /// Fontconfig's XML. Only the files of `FontFamily`, so that start-up reads and sorts a tenth of
  /// Noto; the caches are the system's and, where that one is stale, the user's, which hold nothing
  /// but the contents of the folders.
  private static let configuration: String = {
    let folders = directories.map { "<dir>\($0)</dir>" }.joined()
    let accepted = FontFamily.allFileStems.sorted().flatMap { stem in
      directories.flatMap { directory in
        ["-Regular", "-SemiBold", "-Bold", "-ExtraBold"].map {
          "<glob>\(directory)/\(stem)\($0).*</glob>"
        }
      }
    }
    let rejected = directories.map { "<glob>\($0)/*.*</glob>" }
    return """
      <?xml version="1.0"?><fontconfig>\(folders)
      <cachedir>/var/cache/fontconfig</cachedir><cachedir prefix="xdg">fontconfig</cachedir>
      <selectfont><rejectfont>\(rejected.joined())</rejectfont>
      <acceptfont>\(accepted.joined())</acceptfont></selectfont>
      <match target="font">
      <edit name="antialias" mode="assign"><bool>true</bool></edit>
      <edit name="hinting" mode="assign"><bool>false</bool></edit>
      <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
      <edit name="autohint" mode="assign"><bool>false</bool></edit>
      <edit name="rgba" mode="assign"><const>none</const></edit>
      <edit name="embeddedbitmap" mode="assign"><bool>false</bool></edit>
      </match></fontconfig>
      """
  }()
}
