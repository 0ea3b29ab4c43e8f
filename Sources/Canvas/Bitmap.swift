internal import CPangoCairo

/// Pixels in memory that a `Painter` draws on.
///
/// Not `Sendable`: one owner draws on it and reads it.
@safe public final class Bitmap {
  public enum Format: Sendable {
    /// 32 bits a pixel, premultiplied; in memory blue, green, red, alpha on little-endian machines
    /// (SDL calls it `ARGB8888`).
    case transparent
    /// The same without alpha; the fourth byte means nothing (SDL: `RGB888`).
    case opaque
    /// 8 bits a pixel: how much ink lies on paper, 0 none, 255 full.
    case ink

    var cairo: cairo_format_t {
      switch self {
      case .transparent: CAIRO_FORMAT_ARGB32
      case .opaque: CAIRO_FORMAT_RGB24
      case .ink: CAIRO_FORMAT_A8
      }
    }
  }

  /// The longest side in pixels: 16 times a full-HD screen's height.
  public static let maximumSide = 16_384

  public let width: Int
  public let height: Int
  public let format: Format
  /// From one row's first byte to the next row's.
  public let bytesPerRow: Int
  /// What was drawn since it was last cleared; whoever shows the bitmap clears it.
  public var damage = Damage()

  let surface: OpaquePointer

  /// All pixels start at zero: transparent, black or blank paper.
  public init(width: Int, height: Int, format: Format) throws(CanvasError) {
    guard (1...Self.maximumSide).contains(width), (1...Self.maximumSide).contains(height) else {
      throw .badSize(width: width, height: height)
    }
    let made = unsafe cairo_image_surface_create(format.cairo, Int32(width), Int32(height))
    guard let surface = unsafe made else { throw .cairo(status: "no surface") }
    let status = unsafe cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS else {
      unsafe cairo_surface_destroy(surface)
      throw CanvasError(status)
    }
    unsafe self.surface = surface
    self.width = width
    self.height = height
    self.format = format
    self.bytesPerRow = unsafe Int(cairo_image_surface_get_stride(surface))
  }

  deinit { unsafe cairo_surface_destroy(surface) }

  public var bounds: Rect { Rect(x: 0, y: 0, width: Double(width), height: Double(height)) }

  /// Lends all rows, `height * bytesPerRow` bytes, for reading (uploading to a texture).
  public func withBytes<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    unsafe cairo_surface_flush(surface)
    let bytes = unsafe UnsafeBufferPointer(
      start: cairo_image_surface_get_data(surface), count: height * bytesPerRow)
    return try unsafe body(Span(_unsafeElements: bytes))
  }

  /// Lends all rows for writing past the painter.
  func withMutableBytes(_ body: (inout MutableSpan<UInt8>) -> Void) {
    unsafe cairo_surface_flush(surface)
    let bytes = unsafe UnsafeMutableBufferPointer(
      start: cairo_image_surface_get_data(surface), count: height * bytesPerRow)
    var span = unsafe MutableSpan(_unsafeElements: bytes)
    body(&span)
    unsafe cairo_surface_mark_dirty(surface)
  }

  /// Makes every pixel zero.
  public func clear() {
    withMutableBytes { $0.update(repeating: 0) }
    damage.add(bounds)
  }
}

extension CanvasError {
  init(_ status: cairo_status_t) {
    self = .cairo(status: unsafe String(cString: cairo_status_to_string(status)))
  }
}
