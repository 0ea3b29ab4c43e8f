/// What can go wrong outside the program's own doing: a library, a font package, the disk.
public enum CanvasError: Error, Equatable, CustomStringConvertible {
  /// A bitmap with a side that is not in `1...Bitmap.maximumSide`.
  case badSize(width: Int, height: Int)
  /// Cairo refused; `status` are its own words.
  case cairo(status: String)
  /// A font family that texts need is not on this machine.
  case fontMissing(family: String, package: String)
  /// Fontconfig or Pango could not be started.
  case fontSystem(String)
  /// A text that no QR code of 177 × 177 modules can hold.
  case textTooLongForQRCode(bytes: Int)

  public var description: String {
    switch self {
    case .badSize(let width, let height):
      "a bitmap of \(width) × \(height) pixels cannot be made; a side is 1 to \(Bitmap.maximumSide)"
    case .cairo(let status):
      "drawing failed: \(status)"
    case .fontMissing(let family, let package):
      "the font “\(family)” is missing; install the Debian package \(package)"
    case .fontSystem(let problem):
      "the fonts could not be set up: \(problem)"
    case .textTooLongForQRCode(let bytes):
      "a text of \(bytes) bytes does not fit into a QR code"
    }
  }
}
