internal import CPangoCairo

/// A picture of one bit a dot, as printers take it: 1 is ink, most significant bit first.
///
/// Dot (x, y) is bit `7 - x % 8` of byte `y * bytesPerRow + x / 8`. Bits beyond the width are 0.
public struct Monochrome: Equatable, Sendable {
  public let width: Int
  public let height: Int
  public let bytesPerRow: Int
  /// `height * bytesPerRow` bytes.
  public private(set) var bytes: [UInt8]

  /// Blank paper.
  public init(width: Int, height: Int) {
    precondition(width >= 0 && height >= 0, "a picture has no negative side")
    self.width = width
    self.height = height
    self.bytesPerRow = (width + 7) / 8
    self.bytes = [UInt8](repeating: 0, count: height * bytesPerRow)
  }

  /// Dots where `bitmap` (format `ink`) has at least `threshold`; never dithered, since dithered
  /// letters and QR codes cannot be read.
  public init(_ bitmap: Bitmap, threshold: UInt8 = 128) {
    precondition(bitmap.format == .ink, "only a bitmap of ink can be printed")
    self.init(width: bitmap.width, height: bitmap.height)
    var dots: [UInt8] = []
    swap(&dots, &bytes)
    let bytesPerRow = bytesPerRow
    bitmap.withBytes { source in
      var target = dots.mutableSpan
      for y in 0..<bitmap.height {
        Self.pack(
          source, from: y * bitmap.bytesPerRow, width: bitmap.width, threshold: threshold,
          into: &target, at: y * bytesPerRow)
      }
    }
    bytes = dots
  }

  /// True where there is ink. Outside the picture there is none.
  public subscript(x: Int, y: Int) -> Bool {
    get {
      guard (0..<width).contains(x), (0..<height).contains(y) else { return false }
      let bit: UInt8 = 0x80 >> UInt8(x & 7)
      return bytes[y * bytesPerRow + x / 8] & bit != 0
    }
    set {
      guard (0..<width).contains(x), (0..<height).contains(y) else { return }
      let bit: UInt8 = 0x80 >> UInt8(x & 7)
      if newValue {
        bytes[y * bytesPerRow + x / 8] |= bit
      } else {
        bytes[y * bytesPerRow + x / 8] &= ~bit
      }
    }
  }

  /// Sets neighbouring dots of a row that is there; those outside the picture are left out.
  mutating func setDots(_ columns: Range<Int>, row: Int) {
    let start = row * bytesPerRow
    for x in columns.clamped(to: 0..<width) { bytes[start + x >> 3] |= 0x80 >> UInt8(x & 7) }
  }

  /// The bytes of row `y`.
  public func row(_ y: Int) -> ArraySlice<UInt8> {
    bytes[y * bytesPerRow..<(y + 1) * bytesPerRow]
  }

  public func isBlank(row y: Int) -> Bool { row(y).allSatisfy { $0 == 0 } }

  /// Adds the rows of `other`, which has the same width, below.
  public mutating func append(_ other: Monochrome) {
    precondition(other.width == width, "pictures of different widths cannot be joined")
    self = Monochrome(
      width: width, height: height + other.height, bytes: bytes + other.bytes)
  }

  /// Nil unless there are `height` rows of `(width + 7) / 8` bytes.
  public init?(width: Int, height: Int, packed bytes: [UInt8]) {
    guard width >= 0, height >= 0, bytes.count == height * ((width + 7) / 8) else { return nil }
    self.init(width: width, height: height, bytes: bytes)
    guard width % 8 != 0 else { return }
    for y in 0..<height { self.bytes[(y + 1) * bytesPerRow - 1] &= 0xFF << UInt8(8 - width % 8) }
  }

  private init(width: Int, height: Int, bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.bytesPerRow = (width + 7) / 8
    self.bytes = bytes
  }
}

extension Monochrome {
  /// The bytes of a PNG file of one bit a dot, ink black.
  public func png() throws(CanvasError) -> [UInt8] {
    try unsafe withSurface { surface throws(CanvasError) in try unsafe pngBytes(of: surface) }
  }

  public func writePNG(to path: String) throws(CanvasError) {
    try unsafe withSurface { surface throws(CanvasError) in
      let status = unsafe cairo_surface_write_to_png(surface, path)
      guard status == CAIRO_STATUS_SUCCESS else {
        throw .cairo(status: "\(path): \(CanvasError(status))")
      }
    }
  }

  /// Lends a cairo surface of one bit a dot on which paper is 1, as PNG has it.
  private func withSurface<Result>(
    _ body: (OpaquePointer) throws(CanvasError) -> Result
  ) throws(CanvasError) -> Result {
    guard width > 0, height > 0 else { throw .badSize(width: width, height: height) }
    let made = unsafe cairo_image_surface_create(CAIRO_FORMAT_A1, Int32(width), Int32(height))
    guard let surface = unsafe made else { throw .cairo(status: "no surface") }
    defer { unsafe cairo_surface_destroy(surface) }
    unsafe cairo_surface_flush(surface)
    guard let data = unsafe cairo_image_surface_get_data(surface) else {
      throw CanvasError(unsafe cairo_surface_status(surface))
    }
    let stride = unsafe Int(cairo_image_surface_get_stride(surface))
    for y in 0..<height {
      for (index, byte) in row(y).enumerated() {
        // "The ordering of the bits matches the endianness of the platform" (cairo_format_t, A1).
        unsafe data[y * stride + index] = ~Self.inNativeOrder(byte)
      }
    }
    unsafe cairo_surface_mark_dirty(surface)
    return try unsafe body(surface)
  }

  private static func inNativeOrder(_ byte: UInt8) -> UInt8 {
    guard UInt16(1).littleEndian == 1 else { return byte }
    var result: UInt8 = 0
    for bit in 0..<8 where byte & 1 << UInt8(bit) != 0 { result |= 0x80 >> UInt8(bit) }
    return result
  }
}
