internal import CPangoCairo

extension Monochrome {
  /// The dots of a PNG file, those that are darker than half: what `writePNG` wrote.
  public init(pngAt path: String) throws(CanvasError) {
    let made = unsafe cairo_image_surface_create_from_png(path)
    guard let surface = unsafe made else { throw .cairo(status: "\(path): no surface") }
    defer { unsafe cairo_surface_destroy(surface) }
    let status = unsafe cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cairo(status: "\(path): \(CanvasError(status))")
    }
    let width = unsafe Int(cairo_image_surface_get_width(surface))
    let height = unsafe Int(cairo_image_surface_get_height(surface))
    let bitmap = try Bitmap(width: width, height: height, format: .ink)
    try unsafe Self.copyDarkness(of: surface, to: bitmap)
    self.init(bitmap)
  }

  private static func copyDarkness(
    of surface: OpaquePointer, to bitmap: Bitmap
  ) throws(CanvasError) {
    let colors = try Bitmap(width: bitmap.width, height: bitmap.height, format: .opaque)
    guard let context = unsafe cairo_create(colors.surface) else {
      throw .cairo(status: "no context")
    }
    unsafe cairo_set_source_surface(context, surface, 0, 0)
    unsafe cairo_paint(context)
    unsafe cairo_destroy(context)
    colors.withBytes { source in
      bitmap.withMutableBytes { target in
        for y in 0..<bitmap.height {
          for x in 0..<bitmap.width {
            // Grey: one of the three colours tells all; byte 1 is green or, on big-endian machines, red.
            let green = source[y * colors.bytesPerRow + x * 4 + 1]
            target[y * bitmap.bytesPerRow + x] = 255 - green
          }
        }
      }
    }
  }
}
