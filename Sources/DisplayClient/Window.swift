import CSDL
import Canvas

/// A window on X11, Wayland or bare KMS, or on nothing at all, through SDL.
///
/// The picture goes from the bitmap straight into SDL's software framebuffer, and of it only the
/// rectangles that changed. Stays on the thread that made it: SDL wants that.
@safe final class Window {
  enum Event: Equatable {
    case quit
    /// What the window showed is lost: everything must be presented again.
    case exposed
  }

  /// A problem with the screen, in plain words.
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  /// The size when there is no screen to ask.
  static let defaultSize = PixelSize(width: 1920, height: 1080)

  let size: PixelSize
  /// SDL's name of the driver, for the log.
  let driver: String
  private let window: OpaquePointer

  /// `needsNoScreen` allows drivers that show nothing, for pictures and tests.
  init(_ options: Options, title: String, needsNoScreen: Bool) throws(Problem) {
    unsafe SDL_SetHint("SDL_FRAMEBUFFER_ACCELERATION", "0")
    unsafe SDL_SetHint("SDL_VIDEO_ALLOW_SCREENSAVER", "0")
    driver = try Self.start(needsNoScreen: needsNoScreen)
    let isVisible = !Self.blindDrivers.contains(driver)
    let full = options.size ?? (isVisible ? Self.desktopSize() : Self.defaultSize)
    let wanted = full.scaled(by: options.scale)
    var flags: UInt32 = 0
    if isVisible, !options.isWindowed, options.scale == 1 {
      flags |= SDL_WINDOW_FULLSCREEN_DESKTOP.rawValue
    }
    // SDL_WINDOWPOS_CENTERED is a macro with a cast, which does not import.
    let centered: Int32 = 0x2FFF_0000
    let made = unsafe SDL_CreateWindow(
      title, centered, centered, Int32(wanted.width), Int32(wanted.height), flags)
    guard let window = unsafe made else {
      let reason = Self.lastError()
      SDL_Quit()
      throw Problem(description: "No window could be opened: \(reason).")
    }
    unsafe self.window = window
    var (width, height): (Int32, Int32) = (0, 0)
    unsafe SDL_GetWindowSize(window, &width, &height)
    size = PixelSize(width: max(1, Int(width)), height: max(1, Int(height)))
    if isVisible, !options.isWindowed { SDL_ShowCursor(SDL_DISABLE) }
  }

  deinit {
    unsafe SDL_DestroyWindow(window)
    SDL_Quit()
  }

  // MARK: Starting

  private static let blindDrivers: Set<String> = ["offscreen", "dummy"]

  /// Starts SDL's video and answers the driver's name.
  private static func start(needsNoScreen: Bool) throws(Problem) -> String {
    let isChosen = unsafe SDL_getenv("SDL_VIDEODRIVER") != nil
    if SDL_Init(SDL_INIT_VIDEO) != 0 {
      let reason = lastError()
      unsafe SDL_SetHint("SDL_VIDEODRIVER", "offscreen")
      guard needsNoScreen, !isChosen, SDL_Init(SDL_INIT_VIDEO) == 0 else {
        throw Problem(description: "No screen could be opened: \(reason). \(advice)")
      }
    }
    let driver = unsafe SDL_GetCurrentVideoDriver().map { unsafe String(cString: $0) } ?? ""
    // SDL falls back to drivers that show nothing; a hall would wait before a dark wall.
    if blindDrivers.contains(driver), !needsNoScreen, !isChosen {
      SDL_Quit()
      throw Problem(description: "There is no screen. \(advice)")
    }
    return driver
  }

  private static let advice = """
    Run it within X11 or Wayland, or on a console whose user is in the groups video and input; \
    --png FILE needs no screen.
    """

  private static func desktopSize() -> PixelSize {
    var mode = unsafe SDL_DisplayMode()
    guard unsafe SDL_GetDesktopDisplayMode(0, &mode) == 0 else { return defaultSize }
    return unsafe PixelSize(width: Int(mode.w), height: Int(mode.h))
  }

  private static func lastError() -> String { unsafe String(cString: SDL_GetError()) }

  // MARK: Events

  /// The next thing that happened to the window; nil when nothing did.
  func nextEvent() -> Event? {
    var event = unsafe SDL_Event()
    while unsafe SDL_PollEvent(&event) != 0 {
      switch unsafe event.type {
      case SDL_QUIT.rawValue:
        return .quit
      case SDL_KEYDOWN.rawValue:
        let key = unsafe event.key.keysym.sym
        if key == SDL_KeyCode(SDLK_ESCAPE.rawValue).rawValue || key == SDLK_q.rawValue {
          return .quit
        }
      case SDL_WINDOWEVENT.rawValue:
        let kind = unsafe UInt32(event.window.event)
        if kind == SDL_WINDOWEVENT_EXPOSED.rawValue
          || kind == SDL_WINDOWEVENT_SIZE_CHANGED.rawValue
        {
          return .exposed
        }
      default: continue
      }
    }
    return nil
  }

  // MARK: Presenting

  /// Shows `rects` of a bitmap of the window's size; returns once the system has taken them.
  func present(_ bitmap: Bitmap, _ rects: [Rect]) throws(Problem) {
    // "This surface will be invalidated if the window is resized" (SDL_GetWindowSurface), so it is
    // asked for each time; SDL keeps it.
    guard let surface = unsafe SDL_GetWindowSurface(window) else {
      throw Problem(description: "The screen takes no picture: \(Self.lastError()).")
    }
    let visible = unsafe Rect(
      x: 0, y: 0, width: Double(surface.pointee.w), height: Double(surface.pointee.h))
    let parts = rects.map { $0.intersection(visible).intersection(bitmap.bounds).roundedOut }
      .filter { !$0.isEmpty }
    for part in parts { unsafe copy(part, of: bitmap, to: surface) }
    var areas = parts.map {
      SDL_Rect(x: Int32($0.x), y: Int32($0.y), w: Int32($0.width), h: Int32($0.height))
    }
    guard unsafe SDL_UpdateWindowSurfaceRects(window, &areas, Int32(areas.count)) == 0 else {
      throw Problem(description: "The screen takes no picture: \(Self.lastError()).")
    }
  }

  private func copy(
    _ part: Rect, of bitmap: Bitmap, to surface: UnsafeMutablePointer<SDL_Surface>
  ) {
    let offset = Int(part.y) * bitmap.bytesPerRow + Int(part.x) * 4
    bitmap.withBytes { rows in
      unsafe rows.withUnsafeBytes { bytes in
        guard let source = bytes.baseAddress, let target = unsafe surface.pointee.pixels,
          let format = unsafe surface.pointee.format
        else { return }
        let start =
          unsafe Int(part.y) * Int(surface.pointee.pitch)
          + Int(part.x) * Int(format.pointee.BytesPerPixel)
        // Copies row by row when the formats are the same, else converts.
        unsafe SDL_ConvertPixels(
          Int32(part.width), Int32(part.height), SDL_PIXELFORMAT_RGB888.rawValue, source + offset,
          Int32(bitmap.bytesPerRow), format.pointee.format, target + start,
          surface.pointee.pitch)
      }
    }
  }
}
