internal import CPangoCairo

extension Bitmap {
  /// Writes the picture as a PNG file; ink becomes black on white.
  public func writePNG(to path: String) throws(CanvasError) {
    let picture = try asPicture()
    unsafe cairo_surface_flush(picture.surface)
    let status = unsafe cairo_surface_write_to_png(picture.surface, path)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .cairo(status: "\(path): \(CanvasError(status))")
    }
  }

  /// The bytes of the picture's PNG file.
  public func png() throws(CanvasError) -> [UInt8] {
    try unsafe pngBytes(of: asPicture().surface)
  }

  /// The bitmap itself, or for ink its negative, since PNG's grey counts light and not ink.
  private func asPicture() throws(CanvasError) -> Bitmap {
    guard format == .ink else { return self }
    let picture = try Bitmap(width: width, height: height, format: .ink)
    withBytes { source in
      picture.withMutableBytes { target in
        for index in source.indices { target[index] = ~source[index] }
      }
    }
    return picture
  }
}

/// The bytes that cairo writes for `surface`.
func pngBytes(of surface: OpaquePointer) throws(CanvasError) -> [UInt8] {
  var bytes: [UInt8] = []
  unsafe cairo_surface_flush(surface)
  // Cairo calls back within this call only, so the array outlives every use of the pointer.
  let status = unsafe withUnsafeMutablePointer(to: &bytes) { target in
    unsafe cairo_surface_write_to_png_stream(surface, appendPNGBytes, target)
  }
  guard status == CAIRO_STATUS_SUCCESS else { throw CanvasError(status) }
  return bytes
}

/// Cairo's `cairo_write_func_t`: appends to the `[UInt8]` behind `target`.
private func appendPNGBytes(
  target: UnsafeMutableRawPointer?, data: UnsafePointer<UInt8>?, count: UInt32
) -> cairo_status_t {
  guard let target = unsafe target, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
  unsafe target.assumingMemoryBound(to: [UInt8].self).pointee
    .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
  return CAIRO_STATUS_SUCCESS
}
