import Foundation

enum Environment {
  /// A folder in which tests leave pictures for people to look at: `ROSSIO_PICTURES`.
  static var pictures: String? { ProcessInfo.processInfo.environment["ROSSIO_PICTURES"] }

  static let zbarimg = "/usr/bin/zbarimg"
  static var hasZbar: Bool { FileManager.default.isExecutableFile(atPath: zbarimg) }
}
